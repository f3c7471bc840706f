"""Writes turns that came at the same moment: in statements they share where each is as expected, else one by one.

A thread lets go of the interpreter for each statement, and has to wait for it afterwards. With three statements a turn,
a crowd made the writer and the event loop give way to each other a hundred times for one flush.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain, islice

from adapters.storage.turns import Draft, owe, write_turn
from bot.errors import StaleVersion
from bot.ports import Committed

Outcome = Committed | StaleVersion

AT_ONCE = 64
"""How many turns share statements at most. The more, the more forms of each statement there are to keep ready."""

_UNEXPECTED = (
    "WITH wanted (key, person, guide, version) AS (VALUES {rows})"
    " SELECT count(*) FROM wanted WHERE EXISTS (SELECT 1 FROM deliveries WHERE deliveries.key = wanted.key)"
    " OR NOT EXISTS (SELECT 1 FROM people WHERE people.person = wanted.person AND people.guide = wanted.guide"
    " AND people.version = wanted.version)"
)
"""Counts turns that were taken before, or were decided on a version that is no longer there."""

_NOTE_KEYS = "INSERT OR ROLLBACK INTO deliveries (key, person, at) VALUES {rows}"
_NEXT = (
    "WITH wanted (person, guide, record, at) AS (VALUES {rows})"
    " UPDATE OR ROLLBACK people SET version = version + 1, record = wanted.record, updated = wanted.at FROM wanted"
    " WHERE people.person = wanted.person AND people.guide = wanted.guide"
)
"""An error takes back the whole transaction, as `GroupCommit` does anyway: so SQLite need not be able to take back the
statement alone, for which it would copy all pages that it changes to a file of its own."""


def write(drafts: Sequence[Draft], cursor: sqlite3.Cursor) -> list[Outcome]:
    """Write turns that have a record and return what each came to; those of one person keep their order.

    StaleVersion: another turn of this person came first, and nothing of this one was written.
    """
    if len(drafts) == 1:
        return [_write_alone(drafts[0], cursor)]
    places = _sharing(drafts)
    done: dict[int, Outcome] = {}
    for start in range(0, len(places), AT_ONCE):
        some = places[start : start + AT_ONCE]
        done.update(zip(some, _write_together([drafts[place] for place in some], cursor), strict=True))
    return [done[place] if place in done else _write_alone(draft, cursor) for place, draft in enumerate(drafts)]


def _sharing(drafts: Sequence[Draft]) -> list[int]:
    """Return the places of turns that may share statements: of one person, or with one key, only the first.

    Each has a key, follows an earlier turn of its person, and leaves what is due as it was.
    """
    places: list[int] = []
    met: set[str | bytes | None] = {None}
    for place, draft in enumerate(drafts):
        turn, key, _ = draft
        if turn.expected and turn.due is None and turn.person not in met and key not in met:
            places.append(place)
        met.add(turn.person)
        met.add(key)
    return places


def _write_together(drafts: Sequence[Draft], cursor: sqlite3.Cursor) -> list[Outcome]:
    """Write turns of different people in statements they share, or one by one if one of them is not as expected."""
    who = [(key, turn.person, turn.guide, turn.expected) for turn, key, _ in drafts]
    if len(drafts) < 2 or _run(_UNEXPECTED, who, cursor).fetchall() != [(0,)]:
        return [_write_alone(draft, cursor) for draft in drafts]
    _run(_NOTE_KEYS, [(key, turn.person, turn.at) for turn, key, _ in drafts], cursor)
    _run(_NEXT, [(turn.person, turn.guide, turn.record, turn.at) for turn, _, _ in drafts], cursor)
    messages = [(turn.person, turn.conversation, 0, message) for turn, _, said in drafts for message in said]
    ids = iter(owe(messages, cursor, "INSERT OR ROLLBACK"))
    return [Committed("done", tuple(islice(ids, len(draft.messages)))) for draft in drafts]


def _write_alone(draft: Draft, cursor: sqlite3.Cursor) -> Outcome:
    try:
        return write_turn(draft, cursor)
    except StaleVersion as stale:
        return stale


def _run(statement: str, rows: Sequence[tuple[object, ...]], cursor: sqlite3.Cursor) -> sqlite3.Cursor:
    return cursor.execute(_for_rows(statement, len(rows), len(rows[0])), tuple(chain.from_iterable(rows)))


@lru_cache(maxsize=3 * AT_ONCE)
def _for_rows(statement: str, rows: int, columns: int) -> str:
    row = f"({', '.join('?' * columns)})"
    return statement.format(rows=", ".join([row] * rows))
