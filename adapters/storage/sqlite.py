"""Remembers people in one SQLite file, durably and once.

All writing is the writer's. Reading is one SELECT: on the writer's connection while nobody writes, which saves a
turn a twentieth, and else on one of the calling thread.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
from collections.abc import Sequence
from functools import partial

from adapters.storage import agenda, erasure, figures, outbox, shared_turns, turns
from adapters.storage.connections import Readers
from adapters.storage.database import Database
from adapters.storage.export import read_everything
from adapters.storage.group import Shared
from adapters.storage.rows import UNREADABLE, hash_key, write_message
from adapters.storage.traces import Traces
from adapters.storage.turns import Draft
from adapters.storage.writer import Writer
from bot.ports import Claim, Commit, Committed, Everything, Owed, Stored

log = logging.getLogger(__name__)

_TURNS_BETWEEN_PRUNINGS = 256

_LOAD = "SELECT record, version FROM people WHERE person = ? AND guide = ?"


class SqliteStore(Database):
    """A store, an outbox and an agenda in one file, for one process. Open it with `SqliteStore.open`."""

    def __init__(self, readers: Readers, writer: Writer, traces: Traces) -> None:
        super().__init__(readers, writer, traces)
        self._turns_since_pruning = 0
        # Begins anywhere, so that short-lived processes do not prune the same rows again and again.
        self._pruned_to = os.urandom(16)

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
        return await self._writer.submit(Shared(self._write_turns, draft))

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
            rows = outbox.find_due(now, most, prefix, struck, connection)
        return [owed for row in rows if (owed := await self._read_or_set_aside(row)) is not None]

    async def _read_or_set_aside(self, row: outbox.Row) -> Owed | None:
        """Return the message of a row. One that cannot be read goes, so that its person hears from us all the same."""
        try:
            return outbox.read_row(row)
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
            return outbox.find_waiting(prefix, struck, connection)

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
            await self._writer.submit(partial(outbox.try_again, id_, again_at, reason))

    async def hold(self, id_: int, until: float, reason: str) -> None:
        """Hold that one until then (POSIX seconds); it counts as no failed try.

        Raises:
            StoreError: the file could not be written.
        """
        await self._writer.submit(partial(outbox.hold, id_, until, reason))

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

    def _write_turns(self, drafts: Sequence[Draft], cursor: sqlite3.Cursor) -> list[shared_turns.Outcome]:
        self._turns_since_pruning += len(drafts)
        if self._turns_since_pruning >= _TURNS_BETWEEN_PRUNINGS:
            self._turns_since_pruning = 0
            self._pruned_to = turns.prune(self._pruned_to, drafts[0].turn.at, cursor)
        outcomes = shared_turns.write(drafts, cursor)
        for draft, outcome in zip(drafts, outcomes, strict=True):
            if draft.turn.counts:
                self._count(draft, outcome, cursor)
        return outcomes

    def _count(self, draft: Draft, outcome: shared_turns.Outcome, cursor: sqlite3.Cursor) -> None:
        if isinstance(outcome, Committed) and outcome.outcome == "done" and draft.turn.counts:
            figures.add(draft.turn.counts, figures.day_of(draft.turn.at), cursor)

    def _write_farewell(self, draft: Draft, cursor: sqlite3.Cursor) -> Committed:
        committed = turns.write_farewell(draft, cursor)
        self._count(draft, committed, cursor)
        if committed.outcome == "done":
            self._traces.sweep_after(cursor, committed.owed)
        return committed

    def _erase(self, person: str, cursor: sqlite3.Cursor) -> int:
        # What was taken is not theirs any more; it would be removed and counted otherwise.
        outbox.drop_taken(self._writer.struck(), cursor)
        rows = erasure.erase(person, cursor)
        if rows:
            self._traces.sweep_after(cursor)
        return rows

    def _erase_everyone(self, prefix: str, cursor: sqlite3.Cursor) -> int:
        outbox.drop_taken(self._writer.struck(), cursor)
        return erasure.erase_everyone(prefix, cursor)

    def _set_aside(self, id_: int, reason: str, cursor: sqlite3.Cursor) -> None:
        outbox.set_aside(id_, reason, cursor)
        if self._traces.include([id_]):
            self._traces.sweep_after(cursor)

    def _read_everything(self, person: str) -> Everything:
        struck = self._writer.struck()
        with self._readers.reading() as connection:
            return read_everything(person, struck, connection)


def _draft(turn: Commit) -> Draft:
    key = hash_key(turn.key) if turn.key else None
    return Draft(turn, key, [write_message(message) for message in turn.messages])
