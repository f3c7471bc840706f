"""Remembers people for as long as the process lives: the same promises as on disk, but for durability."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from adapters.storage.turns import DUPLICATE, KEPT_SECONDS, is_whole
from bot.errors import StaleVersion
from bot.ports import Commit, Committed, Everything, Owed, Stored


@dataclass(frozen=True, slots=True)
class _Entry:
    """A message in the outbox; `next_at` is None when it was set aside."""

    owed: Owed
    farewell: bool = False
    next_at: float | None = 0.0
    reason: str = ""


class MemoryStore:
    """A store and an outbox in dictionaries."""

    def __init__(self) -> None:
        self._people: dict[tuple[str, str], Stored] = {}
        self._deliveries: dict[str, tuple[str | None, float]] = {}
        self._outbox: dict[int, _Entry] = {}
        self._last_id = 0

    async def load(self, person: str, guide: str) -> Stored | None:
        """Return the person's record in that guide, or None."""
        return self._people.get((person, guide))

    async def commit(self, turn: Commit) -> Committed:
        """Write a whole turn.

        Raises:
            StaleVersion: `expected` is not the stored version; nothing was written.
        """
        if turn.key in self._deliveries:
            return DUPLICATE
        stored = self._people.get((turn.person, turn.guide))
        if turn.expected != (stored.version if stored else 0):
            raise StaleVersion
        if turn.record is None:
            self._erase(turn.person)
        else:
            self._people[turn.person, turn.guide] = Stored(turn.record, turn.expected + 1)
        if turn.key:
            self._note_key(turn)
        return Committed("done", tuple(self._owe(turn)))

    async def forget(self, person: str) -> int:
        """Remove every trace of the person and return how many rows went."""
        return self._erase(person)

    async def forget_everyone(self, prefix: str) -> int:
        """Remove every trace of all whose id begins with the prefix, as `forget` does; return how many rows went.

        Messages to conversations with that prefix go, too. Pass whole parts of an id, such as `slack:T0123:`.

        Raises:
            ValueError: the prefix does not end with a colon; nothing was removed.
        """
        if not is_whole(prefix):
            raise ValueError(f"{prefix!r} is not a whole part of an id.")
        owed = [entry.owed for entry in self._outbox.values()]
        owed = [one for one in owed if one.person.startswith(prefix) or one.conversation.startswith(prefix)]
        for one in owed:
            del self._outbox[one.id]
        people = {person for person, _ in self._people} | {person for person, _ in self._deliveries.values() if person}
        return len(owed) + sum(self._erase(person) for person in people if person.startswith(prefix))

    async def export(self, person: str) -> Everything:
        """Return all that is kept about the person."""
        records = {guide: stored for (who, guide), stored in sorted(self._people.items()) if who == person}
        owed = tuple(entry.owed for entry in self._outbox.values() if entry.owed.person == person)
        deliveries = tuple(sorted(at for who, at in self._deliveries.values() if who == person))
        return Everything(records, owed, deliveries)

    async def owed(self, now: float, most: int = 100, prefix: str = "") -> Sequence[Owed]:
        """Return messages due by `now` (POSIX seconds): per conversation only the oldest, oldest first.

        Only those to conversations whose id begins with the prefix.
        """
        heads: dict[str, tuple[float, Owed]] = {}
        for entry in self._outbox.values():
            if entry.next_at is not None and entry.owed.conversation.startswith(prefix):
                heads.setdefault(entry.owed.conversation, (entry.next_at, entry.owed))
        return [owed for next_at, owed in heads.values() if next_at <= now][:most]

    async def delivered(self, ids: Sequence[int]) -> None:
        """Note that these were taken."""
        for id_ in ids:
            self._outbox.pop(id_, None)

    async def failed(self, id_: int, again_at: float | None, reason: str) -> None:
        """Try that one again at `again_at` (POSIX seconds), or with None set it aside as undeliverable."""
        entry = self._outbox.get(id_)
        if entry is None:
            return
        if again_at is None and entry.farewell:
            del self._outbox[id_]
            return
        owed = entry.owed
        again = Owed(owed.id, owed.person, owed.conversation, owed.message, owed.attempts + 1)
        self._outbox[id_] = _Entry(again, entry.farewell, again_at, reason)

    async def flush(self) -> None:
        """Return at once: nothing waits here."""

    def close(self) -> None:
        """Do nothing: what was remembered goes with the process."""

    def _note_key(self, turn: Commit) -> None:
        while self._deliveries:
            oldest = next(iter(self._deliveries))
            if self._deliveries[oldest][1] >= turn.at - KEPT_SECONDS:
                break
            del self._deliveries[oldest]
        self._deliveries[turn.key] = (turn.person if turn.record is not None else None, turn.at)

    def _owe(self, turn: Commit) -> list[int]:
        ids: list[int] = []
        for message in turn.messages:
            self._last_id += 1
            owed = Owed(self._last_id, turn.person, turn.conversation, message)
            self._outbox[self._last_id] = _Entry(owed, farewell=turn.record is None)
            ids.append(self._last_id)
        return ids

    def _erase(self, person: str) -> int:
        people = [key for key in self._people if key[0] == person]
        owed = [id_ for id_, entry in self._outbox.items() if entry.owed.person == person]
        deliveries = [key for key, (who, _) in self._deliveries.items() if who == person]
        for key in people:
            del self._people[key]
        for id_ in owed:
            del self._outbox[id_]
        for delivery in deliveries:
            del self._deliveries[delivery]
        return len(people) + len(owed) + len(deliveries)
