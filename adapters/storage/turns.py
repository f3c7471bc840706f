"""What a turn writes, statement by statement, inside a transaction that somebody else began.

Each of these either writes all that is its own, or nothing: a turn that is refused takes back its delivery
key, so that other turns may share the transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from adapters.storage.erasure import erase
from bot.errors import StaleVersion
from bot.ports import Commit, Committed

DUPLICATE = Committed("duplicate")
KEPT_SECONDS = 14 * 24 * 3600.0
_ROWS_AT_ONCE = 400

_NOTE_KEY = "INSERT INTO deliveries (key, person, at) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING"
_DROP_KEY = "DELETE FROM deliveries WHERE key = ?"
_FIRST = (
    "INSERT INTO people (person, guide, version, record, updated, due, planned) VALUES (?1, ?2, 1, ?3, ?4, ?5, ?4)"
    " ON CONFLICT (person, guide) DO NOTHING"
)
_NEXT = (
    "UPDATE people SET version = version + 1, record = ?, updated = ? WHERE person = ? AND guide = ? AND version = ?"
)
_NEXT_AND_DUE = (
    "UPDATE people SET version = version + 1, record = ?1, updated = ?2, due = ?3, planned = ?2"
    " WHERE person = ?4 AND guide = ?5 AND version = ?6"
)
_VERSION = "SELECT version FROM people WHERE person = ? AND guide = ?"
_ADDRESS = "SELECT place, tenant, service_url, conversation, bot FROM teams_references WHERE place = ?"
_KEEP_ADDRESS = "INSERT OR REPLACE INTO teams_farewells VALUES (?, ?, ?, ?, ?)"
_KEY_SLICE_END = "SELECT key FROM deliveries WHERE key > ? ORDER BY key LIMIT 1 OFFSET 999"
_PRUNE = "DELETE FROM deliveries WHERE key > ? AND key <= ? AND at < ?"
_LAST_KEY = b"\xff" * 16


Row = tuple[str, str, int, str]
"""A message for the outbox: its person, its conversation, whether it is a farewell, and itself as JSON."""


class Draft(NamedTuple):
    """A turn made ready for its rows. `key` is hashed, None without a key; `messages` are JSON."""

    turn: Commit
    key: bytes | None
    messages: Sequence[str]


def write_turn(draft: Draft, cursor: sqlite3.Cursor) -> Committed:
    """Write a turn that has a record, in at most three statements.

    Raises:
        StaleVersion: another turn of this person came first.
    """
    turn, key = draft.turn, draft.key
    if key and not cursor.execute(_NOTE_KEY, (key, turn.person, turn.at)).rowcount:
        return DUPLICATE
    who = (turn.person, turn.guide)
    if not turn.expected:
        cursor.execute(_FIRST, (*who, turn.record, turn.at, turn.due or None))
    elif turn.due is None:
        cursor.execute(_NEXT, (turn.record, turn.at, *who, turn.expected))
    else:
        cursor.execute(_NEXT_AND_DUE, (turn.record, turn.at, turn.due or None, *who, turn.expected))
    if not cursor.rowcount:
        _refuse(key, cursor)
    return Committed("done", _write_messages(draft, cursor))


def write_farewell(draft: Draft, cursor: sqlite3.Cursor) -> Committed:
    """Write a turn that ends with nothing known of the person but what is still to be said.

    Raises:
        StaleVersion: another turn of this person came first.
    """
    turn, key = draft.turn, draft.key
    if key and not cursor.execute(_NOTE_KEY, (key, None, turn.at)).rowcount:
        return DUPLICATE
    versions = cursor.execute(_VERSION, (turn.person, turn.guide)).fetchall()
    if versions != ([(turn.expected,)] if turn.expected else []):
        _refuse(key, cursor)
    address = cursor.execute(_ADDRESS, (turn.conversation,)).fetchall() if draft.messages else ()
    erase(turn.person, cursor)
    cursor.executemany(_KEEP_ADDRESS, address)
    return Committed("done", _write_messages(draft, cursor, farewell=1))


def note_key(key: bytes, person: str, at: float, cursor: sqlite3.Cursor) -> bool:
    """Note the hashed key of a delivery that is no turn, and tell whether it had not been noted before."""
    return bool(cursor.execute(_NOTE_KEY, (key, person, at)).rowcount)


def prune(after: bytes, now: float, cursor: sqlite3.Cursor) -> bytes:
    """Drop keys noted more than a fortnight before `now` from a slice of a thousand rows.

    The slice begins after the key `after`; its last key is returned, to go on from. Keys are hashes, so that
    the slices in turn reach old and new rows alike, with no index on time.
    """
    found = cursor.execute(_KEY_SLICE_END, (after,)).fetchall()
    last: bytes = found[0][0] if found else _LAST_KEY
    cursor.execute(_PRUNE, (after, last, now - KEPT_SECONDS))
    return last if found else b""


def _refuse(key: bytes | None, cursor: sqlite3.Cursor) -> None:
    if key:
        cursor.execute(_DROP_KEY, (key,))
    raise StaleVersion


def _write_messages(draft: Draft, cursor: sqlite3.Cursor, farewell: int = 0) -> tuple[int, ...]:
    to = (draft.turn.person, draft.turn.conversation, farewell)
    return tuple(owe([(*to, message) for message in draft.messages], cursor))


def owe(rows: Sequence[Row], cursor: sqlite3.Cursor, insert: str = "INSERT") -> list[int]:
    """Put messages into the outbox, in their order, and return their ids. `insert` is how, in SQL."""
    ids: list[int] = []
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        some = rows[start : start + _ROWS_AT_ONCE]
        cursor.execute(_owe(insert, len(some)), tuple(chain.from_iterable(some)))
        last = cursor.lastrowid or 0
        ids += range(last - len(some) + 1, last + 1)
    return ids


@lru_cache(maxsize=64)
def _owe(insert: str, rows: int) -> str:
    places = ", ".join(["(?, ?, ?, ?)"] * rows)
    return f"{insert} INTO outbox (person, conversation, farewell, message) VALUES {places}"
