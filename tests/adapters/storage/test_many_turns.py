"""Turns that are due all at once: a handful of statements for however many, and each written whole or not at all."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from adapters import scheduler as schedulers
from adapters.scheduler import Scheduler
from adapters.storage import agenda
from adapters.storage.sqlite import SqliteStore
from bot.conversation import Conversation
from bot.guide import Guide
from bot.messages import Message
from bot.ports import Commit, Committed, Owed, Stored
from bot.wording import Wording
from tests.adapters.notes.due_people import DUE, fill
from tests.contracts.store_contract import NOW, PMO

LATER = NOW + 7 * 24 * 3600.0


def due_turn(number: int, *texts: str, expected: int = 1, due: float | None = LATER, row: int = 0) -> Commit:
    said = tuple(Message(text) for text in texts)
    person = f"slack:T1:U{number}"
    return Commit(person, PMO, "", expected, b"after", said, f"{person}|notes", NOW, due, row=row)


def first_words(statement: str) -> str:
    return " ".join(statement.split()[:2])


async def begin(store: SqliteStore, people: int) -> None:
    turns = [Commit(f"slack:T1:U{number}", PMO, "", 0, b"before", at=NOW, due=NOW) for number in range(people)]
    await store.commit_all(turns)


@pytest.mark.parametrize("people", [1, 3, 400])
async def test_however_many_are_due_it_takes_twelve_statements_and_two_flushes(
    path: Path, statements: list[str], people: int
):
    with closing(SqliteStore.open(path)) as store:
        await begin(store, people)
        statements.clear()
        claims = await store.claim("slack", NOW, 120.0, 500)
        rows = {claim.person: claim.row for claim in claims}
        turns = [due_turn(number, "One.", row=rows[f"slack:T1:U{number}"]) for number in range(people)]
        done = await store.commit_all(turns)

        assert (len(claims), len(done)) == (people, people)
        assert [first_words(each) for each in statements] == [
            *("BEGIN IMMEDIATE", "SELECT json_group_array(json_array(person,", "DELETE FROM", "INSERT OR", "COMMIT"),
            *("BEGIN IMMEDIATE", "SAVEPOINT joined", "UPDATE people", "RELEASE joined"),
            *("DELETE FROM", "INSERT INTO", "COMMIT"),
        ]


async def test_who_is_next_is_found_by_the_index_on_time_and_no_table_is_gone_through(path: Path):
    with closing(SqliteStore.open(path)) as store:
        await begin(store, 3)
        plan = await store.read(
            lambda at: at.execute("EXPLAIN QUERY PLAN " + agenda.PICK.format(columns="person"), "1234").fetchall()
        )

        assert [row[-1] for row in plan] == [
            "SEARCH people USING INDEX people_by_due (platform=? AND due<?)",
            "CORRELATED SCALAR SUBQUERY 1",
            "SEARCH held USING INTEGER PRIMARY KEY (rowid=?)",
        ]


async def test_a_claim_is_void_once_the_person_moves_what_is_due(path: Path):
    with closing(SqliteStore.open(path)) as store:
        await begin(store, 2)
        assert len(await store.claim("slack", NOW, 120.0, 500)) == 2
        await store.commit(Commit("slack:T1:U0", PMO, "", 1, b"moved", at=NOW + 1, due=NOW + 1))

        assert [claim.person for claim in await store.claim("slack", NOW + 1, 120.0, 500)] == ["slack:T1:U0"]
        assert await store.next_due("slack") == NOW + 120.0


async def test_what_is_held_and_then_forgotten_holds_nothing_up(path: Path):
    with closing(SqliteStore.open(path)) as store:
        await begin(store, 1)
        await store.claim("slack", NOW, 120.0, 500)
        await store.forget("slack:T1:U0")
        assert await store.next_due("slack") is None
        await begin(store, 1)

        assert await store.next_due("slack") == NOW + 120.0
        assert len(await store.claim("slack", NOW + 121, 120.0, 500)) == 1


@pytest.mark.parametrize("claimed", [True, False])
async def test_one_whose_version_is_gone_is_left_out_and_the_others_keep_their_messages(path: Path, claimed: bool):
    with closing(SqliteStore.open(path)) as store:
        await begin(store, 4)
        rows = {claim.person: claim.row for claim in await store.claim("slack", NOW, 120.0, 4)} if claimed else {}
        row = [rows.get(f"slack:T1:U{number}", 0) for number in range(4)]
        turns = [
            due_turn(0, "A", "B", row=row[0]),
            due_turn(1, "stale", expected=7, row=row[1]),
            due_turn(2, due=0.0, row=row[2]),
            due_turn(3, "C", due=NOW if claimed else None, row=row[3]),
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


async def test_a_row_that_is_somebody_elses_by_now_is_left_alone(path: Path):
    with closing(SqliteStore.open(path)) as store:
        await begin(store, 1)
        [claim] = await store.claim("slack", NOW, 120.0, 1)
        await store.forget(claim.person)
        await store.commit(Commit("slack:T1:U9", PMO, "", 0, b"another", at=NOW))

        assert await store.commit_all([due_turn(0, "Late.", row=claim.row)]) == [None]
        assert await store.load("slack:T1:U9", PMO) == Stored(b"another", 1)


async def test_all_that_is_due_is_worked_off_batch_by_batch_with_a_flush_or_two_for_each(
    path: Path, guide: Guide, wording: Wording, statements: list[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(schedulers, "AT_ONCE", 40)
    people = await fill(path, guide, 100)
    with closing(SqliteStore.open(path)) as store:
        handed: list[Owed] = []
        talk = Conversation(guide, wording, store)
        scheduler = Scheduler(store, talk, "slack", handed.extend, lambda: DUE + 1)
        statements.clear()

        assert await scheduler.work_off() == 100
        assert sorted(owed.person for owed in handed) == people
        assert await store.read(lambda at: at.execute("SELECT * FROM held").fetchall()) == []
        assert [first_words(each) for each in statements].count("COMMIT") <= 2 * 3 + 1
        assert await scheduler.work_off() == 0
