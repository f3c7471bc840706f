"""When something is due and for whom: rows found by an index on time, held for a while by whoever claimed them.

Claiming moves a row's `wake` to the end of the lease, so that nobody else finds it before; whoever dies in between
loses nothing, for then it is found again. The turn that follows moves it to what is due next.
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

PICK = "SELECT person, guide FROM agenda WHERE platform = ?2 AND wake <= ?3 ORDER BY wake LIMIT ?4"
"""Finds who is next, by the index on time."""

_HOLD = f"UPDATE agenda SET wake = ?1 WHERE (person, guide) IN ({PICK})"  # noqa: S608
_PICKED = f"SELECT person, guide, due FROM ({PICK}) JOIN agenda USING (person, guide)"  # noqa: S608
_GIVEN = "SELECT value ->> 0 AS person, value ->> 1 AS guide, value ->> 2 AS due FROM json_each(?1)"
_RECORDS = (
    "SELECT json_group_array(json_array(wanted.person, wanted.guide, due, version, length(record))),"
    " CAST(group_concat(record, '') AS BLOB) FROM ({wanted}) AS wanted"
    " LEFT JOIN people ON people.person = wanted.person AND people.guide = wanted.guide"
)
"""Gives all there is in a single row: a thread that fetches many gives way to the others at each."""

_WAKE = "SELECT min(wake) FROM agenda WHERE platform = ?"
_COMING = "SELECT person, guide, due FROM agenda WHERE platform = ? AND due <= ? ORDER BY due LIMIT ?"
_COUNT = (
    "SELECT platform, guide LIKE '%#channel', count(*), min(due) FROM agenda"
    " GROUP BY platform, guide LIKE '%#channel' ORDER BY 1, 2"
)


def claim(platform: str, now: float, until: float, most: int, cursor: sqlite3.Cursor) -> list[Claim]:
    """Hold what is due by `now` until then, and return it with what is stored, oldest first."""
    given = (until, platform, now, most)
    claims = _read(_RECORDS.format(wanted=_PICKED), given, cursor)
    if claims:
        cursor.execute(_HOLD, given)
    return claims


def with_records(due: Sequence[tuple[str, str, float]], cursor: sqlite3.Cursor) -> list[Claim]:
    """Return these entries with the record of each."""
    return _read(_RECORDS.format(wanted=_GIVEN), (json.dumps(due),), cursor)


def _read(statement: str, given: Sequence[object], cursor: sqlite3.Cursor) -> list[Claim]:
    """Return what a statement finds, oldest first; the records follow one another, each of its length."""
    [(found, records)] = cursor.execute(statement, given).fetchall()
    claims: list[Claim] = []
    start = 0
    for person, guide, due, version, length in msgspec.json.decode(found):
        end = start + (length or 0)
        claims.append(Claim(person, guide, due, Stored(records[start:end], version) if version else None))
        start = end
    return sorted(claims, key=lambda claim: claim.due)


def coming(platform: str, until: float, most: int, connection: sqlite3.Connection) -> list[tuple[str, str, float]]:
    """Return what is due by then without holding it."""
    return connection.execute(_COMING, (platform, until, most)).fetchall()


def wake(platform: str, connection: sqlite3.Connection) -> float | None:
    """Return when the next row may be claimed (POSIX seconds)."""
    [(moment,)] = connection.execute(_WAKE, (platform,)).fetchall()
    return None if moment is None else float(moment)


def count(connection: sqlite3.Connection) -> list[tuple[str, bool, int, float]]:
    """Return for each platform how many people, and how many channels (True), wait, and when the first is due."""
    return connection.execute(_COUNT).fetchall()


def write_all(drafts: Sequence[Draft], cursor: sqlite3.Cursor) -> list[Committed | None]:
    """Write many turns, and what they add to the counts; None for each whose version is no longer there."""
    done = write_joined(drafts, cursor) if may_be_joined(drafts) else [_write(draft, cursor) for draft in drafts]
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
