"""What goes wrong with files: each has its own error, nothing is half written, and afterwards all works on."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from adapters.storage.faults import explain
from adapters.storage.sqlite import SqliteStore
from bot.errors import StoreCorrupt, StoreError, StoreForeign, StoreFull, StoreLocked, StoreOutOfReach, StoreReadOnly
from bot.messages import Message
from bot.ports import Committed, Everything, Stored
from tests.contracts.store_contract import ANA, BEN, HELLO, PMO, turn
from tests.rights import ordinary_rights


@contextmanager
def _held_by_another_program(path: Path) -> Iterator[None]:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def test_a_file_held_by_another_program_is_locked_until_it_lets_go(path: Path, store: SqliteStore):
    await store.commit(turn(ANA, record=b"before"))

    with _held_by_another_program(path):
        with pytest.raises(StoreLocked, match="Another program holds the database"):
            await store.commit(turn(ANA, HELLO, record=b"refused", expected=1, key="k"))
        with pytest.raises(StoreLocked):
            await store.forget(ANA)
        assert Everything({PMO: Stored(b"before", 1)}) == await store.export(ANA)

    assert [(await store.commit(turn(ANA, record=b"after", expected=1, key="k"))).outcome] == ["done"]


async def test_many_who_wait_for_a_locked_file_are_all_told(path: Path, store: SqliteStore):
    with _held_by_another_program(path):
        outcomes = await asyncio.gather(
            *(store.commit(turn(f"console:{number}")) for number in range(20)), return_exceptions=True
        )
    assert [StoreLocked] * 20 == [type(outcome) for outcome in outcomes]

    assert Committed("done") == await store.commit(turn("console:0"))


async def test_a_turn_waits_for_another_program_that_is_soon_done(path: Path):
    with closing(SqliteStore.open(path, busy_seconds=30)) as store:
        await store.commit(turn(ANA))
        with _held_by_another_program(path):
            waiting = asyncio.ensure_future(store.commit(turn(ANA, expected=1)))
            for _ in range(5):
                await asyncio.sleep(0)
            # The event loop is free meanwhile.
            assert Stored(b"{}", 1) == await store.load(ANA, PMO)
            assert not waiting.done()

        assert Committed("done") == await waiting


async def test_opening_a_file_held_for_oneself_alone_is_refused_as_locked(path: Path):
    SqliteStore.open(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreLocked):
            SqliteStore.open(path, busy_seconds=0.05)

    SqliteStore.open(path).close()


async def test_a_full_disk_refuses_the_turn_and_keeps_the_rest(store: SqliteStore):
    await store.commit(turn(ANA, record=b"before"))
    connection = store._writer._group._connection
    [(pages,)] = connection.execute("PRAGMA page_count").fetchall()
    connection.execute(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(StoreFull, match="The disk is full, so nothing was written"):
        await store.commit(turn(ANA, Message("x" * 100_000), record=b"x" * 100_000, expected=1, key="k"))
    assert Everything({PMO: Stored(b"before", 1)}) == await store.export(ANA)

    connection.execute("PRAGMA max_page_count = 1000000")
    done = await store.commit(turn(ANA, Message("x" * 100_000), record=b"after", expected=1, key="k"))
    assert done.outcome == "done"


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="this system has no rights of the Unix kind")
async def test_a_file_without_the_right_to_write_can_be_read_and_works_once_the_right_is_back():
    with ordinary_rights() as folder:
        path = folder / "lateral.db"
        with closing(SqliteStore.open(path)) as store:
            await store.commit(turn(ANA, record=b"before"))
            await store.flush()
        path.chmod(0o400)

        with closing(SqliteStore.open(path)) as store:
            assert Stored(b"before", 1) == await store.load(ANA, PMO)
            with pytest.raises(StoreReadOnly, match="can be read but not written"):
                await store.commit(turn(ANA, HELLO, record=b"refused", expected=1, key="k"))

            path.chmod(0o600)
            for beside in path.parent.glob("lateral.db-*"):
                beside.chmod(0o600)
            assert (await store.commit(turn(ANA, record=b"after", expected=1, key="k"))).outcome == "done"


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="this system has no rights of the Unix kind")
def test_a_folder_without_the_right_to_write_is_refused_as_read_only():
    with ordinary_rights() as folder:
        folder.chmod(0o500)
        with pytest.raises(StoreReadOnly, match="there is no right to write in its folder"):
            SqliteStore.open(folder / "lateral.db")
        with pytest.raises(StoreReadOnly, match="there is no right to write in its folder"):
            SqliteStore.open(folder / "deeper" / "lateral.db")
        folder.chmod(0o700)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="this system has no rights of the Unix kind")
def test_a_file_that_can_not_be_opened_is_told_with_what_to_look_at():
    with ordinary_rights() as folder:
        path = folder / "lateral.db"
        SqliteStore.open(path).close()
        path.chmod(0o000)
        with pytest.raises(StoreOutOfReach, match="Check that it is a file that you may use"):
            SqliteStore.open(path)


async def test_a_file_that_is_no_database_is_refused_as_not_ours(path: Path):
    path.parent.mkdir()
    path.write_bytes(b"Dear diary, " * 1000)

    with pytest.raises(StoreForeign, match="That is no database of Lateral's"):
        SqliteStore.open(path)

    assert path.read_bytes() == b"Dear diary, " * 1000


async def test_a_file_cut_short_is_refused_as_corrupt_and_a_backup_helps(path: Path):
    with closing(SqliteStore.open(path)) as store:
        await asyncio.gather(*(store.commit(turn(f"console:{n}", record=b"r" * 600)) for n in range(200)))
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])

    with pytest.raises(StoreCorrupt):
        SqliteStore.open(path)

    path.write_bytes(whole)
    with closing(SqliteStore.open(path)) as store:
        assert Stored(b"r" * 600, 1) == await store.load("console:199", PMO)


async def test_a_damaged_page_is_told_of_and_nothing_else_is_lost(path: Path):
    with closing(SqliteStore.open(path)) as store:
        await asyncio.gather(*(store.commit(turn(f"console:{n}", record=b"r" * 600)) for n in range(200)))
    whole = path.read_bytes()
    place = whole.index(b"console:150" + PMO.encode() + b"rrr")
    page = place - place % 4096
    path.write_bytes(whole[:page] + b"\xa5" * 4096 + whole[page + 4096 :])

    with closing(SqliteStore.open(path)) as store:
        with pytest.raises(StoreCorrupt):
            await store.load("console:150", PMO)
        with pytest.raises(StoreCorrupt):
            await store.commit(turn("console:150", record=b"new", expected=1))
        assert Stored(b"r" * 600, 1) == await store.load("console:0", PMO)
        assert Committed("done") == await store.commit(turn(BEN))


@pytest.mark.parametrize("folder_is", ["a file", "missing and below a file"])
async def test_a_path_through_a_file_is_refused_in_plain_words(tmp_path: Path, folder_is: str):
    (tmp_path / "file").write_text("")
    path = tmp_path / "file" / "lateral.db" if folder_is == "a file" else tmp_path / "file" / "x" / "lateral.db"

    with pytest.raises(StoreError, match="Choose another file with --db"):
        SqliteStore.open(path)


async def test_a_folder_in_place_of_the_file_is_refused_in_plain_words(tmp_path: Path):
    with pytest.raises(StoreOutOfReach, match="is a folder"):
        SqliteStore.open(tmp_path)


def test_what_is_not_of_the_database_is_left_as_it_is():
    error = ValueError("not ours")

    assert error is explain(error)
