"""What the tests of the core share."""

from __future__ import annotations

import pytest

from bot.guide import Guide
from bot.understanding import Understanding


@pytest.fixture(scope="session")
def understanding(guide: Guide) -> Understanding:
    """What typed words mean in the guide people get."""
    return Understanding(guide)
