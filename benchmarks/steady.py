"""Brings a database file to how it is after some days of use, so that its first minutes are not what is measured."""

from __future__ import annotations

import sqlite3
from pathlib import Path

PAGES = 4400
"""A little more than the 4,000 pages after which the write-ahead log begins again at its start."""


def lengthen_log(path: Path) -> None:
    """Let the write-ahead log of a file that is open elsewhere grow to its full length.

    A flush of a log that still grows costs two to three times one of a log that is written over, and whoever
    writes fewer pages would stay with the dear ones for longer.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        [(mode,)] = connection.execute("PRAGMA journal_mode").fetchall()
        if mode != "wal":
            raise ValueError(f"{path.name} keeps no write-ahead log that could grow: {mode}")
        connection.execute("PRAGMA wal_autocheckpoint = 4000").fetchall()
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE filling (page BLOB)")
        connection.execute("BEGIN")
        connection.executemany("INSERT INTO filling VALUES (zeroblob(4000))", [()] * PAGES)
        connection.execute("COMMIT")
        connection.execute("DROP TABLE filling")
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
    finally:
        connection.close()
