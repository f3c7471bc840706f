"""What the outbox holds, statement by statement: what is due, taken, to be tried again, held, or set aside."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from functools import lru_cache

from adapters.storage.rows import read_message
from bot.ports import Owed

Row = tuple[int, str, str, str, int]
"""A message in the outbox, as it stands there."""
_InOrder = Iterable[tuple[int, str, float]]

_IN_ORDER = "SELECT id, conversation, next_at FROM outbox ORDER BY id"
_OWED = (
    "SELECT id, person, conversation, message, attempts FROM outbox"
    " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
)
_DROP_MESSAGES = "DELETE FROM outbox WHERE id IN (SELECT value FROM json_each(?))"
A_FEW = 8
"""How many ids a statement names one by one: for so few, that is quicker than a list for SQLite to read."""

_TRY_AGAIN = "UPDATE outbox SET attempts = attempts + 1, next_at = ?, reason = ? WHERE id = ?"
_TAKE = "UPDATE outbox SET next_at = ? WHERE id = ? AND next_at <= ?"
_HOLD = "UPDATE outbox SET next_at = ?, reason = ? WHERE id = ?"
_SET_ASIDE = (
    "INSERT INTO undeliverable (id, person, conversation, attempts, reason, message)"
    " SELECT id, person, conversation, attempts + 1, ?, message FROM outbox WHERE id = ? AND NOT farewell"
)
_DROP_MESSAGE = "DELETE FROM outbox WHERE id = ?"


def find_due(now: float, most: int, prefix: str, struck: Collection[int], connection: sqlite3.Connection) -> list[Row]:
    """Return messages due by `now` (POSIX seconds): per conversation only the oldest, oldest first, but none struck."""
    ids = json.dumps(_find_oldest(_only(connection.execute(_IN_ORDER), prefix), struck, now, most))
    return connection.execute(_OWED, (ids,)).fetchall()


def find_waiting(prefix: str, struck: Collection[int], connection: sqlite3.Connection) -> set[str]:
    """Return the conversations to which anything is owed that is not struck."""
    in_order = connection.execute(_IN_ORDER).fetchall()
    return {conversation for id_, conversation, _ in _only(in_order, prefix) if id_ not in struck}


def read_row(row: Row) -> Owed:
    """Return the message of a row.

    Raises one of `rows.UNREADABLE` where another version wrote it.
    """
    id_, person, conversation, message, attempts = row
    return Owed(id_, person, conversation, read_message(message), attempts)


def drop_taken(ids: Collection[int], cursor: sqlite3.Cursor) -> None:
    """Remove these messages from the outbox, in one statement."""
    if len(ids) <= A_FEW:
        cursor.execute(_drop(len(ids)), tuple(ids))
    else:
        cursor.execute(_DROP_MESSAGES, (json.dumps(list(ids)),))


@lru_cache(maxsize=A_FEW + 1)
def _drop(number: int) -> str:
    return f"DELETE FROM outbox WHERE id IN ({', '.join('?' * number)})"  # noqa: S608


def try_again(id_: int, at: float, reason: str, cursor: sqlite3.Cursor) -> None:
    """Note a failed send: that message is due again at `at` (POSIX seconds)."""
    cursor.execute(_TRY_AGAIN, (at, reason, id_))


def take(id_: int, now: float, until: float, cursor: sqlite3.Cursor) -> bool:
    """Take a message that is due for oneself until then; say whether it was there and nobody else had taken it."""
    return cursor.execute(_TAKE, (until, id_, now)).rowcount > 0


def hold(id_: int, until: float, reason: str, cursor: sqlite3.Cursor) -> None:
    """Hold a message until then; that counts as no failed try."""
    cursor.execute(_HOLD, (until, reason, id_))


def set_aside(id_: int, reason: str, cursor: sqlite3.Cursor) -> None:
    """Move a message out of the way as undeliverable; a farewell is dropped, for its person was forgotten."""
    cursor.execute(_SET_ASIDE, (reason, id_))
    cursor.execute(_DROP_MESSAGE, (id_,))


def _only(in_order: _InOrder, prefix: str) -> _InOrder:
    return (row for row in in_order if row[1].startswith(prefix)) if prefix else in_order


def _find_oldest(in_order: _InOrder, struck: Collection[int], now: float, most: int) -> list[int]:
    """Return the ids of at most that many messages that are due and the first of their conversation."""
    found: list[int] = []
    conversations: set[str] = set()
    for id_, conversation, next_at in in_order:
        if conversation in conversations or id_ in struck:
            continue
        conversations.add(conversation)
        if next_at <= now:
            found.append(id_)
            if len(found) >= most:
                break
    return found
