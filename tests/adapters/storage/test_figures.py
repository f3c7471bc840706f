"""The counts in the file: written with the turn or not at all, no person among them, and a kind stops when it must."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest

from adapters.storage import figures
from adapters.storage.figures import Stop
from adapters.storage.sqlite import SqliteStore
from bot.counts import LEAST_TO_DECIDE, Count
from bot.errors import StaleVersion
from bot.ports import Commit

TODAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 10, tzinfo=UTC).timestamp()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    opened = SqliteStore.open(tmp_path / "talk.db")
    yield opened
    opened.close()


def turn(person: str, *counts: Count, expected: int = 0, key: str = "") -> Commit:
    return Commit(person, "g", key, expected, b"{}", at=AT, counts=counts)


async def add(store: SqliteStore, *counts: Count, today: date = TODAY) -> None:
    await store.write(partial(figures.add, counts, today))


def some(kind: str, receivers: int, muted: int, week: str = "2026-W48") -> tuple[Count, ...]:
    return Count(week, kind, "receivers", receivers), Count(week, kind, "muted", muted)


async def test_what_turns_count_is_summed_by_week_and_kind(store: SqliteStore):
    await store.commit(turn("console:a", Count("2026-W48", "tips", "receivers")))
    await store.commit_all([turn("console:b", Count("2026-W48", "tips", "receivers")), turn("console:c")])
    await store.commit(turn("console:c", Count("2026-W48", "tips", "receivers", -1), expected=1))
    assert await store.read(partial(figures.sums, TODAY)) == {("tips", "receivers"): 1}


async def test_a_turn_that_is_refused_or_came_before_counts_nothing(store: SqliteStore):
    count = Count("2026-W48", "tips", "receivers")
    await store.commit(turn("console:a", count, key="k"))
    await store.commit(turn("console:a", count, key="k", expected=1))
    with pytest.raises(StaleVersion):
        await store.commit(turn("console:a", count, expected=5))
    assert await store.commit_all([turn("console:a", count, expected=5)]) == [None]
    assert await store.read(partial(figures.sums, TODAY)) == {("tips", "receivers"): 1}


async def test_a_farewell_counts_its_mute_and_the_counts_outlive_the_person(store: SqliteStore, tmp_path: Path):
    await store.commit(turn("console:ana", Count("2026-W48", "tips", "receivers")))
    goodbye = Commit("console:ana", "g", "", 1, None, at=AT, counts=(Count("2026-W48", "tips", "muted"),))
    await store.commit(goodbye)
    assert await store.read(partial(figures.sums, TODAY)) == {("tips", "receivers"): 1, ("tips", "muted"): 1}
    store.close()
    with closing(sqlite3.connect(tmp_path / "talk.db")) as connection:
        rows = connection.execute("select * from note_figures").fetchall()
    assert rows == [("2026-W48", "tips", "muted", 1), ("2026-W48", "tips", "receivers", 1)]


async def test_a_kind_that_more_than_one_in_twenty_mute_stops_for_everybody(store: SqliteStore):
    await add(store, *some("tips", 100, 5), *some("steps", 100, 6))
    assert await store.stopped() == {"steps"}
    assert await store.read(figures.stops) == [Stop("steps", "mutes", "2026-W48")]


async def test_a_handful_of_people_decides_nothing(store: SqliteStore):
    await add(store, *some("tips", LEAST_TO_DECIDE - 1, LEAST_TO_DECIDE - 1))
    assert await store.stopped() == frozenset()


async def test_reminders_never_stop_for_everybody(store: SqliteStore):
    await add(store, *some("reminders", 100, 50))
    assert await store.stopped() == frozenset()


async def test_only_four_weeks_count(store: SqliteStore):
    await add(store, *some("tips", 100, 0, "2026-W45"))
    await add(store, *some("tips", 0, 6, "2026-W44"), today=date(2026, 11, 24))
    assert await store.stopped() == frozenset()
    await add(store, Count("2026-W48", "tips", "muted", 6))
    assert await store.stopped() == {"tips"}


async def test_an_operator_lets_it_go_and_the_old_mutes_are_not_held_against_it(store: SqliteStore):
    await add(store, *some("tips", 100, 10))
    await store.write(partial(figures.let_go, "tips", "2026-W48"))
    await add(store, Count("2026-W48", "tips", "muted", 1))
    assert await store.stopped() == frozenset()
    await add(store, *some("tips", 100, 6, "2026-W49"), today=date(2026, 12, 1))
    assert await store.stopped() == {"tips"}


async def test_what_was_stopped_by_hand_stays_so_until_it_is_let_go(store: SqliteStore):
    await store.write(partial(figures.stop, "hold-outs", "hand", "2026-W48"))
    assert await store.stopped() == {"hold-outs"}
    await store.write(partial(figures.let_go, "hold-outs", "2026-W48"))
    assert await store.stopped() == frozenset()
