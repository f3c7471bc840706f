"""What the tests of whole processes share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the guide is kept parsed, so that each process starts at once."""
    return tmp_path_factory.mktemp("cache")
