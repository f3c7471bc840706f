"""Turns that are due all at once: a handful of statements for however many, and each written whole or not at all."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from adapters import scheduler as schedulers
from adapters.scheduler import Scheduler
from adapters.storage import many_turns
from adapters.storage.sqlite import SqliteStore
from bot.conversation import Conversation
from bot.guide import Guide
from bot.messages import Message
from bot.ports import Commit, Committed, Owed, Stored
from bot.wording import Wording
from tests.adapters.notes.due_people import DUE, fill
from tests.contracts.store_contract import NOW, PMO

LATER = NOW + 7 * 24 * 3600.0


def due_turn(number: int, *texts: str, expected: int = 1, due: float | None = LATER) -> Commit:
    said = tuple(Message(text) for text in texts)
    person = f"slack:T1:U{number}"
    return Commit(person, PMO, "", expected, b"after", said, f"{person}|notes", NOW, due)


async def begin(store: SqliteStore, people: int) -> None:
    turns = [Commit(f"slack:T1:U{number}", PMO, "", 0, b"before", at=NOW, due=NOW) for number in range(people)]
    await store.commit_all(turns)


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The first words of every statement of every connection that is opened from now on."""
    import sqlite3  # noqa: PLC0415

    verbs: list[str] = []
    connect = sqlite3.connect

    def connect_and_listen(*args: object, **options: object) -> sqlite3.Connection:
        connection = connect(*args, **options)
        connection.set_trace_callback(lambda statement: verbs.append(" ".join(statement.split()[:2])))
        return connection

    monkeypatch.setattr(sqlite3, "connect", connect_and_listen)
    return verbs


@pytest.mark.parametrize("people", [1, 3, 400])
async def test_however_many_are_due_they_take_ten_statements_and_two_flushes(path: Path, seen: list[str], people: int):
    with closing(SqliteStore.open(path)) as store:
        await begin(store, people)
        seen.clear()
        claims = await store.claim("slack", NOW, 120.0, 500)
        done = await store.commit_all([due_turn(number, "One.") for number in range(people)])

        assert (len(claims), len(done)) == (people, people)
        assert seen == [
            *("BEGIN IMMEDIATE", "SELECT json_group_array(json_array(wanted.person,", "UPDATE agenda", "COMMIT"),
            *("BEGIN IMMEDIATE", "SELECT json_group_array(json_array(wanted.key,"),
            *("WITH wanted", "INSERT INTO", "INSERT INTO", "COMMIT"),
        ]


async def test_what_is_due_no_more_is_crossed_out_by_its_key_and_no_table_is_gone_through(path: Path):
    with closing(SqliteStore.open(path)) as store:
        plan = await store.read(
            lambda connection: connection.execute(
                "EXPLAIN QUERY PLAN " + many_turns._CROSS_OUT.format(rows="('a', 'b'), ('c', 'd')")
            ).fetchall()
        )

        assert plan[0][-1] == "SEARCH agenda USING PRIMARY KEY (person=? AND guide=?)"


async def test_one_whose_version_is_gone_is_left_out_and_the_others_keep_their_messages(path: Path):
    with closing(SqliteStore.open(path)) as store:
        await begin(store, 4)
        turns = [
            due_turn(0, "A", "B"),
            due_turn(1, "stale", expected=7),
            due_turn(2, due=0.0),
            due_turn(3, "C", due=None),
        ]
        first, stale, silent, last = await store.commit_all(turns)

        assert (stale, silent) == (None, Committed("done"))
        assert first is not None
        assert last is not None
        expected = zip((*first.owed, *last.owed), ("A", "B", "C"), strict=True)
        kept = [await store.export(f"slack:T1:U{number}") for number in range(4)]
        assert [(owed.id, owed.message.text) for one in kept for owed in one.owed] == list(expected)
        assert [one.records[PMO] for one in kept] == [
            Stored(b"after", 2), Stored(b"before", 1), Stored(b"after", 2), Stored(b"after", 2),
        ]  # fmt: skip
        rows = await store.read(lambda at: at.execute("SELECT person, due FROM agenda ORDER BY person").fetchall())
        assert rows == [("slack:T1:U0", LATER), ("slack:T1:U1", NOW), ("slack:T1:U3", NOW)]


async def test_all_that_is_due_is_worked_off_batch_by_batch_with_a_flush_or_two_for_each(
    path: Path, guide: Guide, wording: Wording, seen: list[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(schedulers, "AT_ONCE", 40)
    people = await fill(path, guide, 100)
    with closing(SqliteStore.open(path)) as store:
        handed: list[Owed] = []
        talk = Conversation(guide, wording, store)
        scheduler = Scheduler(store, talk, "slack", handed.extend, lambda: DUE + 1)
        seen.clear()

        assert await scheduler.work_off() == 100
        assert sorted(owed.person for owed in handed) == people
        assert seen.count("COMMIT") <= 2 * 3 + 1
        assert await scheduler.work_off() == 0
