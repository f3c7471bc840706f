"""A file of people who said yes to notes, some of whom have one due: the real records, spread as real hours are."""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path

from adapters.storage.sqlite import SqliteStore
from benchmarks.scale import name_of
from benchmarks.talks import quick_six
from bot.beat import keep_up, local
from bot.dialogue import step
from bot.events import Ticked
from bot.guide import Guide
from bot.holdouts import LAST
from bot.records import to_record
from bot.state import Commitment, State
from bot.working_time import zone_of

NOW = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)
"""A Tuesday: afternoon in Europe, morning in America, working hours in all the zones below."""

DUE_IN = 10
"""One in so many has a note due."""

WEEKS = 5
"""For how many weeks people have had notes. By then a note changes what is remembered and adds little to it."""

TURNS, AT_A_TIME = 4, 100
"""In how many parts a record comes to be, and how many people are talking meanwhile."""

_ZONES = ("Europe/Berlin", "Europe/Lisbon", "Europe/London", "America/New_York", "America/Sao_Paulo", "America/Bogota")
_KINDS = (("tips",), ("steps", "tips"), ("reminders",), ("reminders", "steps"), ("steps",), ("reminders", "tips"))
_TIMES = ("", "09.30", "10.00")
_COUNTRIES = ("", "Germany", "United Kingdom", "US")


def subscribers(guide: Guide, weeks: int = WEEKS) -> tuple[list[tuple[bytes, float]], list[tuple[bytes, float]]]:
    """Return records with their due moments (POSIX seconds): of people with a note due, and of people without.

    They have had notes for so many `weeks`, and answered them; with 0 the note that comes next is their first.
    """
    bare = quick_six(guide)[1]
    due, later = [], []
    for zone, kinds, time, country in product(_ZONES, _KINDS, _TIMES, _COUNTRIES):
        answers = {guide.follow_up.time: time, guide.follow_up.country: country, guide.follow_up.kinds: kinds}
        subscriber = bare.changed(answers={**bare.answers, **answers}, section="")
        due.append(_after(guide, subscriber, NOW.astimezone(zone_of(zone)) - timedelta(days=6), weeks))
        later.append(_after(guide, subscriber, NOW.astimezone(zone_of(zone)), weeks))
    return due, later


def _after(guide: Guide, state: State, spoke: datetime, weeks: int) -> tuple[bytes, float]:
    """Return somebody who said yes so many weeks before they last spoke, and each week planned a step for the next."""
    for week in range(weeks, -1, -1):
        now = spoke - timedelta(weeks=week)
        state = _noted(guide, state, now)
        line = Commitment("", "ask for one day beside the PMO", "the weekly meeting ends", day=_in_six_days(now))
        state = keep_up(guide, state.changed(commitments=(line,), day=now.date()), now, spoke=True)
        assert state.beat is not None
        # In no week that is held out, for then no note would come.
        state = state.changed(beat=state.beat.changed(held_out=LAST))
    assert state.beat is not None
    return to_record(state), state.beat.due * 60.0


def _noted(guide: Guide, state: State, now: datetime) -> State:
    """Return the state after all the notes that came by now, each at its time."""
    while state.beat and 0 < state.beat.due * 60 <= now.timestamp():
        moment = datetime.fromtimestamp(state.beat.due * 60, UTC)
        state = step(guide, state, Ticked(), local(guide, state, moment)).state
    return state


def _in_six_days(now: datetime) -> date:
    return now.date() + timedelta(days=6)


def fill(path: Path, people: int, guide: Guide, weeks: int = WEEKS) -> int:
    """Make a store of so many people; return how many have a note due. Nothing is flushed meanwhile.

    Their records grow once they are there, as those of people who answer do: the file's pages have room left.
    """
    SqliteStore.open(path).close()
    due, later = subscribers(guide, weeks)
    assert all(moment <= NOW.timestamp() for _, moment in due)
    assert all(moment > NOW.timestamp() for _, moment in later)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = OFF").fetchall()
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -400000")
    connection.execute("BEGIN")
    made = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'people' AND sql NOT NULL"
    ).fetchall()
    for name, _ in made:
        connection.execute(f"DROP INDEX {name}")
    for id_, share, (person, record, moment) in _talks(people, due, later):
        if share == 1:
            connection.execute(
                "INSERT INTO people (id, person, guide, version, record, updated, planned)"
                " VALUES (?1, ?2, ?3, 1, ?4, ?5, ?5)",
                (id_, person, guide.id, record[: len(record) // TURNS], NOW.timestamp()),
            )
        else:
            grown = record[: len(record) * share // TURNS]
            connection.execute(
                "UPDATE people SET record = ?1, due = ?2 WHERE id = ?3",
                (grown, moment if share == TURNS else None, id_),
            )
    for _, sql in made:
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.close()
    return len(range(0, people, DUE_IN))


def _talks(
    people: int, due: list[tuple[bytes, float]], later: list[tuple[bytes, float]]
) -> Iterator[tuple[int, int, tuple[str, bytes, float]]]:
    """Yield the id of a person, how much of their record is there by then, of `TURNS` parts, and who they are.

    `AT_A_TIME` people talk at a time: whenever another comes, each of so many gets a part further.
    """
    apart = AT_A_TIME // TURNS
    talking: deque[tuple[str, bytes, float]] = deque(maxlen=apart * (TURNS - 1) + 1)
    coming = _rows(people, due, later)
    for id_ in range(1, people + len(talking) + apart * TURNS):
        talking.append(next(coming, ("", b"", 0.0)))
        for share in range(1, TURNS + 1):
            back = apart * (share - 1)
            if back < len(talking) and talking[-1 - back][0]:
                yield id_ - back, share, talking[-1 - back]


def _rows(
    people: int, due: list[tuple[bytes, float]], later: list[tuple[bytes, float]]
) -> Iterator[tuple[str, bytes, float]]:
    """Yield people in the order they once came, which is not that of their ids."""
    for number in range(people):
        kind = later if number % DUE_IN else due
        yield name_of(number), *kind[number * 7919 % len(kind)]
