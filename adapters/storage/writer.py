"""Decides who writes, and when: a lone turn at once, many together in the writer's thread.

All that is ready in one round of the event loop is taken together. If that is a single turn and the disk is
quick, it is written there and then: handing it to a thread and back costs half as much again as writing it.
Otherwise the thread writes, takes in whatever comes while it does, and no event loop waits for the disk.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any, TypeVar, cast

from adapters.storage.group import GroupCommit, Settled, Shared, Struck, Waiting
from adapters.storage.traces import Traces
from bot.errors import StoreError, StoreLocked

Result = TypeVar("Result")

_QUICK_SECONDS = 0.001
_LAZY_SECONDS = 1.0
_MOST_STRUCK = 1024
_MOST_IN_A_GROUP = 512


class Writer:
    """Writes for everybody, through one connection.

    `busy_seconds` is how long to wait while another program holds the file.
    """

    def __init__(self, connect: Callable[[], sqlite3.Connection], traces: Traces, busy_seconds: float) -> None:
        self._struck = Struck()
        self._traces = traces
        self._group = GroupCommit(connect, self._struck, traces)
        self._patience = busy_seconds
        self._queue: deque[Waiting] = deque()
        self._writing = threading.Lock()
        self._gate = threading.Lock()
        self._wake: SimpleQueue[None] = SimpleQueue()
        self._closed = self._asleep = self._woken = False
        self._thread = threading.Thread(target=self._run, name="lateral-writer", daemon=True)
        self._thread.start()

    async def submit(self, work: Callable[[sqlite3.Cursor], Result] | Shared, *, long: bool = False) -> Result:
        """Run `work` inside a transaction and return its result once that is safely on the disk.

        `work` may raise StaleVersion when it has left nothing behind; it is run again if another in its group
        fails. `long` work is always the thread's.

        Raises:
            StoreError: the store is closed, or the file could not be written; nothing was.
        """
        mine: Waiting = (work, asyncio.get_running_loop().create_future())
        with self._gate:
            if self._closed:
                raise StoreError("The database is closed.")
            self._queue.append(mine)
            # Looked at only now: whoever takes what is before this finds this, too.
            follows = len(self._queue) > 1
        if long or (not follows and not await self._write_alone(mine)):
            self._wake_thread()
        return cast("Result", await mine[1])

    def read(self, statement: str, values: Sequence[str]) -> list[Any] | None:
        """Return the rows of a quick SELECT, or None while somebody writes.

        This connection has in memory the pages that it wrote last. Any other must read them again.
        """
        if not self._writing.acquire(blocking=False):
            return None
        try:
            return self._group.read(statement, values)
        finally:
            self._writing.release()

    def strike(self, ids: Iterable[int]) -> None:
        """Have these messages removed from the outbox: with the next transaction, or after an idle second."""
        self._struck.add(ids)
        if self._asleep or len(self._struck) >= _MOST_STRUCK:
            self._wake.put(None)

    def struck(self) -> set[int]:
        """Return the ids of messages that are taken but may still stand in the table."""
        return self._struck.copy()

    def close(self) -> None:
        """Write all that waits, and end. A second call does nothing."""
        with self._gate:
            self._closed = True
        self._wake.put(None)
        self._thread.join()

    async def _write_alone(self, mine: Waiting) -> bool:
        """Let the event loop finish its round; if this still waits alone and the disk is quick, write it here.

        Whoever is queued behind it relies on this to wake the thread: return False where anything is left for that.
        """
        try:
            await asyncio.sleep(0)
        except BaseException:
            mine[1].cancel()
            self._wake_thread()
            raise
        # A copy, for the thread may be taking from the queue.
        is_lone = self._group.seconds < _QUICK_SECONDS and list(self._queue) == [mine]
        return is_lone and self._write_here(mine) and not self._queue

    def _write_here(self, mine: Waiting) -> bool:
        """Write this alone without waiting for anything but the disk; tell whether that could be done."""
        if not self._writing.acquire(blocking=False):
            return False
        try:
            settled = self._group.write(self._gather(1), patience=0.0)
        finally:
            self._writing.release()
        if any(isinstance(outcome, StoreLocked) for _, outcome in settled):
            self._queue.extendleft(waiting for waiting, _ in settled)
            return False
        _answer(settled, mine[1].get_loop())
        return mine[1].done()

    def _wake_thread(self) -> None:
        if not self._woken:
            self._woken = True
            self._wake.put(None)

    def _run(self) -> None:
        while not self._closed:
            self._wait()
            self._write()
        while self._queue:
            self._write()
        with self._writing:
            _answer(self._group.write(self._gather(_MOST_IN_A_GROUP), self._patience), None)
            self._group.sweep(last_chance=True)
            self._group.close()

    def _wait(self) -> None:
        """Return when there is something to write."""
        while not (self._closed or self._woken or self._overdue()):
            if not self._idle():
                with suppress(Empty):
                    self._wake.get(timeout=_LAZY_SECONDS)
                continue
            self._asleep = True
            # Looked at again after falling asleep: from then on `strike` wakes the thread.
            if self._idle() and not self._woken:
                self._wake.get()
            self._asleep = False

    def _idle(self) -> bool:
        return not self._struck and not self._traces.due

    def _overdue(self) -> bool:
        if self._idle():
            return False
        idle_seconds = time.monotonic() - self._group.ended
        return idle_seconds >= _LAZY_SECONDS or len(self._struck) >= _MOST_STRUCK

    def _write(self) -> None:
        with self._writing:
            self._woken = False
            while not self._wake.empty():
                self._wake.get()
            if not (self._queue or self._overdue()):
                return
            settled = self._group.write(self._gather(_MOST_IN_A_GROUP), self._patience)
            self._group.sweep()
            self._woken = self._woken or len(settled) >= _MOST_IN_A_GROUP
        _answer(settled, None)

    def _gather(self, most: int) -> Iterator[list[Waiting]]:
        """Yield what waits, and then what came while that was being written, until nothing did."""
        while self._queue and most > 0:
            # Only whoever writes takes from the queue, one at a time.
            batch = [self._queue.popleft() for _ in range(min(most, len(self._queue)))]
            most -= len(batch)
            yield batch


def write_nothing(_cursor: sqlite3.Cursor) -> None:
    """Write nothing: whoever awaits it knows that what came before is on the disk."""


def _answer(settled: Sequence[Settled], here: asyncio.AbstractEventLoop | None) -> None:
    """Answer all who wait; each event loop but the one that runs `here` is woken once."""
    loops: dict[asyncio.AbstractEventLoop, list[Settled]] = {}
    for one in settled:
        loops.setdefault(one[0][1].get_loop(), []).append(one)
    for loop, answers in loops.items():
        if loop is here:
            _settle(answers)
            continue
        # A loop that was closed has nobody left who waits.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(_settle, answers)


def _settle(answers: Sequence[Settled]) -> None:
    for (_, future), outcome in answers:
        if future.done():
            continue
        if isinstance(outcome, Exception):
            future.set_exception(outcome)
        else:
            future.set_result(outcome)
