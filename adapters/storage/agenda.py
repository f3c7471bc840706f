"""When something is due and for whom: rows found by an index on time, held for a while by whoever claimed them.

Claiming moves a row's `wake` to the end of the lease, so that nobody else finds it before; whoever dies in between
loses nothing, for then it is found again. The turn that follows moves it to what is due next.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from adapters.storage import figures
from adapters.storage.figures import day_of
from adapters.storage.many_turns import may_be_joined, write_joined
from adapters.storage.turns import Draft, write_turn
from bot.errors import StaleVersion
from bot.ports import Claim, Committed, Stored

PICK = "SELECT person, guide FROM agenda WHERE platform = ?2 AND wake <= ?3 ORDER BY wake LIMIT ?4"
"""Finds who is next, by the index on time."""

_CLAIM = f"UPDATE agenda SET wake = ?1 WHERE (person, guide) IN ({PICK}) RETURNING person, guide, due"  # noqa: S608
_RECORDS = (
    "SELECT people.person, people.guide, record, version FROM json_each(?) AS wanted"
    " JOIN people ON people.person = wanted.value ->> 0 AND people.guide = wanted.value ->> 1"
)
_WAKE = "SELECT min(wake) FROM agenda WHERE platform = ?"
_COMING = "SELECT person, guide, due FROM agenda WHERE platform = ? AND due <= ? ORDER BY due LIMIT ?"
_COUNT = (
    "SELECT platform, guide LIKE '%#channel', count(*), min(due) FROM agenda"
    " GROUP BY platform, guide LIKE '%#channel' ORDER BY 1, 2"
)


def claim(platform: str, now: float, until: float, most: int, cursor: sqlite3.Cursor) -> list[Claim]:
    """Hold what is due by `now` until then, and return it with what is stored, oldest first."""
    # Fetched whole: an UPDATE that still has rows to return keeps its transaction open.
    due = cursor.execute(_CLAIM, (until, platform, now, most)).fetchall()
    return with_records(due, cursor)


def with_records(due: Sequence[tuple[str, str, float]], cursor: sqlite3.Cursor) -> list[Claim]:
    """Return these entries with the record of each."""
    wanted = json.dumps([(person, guide) for person, guide, _ in due])
    found = {
        (person, guide): Stored(record, version)
        for person, guide, record, version in cursor.execute(_RECORDS, (wanted,)).fetchall()
    }
    claims = (Claim(person, guide, at, found.get((person, guide))) for person, guide, at in due)
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
