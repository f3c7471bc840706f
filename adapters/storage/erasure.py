"""Removes all of a person, or of everybody in a workspace, from every table, statement by statement."""

from __future__ import annotations

import sqlite3

_ERASE = (
    "DELETE FROM people WHERE person = ?",
    "DELETE FROM outbox WHERE person = ?",
    "DELETE FROM undeliverable WHERE person = ?",
    "DELETE FROM deliveries WHERE person = ?",
    "UPDATE slack_installations SET installer = NULL WHERE 'slack:' || team || ':' || installer = ?",
    "DELETE FROM teams_references WHERE place = ?",
    "DELETE FROM channel_keepers WHERE person = ?1 OR place = ?1",
)
_ERASE_EVERYONE = (
    "DELETE FROM people WHERE person >= ?1 AND person < ?2",
    "DELETE FROM outbox WHERE person >= ?1 AND person < ?2 OR conversation >= ?1 AND conversation < ?2",
    "DELETE FROM undeliverable WHERE person >= ?1 AND person < ?2 OR conversation >= ?1 AND conversation < ?2",
    "DELETE FROM deliveries WHERE person >= ?1 AND person < ?2",
    "DELETE FROM teams_references WHERE place >= ?1 AND place < ?2",
    "DELETE FROM channel_keepers WHERE person >= ?1 AND person < ?2 OR place >= ?1 AND place < ?2",
)


def erase(person: str, cursor: sqlite3.Cursor) -> int:
    """Remove the person from every table and return how many rows went."""
    return sum(cursor.execute(statement, (person,)).rowcount for statement in _ERASE)


def erase_everyone(prefix: str, cursor: sqlite3.Cursor) -> int:
    """Remove all whose id begins with the prefix, and messages to conversations that do; return how many rows went.

    Raises:
        ValueError: the prefix does not end with a colon; it could be the beginning of somebody else's, too.
    """
    if not is_whole(prefix):
        raise ValueError(f"{prefix!r} is not a whole part of an id.")
    # The semicolon is the character after the colon. LIKE would take `_` for any character, and `a` for `A`.
    bounds = (prefix, f"{prefix[:-1]};")
    return sum(cursor.execute(statement, bounds).rowcount for statement in _ERASE_EVERYONE)


def is_whole(prefix: str) -> bool:
    """Tell whether the prefix names a platform or a workspace whole, such as `slack:T0123:`."""
    return len(prefix) > 1 and prefix.endswith(":")
