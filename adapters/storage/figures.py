"""The anonymous counts of notes, and the kinds of note that stopped for everybody: by themselves, or by an operator."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot.counts import WEEKS, Count, first_of, is_muted_too_often
from bot.holdouts import HOLD_OUTS
from bot.note_wishes import WEEKLY

STOPPABLE = (*WEEKLY, HOLD_OUTS)
"""What can be stopped for everybody. Reminders are not: each comes on a day that a person set."""

BY_MUTES, BY_HAND = "mutes", "hand"
"""Why a kind stopped."""

_ADD = (
    "INSERT INTO note_figures (week, kind, what, number) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (week, kind, what) DO UPDATE SET number = number + excluded.number"
)
_SUMS = (
    "SELECT kind, what, sum(number) FROM note_figures WHERE week >= ?1"
    " AND week > coalesce((SELECT since FROM note_stops WHERE note_stops.kind = note_figures.kind AND why = ''), '')"
    " GROUP BY kind, what"
)
_ALL_SUMS = "SELECT kind, what, sum(number) FROM note_figures GROUP BY kind, what"
_BY_WEEK = "SELECT week, what, sum(number) FROM note_figures WHERE kind = ? AND week >= ? GROUP BY week, what"
_STOPS = "SELECT kind, why, since FROM note_stops WHERE why != '' ORDER BY kind"
_SET = (
    "INSERT INTO note_stops (kind, why, since) VALUES (?, ?, ?)"
    " ON CONFLICT (kind) DO UPDATE SET why = excluded.why, since = excluded.since"
)


@dataclass(frozen=True, slots=True)
class Stop:
    """A kind of note that goes to nobody: why (`mutes` or `hand`), and since which ISO week."""

    kind: str
    why: str
    since: str


def day_of(moment: float) -> date:
    """Return the day in UTC of a moment (POSIX seconds)."""
    return datetime.fromtimestamp(moment, UTC).date()


def add(counts: Iterable[Count], today: date, cursor: sqlite3.Cursor) -> None:
    """Add to the counts; a kind that is now muted too often stops for everybody.

    `today` is the day in UTC that the four weeks end with.
    """
    summed: Counter[tuple[str, str, str]] = Counter()
    for count in counts:
        summed[count.week, count.kind, count.what] += count.number
    cursor.executemany(_ADD, [(*key, number) for key, number in summed.items() if number])
    for kind in {kind for (_, kind, what), number in summed.items() if what == "muted" and number > 0}:
        found = sums(today, cursor.connection)
        if kind in WEEKLY and is_muted_too_often(found[kind, "receivers"], found[kind, "muted"]):
            stop(kind, BY_MUTES, first_of(1, today), cursor)


def sums(today: date, connection: sqlite3.Connection) -> Counter[tuple[str, str]]:
    """Return the counts of the last four weeks by kind and what they count; for a kind let go again, those since."""
    rows = connection.execute(_SUMS, (first_of(WEEKS, today),)).fetchall()
    return Counter({(kind, what): number for kind, what, number in rows})


def all_sums(connection: sqlite3.Connection) -> Counter[tuple[str, str]]:
    """Return the counts of all time by kind and what they count."""
    rows = connection.execute(_ALL_SUMS).fetchall()
    return Counter({(kind, what): number for kind, what, number in rows})


def by_week(kind: str, today: date, connection: sqlite3.Connection) -> dict[str, Counter[str]]:
    """Return the counts of a kind for each of the last four weeks that has any, the latest first."""
    found: dict[str, Counter[str]] = {}
    for week, what, number in connection.execute(_BY_WEEK, (kind, first_of(WEEKS, today))).fetchall():
        found.setdefault(week, Counter())[what] += number
    return dict(sorted(found.items(), reverse=True))


def stops(connection: sqlite3.Connection) -> list[Stop]:
    """Return the kinds that go to nobody."""
    return [Stop(*row) for row in connection.execute(_STOPS).fetchall()]


def stop(kind: str, why: str, week: str, cursor: sqlite3.Cursor) -> None:
    """Let a kind go to nobody from now on."""
    cursor.execute(_SET, (kind, why, week))


def let_go(kind: str, week: str, cursor: sqlite3.Cursor) -> None:
    """Let a kind go again; mutes up to that week count no more against it."""
    cursor.execute(_SET, (kind, "", week))
