"""The store in a SQLite file keeps the contract, and what it keeps outlives it, in a private file."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
import threading
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from adapters.storage.sqlite import SqliteStore
from bot.errors import StoreError
from bot.messages import Message
from bot.ports import Committed, Everything, Stored
from tests.contracts.store_contract import ANA, BEN, HELLO, NOW, PMO, StoreContract, texts_owed, turn
from tests.waiting import until


class TestSqliteStore(StoreContract):
    """The fixture `store` is that of conftest.py."""


async def test_what_was_kept_is_there_after_closing_and_opening(path: Path):
    with closing(SqliteStore.open(path)) as store:
        await store.commit(turn(ANA, HELLO, key="k", record=b"kept"))
        before = await store.export(ANA)

    with closing(SqliteStore.open(path)) as store:
        assert before == await store.export(ANA)
        assert Committed("duplicate") == await store.commit(turn(ANA, key="k", expected=1))


async def test_a_delivery_that_is_no_turn_is_noted_once_and_forgotten_with_its_person(path: Path):
    with closing(SqliteStore.open(path)) as store:
        assert [True, False] == [await store.first_time("share:1", ANA, 1.0) for _ in range(2)]

    with closing(SqliteStore.open(path)) as store:
        assert not await store.first_time("share:1", BEN, 2.0)
        assert Everything(deliveries=(1.0,)) == await store.export(ANA)
        await store.forget(ANA)
        assert await store.first_time("share:1", BEN, 3.0)


async def test_closing_writes_what_still_waits(path: Path):
    with closing(SqliteStore.open(path)) as store:
        bye = await store.commit(turn(ANA, HELLO, Message("Second.")))
        await store.delivered(bye.owed[:1])
        waiting = [asyncio.ensure_future(store.commit(turn(f"console:{n}"))) for n in range(5)]
        await asyncio.sleep(0)
        store.close()
        assert [committed.outcome for committed in await asyncio.gather(*waiting)] == ["done"] * 5

    with closing(SqliteStore.open(path)) as store:
        assert [Stored(b"{}", 1)] * 5 == [await store.load(f"console:{n}", PMO) for n in range(5)]
        assert await texts_owed(store) == ["Second."]


async def test_a_closed_store_says_so(store: SqliteStore):
    await store.load(ANA, PMO)
    store.close()
    store.close()

    with pytest.raises(StoreError, match=r"^The database is closed\.$"):
        await store.commit(turn())
    with pytest.raises(StoreError, match=r"^The database is closed\.$"):
        await store.load(ANA, PMO)


async def test_file_log_and_folder_are_private(path: Path):
    with closing(SqliteStore.open(path)) as store:
        await store.commit(turn())
        rights = {file.name: oct(stat.S_IMODE(file.stat().st_mode)) for file in path.parent.iterdir()}

    assert rights == {"lateral.db": "0o600", "lateral.db-shm": "0o600", "lateral.db-wal": "0o600"}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


async def test_a_caller_who_goes_away_does_not_break_the_writer(store: SqliteStore):
    for rounds in range(3):
        waiting = [asyncio.ensure_future(store.commit(turn(f"console:{n}:{rounds}"))) for n in range(9)]
        for _ in range(rounds):
            await asyncio.sleep(0)
        for one in waiting[::2]:
            one.cancel()
        outcomes = await asyncio.gather(*waiting, return_exceptions=True)
        assert [Committed("done")] * 4 == outcomes[1::2]

    assert Committed("done") == await store.commit(turn(BEN))


async def test_what_a_caller_queued_is_written_even_when_it_goes_away_and_nobody_follows(store: SqliteStore):
    for version in range(3):
        before = await store.load(ANA, PMO)
        waiting = asyncio.ensure_future(store.commit(turn(ANA, expected=version)))
        await asyncio.sleep(0)
        waiting.cancel()
        await until(partial(_has_changed, store, before), f"turn {version + 1} is kept")

        assert Stored(b"{}", version + 1) == await store.load(ANA, PMO)


async def _has_changed(store: SqliteStore, before: Stored | None) -> bool:
    return await store.load(ANA, PMO) != before


async def test_a_lone_caller_who_goes_away_does_not_break_the_writer(store: SqliteStore):
    await store.commit(turn(ANA))
    waiting = asyncio.ensure_future(store.commit(turn(ANA, expected=1)))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)

    assert Committed("done") == await store.commit(turn(BEN))


async def test_a_turn_that_can_not_be_written_fails_alone(store: SqliteStore):
    outcomes = await asyncio.gather(
        store.commit(turn(ANA)),
        store.commit(turn("console:\ud83d")),
        store.commit(turn("console:big", expected=2**70)),
        store.commit(turn(BEN)),
        return_exceptions=True,
    )

    assert [Committed, UnicodeEncodeError, OverflowError, Committed] == [type(one) for one in outcomes]
    assert Stored(b"{}", 1) == await store.load(ANA, PMO)
    assert Stored(b"{}", 1) == await store.load(BEN, PMO)


async def test_sixty_four_people_at_once_lose_nothing(store: SqliteStore):
    async def talk(number: int) -> None:
        person = f"slack:T0123:U{number:04}"
        for version in range(20):
            stored = await store.load(person, PMO)
            assert version == (stored.version if stored else 0)
            message = Message(f"{version}")
            committed = await store.commit(
                turn(person, message, expected=version, key=f"{person} {version}", record=b"%d" % version)
            )
            if version % 2:
                await store.delivered(committed.owed)

    await asyncio.gather(*(talk(number) for number in range(64)))

    expected = ({PMO: Stored(b"19", 20)}, [str(version) for version in range(0, 20, 2)], (NOW,) * 20)
    for number in range(64):
        kept = await store.export(f"slack:T0123:U{number:04}")
        assert expected == (kept.records, [owed.message.text for owed in kept.owed], kept.deliveries)


async def test_what_is_read_while_somebody_writes_is_what_was_committed_before(store: SqliteStore):
    await store.commit(turn(ANA, record=b"before"))
    writing, read = threading.Event(), threading.Event()

    def change_slowly(cursor: sqlite3.Cursor) -> None:
        cursor.execute("UPDATE people SET record = ?, version = version + 1", (b"after",))
        writing.set()
        assert read.wait(10)

    changed = asyncio.ensure_future(store.write(change_slowly, erases=True))
    await asyncio.to_thread(writing.wait, 10)
    during = await store.load(ANA, PMO)
    read.set()
    await changed

    assert Stored(b"before", 1) == during
    assert Stored(b"after", 2) == await store.load(ANA, PMO)


def test_event_loops_in_several_threads_share_the_store(path: Path):
    async def talk(store: SqliteStore, person: str) -> None:
        for version in range(50):
            await store.commit(turn(person, expected=version))

    async def talk_in_threads(store: SqliteStore) -> None:
        await asyncio.gather(*(asyncio.to_thread(asyncio.run, talk(store, f"console:{number}")) for number in range(4)))

    with closing(SqliteStore.open(path)) as store:
        asyncio.run(talk_in_threads(store))
        versions = [asyncio.run(store.export(f"console:{n}")).records[PMO].version for n in range(4)]

    assert versions == [50] * 4


async def test_nothing_is_known_of_somebody_else(store: SqliteStore):
    await store.commit(turn(ANA, HELLO))

    assert Everything() == await store.export(BEN)
