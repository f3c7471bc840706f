"""A database that cannot be used: each command names the file, says what to do, and changes nothing."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from adapters.cli import main
from adapters.storage.migrations import SCHEMA_VERSION
from adapters.storage.sqlite import SqliteStore
from bot.errors import StoreError
from tests.adapters.test_missing_database import COMMANDS as LOOKING

BEGINNING = [["serve", "--insecure-local", "--port", "0"], ["chat", "--jsonl"], ["chat"], ["tip", "reports"]]
FOREIGN = "That is no database of Lateral's. Choose another file with --db; if it was one, put a backup in its place."
NO_FILE = "is no file on a disk, so it can keep nothing. Choose another file with --db."


def a_folder(path: Path) -> str:
    path.mkdir()
    return f"{path} is a folder. Name a file in it with --db, such as {path / 'lateral.db'}."


def a_pipe(path: Path) -> str:
    os.mkfifo(path)
    return f"{path} {NO_FILE}"


def a_link_to_nothing(path: Path) -> str:
    path.symlink_to(path.with_name("gone.db"))
    return f"{path} is a link to a file that is not there. Choose another file with --db."


def a_text(path: Path) -> str:
    path.write_text("Dear diary, " * 1000)
    return f"{FOREIGN} The file is {path}."


def another_programs(path: Path, version: int = 0) -> str:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
        connection.execute(f"PRAGMA user_version = {version}")
    return f"{FOREIGN} The file is {path}."


def another_programs_with_an_early_version(path: Path) -> str:
    return another_programs(path, SCHEMA_VERSION - 1)


def another_programs_with_our_version(path: Path) -> str:
    return another_programs(path, SCHEMA_VERSION)


def another_programs_with_a_late_version(path: Path) -> str:
    return another_programs(path, SCHEMA_VERSION + 1)


def a_newer_one(path: Path) -> str:
    SqliteStore.open(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    return (
        "The database was written by a newer version of Lateral. Install that version, or choose another with --db. "
        f"The file is {path}."
    )


def half_of_one(path: Path) -> str:
    SqliteStore.open(path).close()
    path.write_bytes(path.read_bytes()[:10_000])
    return (
        "The database file is damaged. Put a backup in its place, or choose another file with --db. "
        f"The file is {path}."
    )


def what_is_below_a_file(path: Path) -> str:
    path.parent.rmdir()
    path.parent.touch()
    said = f"{path.parent} is a file, so no database can be in it. Choose another file with --db."
    return f"{said} The file is {path}."


KINDS = (
    a_folder, a_pipe, a_link_to_nothing, a_text, another_programs, another_programs_with_an_early_version,
    another_programs_with_our_version, another_programs_with_a_late_version, a_newer_one, half_of_one,
    what_is_below_a_file,
)  # fmt: skip


@pytest.mark.parametrize("make", KINDS)
def test_it_is_named_with_what_to_do_and_is_left_as_it_was(tmp_path: Path, make: Callable[[Path], str]):
    path = tmp_path / "folder" / "named.db"
    path.parent.mkdir()
    expected = make(path)
    before = {each: each.read_bytes() for each in path.parent.glob("*") if each.is_file()}
    with pytest.raises(StoreError) as told:
        SqliteStore.open(path)
    assert str(told.value) == expected
    assert {each: each.read_bytes() for each in path.parent.glob("*") if each.is_file()} == before


def told(command: list[str], database: str) -> tuple[int, str]:
    """Return how a command ends, and the last line it says."""
    ran = CliRunner().invoke(main, [*command, "--db", database])
    return ran.exit_code, ran.stderr.splitlines()[-1]


@pytest.mark.parametrize("command", [*BEGINNING, *LOOKING], ids=" ".join)
def test_each_command_says_so(command: list[str]):
    assert told(command, os.devnull) == (1, f"lateral: {os.devnull} {NO_FILE}")


@pytest.mark.parametrize("command", [*BEGINNING, *LOOKING], ids=" ".join)
def test_an_empty_name_is_no_name(command: list[str]):
    assert told(command, "") == (2, "Error: Invalid value for '--db': It names no file. Name one, such as lateral.db.")
