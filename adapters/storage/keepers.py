"""Who brought us into a channel, and so may decide what is posted there: one row each, gone with either of the two."""

from __future__ import annotations

import sqlite3

_NOTE = "INSERT INTO channel_keepers (place, person) VALUES (?, ?) ON CONFLICT DO NOTHING"
_PLACES = "SELECT place FROM channel_keepers WHERE person = ? ORDER BY place"
_KEEPS = "SELECT count(*) FROM channel_keepers WHERE place = ? AND person = ?"


def note(place: str, person: str, cursor: sqlite3.Cursor) -> None:
    """Note that a person brought us into a channel."""
    cursor.execute(_NOTE, (place, person))


def keeps(place: str, person: str, connection: sqlite3.Connection) -> bool:
    """Say whether a person brought us into a channel."""
    [(found,)] = connection.execute(_KEEPS, (place, person)).fetchall()
    return bool(found)


def places(person: str, connection: sqlite3.Connection) -> list[str]:
    """Return the channels a person brought us into."""
    return [place for (place,) in connection.execute(_PLACES, (person,)).fetchall()]
