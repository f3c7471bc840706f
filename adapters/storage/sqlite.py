"""Remembers people in one SQLite file, durably and once.

All writing is the writer's. Reading is one SELECT: on the writer's connection while nobody writes, which saves a
turn a twentieth, and else on one of the calling thread.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from adapters.storage import agenda, figures, keepers, turns
from adapters.storage.connections import Readers, connect, make_private
from adapters.storage.faults import explain
from adapters.storage.migrations import migrate
from adapters.storage.rows import UNREADABLE, hash_key, read_message, write_message
from adapters.storage.traces import Traces
from adapters.storage.turns import Draft
from adapters.storage.writer import Writer, write_nothing
from bot.messages import Message
from bot.ports import Claim, Commit, Committed, Everything, Owed, Stored

log = logging.getLogger(__name__)

Result = TypeVar("Result")
_Row = tuple[int, str, str, str, int]
"""A message in the outbox, as it stands there."""

_TURNS_BETWEEN_PRUNINGS = 256

_LOAD = "SELECT record, version FROM people WHERE person = ? AND guide = ?"
_RECORDS = "SELECT guide, record, version FROM people WHERE person = ? ORDER BY guide"
_DELIVERIES = "SELECT at FROM deliveries WHERE person = ? ORDER BY at"
_IN_ORDER = "SELECT id, conversation, next_at FROM outbox ORDER BY id"
_OWED = (
    "SELECT id, person, conversation, message, attempts FROM outbox"
    " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
)
_OWED_TO = (
    "SELECT id, person, conversation, message, attempts FROM outbox WHERE person = ?1"
    " UNION ALL SELECT id, person, conversation, message, attempts FROM undeliverable WHERE person = ?1"
    " ORDER BY id"
)
_PLACES = "SELECT * FROM teams_references WHERE place = ?"


class SqliteStore:
    """A store and an outbox in one file, for one process. Open it with `SqliteStore.open`."""

    def __init__(self, readers: Readers, writer: Writer, traces: Traces) -> None:
        self._readers = readers
        self._writer = writer
        self._traces = traces
        self._turns_since_pruning = 0
        # Begins anywhere, so that short-lived processes do not prune the same rows again and again.
        self._pruned_to = os.urandom(16)

    @classmethod
    def open(cls, path: Path, *, busy_seconds: float = 5.0) -> SqliteStore:
        """Open the file, making it (0600) and its folder (0700) if need be, and bring its tables up to date.

        `busy_seconds` is how long to wait while another program holds the file.

        Raises:
            StoreTooNew: a newer version of Lateral wrote it.
            StoreError: it could not be used, by the reason: locked, full, read-only, corrupt.
        """
        make_private(path)

        def connect_for_writing() -> sqlite3.Connection:
            connection = connect(path, busy_seconds)
            try:
                migrate(connection)
                # From here on the writer itself waits for its turn, and only where waiting holds up nobody.
                connection.execute("PRAGMA busy_timeout = 0")
            except BaseException:
                connection.close()
                raise
            return connection

        try:
            traces = Traces()
            writer = Writer(connect_for_writing, traces, busy_seconds)
        except sqlite3.Error as error:
            raise explain(error) from error
        return cls(Readers(path, busy_seconds), writer, traces)

    def close(self) -> None:
        """Write all that waits and close the file. A second call does nothing."""
        self._readers.close()
        self._writer.close()

    async def load(self, person: str, guide: str) -> Stored | None:
        """Return the person's record in that guide, or None.

        Raises:
            StoreError: the file could not be read.
        """
        rows = self._writer.read(_LOAD, (person, guide))
        if rows is None:
            with self._readers.reading() as connection:
                rows = connection.execute(_LOAD, (person, guide)).fetchall()
        return Stored(*rows[0]) if rows else None

    async def commit(self, turn: Commit) -> Committed:
        """Write a whole turn durably before returning.

        Raises:
            StaleVersion: `expected` is not the stored version; nothing was written.
            StoreError: the file could not be written; nothing was.
        """
        draft = _draft(turn)
        if turn.record is None:
            return await self._writer.submit(partial(self._write_farewell, draft), long=True)
        return await self._writer.submit(partial(self._write_turn, draft))

    async def first_time(self, key: str, person: str, at: float) -> bool:
        """Note a delivery to a person that is no turn of a talk, `at` (POSIX seconds), and tell whether it is new.

        Raises:
            StoreError: the file could not be written; it is not noted.
        """
        return await self._writer.submit(partial(turns.note_key, hash_key(key), person, at))

    async def forget(self, person: str) -> int:
        """Remove every trace of the person from the file and its log; return how many rows went.

        Raises:
            StoreError: the file could not be written; nothing was removed.
        """
        return await self._writer.submit(partial(self._erase, person), long=True)

    async def forget_everyone(self, prefix: str) -> int:
        """Remove every trace of all whose id begins with the prefix, as `forget` does; return how many rows went.

        Messages to conversations with that prefix go, too. Pass whole parts of an id, such as `slack:T0123:`.

        Raises:
            ValueError: the prefix does not end with a colon; nothing was removed.
            StoreError: the file could not be written; nothing was removed.
        """
        return await self.write(partial(self._erase_everyone, prefix), erases=True)

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

    async def export(self, person: str) -> Everything:
        """Return all that is kept about the person.

        Raises:
            StoreError: the file could not be read.
        """
        return await asyncio.to_thread(self._read_everything, person)

    async def owed(self, now: float, most: int = 100, prefix: str = "") -> Sequence[Owed]:
        """Return messages due by `now` (POSIX seconds): per conversation only the oldest, oldest first.

        Only those to conversations whose id begins with the prefix.

        Raises:
            StoreError: the file could not be read.
        """
        struck = self._writer.struck()
        with self._readers.reading() as connection:
            ids = json.dumps(_find_oldest(_only(connection.execute(_IN_ORDER), prefix), struck, now, most))
            rows = connection.execute(_OWED, (ids,)).fetchall()
        return [owed for row in rows if (owed := await self._read_or_set_aside(row)) is not None]

    async def _read_or_set_aside(self, row: _Row) -> Owed | None:
        """Return the message of a row. One that cannot be read goes, so that its person hears from us all the same."""
        try:
            return _read_owed(row)
        except UNREADABLE as error:
            log.error("message %s cannot be read and is set aside: %s", row[0], type(error).__name__)  # noqa: TRY400 - its text may quote the message
            await self.failed(row[0], None, "unreadable")
            return None

    async def waiting(self, prefix: str = "") -> set[str]:
        """Return the conversations to which anything is owed, now or later, whose id begins with the prefix.

        Raises:
            StoreError: the file could not be read.
        """
        struck = self._writer.struck()
        with self._readers.reading() as connection:
            in_order = connection.execute(_IN_ORDER).fetchall()
        return {conversation for id_, conversation, _ in _only(in_order, prefix) if id_ not in struck}

    async def delivered(self, ids: Sequence[int]) -> None:
        """Note that these were taken; it is written with the next commit, or within about a second."""
        self._writer.strike(ids)

    async def failed(self, id_: int, again_at: float | None, reason: str) -> None:
        """Try that one again at `again_at` (POSIX seconds), or with None set it aside as undeliverable.

        Raises:
            StoreError: the file could not be written.
        """
        if again_at is None:
            await self._writer.submit(partial(self._set_aside, id_, reason), long=True)
        else:
            await self._writer.submit(partial(turns.try_again, id_, again_at, reason))

    async def hold(self, id_: int, until: float, reason: str) -> None:
        """Hold that one until then (POSIX seconds); it counts as no failed try.

        Raises:
            StoreError: the file could not be written.
        """
        await self._writer.submit(partial(turns.hold, id_, until, reason))

    async def claim(self, platform: str, now: float, lease: float, most: int) -> Sequence[Claim]:
        """Return what is due by `now` on a platform, oldest first, and hold it for `lease` seconds.

        Raises:
            StoreError: the file could not be written; nothing is held.
        """
        return await self._writer.submit(partial(agenda.claim, platform, now, now + lease, most), long=True)

    async def commit_all(self, all_turns: Sequence[Commit]) -> Sequence[Committed | None]:
        """Write many turns in one transaction; None for each that was decided on a version no longer there.

        Raises:
            StoreError: the file could not be written; nothing was.
        """
        drafts = [_draft(turn) for turn in all_turns]
        return await self._writer.submit(partial(agenda.write_all, drafts), long=True)

    async def stopped(self) -> frozenset[str]:
        """Return the kinds of note that go to nobody just now.

        Raises:
            StoreError: the file could not be read.
        """
        return frozenset(stop.kind for stop in await self.read(figures.stops))

    async def next_due(self, platform: str) -> float | None:
        """Return when the next entry of a platform may be claimed (POSIX seconds), or None without any.

        Raises:
            StoreError: the file could not be read.
        """
        return await self.read(partial(agenda.wake, platform))

    async def flush(self) -> None:
        """Return when all that was queued, and all that was noted as taken, is on the disk.

        Raises:
            StoreError: the file could not be written.
        """
        await self._writer.submit(write_nothing)

    def _write_turn(self, draft: Draft, cursor: sqlite3.Cursor) -> Committed:
        self._turns_since_pruning += 1
        if self._turns_since_pruning >= _TURNS_BETWEEN_PRUNINGS:
            self._turns_since_pruning = 0
            self._pruned_to = turns.prune(self._pruned_to, draft.turn.at, cursor)
        return self._count(draft, turns.write_turn(draft, cursor), cursor)

    def _count(self, draft: Draft, committed: Committed, cursor: sqlite3.Cursor) -> Committed:
        if draft.turn.counts and committed.outcome == "done":
            figures.add(draft.turn.counts, figures.day_of(draft.turn.at), cursor)
        return committed

    def _write_farewell(self, draft: Draft, cursor: sqlite3.Cursor) -> Committed:
        committed = self._count(draft, turns.write_farewell(draft, cursor), cursor)
        if committed.outcome == "done":
            self._traces.sweep_after(cursor, committed.owed)
        return committed

    def _erase(self, person: str, cursor: sqlite3.Cursor) -> int:
        # What was taken is not theirs any more; it would be removed and counted otherwise.
        turns.drop_taken(self._writer.struck(), cursor)
        rows = turns.erase(person, cursor)
        if rows:
            self._traces.sweep_after(cursor)
        return rows

    def _erase_everyone(self, prefix: str, cursor: sqlite3.Cursor) -> int:
        turns.drop_taken(self._writer.struck(), cursor)
        return turns.erase_everyone(prefix, cursor)

    def _leave_no_trace(self, work: Callable[[sqlite3.Cursor], Result], cursor: sqlite3.Cursor) -> Result:
        before = cursor.connection.total_changes
        result = work(cursor)
        if cursor.connection.total_changes > before:
            self._traces.sweep_after(cursor)
        return result

    def _set_aside(self, id_: int, reason: str, cursor: sqlite3.Cursor) -> None:
        turns.set_aside(id_, reason, cursor)
        if self._traces.include([id_]):
            self._traces.sweep_after(cursor)

    def _read_everything(self, person: str) -> Everything:
        struck = self._writer.struck()
        with self._readers.reading() as connection:
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


def _only(in_order: Iterable[tuple[int, str, float]], prefix: str) -> Iterable[tuple[int, str, float]]:
    return (row for row in in_order if row[1].startswith(prefix)) if prefix else in_order


def _find_oldest(in_order: Iterable[tuple[int, str, float]], struck: set[int], now: float, most: int) -> list[int]:
    """Return the ids of at most that many messages that are due and the first of their conversation."""
    found: list[int] = []
    conversations: set[str] = set()
    for id_, conversation, next_at in in_order:
        if conversation in conversations or id_ in struck:
            continue
        conversations.add(conversation)
        if next_at <= now:
            found.append(id_)
            if len(found) >= most:
                break
    return found


def _draft(turn: Commit) -> Draft:
    key = hash_key(turn.key) if turn.key else None
    return Draft(turn, key, [write_message(message) for message in turn.messages])


def _names(found: sqlite3.Cursor) -> list[str]:
    return [column[0] for column in found.description]


def _read_owed(row: _Row) -> Owed:
    id_, person, conversation, message, attempts = row
    return Owed(id_, person, conversation, read_message(message), attempts)


def _show_owed(row: _Row) -> Owed:
    """Return the message of a row for whoever it is about: one that cannot be read is shown as it is kept."""
    try:
        return _read_owed(row)
    except UNREADABLE:
        id_, person, conversation, message, attempts = row
        return Owed(id_, person, conversation, Message(message), attempts)
