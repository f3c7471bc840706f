"""Sees to it that nothing of a forgotten person stays in the file or its log.

`PRAGMA secure_delete` clears what is deleted, but not the copies that SQLite leaves in the unused middle of a
page whose rows it moved to a neighbour. Only VACUUM, which writes the whole file anew, is rid of those; after
it the write-ahead log is emptied, which holds the pages as they were.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable
from contextlib import suppress

_PAUSE_SECONDS = 0.005
_PATIENCE_SECONDS = 0.1
_AGAIN_SECONDS = 30.0


class Traces:
    """Remembers when there is something to sweep away. Only whoever is writing may use it.

    A farewell is a message still owed to somebody who was forgotten: it too goes without a trace.
    """

    def __init__(self) -> None:
        self._farewells: set[int] = set()
        self._in_pages = False
        self._in_log = False
        self._not_before = 0.0

    @property
    def due(self) -> bool:
        """Tell whether there is something to sweep away now."""
        return (self._in_pages or self._in_log) and time.monotonic() >= self._not_before

    def sweep_after(self, farewells: Iterable[int] = ()) -> None:
        """Have this transaction swept after, and again when these messages have gone."""
        self._in_pages = self._in_log = True
        self._not_before = 0.0
        self.expect(farewells)

    def expect(self, farewells: Iterable[int]) -> None:
        """Have it swept after these messages, once they go."""
        self._farewells.update(farewells)

    def note_gone(self, ids: Iterable[int]) -> None:
        """Take note that these messages went with this transaction."""
        gone = self._farewells.intersection(ids)
        if gone:
            self._farewells -= gone
            self.sweep_after()

    def sweep(self, connection: sqlite3.Connection) -> None:
        """Sweep away what there is; what another reader or a full disk prevents is due again in half a minute."""
        with suppress(sqlite3.Error):
            if self._in_pages:
                connection.execute("VACUUM")
                self._in_pages = False
            if self._in_log:
                self._in_log = not _empty_log(connection)
        if self._in_pages or self._in_log:
            self._not_before = time.monotonic() + _AGAIN_SECONDS


def _empty_log(connection: sqlite3.Connection) -> bool:
    """Empty the write-ahead log; tell whether that was done, for nobody may be reading the old pages."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        [(busy, _, _)] = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        if not busy or time.monotonic() >= until:
            return not busy
        time.sleep(_PAUSE_SECONDS)
