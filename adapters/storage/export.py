"""Reads all that is kept about one person, as of one moment, for whoever asks to see it."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from adapters.storage import keepers, outbox
from adapters.storage.rows import UNREADABLE
from bot.messages import Message
from bot.ports import Everything, Owed, Stored

_RECORDS = "SELECT guide, record, version FROM people WHERE person = ? ORDER BY guide"
_DELIVERIES = "SELECT at FROM deliveries WHERE person = ? ORDER BY at"
_OWED_TO = (
    "SELECT id, person, conversation, message, attempts FROM outbox WHERE person = ?1"
    " UNION ALL SELECT id, person, conversation, message, attempts FROM undeliverable WHERE person = ?1"
    " ORDER BY id"
)
_PLACES = "SELECT * FROM teams_references WHERE place = ?"


def read_everything(person: str, struck: Collection[int], connection: sqlite3.Connection) -> Everything:
    """Return all that is kept about the person; what was struck off the outbox is theirs no more."""
    connection.execute("BEGIN")
    try:
        records = connection.execute(_RECORDS, (person,)).fetchall()
        owed = connection.execute(_OWED_TO, (person,)).fetchall()
        deliveries = connection.execute(_DELIVERIES, (person,)).fetchall()
        found = connection.execute(_PLACES, (person,))
        kept = keepers.places(person, connection)
        places = [dict(zip(_names(found), row, strict=True)) for row in found]
    finally:
        connection.execute("ROLLBACK")
    return Everything(
        records={guide: Stored(record, version) for guide, record, version in records},
        owed=tuple(_show_owed(row) for row in owed if row[0] not in struck),
        deliveries=tuple(at for (at,) in deliveries),
        places=tuple(places),
        keeps=tuple(kept),
    )


def _names(found: sqlite3.Cursor) -> list[str]:
    return [column[0] for column in found.description]


def _show_owed(row: outbox.Row) -> Owed:
    """Return the message of a row for whoever it is about: one that cannot be read is shown as it is kept."""
    try:
        return outbox.read_row(row)
    except UNREADABLE:
        id_, person, conversation, message, attempts = row
        return Owed(id_, person, conversation, Message(message), attempts)
