"""Writes many turns in a handful of statements, however many they are: those that are due all at once.

Each statement holds a row for every turn. That a turn was decided on the version still there is asked of all of them
together; whose it was not is left out of what follows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice

from adapters.storage.turns import Draft, platform_of
from bot.ports import Commit, Committed

_NEXT = (
    "WITH wanted (person, guide, version, record, at) AS (VALUES {rows})"
    " UPDATE people SET version = people.version + 1, record = wanted.record, updated = wanted.at FROM wanted"
    " WHERE people.person = wanted.person AND people.guide = wanted.guide AND people.version = wanted.version"
    " RETURNING person, guide"
)
_PUT_DOWN = (
    "INSERT INTO agenda (person, guide, platform, due, wake) VALUES {rows}"
    " ON CONFLICT (person, guide) DO UPDATE SET due = excluded.due, wake = excluded.wake"
)
_CROSS_OUT = "DELETE FROM agenda WHERE (person, guide) IN (VALUES {rows})"
_OWE = "INSERT INTO outbox (person, conversation, farewell, message) VALUES {rows}"


def may_be_joined(drafts: Sequence[Draft]) -> bool:
    """Say whether these turns can share statements: each follows an earlier one, has no key and its own record."""
    plain = all(draft.key is None and draft.turn.expected and draft.turn.record is not None for draft in drafts)
    return plain and len(set(map(_who, drafts))) == len(drafts) > 0


def write_joined(drafts: Sequence[Draft], cursor: sqlite3.Cursor) -> list[Committed | None]:
    """Write turns that `may_be_joined`; None for each whose version is no longer there."""
    rows = [(turn.person, turn.guide, turn.expected, turn.record, turn.at) for turn in (each.turn for each in drafts)]
    # Fetched whole: an UPDATE that still has rows to return keeps its transaction open.
    written = set(_run(_NEXT, rows, cursor).fetchall())
    done = [draft for draft in drafts if _who(draft) in written]
    _note_due([draft.turn for draft in done], cursor)
    ids = iter(_owe(done, cursor))
    return [
        Committed("done", tuple(islice(ids, len(draft.messages)))) if _who(draft) in written else None
        for draft in drafts
    ]


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
