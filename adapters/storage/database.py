"""One SQLite file for one process: opened, written in transactions that many share, read, and closed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Self, TypeVar

from adapters.storage.connections import Readers, connect, make_private
from adapters.storage.faults import explain, naming
from adapters.storage.migrations import migrate, refuse_others
from adapters.storage.traces import Traces
from adapters.storage.writer import Writer, write_nothing
from bot.errors import StoreError

Result = TypeVar("Result")


class Database:
    """The file, for whoever brings statements of their own. Open it with `open`."""

    def __init__(self, readers: Readers, writer: Writer, traces: Traces) -> None:
        self._readers = readers
        self._writer = writer
        self._traces = traces

    @classmethod
    def open(cls, path: Path, *, busy_seconds: float = 5.0) -> Self:
        """Open the file, making it (0600) and its folder (0700) if need be, and bring its tables up to date.

        `busy_seconds` is how long to wait while another program holds the file.

        Raises:
            StoreTooNew: a newer version of Lateral wrote it.
            StoreError: it could not be used, by the reason: locked, full, read-only, another program's, corrupt.
        """
        try:
            return cls._opened(path, busy_seconds)
        except sqlite3.Error as error:
            explained = explain(error)
            raise (naming(explained, path) if isinstance(explained, StoreError) else explained) from error
        except StoreError as error:
            raise naming(error, path) from error

    @classmethod
    def _opened(cls, path: Path, busy_seconds: float) -> Self:
        make_private(path)

        def connect_for_writing() -> sqlite3.Connection:
            connection = connect(path, busy_seconds, refuse_others)
            try:
                migrate(connection)
                # From here on the writer itself waits for its turn, and only where waiting holds up nobody.
                connection.execute("PRAGMA busy_timeout = 0")
            except BaseException:
                connection.close()
                raise
            return connection

        traces = Traces()
        writer = Writer(connect_for_writing, traces, busy_seconds)
        return cls(Readers(path, busy_seconds), writer, traces)

    def close(self) -> None:
        """Write all that waits and close the file. A second call does nothing."""
        self._readers.close()
        self._writer.close()

    async def write(self, work: Callable[[sqlite3.Cursor], Result], *, erases: bool = False) -> Result:
        """Run `work` inside a transaction and return its result once that is safely on the disk.

        It shares the transaction with others: it must not begin, commit or roll back. It may be run again when
        another in its group fails, so it must do nothing but write through the cursor. An error it raises takes
        back all it wrote and comes out here; only StaleVersion does not take back, so it may raise that only when
        it has written nothing. With `erases`, nothing of what it removed stays in the file or its log, as after
        `forget`; take that for long work, too, for it never holds up the event loop.

        Raises:
            StoreError: the file could not be written; nothing was.
        """
        if erases:
            return await self._writer.submit(partial(self._leave_no_trace, work), long=True)
        return await self._writer.submit(work)

    async def read(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Run `work` on this thread's reading connection and return its result; it sees all that was committed.

        It holds up the event loop, so it should be a quick SELECT or two, with every row fetched before it returns.

        Raises:
            StoreError: the file could not be read.
        """
        with self._readers.reading() as connection:
            return work(connection)

    async def flush(self) -> None:
        """Return when all that was queued, and all that was noted as taken, is on the disk.

        Raises:
            StoreError: the file could not be written.
        """
        await self._writer.submit(write_nothing)

    def _leave_no_trace(self, work: Callable[[sqlite3.Cursor], Result], cursor: sqlite3.Cursor) -> Result:
        before = cursor.connection.total_changes
        result = work(cursor)
        if cursor.connection.total_changes > before:
            self._traces.sweep_after(cursor)
        return result
