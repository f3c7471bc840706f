"""What the tests of the core share."""

from __future__ import annotations

import pytest

from bot.dialogue import understanding_of
from bot.guide import Guide
from bot.understanding import Understanding


@pytest.fixture(scope="session")
def understanding(guide: Guide) -> Understanding:
    """What typed words mean in the guide people get: indexed once, for talks and for tests."""
    return understanding_of(guide)
