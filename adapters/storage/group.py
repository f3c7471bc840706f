"""One transaction for all who wait: each turn whole or refused by itself, one flush for them together.

What is left over from delivery goes along: messages that were taken are struck off the outbox in the same
transaction, and after a forgetting the write-ahead log is emptied.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any

from adapters.storage.faults import explain, is_of_one_turn
from adapters.storage.turns import drop_taken
from bot.errors import StaleVersion, StoreFull, StoreLocked

Future = asyncio.Future[Any]
Work = Callable[[sqlite3.Cursor], object]
"""Writes inside the open transaction. It raises StaleVersion only when it has left nothing behind."""
Waiting = tuple[Work, Future]
Settled = tuple[Waiting, object]

_PAUSE_SECONDS = 0.005
_WIPE_SECONDS = 0.1


class Struck:
    """Messages that were taken and may still stand in the table. Any thread may use it."""

    def __init__(self) -> None:
        self._gate = threading.Lock()
        self._ids: set[int] = set()

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, ids: Iterable[int]) -> None:
        """Note them as taken."""
        with self._gate:
            self._ids.update(ids)

    def copy(self) -> set[int]:
        """Return those noted by now."""
        with self._gate:
            return set(self._ids)

    def remove(self, ids: set[int]) -> None:
        """Let go of those that stand in no table any more."""
        with self._gate:
            self._ids -= ids


class GroupCommit:
    """Writes groups of work, one after another; whoever calls sees to it that there is one call at a time.

    `connect` gives a connection, at first and whenever one must be replaced.
    """

    def __init__(self, connect: Callable[[], sqlite3.Connection], struck: Struck) -> None:
        self._connect = connect
        self._connection: sqlite3.Connection | None = connect()
        self._struck = struck
        self._farewells: set[int] = set()
        self._wipe_due = False
        self.ended = time.monotonic()
        self.seconds = float("inf")

    @property
    def idle(self) -> bool:
        """Tell whether nothing is left over that a later transaction should see to."""
        return not self._struck and not self._wipe_due

    def wipe_after(self, farewells: Iterable[int] = ()) -> None:
        """Have the write-ahead log emptied after this transaction, and again when these messages are taken."""
        self._wipe_due = True
        self.expect_farewells(farewells)

    def wipe_after_farewell(self, id_: int) -> None:
        """Have the log emptied after this transaction, if that message was to be waited for."""
        if id_ in self._farewells:
            self._wipe_due = True

    def expect_farewells(self, ids: Iterable[int]) -> None:
        """Have the write-ahead log emptied whenever one of these messages is taken."""
        self._farewells.update(ids)

    def write(self, coming: Iterator[Waiting], patience: float) -> list[Settled]:
        """Write all that comes in one transaction and return each with its result or its error.

        `patience` is how many seconds to wait while another program writes. When one turn can not be written
        at all, each is written in a transaction of its own, so that only that one fails.
        """
        began = time.monotonic()
        group: list[Waiting] = []
        try:
            settled = self._write(coming, group, patience)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the answer to those who wait
            group.extend(coming)
            self._recover(error)
            if len(group) > 1 and is_of_one_turn(error):
                return [one for waiting in group for one in self.write(iter([waiting]), patience)]
            settled = [(waiting, explain(error)) for waiting in group]
        self._wipe()
        self.ended = time.monotonic()
        self.seconds = self.ended - began
        return settled

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _write(self, coming: Iterator[Waiting], group: list[Waiting], patience: float) -> list[Settled]:
        cursor = self._begin(patience)
        settled: list[Settled] = []
        refused = 0
        for waiting in coming:
            group.append(waiting)
            try:
                settled.append((waiting, waiting[0](cursor)))
            except StaleVersion as stale:
                settled.append((waiting, stale))
                refused += 1
        if refused and refused == len(settled):
            cursor.execute("ROLLBACK")
        else:
            self._commit(cursor)
        return settled

    def _begin(self, patience: float) -> sqlite3.Cursor:
        if self._connection is None:
            self._connection = self._connect()
        cursor = self._connection.cursor()
        if self._connection.in_transaction:
            # A second Ctrl-C can end a turn anywhere.
            cursor.execute("ROLLBACK")
        until = time.monotonic() + patience
        while True:
            try:
                return cursor.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if not isinstance(explain(error), StoreLocked) or time.monotonic() >= until:
                    raise
            time.sleep(_PAUSE_SECONDS)

    def _commit(self, cursor: sqlite3.Cursor) -> None:
        struck = self._struck.copy() if self._struck else None
        if struck:
            drop_taken(json.dumps(list(struck)), cursor)
        cursor.execute("COMMIT")
        if struck:
            self._struck.remove(struck)
            if not self._farewells.isdisjoint(struck):
                self._farewells -= struck
                self._wipe_due = True

    def _recover(self, error: Exception) -> None:
        """Leave no transaction open; a connection that may be at fault itself is replaced."""
        if self._connection is None:
            return
        try:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        except sqlite3.Error:
            self.close()
        if not is_of_one_turn(error) and not isinstance(explain(error), StoreLocked | StoreFull):
            self.close()

    def _wipe(self) -> None:
        """Empty the write-ahead log if that is due; while somebody reads the old pages it stays due."""
        if not self._wipe_due or self._connection is None:
            return
        until = time.monotonic() + _WIPE_SECONDS
        while self._wipe_due:
            with suppress(sqlite3.Error):
                [(busy, _, _)] = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                self._wipe_due = bool(busy)
            if time.monotonic() >= until:
                return
            if self._wipe_due:
                time.sleep(_PAUSE_SECONDS)
