"""A platform reads the clock it is given; that of the machine only where others date something."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

MACHINE = {
    "slack/app.py: time.time": 1,  # the age of a signature
    "slack/socket_mode.py: time.time": 1,  # the SDK, which notes how long an answer took
    "slack/web_api.py: time.time": 1,  # the end of a token
    "teams/answers.py: time.time": 1,  # the date until which we are asked to wait
    "console/app.py: datetime.now": 2,  # the clock of the console itself, which can be moved
    "commands/guides.py: date.today": 1,  # the day on which facts are looked at again, unless one is given
}
"""Where the machine's clock is read, and how often."""

READS = ("time.time", "datetime.now", "datetime.today", "datetime.utcnow", "date.today")


def reads_of(path: Path) -> Iterator[str]:
    """Yield each call that reads the machine's clock; a clock that is only handed on is none."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and (called := ast.unparse(node.func)) in READS:
            yield called


def test_the_machines_clock_is_read_only_where_it_is_named_here():
    folder = ROOT / "adapters"
    found = Counter(f"{path.relative_to(folder)}: {read}" for path in folder.rglob("*.py") for read in reads_of(path))
    assert found == MACHINE
