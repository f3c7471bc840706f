"""One transaction for all who wait: each turn whole or refused by itself, one flush for them together.

Work of one kind is done together. Messages that were taken are struck off the outbox in the same transaction.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, groupby
from typing import Any, NamedTuple

from adapters.storage.faults import explain, is_of_one_turn
from adapters.storage.outbox import drop_taken
from adapters.storage.traces import Traces
from bot.errors import StaleVersion, StoreFull, StoreLocked

Future = asyncio.Future[Any]
Write = Callable[[Sequence[Any], sqlite3.Cursor], Sequence[object]]
"""Writes things inside the open transaction; returns the result of each, or StaleVersion, which left nothing behind."""


class Shared(NamedTuple):
    """Work that is done together with what waits beside it to be written in the same way."""

    write: Write
    thing: object


Work = Callable[[sqlite3.Cursor], object] | Shared
"""Writes inside the open transaction. It raises StaleVersion only when it has left nothing behind."""
Waiting = tuple[Work, Future]
Settled = tuple[Waiting, object]

_PAUSE_SECONDS = 0.005


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

    `connect` gives the connection; it is asked again whenever that must be replaced.
    """

    def __init__(self, connect: Callable[[], sqlite3.Connection], struck: Struck, traces: Traces) -> None:
        self._connect = connect
        self._connection: sqlite3.Connection | None = connect()
        traces.take_up(self._connection)
        self._struck = struck
        self._traces = traces
        self.ended = time.monotonic()
        self.seconds = float("inf")

    def write(self, coming: Iterator[Sequence[Waiting]], patience: float) -> list[Settled]:
        """Write all that comes, batch by batch, in one transaction; return each with its result or its error.

        `patience` is how many seconds to wait while another program writes. When one turn can not be written
        at all, each is written in a transaction of its own, so that only that one fails.
        """
        began = time.monotonic()
        group: list[Waiting] = []
        try:
            settled = self._write(coming, group, patience)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the answer to those who wait
            group.extend(chain.from_iterable(coming))
            self._recover(error)
            if len(group) > 1 and is_of_one_turn(error):
                return [one for waiting in group for one in self.write(iter([[waiting]]), patience)]
            settled = [(waiting, explain(error)) for waiting in group]
        self.ended = time.monotonic()
        self.seconds = self.ended - began
        return settled

    def read(self, statement: str, values: Sequence[str]) -> list[Any] | None:
        """Return the rows of a SELECT; None when this connection can not give them, and another must."""
        if self._connection is None or self._connection.in_transaction:
            return None
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error:
            return None

    def sweep(self, *, last_chance: bool = False) -> None:
        """Sweep away what a forgetting left in the file, if anything and if it was not tried just now."""
        if self._connection is not None and (self._traces.due or last_chance):
            self._traces.sweep(self._connection)

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _write(self, coming: Iterator[Sequence[Waiting]], group: list[Waiting], patience: float) -> list[Settled]:
        cursor = self._begin(patience)
        settled: list[Settled] = []
        for batch in coming:
            group.extend(batch)
            settled += _do_all(batch, cursor)
        if _all_refused(settled):
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
            drop_taken(struck, cursor)
            if self._traces.include(struck):
                self._traces.sweep_after(cursor)
        cursor.execute("COMMIT")
        if struck:
            self._struck.remove(struck)

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


def _all_refused(settled: Sequence[Settled]) -> bool:
    # The first is looked at by itself: it was refused in few groups.
    first = bool(settled) and isinstance(settled[0][1], StaleVersion)
    return first and all(isinstance(outcome, StaleVersion) for _, outcome in settled)


def _way_to_write(waiting: Waiting) -> Write:
    work = waiting[0]
    return work.write if isinstance(work, Shared) else _write_each


def _do_all(batch: Sequence[Waiting], cursor: sqlite3.Cursor) -> list[Settled]:
    if len(batch) == 1:
        return _do(_way_to_write(batch[0]), batch, cursor)
    return [one for write, alike in groupby(batch, _way_to_write) for one in _do(write, list(alike), cursor)]


def _do(write: Write, alike: Sequence[Waiting], cursor: sqlite3.Cursor) -> list[Settled]:
    """Do the work of those who wait to have it written in one way; return each with its result or StaleVersion."""
    things = [work.thing if isinstance(work, Shared) else work for work, _ in alike]
    return list(zip(alike, write(things, cursor), strict=True))


def _write_each(all_work: Sequence[Callable[[sqlite3.Cursor], object]], cursor: sqlite3.Cursor) -> list[object]:
    return [_write_one(work, cursor) for work in all_work]


def _write_one(work: Callable[[sqlite3.Cursor], object], cursor: sqlite3.Cursor) -> object:
    try:
        return work(cursor)
    except StaleVersion as stale:
        return stale
