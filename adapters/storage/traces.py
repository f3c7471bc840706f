"""Sees to it that nothing of a forgotten person stays in the file or its log.

`PRAGMA secure_delete` clears what is deleted, but not the copies that SQLite leaves in the unused middle of a
page whose rows it moved to a neighbour. Only VACUUM, which writes the whole file anew, is rid of those; after
it the write-ahead log is emptied, which holds the pages as they were. A row in `sweeps` stands until that is
done, so that a kill in between does not undo the promise.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Collection, Iterable
from contextlib import suppress

_NOTE = "INSERT INTO sweeps (id) VALUES (1) ON CONFLICT DO NOTHING"
_DONE = "DELETE FROM sweeps"
_LEFT = "SELECT count(*) FROM sweeps"
_FAREWELLS = "SELECT id FROM outbox WHERE farewell"
_PAUSE_SECONDS = 0.005
_PATIENCE_SECONDS = 0.1
_AGAIN_SECONDS = 30.0


class Traces:
    """Remembers when there is something to sweep away. Only whoever is writing may use it.

    A farewell is a message still owed to somebody who was forgotten: it too goes without a trace.
    """

    def __init__(self) -> None:
        self._farewells: set[int] = set()
        self._left = False
        self._not_before = 0.0

    @property
    def due(self) -> bool:
        """Tell whether there is something to sweep away now."""
        return self._left and time.monotonic() >= self._not_before

    def take_up(self, connection: sqlite3.Connection) -> None:
        """Go on from where an earlier process stopped."""
        self._farewells.update(id_ for (id_,) in connection.execute(_FAREWELLS).fetchall())
        [(left,)] = connection.execute(_LEFT).fetchall()
        self._left = bool(left)

    def sweep_after(self, cursor: sqlite3.Cursor, farewells: Iterable[int] = ()) -> None:
        """Have the file swept after this transaction, and again when these messages have gone."""
        cursor.execute(_NOTE)
        self._left = True
        self._not_before = 0.0
        self._farewells.update(farewells)

    def include(self, ids: Collection[int]) -> bool:
        """Tell whether one of these messages is a farewell."""
        return not self._farewells.isdisjoint(ids)

    def sweep(self, connection: sqlite3.Connection) -> None:
        """Sweep the file if need be; what a reader or a full disk prevents is due again in half a minute."""
        if not self._left:
            return
        with suppress(sqlite3.Error):
            connection.execute("VACUUM")
            if _empty_log(connection):
                connection.execute(_DONE)
                self._left = False
        self._not_before = time.monotonic() + _AGAIN_SECONDS


def _empty_log(connection: sqlite3.Connection) -> bool:
    """Empty the write-ahead log; tell whether that was done, for nobody may be reading the old pages."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        [(busy, _, _)] = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        if not busy or time.monotonic() >= until:
            return not busy
        time.sleep(_PAUSE_SECONDS)
