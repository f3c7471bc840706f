"""Writes many turns in a handful of statements, however many they are: those that are due all at once.

Each statement holds a row for every turn. That a turn was decided on the version still there is asked of all of them
together; whose it was not is left out of what follows.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

import msgspec

from adapters.storage.turns import Draft, platform_of
from bot.ports import Commit, Committed

_CURRENT = (
    "SELECT json_group_array(json_array(wanted.key, people.id)) FROM json_each(?) AS wanted JOIN people"
    " ON people.person = value ->> 0 AND people.guide = value ->> 1 AND people.version = value ->> 2"
)
"""Gives which turns were decided on the version still there, and their rows, in a single row: a thread that fetches
many gives way to the others at each."""

_NEXT = (
    "WITH wanted (id, record, at) AS (VALUES {rows})"
    " UPDATE people SET version = version + 1, record = wanted.record, updated = wanted.at FROM wanted"
    " WHERE people.id = wanted.id"
)
_PUT_DOWN = (
    "INSERT INTO agenda (person, guide, platform, due, wake) VALUES {rows}"
    " ON CONFLICT (person, guide) DO UPDATE SET due = excluded.due, wake = excluded.wake"
)
_CROSS_OUT = "DELETE FROM agenda WHERE (person, guide) IN (SELECT * FROM (VALUES {rows}))"
"""Beside bare VALUES, SQLite would go through the whole table; rows of a SELECT it looks up by the key."""

_OWE = "INSERT INTO outbox (person, conversation, farewell, message) VALUES {rows}"


def may_be_joined(drafts: Sequence[Draft]) -> bool:
    """Say whether these turns can share statements: each follows an earlier one, has no key and its own record."""
    plain = all(draft.key is None and draft.turn.expected and draft.turn.record is not None for draft in drafts)
    return plain and len(set(map(_who, drafts))) == len(drafts) > 0


def write_joined(drafts: Sequence[Draft], cursor: sqlite3.Cursor) -> list[Committed | None]:
    """Write turns that `may_be_joined`; None for each whose version is no longer there."""
    current = _current([draft.turn for draft in drafts], cursor)
    rows = [(id_, drafts[place].turn.record, drafts[place].turn.at) for place, id_ in current.items()]
    _run(_NEXT, rows, cursor)
    done = [draft for place, draft in enumerate(drafts) if place in current]
    _note_due([draft.turn for draft in done], cursor)
    ids = iter(_owe(done, cursor))
    return [
        Committed("done", tuple(islice(ids, len(draft.messages)))) if place in current else None
        for place, draft in enumerate(drafts)
    ]


def _current(turns: Sequence[Commit], cursor: sqlite3.Cursor) -> dict[int, int]:
    """Return the places of those turns that were decided on the version still there, each with the id of its row."""
    asked = json.dumps([(turn.person, turn.guide, turn.expected) for turn in turns])
    [(found,)] = cursor.execute(_CURRENT, (asked,)).fetchall()
    return dict(msgspec.json.decode(found))


def _who(draft: Draft) -> tuple[str, str]:
    return draft.turn.person, draft.turn.guide


def _note_due(turns: Sequence[Commit], cursor: sqlite3.Cursor) -> None:
    coming = [(each.person, each.guide, platform_of(each.person), each.due, each.due) for each in turns if each.due]
    _run(_PUT_DOWN, coming, cursor)
    _run(_CROSS_OUT, [(each.person, each.guide) for each in turns if each.due == 0], cursor)


def _owe(drafts: Sequence[Draft], cursor: sqlite3.Cursor) -> range:
    """Put the messages into the outbox, in their order, and return their ids."""
    to = ((draft.turn.person, draft.turn.conversation, draft.messages) for draft in drafts)
    rows = [(person, conversation, 0, message) for person, conversation, messages in to for message in messages]
    last = _run(_OWE, rows, cursor).lastrowid or 0
    return range(last - len(rows) + 1, last + 1)


def _run(statement: str, rows: Sequence[tuple[object, ...]], cursor: sqlite3.Cursor) -> sqlite3.Cursor:
    """Run a statement for all rows at once; nothing at all when there are none."""
    if rows:
        cursor.execute(_with_rows(statement, len(rows), len(rows[0])), [value for row in rows for value in row])
    return cursor


@lru_cache(maxsize=64)
def _with_rows(statement: str, rows: int, columns: int) -> str:
    row = f"({', '.join('?' * columns)})"
    return statement.format(rows=", ".join([row] * rows))
