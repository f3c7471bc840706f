"""Writes many turns in a handful of statements, however many they are: those that are due all at once.

Each statement holds a row for every turn. Where one of them was decided on a version no longer there, what the
statement did is taken back, and whose it was is found turn by turn.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, islice

from adapters.storage.turns import Draft
from bot.ports import Committed

_NEXT = (
    "UPDATE people SET version = column3 + 1, record = column4, updated = column5, due = column6, planned = column5"
    " FROM (VALUES {rows}) WHERE people.id = column1 AND people.person = column2 AND people.version = column3"
)
"""Ids of rows are used again, so that the person is looked at, too. Of a statement that begins WITH, Python does not
tell how many rows it changed."""

_LET_GO = "DELETE FROM held WHERE id IN (VALUES {rows})"
"""Their claims hold no more, for what is due has moved; while many are seen to, they are not to pile up."""

_OWE = "INSERT INTO outbox (person, conversation, farewell, message) VALUES {rows}"


def may_be_joined(drafts: Sequence[Draft]) -> bool:
    """Say whether these turns can share statements: each answers a claim of its own, and says what is due next."""
    return all(map(_is_plain, drafts)) and len({draft.turn.row for draft in drafts}) == len(drafts) > 0


def _is_plain(draft: Draft) -> bool:
    turn = draft.turn
    return draft.key is None and turn.row > 0 and turn.record is not None and turn.due is not None


def write_joined(drafts: Sequence[Draft], cursor: sqlite3.Cursor) -> list[Committed] | None:
    """Write turns that `may_be_joined`; None, with nothing written, where one was decided on a version now gone."""
    turns = [draft.turn for draft in drafts]
    cursor.execute("SAVEPOINT joined")
    rows = [(turn.row, turn.person, turn.expected, turn.record, turn.at, turn.due or None) for turn in turns]
    if _run(_NEXT, rows, cursor).rowcount < len(drafts):
        cursor.execute("ROLLBACK TO joined")
        return None
    cursor.execute("RELEASE joined")
    _run(_LET_GO, [(turn.row,) for turn in turns], cursor)
    ids = iter(_owe(drafts, cursor))
    return [Committed("done", tuple(islice(ids, len(draft.messages)))) for draft in drafts]


def _owe(drafts: Sequence[Draft], cursor: sqlite3.Cursor) -> range:
    """Put the messages into the outbox, in their order, and return their ids."""
    to = ((draft.turn.person, draft.turn.conversation, draft.messages) for draft in drafts)
    rows = [(person, conversation, 0, message) for person, conversation, messages in to for message in messages]
    last = _run(_OWE, rows, cursor).lastrowid or 0
    return range(last - len(rows) + 1, last + 1)


def _run(statement: str, rows: Sequence[tuple[object, ...]], cursor: sqlite3.Cursor) -> sqlite3.Cursor:
    """Run a statement for all rows at once; nothing at all when there are none."""
    if rows:
        cursor.execute(_with_rows(statement, len(rows), len(rows[0])), tuple(chain.from_iterable(rows)))
    return cursor


@lru_cache(maxsize=64)
def _with_rows(statement: str, rows: int, columns: int) -> str:
    row = f"({', '.join('?' * columns)})"
    return statement.format(rows=", ".join([row] * rows))
