"""Opens the file: made private, set up for durable and traceless writing, one reading connection a thread."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from adapters.storage.faults import explain, explain_opening, refuse_no_file
from bot.errors import StoreError

_SETTINGS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA wal_autocheckpoint = 4000",
    "PRAGMA secure_delete = ON",
    "PRAGMA cache_size = -16000",
    "PRAGMA temp_store = MEMORY",
)


def make_private(path: Path) -> None:
    """Make the file (0600) and its folder (0700) where they are missing; SQLite gives -wal and -shm the same.

    Raises:
        StoreError: the file or the folder could not be made.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        refuse_no_file(path)
    except OSError as error:
        raise explain_opening(error, path) from error


def connect(
    path: Path, busy_seconds: float, first: Callable[[sqlite3.Connection], None] | None = None
) -> sqlite3.Connection:
    """Return a connection that any thread may use, one at a time, and that begins no transaction by itself.

    `first` looks at the file before any setting changes a byte of it.

    Raises:
        sqlite3.Error: as SQLite has it, and what `first` raises.
    """
    connection = sqlite3.connect(
        path, timeout=busy_seconds, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    try:
        if first is not None:
            first(connection)
        for setting in _SETTINGS:
            connection.execute(setting).fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


class Readers:
    """The reading connections, each made when its thread first reads."""

    def __init__(self, path: Path, busy_seconds: float) -> None:
        self._path = path
        self._busy_seconds = busy_seconds
        self._mine = threading.local()
        self._all: set[sqlite3.Connection] = set()
        self._closed = False

    def mine(self) -> sqlite3.Connection:
        """Return this thread's connection.

        Raises:
            StoreError: they have been closed.
            sqlite3.Error: as SQLite has it.
        """
        if self._closed:
            raise StoreError("The database is closed.")
        connection: sqlite3.Connection | None = getattr(self._mine, "connection", None)
        if connection is None:
            connection = connect(self._path, self._busy_seconds)
            connection.execute("PRAGMA query_only = ON")
            self._mine.connection = connection
            self._all.add(connection)
        return connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend this thread's connection.

        Raises:
            StoreError: the file could not be read. The next read begins with a fresh connection.
        """
        try:
            yield self.mine()
        except sqlite3.Error as error:
            self.discard()
            raise explain(error) from error

    def discard(self) -> None:
        """Close this thread's connection; its next read begins with a fresh one."""
        connection: sqlite3.Connection | None = getattr(self._mine, "connection", None)
        if connection is not None:
            self._mine.connection = None
            self._all.discard(connection)
            connection.close()

    def close(self) -> None:
        """Close them all, for good."""
        self._closed = True
        while self._all:
            self._all.pop().close()
