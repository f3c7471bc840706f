"""How often a turn goes to the disk, and with how many statements: exact counts, whatever the machine."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from adapters.storage.sqlite import SqliteStore
from tests.adapters.storage import flushing
from tests.contracts.store_contract import ANA, HELLO, PMO, turn
from tests.waiting import until

HERE = Path(__file__).parent
ROOT = HERE.parents[2]


@pytest.fixture
def store(path: Path, statements: list[str]) -> Iterator[SqliteStore]:
    with closing(SqliteStore.open(path)) as store:
        yield store


async def _take_turn(store: SqliteStore, person: str, key: str = "") -> tuple[int, ...]:
    stored = await store.load(person, PMO)
    committed = await store.commit(
        turn(person, HELLO, HELLO, key=key, expected=stored.version if stored else 0, record=b"r" * 600)
    )
    return committed.owed


def _verbs(statements: list[str]) -> list[str]:
    return [" ".join(statement.split()[:3]) for statement in statements]


@pytest.mark.parametrize("turns_before", [1, 2, 5])
async def test_a_turn_takes_six_statements(store: SqliteStore, statements: list[str], turns_before: int):
    for number in range(turns_before):
        await _take_turn(store, ANA, key=f"before {number}")
    statements.clear()

    await _take_turn(store, ANA, key="now")

    assert _verbs(statements) == [
        "SELECT record, version",
        "BEGIN IMMEDIATE",
        "INSERT INTO deliveries",
        "UPDATE people SET",
        "INSERT INTO outbox",
        "COMMIT",
    ]


async def test_striking_off_what_was_taken_is_one_statement_of_the_next_turn(store: SqliteStore, statements: list[str]):
    await _take_turn(store, ANA)
    await store.delivered(await _take_turn(store, ANA))
    statements.clear()

    await _take_turn(store, ANA)

    assert _verbs(statements) == [
        "SELECT record, version",
        "BEGIN IMMEDIATE",
        "UPDATE people SET",
        "INSERT INTO outbox",
        "DELETE FROM outbox",
        "COMMIT",
    ]


async def test_a_refused_turn_flushes_nothing(store: SqliteStore, statements: list[str]):
    await _take_turn(store, ANA, key="k")
    statements.clear()

    await asyncio.gather(store.commit(turn(ANA, key="stale")), return_exceptions=True)

    assert statements[-1] == "ROLLBACK"
    assert "COMMIT" not in statements


async def test_sixty_four_people_share_their_commits(store: SqliteStore, statements: list[str]):
    async def talk(person: str) -> None:
        for _ in range(20):
            await store.delivered(await _take_turn(store, person))

    await asyncio.gather(*(talk(f"console:{number}") for number in range(64)))

    assert statements.count("COMMIT") <= 64 * 20 / 8


async def test_what_was_taken_is_struck_off_by_itself_when_there_is_much_of_it(
    store: SqliteStore, statements: list[str]
):
    many = await store.commit(turn(ANA, *[HELLO] * 2000))
    statements.clear()

    await store.delivered(many.owed)
    await store._writer.submit(lambda _cursor: None, long=True)

    assert len([statement for statement in statements if statement.startswith("DELETE FROM outbox")]) == 1


async def test_what_was_taken_is_struck_off_by_itself_after_an_idle_moment(
    store: SqliteStore, statements: list[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("adapters.storage.writer._LAZY_SECONDS", 0.01)
    committed = await store.commit(turn(ANA, HELLO))
    statements.clear()

    await store.delivered(committed.owed)

    await until(lambda: "COMMIT" in statements, "the writer, in a thread of its own, has struck it off")
    assert _verbs(statements) == ["BEGIN IMMEDIATE", "DELETE FROM outbox", "COMMIT"]


@pytest.mark.skipif(sys.platform != "linux", reason="counting the flushes needs Linux")
@pytest.mark.skipif(shutil.which("cc") is None, reason="counting the flushes needs a C compiler named cc")
def test_a_lone_turn_is_one_flush_and_many_share_theirs(tmp_path: Path):
    counter = tmp_path / "flushes.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-o", counter, HERE / "flushes.c", "-ldl"], check=True)

    counted = subprocess.run(
        [sys.executable, "-m", "tests.adapters.storage.flushing", tmp_path / "lateral.db"],
        env={**os.environ, "LD_PRELOAD": str(counter)},
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )

    flushes = json.loads(counted.stdout)
    assert flushes["alone"] == flushing.LONE_TURNS
    assert flushes["together"] <= flushing.CLIENTS * flushing.TURNS_EACH / 8
