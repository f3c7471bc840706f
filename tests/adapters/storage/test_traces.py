"""After a forgetting no byte of the person's id or words is left in the file, its log, or its shared memory."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from adapters.storage.sqlite import SqliteStore
from bot.messages import Message
from tests.contracts.store_contract import BEN, HELLO, NOW, PMO, TEA, turn

PERSON = "slack:T0123:U4711"
WORDS = "a-secret-wish"
OTHER = b"somebody-else"


def _traces(path: Path, *needles: str) -> dict[str, int]:
    """How often each needle stands anywhere in the folder of the database."""
    kept = b"".join(file.read_bytes() for file in path.parent.iterdir())
    return {needle: count for needle in needles if (count := kept.count(needle.encode()))}


def _sweeps_due(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        [(count,)] = connection.execute("SELECT count(*) FROM sweeps").fetchall()
    return int(count)


async def _tell_everything(store: SqliteStore) -> None:
    """Fill every table with the person, in pages shared with others."""
    for number in range(30):
        await store.commit(turn(f"console:{number}", HELLO, key=f"{number}", record=OTHER * 20))
    for version, guide in ((0, PMO), (1, PMO), (0, TEA)):
        committed = await store.commit(
            turn(
                PERSON,
                Message(f"You said {WORDS}."),
                Message(WORDS * 500),
                guide=guide,
                key=f"{WORDS} {guide} {version}",
                expected=version,
                record=WORDS.encode() * 30 * (version + 1),
                conversation=f"with {PERSON}",
            )
        )
    await store.failed(committed.owed[0], None, f"no such place: {PERSON}")
    await store.failed(committed.owed[1], NOW, f"{WORDS} too long")


async def test_forgetting_leaves_no_byte(path: Path, store: SqliteStore):
    await _tell_everything(store)
    assert {PERSON, WORDS} == set(_traces(path, PERSON, WORDS))

    await store.forget(PERSON)

    assert _traces(path, PERSON, WORDS) == {}
    assert OTHER.decode() in _traces(path, OTHER.decode())


async def test_a_farewell_leaves_no_byte_but_its_own_and_none_once_it_was_taken(path: Path, store: SqliteStore):
    await _tell_everything(store)

    bye = await store.commit(turn(PERSON, Message("Bye now."), key="bye", expected=2, record=None))
    assert _traces(path, WORDS) == {}
    assert _traces(path, PERSON, "Bye now.") == {PERSON: 2, "Bye now.": 1}

    await store.delivered(bye.owed)
    await store.flush()
    await _swept(store)
    assert _traces(path, PERSON, WORDS, "Bye now.") == {}


async def _swept(store: SqliteStore) -> None:
    """Return when the writer's thread has swept what its last transaction asked for."""
    await store._writer.submit(lambda _cursor: None, long=True)


async def test_a_farewell_taken_by_a_later_process_leaves_no_byte(path: Path):
    with closing(SqliteStore.open(path)) as store:
        await store.commit(turn(PERSON, Message(WORDS), record=None))
        await store.commit(turn(BEN, HELLO))

    with closing(SqliteStore.open(path)) as store:
        await store.delivered([owed.id for owed in await store.owed(NOW)])
        await store.flush()
        await _swept(store)
        assert _traces(path, PERSON, WORDS) == {}


async def test_a_farewell_that_can_not_be_delivered_leaves_no_byte(path: Path, store: SqliteStore):
    bye = await store.commit(turn(PERSON, Message(WORDS), record=None))

    await store.failed(bye.owed[0], None, f"{PERSON} has gone")

    assert _traces(path, PERSON, WORDS) == {}


async def test_while_another_program_reads_the_old_pages_the_sweeping_stays_due(path: Path, store: SqliteStore):
    await store.commit(turn(PERSON, Message(WORDS)))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM people").fetchall()
        assert await store.forget(PERSON) == 2
        assert WORDS in _traces(path, WORDS)
        other.execute("ROLLBACK")

    store.close()
    assert _traces(path, PERSON, WORDS) == {}
    assert _sweeps_due(path) == 0


async def test_a_sweeping_that_a_kill_prevented_is_made_up_for(path: Path, monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as killed:
        killed.setattr("adapters.storage.traces.Traces.sweep", lambda _self, _connection: None)
        with closing(SqliteStore.open(path)) as store:
            await _tell_everything(store)
            await store.forget(PERSON)
            path.with_name("copy.db").write_bytes(path.read_bytes())
            path.with_name("copy.db-wal").write_bytes(path.with_name("lateral.db-wal").read_bytes())
    for file in path.parent.glob("lateral.db*"):
        file.unlink()
    copy = path.with_name("copy.db")
    assert WORDS in _traces(copy, WORDS)
    wal = copy.with_name("copy.db-wal").read_bytes()
    assert _sweeps_due(copy) == 1
    copy.with_name("copy.db-wal").write_bytes(wal)

    SqliteStore.open(copy).close()

    assert _traces(copy, PERSON, WORDS) == {}
    assert _sweeps_due(copy) == 0


async def test_a_message_that_was_taken_is_cleared_from_the_file(path: Path, store: SqliteStore):
    committed = await store.commit(turn(PERSON, Message(WORDS)))
    await store.delivered(committed.owed)
    store.close()

    assert _traces(path, WORDS) == {}
    assert {PERSON} == set(_traces(path, PERSON))


@pytest.mark.parametrize("seed", range(3))
async def test_nobody_of_many_leaves_a_byte_whatever_the_pages_went_through(path: Path, store: SqliteStore, seed: int):
    chance = random.Random(seed)
    versions: dict[int, int] = {}

    async def speak(number: int) -> None:
        name = f"{number:04}x"
        committed = await store.commit(
            turn(
                f"slack:T0:U{name}",
                *[Message(f"words of {name} " * chance.randint(1, 20))] * chance.randint(0, 3),
                key=f"{name} {versions.get(number, 0)}",
                expected=versions.get(number, 0),
                record=f"record of {name} ".encode() * chance.randint(1, 30),
            )
        )
        versions[number] = versions.get(number, 0) + 1
        if chance.random() < 0.8:
            await store.delivered(committed.owed)

    for _ in range(12):
        await asyncio.gather(*(speak(number) for number in chance.sample(range(80), 60)))
    for number in chance.sample(sorted(versions), len(versions)):
        await store.forget(f"slack:T0:U{number:04}x")
        assert _traces(path, f"{number:04}x") == {}
