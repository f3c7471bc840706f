"""When something is due and for whom: a moment in each record's row, found by an index, held by whoever claimed it.

A claim is noted apart, in `held`, until the end of a lease: nobody else finds the row before. Whoever dies in between
loses nothing, for then it is found again. The turn that follows moves the row to what is due next, and with that the
claim is void, for it holds for that one moment. So a note writes one row, and not three that lie far apart.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

import msgspec

from adapters.storage import figures
from adapters.storage.figures import day_of
from adapters.storage.many_turns import may_be_joined, write_joined
from adapters.storage.turns import Draft, write_turn
from bot.errors import StaleVersion
from bot.ports import Claim, Committed, Stored

_IS_HELD = "SELECT 1 FROM held WHERE held.id = people.id AND held.due = people.due AND held.until > ?3"

PICK = (
    "SELECT {columns} FROM people WHERE platform = ?2 AND due <= ?3"  # noqa: S608
    f" AND NOT EXISTS ({_IS_HELD}) ORDER BY due, planned LIMIT ?4"
)
"""Finds who is next, by the index on time."""

_HOLD = f"INSERT OR REPLACE INTO held (id, due, until) {PICK.format(columns='id, due, ?1')}"
_LET_GO = "DELETE FROM held WHERE until <= ?"
_RECORDS = (
    "SELECT json_group_array(json_array(person, guide, due, version, length(record), id)),"
    " CAST(group_concat(record, '') AS BLOB) FROM ({wanted})"
)
"""Gives all there is in a single row: a thread that fetches many gives way to the others at each."""

_PICKED = _RECORDS.format(wanted=PICK.format(columns="id, person, guide, due, version, record"))
_GIVEN = _RECORDS.format(
    wanted="SELECT wanted.value ->> 0 AS person, wanted.value ->> 1 AS guide, wanted.value ->> 2 AS due, version,"
    " record, people.id FROM json_each(?1) AS wanted JOIN people ON people.person = wanted.value ->> 0"
    " AND people.guide = wanted.value ->> 1"
)
_WAKE = (
    "SELECT min(at) FROM ("
    "SELECT min(until) AS at FROM held JOIN people USING (id, due) WHERE platform = ?1"
    " UNION ALL SELECT min(due) FROM (SELECT due FROM people WHERE platform = ?1 AND due IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM held WHERE held.id = people.id AND held.due = people.due) ORDER BY due LIMIT 1))"
)
_COMING = "SELECT person, guide, due FROM people WHERE platform = ? AND due <= ? ORDER BY due LIMIT ?"
_COUNT = (
    "SELECT platform, guide LIKE '%#channel', count(*), min(due) FROM people WHERE due IS NOT NULL"
    " GROUP BY platform, guide LIKE '%#channel' ORDER BY 1, 2"
)


def claim(platform: str, now: float, until: float, most: int, cursor: sqlite3.Cursor) -> list[Claim]:
    """Hold what is due by `now` until then, and return it with what is stored, oldest first."""
    given = (until, platform, now, most)
    claims = _read(_PICKED, given, cursor)
    if claims:
        cursor.execute(_LET_GO, (now,))
        cursor.execute(_HOLD, given)
    return claims


def with_records(due: Sequence[tuple[str, str, float]], cursor: sqlite3.Cursor) -> list[Claim]:
    """Return these entries with the record of each."""
    return _read(_GIVEN, (json.dumps(due),), cursor)


def _read(statement: str, given: Sequence[object], cursor: sqlite3.Cursor) -> list[Claim]:
    """Return what a statement finds, oldest first; the records follow one another, each of its length."""
    [(found, records)] = cursor.execute(statement, given).fetchall()
    claims: list[Claim] = []
    start = 0
    for person, guide, due, version, length, row in msgspec.json.decode(found):
        end = start + length
        claims.append(Claim(person, guide, due, Stored(records[start:end], version), row))
        start = end
    return sorted(claims, key=lambda claim: claim.due)


def coming(platform: str, until: float, most: int, connection: sqlite3.Connection) -> list[tuple[str, str, float]]:
    """Return what is due by then without holding it."""
    return connection.execute(_COMING, (platform, until, most)).fetchall()


def wake(platform: str, connection: sqlite3.Connection) -> float | None:
    """Return when the next row may be claimed (POSIX seconds): when it is due, or when the lease of one held ends."""
    [(moment,)] = connection.execute(_WAKE, (platform,)).fetchall()
    return None if moment is None else float(moment)


def count(connection: sqlite3.Connection) -> list[tuple[str, bool, int, float]]:
    """Return for each platform how many people, and how many channels (True), wait, and when the first is due."""
    return connection.execute(_COUNT).fetchall()


def write_all(drafts: Sequence[Draft], cursor: sqlite3.Cursor) -> list[Committed | None]:
    """Write many turns, and what they add to the counts; None for each whose version is no longer there."""
    joined = write_joined(drafts, cursor) if may_be_joined(drafts) else None
    done: list[Committed | None] = [*joined] if joined else [_write(draft, cursor) for draft in drafts]
    written = [draft.turn for draft, each in zip(drafts, done, strict=True) if each and each.outcome == "done"]
    counts = [count for turn in written for count in turn.counts]
    if counts:
        figures.add(counts, day_of(written[-1].at), cursor)
    return done


def _write(draft: Draft, cursor: sqlite3.Cursor) -> Committed | None:
    try:
        return write_turn(draft, cursor)
    except StaleVersion:
        return None
