"""Commands that look into a database, steer it or remove from it: where there is none they say so, and make none."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from adapters.cli import main, nudges

ARGUMENTS = {"cap": ["3"], "stop": ["tips"], "allow": ["tips"]}
COMMANDS = [
    ["export", "nobody"],
    ["export", "nobody", "--format", "md"],
    ["forget", "nobody"],
    ["forget", "nobody", "--yes"],
    *(["nudges", name, *ARGUMENTS.get(name, [])] for name in nudges.commands),
]


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "wrong.db"


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_wrong_database_is_named_and_none_is_made(command: list[str], wrong: Path):
    ran = CliRunner().invoke(main, [*command, "--db", str(wrong)])
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert ran.stderr == (
        f"lateral: There is no database {wrong}. Look at its name in --db or LATERAL_DATABASE; "
        "`lateral chat` or `lateral serve` begins a new one. Nothing was made or changed.\n"
    )
    assert not wrong.parent.exists()
