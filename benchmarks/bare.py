"""The least a durable turn can cost: sqlite3 alone, with the store's own settings and nothing around it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

_SETTINGS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA wal_autocheckpoint = 4000",
    "PRAGMA secure_delete = ON",
    "PRAGMA cache_size = -16000",
    "PRAGMA temp_store = MEMORY",
)
_TABLES = (
    "CREATE TABLE people (person TEXT PRIMARY KEY, version INTEGER NOT NULL, record BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE deliveries (key TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID",
)
_READ = "SELECT record, version FROM people WHERE person = ?"
_DEDUPE = "INSERT INTO deliveries (key, at) VALUES (?, ?) ON CONFLICT (key) DO NOTHING"
_UPSERT = (
    "INSERT INTO people (person, version, record) VALUES (?, 1, ?)"
    " ON CONFLICT (person) DO UPDATE SET version = version + 1, record = excluded.record"
)


class BareTurns:
    """Turns that begin, read, dedupe, upsert and commit, and do no more."""

    def __init__(self, path: Path) -> None:
        self._connection = connect(path)
        for table in _TABLES:
            self._connection.execute(table)

    def take(self, person: str, key: str, record: bytes, at: float) -> None:
        """Take one turn, durably."""
        self.take_all([(person, key, record, at)])

    def take_all(self, turns: Sequence[tuple[str, str, bytes, float]]) -> None:
        """Take turns in one transaction, each by its person, key, record and moment."""
        execute = self._connection.execute
        execute("BEGIN IMMEDIATE")
        for person, key, record, at in turns:
            execute(_READ, (person,)).fetchone()
            execute(_DEDUPE, (key, at))
            execute(_UPSERT, (person, record))
        execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def connect(path: Path) -> sqlite3.Connection:
    """Return a connection with the settings of Lateral's store, on which nothing begins by itself."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for setting in _SETTINGS:
        connection.execute(setting).fetchall()
    return connection
