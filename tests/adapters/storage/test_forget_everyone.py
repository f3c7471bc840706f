"""Forgetting a whole workspace takes all of it, from every table and from the file, and nothing of another."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from adapters.storage.memory import MemoryStore
from adapters.storage.sqlite import SqliteStore
from bot.errors import StoreError
from bot.messages import Message
from bot.ports import Everything, Stored
from tests.contracts.store_contract import ANA, BEN, HELLO, NOW, PMO, TEA, turn

OURS = "slack:T0123:"
CHANNEL = "slack:T0123:C9"
NEIGHBOURS = ("slack:T01234:U1", "slack:T0123", "slack:t0123:U1", "slack:T012_:U1", "slack:T0124:U1", "console:me")


@pytest.fixture(params=["sqlite", "memory"])
def kept(request: pytest.FixtureRequest) -> Iterator[SqliteStore | MemoryStore]:
    if request.param == "sqlite":
        yield request.getfixturevalue("store")
    else:
        yield MemoryStore()


async def _tell(store: SqliteStore | MemoryStore, person: str, word: str = "kept") -> None:
    done = await store.commit(turn(person, Message(word), Message(word * 2), key=person, record=word.encode()))
    await store.commit(turn(person, HELLO, key=f"{person}/tea", guide=TEA))
    await store.failed(done.owed[0], None, f"{person} is away")


async def test_all_people_and_channels_of_a_workspace_go(kept: SqliteStore | MemoryStore):
    ours = (ANA, BEN, CHANNEL, OURS, f"{OURS}zoë", f"{OURS}\U0001f375")
    for person in ours:
        await _tell(kept, person)

    await kept.forget_everyone(OURS)

    assert [Everything()] * 6 == [await kept.export(person) for person in ours]
    assert await kept.owed(NOW) == []


async def test_nobody_else_goes(kept: SqliteStore | MemoryStore):
    for person in (ANA, *NEIGHBOURS):
        await _tell(kept, person)
    before = [await kept.export(person) for person in NEIGHBOURS]

    await kept.forget_everyone(OURS)

    assert before == [await kept.export(person) for person in NEIGHBOURS]
    assert all(everything.records[PMO] == Stored(b"kept", 1) for everything in before)


async def test_a_message_of_somebody_else_into_the_workspace_goes_and_the_person_stays(kept: SqliteStore | MemoryStore):
    guest = "slack:T0999:U1"
    await kept.commit(turn(guest, HELLO, conversation=CHANNEL))

    assert await kept.forget_everyone(OURS) == 1

    assert await kept.export(guest) == Everything({PMO: Stored(b"{}", 1)})


async def test_the_rows_are_counted_without_messages_that_were_taken(kept: SqliteStore | MemoryStore):
    taken = await kept.commit(turn(ANA, HELLO, key="k"))
    await kept.delivered(taken.owed)

    assert await kept.forget_everyone(OURS) == 2
    assert await kept.forget_everyone(OURS) == 0


@pytest.mark.parametrize("prefix", ["", ":", "slack", "slack:T0123"])
async def test_half_an_id_is_refused_and_removes_nothing(kept: SqliteStore | MemoryStore, prefix: str):
    await _tell(kept, ANA)
    before = await kept.export(ANA)

    with pytest.raises(ValueError, match="whole part"):
        await kept.forget_everyone(prefix)

    assert before == await kept.export(ANA)


async def test_no_byte_of_the_workspace_stays_in_the_file(path: Path, store: SqliteStore):
    for number in range(30):
        await _tell(store, f"slack:T0124:U{number}", "somebody-else" * 20)
        await _tell(store, f"{OURS}U{number}", "a-secret-wish" * 40)
    await store.commit(turn(f"{OURS}U0", Message("a-secret-wish, farewell"), expected=1, record=None))

    await store.forget_everyone(OURS)

    left = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert (left.count(OURS.encode()), left.count(b"a-secret-wish")) == (0, 0)
    assert left.count(b"somebody-else") > 0


def _insert(word: str, cursor: sqlite3.Cursor) -> int:
    cursor.execute("INSERT INTO deliveries (key, person, at) VALUES (?, ?, 0)", (word.encode(), word))
    return cursor.rowcount


def _persons(connection: sqlite3.Connection) -> list[str]:
    return [person for (person,) in connection.execute("SELECT person FROM deliveries ORDER BY person").fetchall()]


async def test_work_of_others_is_written_durably_and_read(path: Path, store: SqliteStore):
    assert await store.write(lambda cursor: _insert("ana", cursor)) == 1
    assert await store.read(_persons) == ["ana"]

    with closing(sqlite3.connect(path)) as connection:
        assert _persons(connection) == ["ana"]


async def test_work_that_fails_takes_nothing_else_with_it_and_leaves_nothing(store: SqliteStore):
    def fail(cursor: sqlite3.Cursor) -> None:
        _insert("half", cursor)
        raise ZeroDivisionError

    outcomes = await asyncio.gather(
        store.write(lambda cursor: _insert("ana", cursor)),
        store.write(fail),
        store.write(lambda cursor: _insert("ben", cursor)),
        store.commit(turn(ANA)),
        return_exceptions=True,
    )

    assert [type(outcome).__name__ for outcome in outcomes] == ["int", "ZeroDivisionError", "int", "Committed"]
    assert await store.read(_persons) == ["ana", "ben"]


async def test_reading_can_not_write(store: SqliteStore):
    with pytest.raises(StoreError):
        await store.read(lambda connection: connection.execute("DELETE FROM people").fetchall())


async def test_what_erasing_work_removed_leaves_no_byte(path: Path, store: SqliteStore):
    await store.write(lambda cursor: _insert("a-secret-wish" * 40, cursor))

    await store.write(lambda cursor: cursor.execute("DELETE FROM deliveries").rowcount, erases=True)

    assert b"a-secret-wish" not in b"".join(file.read_bytes() for file in path.parent.iterdir())
