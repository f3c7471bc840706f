"""A file of people who said yes to notes, some of whom have one due: the real records, spread as real hours are."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

from adapters.storage.sqlite import SqliteStore
from benchmarks.scale import name_of
from benchmarks.talks import quick_six
from bot.beat import keep_up
from bot.guide import Guide
from bot.records import to_record
from bot.state import Commitment, State
from bot.working_time import zone_of

NOW = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)
"""A Tuesday: afternoon in Europe, morning in America, working hours in all the zones below."""

DUE_IN = 10
"""One in so many has a note due."""

_ZONES = ("Europe/Berlin", "Europe/Lisbon", "Europe/London", "America/New_York", "America/Sao_Paulo", "America/Bogota")
_KINDS = (("tips",), ("steps", "tips"), ("reminders",), ("reminders", "steps"), ("steps",), ("reminders", "tips"))
_TIMES = ("", "09.30", "10.00")
_COUNTRIES = ("", "Germany", "United Kingdom", "US")


def subscribers(guide: Guide) -> tuple[list[tuple[bytes, float]], list[tuple[bytes, float]]]:
    """Return records with their due moments (POSIX seconds): of people with a note due, and of people without."""
    bare = quick_six(guide)[1]
    due, later = [], []
    for zone, kinds, time, country in product(_ZONES, _KINDS, _TIMES, _COUNTRIES):
        answers = {guide.follow_up.time: time, guide.follow_up.country: country, guide.follow_up.kinds: kinds}
        due.append(_subscriber(guide, bare, zone, answers, ago=6))
        later.append(_subscriber(guide, bare, zone, answers, ago=0))
    return due, later


def _subscriber(
    guide: Guide, bare: State, zone: str, answers: dict[str, str | tuple[str, ...]], ago: int
) -> tuple[bytes, float]:
    """Return somebody who said yes so many days ago, and then planned a step for six days later."""
    said = NOW.astimezone(zone_of(zone)) - timedelta(days=ago)
    day = said.date() + timedelta(days=6)
    line = Commitment("", "ask for one day beside the PMO", "the weekly meeting ends", day=day)
    state = bare.changed(answers={**bare.answers, **answers}, commitments=(line,), day=said.date(), section="")
    state = keep_up(guide, state, said, spoke=True)
    assert state.beat is not None
    # In no week that is held out, for then no note would come.
    return to_record(state.changed(beat=state.beat.changed(held_out=5))), state.beat.due * 60.0


def fill(path: Path, people: int, guide: Guide) -> int:
    """Make a store of so many people; return how many have a note due. Nothing is flushed meanwhile."""
    SqliteStore.open(path).close()
    due, later = subscribers(guide)
    assert all(moment <= NOW.timestamp() for _, moment in due)
    assert all(moment > NOW.timestamp() for _, moment in later)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = OFF").fetchall()
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -400000")
    connection.execute("BEGIN")
    made = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name IN ('people', 'agenda') AND sql NOT NULL"
    ).fetchall()
    for name, _ in made:
        connection.execute(f"DROP INDEX {name}")
    connection.executemany(
        "INSERT INTO people (person, guide, version, record, updated) VALUES (?, ?, 1, ?, ?)",
        ((person, guide.id, record, NOW.timestamp()) for person, record, _ in _rows(people, due, later)),
    )
    connection.executemany(
        "INSERT INTO agenda (person, guide, platform, due, wake) VALUES (?1, ?2, 'slack', ?3, ?3)",
        sorted((person, guide.id, moment) for person, _, moment in _rows(people, due, later)),
    )
    for _, sql in made:
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.close()
    return len(range(0, people, DUE_IN))


def _rows(
    people: int, due: list[tuple[bytes, float]], later: list[tuple[bytes, float]]
) -> Iterator[tuple[str, bytes, float]]:
    """Yield people in the order they once came, which is not that of their ids."""
    for number in range(people):
        kind = later if number % DUE_IN else due
        yield name_of(number), *kind[number * 7919 % len(kind)]
