"""The command line, run as its users run it, and a place for a database."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT

Lateral = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a database may be made, in a folder that is not there yet."""
    return tmp_path / "kept" / "lateral.db"


@pytest.fixture
def lateral(environment: dict[str, str]) -> Lateral:
    """Run `lateral` with these arguments; `said` is what it reads, and names in capitals are set in its environment."""

    def run(*arguments: str, said: str = "", **given: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "adapters.cli", *arguments],
            input=said, capture_output=True, text=True, env={**environment, **given}, cwd=ROOT, timeout=60, check=False,
        )  # fmt: skip

    return run
