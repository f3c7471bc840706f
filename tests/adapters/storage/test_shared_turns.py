"""Turns of a crowd share their statements, and each is as if it had been written alone."""

from __future__ import annotations

import asyncio
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from adapters.storage import shared_turns
from adapters.storage.sqlite import SqliteStore
from bot.errors import StaleVersion, StoreError
from bot.messages import Message
from bot.ports import Commit, Committed, Stored
from tests.contracts.store_contract import NOW, PMO


def press(number: int, *texts: str, key: str = "", expected: int = 1, due: float | None = None) -> Commit:
    person = f"slack:T1:U{number}"
    said = tuple(Message(text) for text in texts)
    return Commit(person, PMO, key or f"press-{number}", expected, b"after", said, person, NOW, due)


def first_words(statement: str) -> str:
    return " ".join(statement.split()[:4])


async def begin(store: SqliteStore, people: int) -> None:
    turns = [Commit(f"slack:T1:U{number}", PMO, "", 0, b"before", at=NOW, due=NOW) for number in range(people)]
    await store.commit_all(turns)


async def together(store: SqliteStore, *turns: Commit) -> list[Committed | BaseException]:
    """Return what turns come to that are taken in the same round of the event loop."""
    return await asyncio.gather(*map(store.commit, turns), return_exceptions=True)


@pytest.mark.parametrize("people", [2, 3, shared_turns.AT_ONCE])
async def test_however_many_press_at_once_they_take_six_statements(path: Path, statements: list[str], people: int):
    with closing(SqliteStore.open(path)) as store:
        await begin(store, people)
        statements.clear()
        done = await together(store, *(press(number, "One.", "Two.") for number in range(people)))

        assert [first_words(each) for each in statements] == [
            *("BEGIN IMMEDIATE", "WITH wanted (key, person,", "INSERT OR ROLLBACK INTO", "WITH wanted (person, guide,"),
            *("INSERT OR ROLLBACK INTO", "COMMIT"),
        ]
        assert [each.owed for each in done if isinstance(each, Committed)] == [
            (2 * number + 1, 2 * number + 2) for number in range(people)
        ]


async def test_each_is_looked_up_by_its_key_and_no_table_is_gone_through(path: Path):
    with closing(SqliteStore.open(path)) as store:
        for statement in (shared_turns._UNEXPECTED, shared_turns._NEXT):
            explain = "EXPLAIN QUERY PLAN " + statement.format(rows="('a', 'b', 'c', 1), ('d', 'e', 'f', 1)")
            plan = await store.read(lambda at, explain=explain: at.execute(explain).fetchall())

            assert [row[-1] for row in plan if "SCAN" in row[-1]] == ["SCAN 2 CONSTANT ROWS", "SCAN wanted"]


async def test_one_taken_before_and_one_decided_too_late_leave_the_others_as_they_are(path: Path):
    with closing(SqliteStore.open(path)) as store:
        await begin(store, 5)
        await store.commit(press(0, "once", key="same"))
        crowd = [
            press(0, "twice", key="same", expected=2),
            press(1, "A", "B"),
            press(2, "late", expected=7),
            press(3, "C"),
            press(4, "D", due=NOW + 60),
        ]
        again, first, late, second, third = await together(store, *crowd)

        assert (Committed("duplicate"), StaleVersion) == (again, type(late))
        kept = [await store.export(f"slack:T1:U{number}") for number in range(5)]
        assert [one.records[PMO].version for one in kept] == [2, 2, 1, 2, 2]
        assert [[owed.message.text for owed in one.owed] for one in kept] == [["once"], ["A", "B"], [], ["C"], ["D"]]
        assert [[owed.id for owed in one.owed] for one in kept[1::2]] == [list(first.owed), list(second.owed)]
        assert [len(one.deliveries) for one in kept] == [1, 1, 0, 1, 1]
        assert Committed("done", third.owed) == third


async def test_of_two_turns_of_one_person_the_second_is_decided_anew(path: Path):
    with closing(SqliteStore.open(path)) as store:
        await begin(store, 3)
        crowd = [press(0), press(1), press(1, key="double click"), press(2)]
        outcomes = await together(store, *crowd)

        assert [Committed("done")] * 3 == [outcomes[0], outcomes[1], outcomes[3]]
        assert isinstance(outcomes[2], StaleVersion)
        assert Committed("done") == await store.commit(press(1, key="double click", expected=2))
        assert Stored(b"after", 3) == await store.load("slack:T1:U1", PMO)


async def test_a_first_turn_among_others_is_taken_beside_them(path: Path):
    with closing(SqliteStore.open(path)) as store:
        await begin(store, 2)
        outcomes = await together(store, press(0), press(9, "Hello.", expected=0), press(1))

        assert ["done"] * 3 == [each.outcome for each in outcomes if isinstance(each, Committed)]
        assert [2, 2, 1] == [(await store.load(f"slack:T1:U{n}", PMO) or Stored(b"", 0)).version for n in (0, 1, 9)]


async def test_more_than_share_statements_at_once_are_all_written(path: Path):
    people = 2 * shared_turns.AT_ONCE + 1
    with closing(SqliteStore.open(path)) as store:
        await begin(store, people)
        outcomes = await together(store, *(press(number, str(number)) for number in range(people)))

        assert ["done"] * people == [each.outcome for each in outcomes if isinstance(each, Committed)]
        assert str(people - 1) == (await store.export(f"slack:T1:U{people - 1}")).owed[0].message.text


@pytest.mark.parametrize(("change", "error"), [({"record": "\ud83d"}, UnicodeEncodeError), ({"at": None}, StoreError)])
async def test_one_that_cannot_be_written_fails_alone(path: Path, change: dict[str, Any], error: type[Exception]):
    with closing(SqliteStore.open(path)) as store:
        await begin(store, 3)
        outcomes = await together(store, press(0), press(1).changed(**change), press(2))

        assert Committed("done") == outcomes[0] == outcomes[2]
        assert type(outcomes[1]) is error
        assert Stored(b"before", 1) == await store.load("slack:T1:U1", PMO)
