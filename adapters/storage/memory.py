"""Remembers people while the process lives: the same promises as on disk, but for durability and the bare counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adapters.storage.erasure import is_whole
from adapters.storage.turns import DUPLICATE, KEPT_SECONDS
from bot.errors import StaleVersion
from bot.ports import Claim, Commit, Committed, Everything, Owed, Stored


class MemoryStore:
    """A store and an outbox in dictionaries."""

    def __init__(self) -> None:
        self._people: dict[tuple[str, str], Stored] = {}
        self._deliveries: dict[str, tuple[str | None, float]] = {}
        self._outbox: dict[int, Owed] = {}
        self._farewells: set[int] = set()
        # When each message that could not be sent is due again; None: it was set aside.
        self._failed: dict[int, float | None] = {}
        self._agenda: dict[tuple[str, str], tuple[float, float]] = {}
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
        here = turn.person, turn.guide
        stored = self._people.get(here)
        if turn.expected != (stored.version if stored else 0):
            raise StaleVersion
        if turn.record is None:
            self._erase(turn.person)
        else:
            self._people[here] = Stored(turn.record, turn.expected + 1)
        if turn.due:
            self._agenda[here] = (turn.due, turn.due)
        elif turn.due is not None:
            self._agenda.pop(here, None)
        if turn.key:
            self._note_key(turn)
        return Committed("done", self._owe(turn))

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
        owed = [
            one.id
            for one in self._outbox.values()
            if one.person.startswith(prefix) or one.conversation.startswith(prefix)
        ]
        self._drop(owed)
        people = {person for person, _ in self._people} | {person for person, _ in self._deliveries.values() if person}
        return len(owed) + sum(self._erase(person) for person in people if person.startswith(prefix))

    async def export(self, person: str) -> Everything:
        """Return all that is kept about the person."""
        records = {guide: stored for (who, guide), stored in sorted(self._people.items()) if who == person}
        owed = tuple(one for one in self._outbox.values() if one.person == person)
        deliveries = tuple(sorted(at for who, at in self._deliveries.values() if who == person))
        return Everything(records, owed, deliveries)

    async def owed(self, now: float, most: int = 100, prefix: str = "") -> Sequence[Owed]:
        """Return messages due by `now` (POSIX seconds): per conversation only the oldest, oldest first.

        Only those to conversations whose id begins with the prefix.
        """
        heads: dict[str, tuple[float, Owed]] = {}
        for one in self._outbox.values():
            next_at = self._failed.get(one.id, 0.0)
            if next_at is not None and one.conversation.startswith(prefix):
                heads.setdefault(one.conversation, (next_at, one))
        return [one for next_at, one in heads.values() if next_at <= now][:most]

    async def waiting(self, prefix: str = "") -> set[str]:
        """Return the conversations to which anything is owed, now or later, whose id begins with the prefix."""
        return {one.conversation for one in self._still_owed() if one.conversation.startswith(prefix)}

    async def delivered(self, ids: Sequence[int]) -> None:
        """Note that these were taken."""
        self._drop(ids)

    async def failed(self, id_: int, again_at: float | None, reason: str) -> None:  # noqa: ARG002 - told to nobody
        """Try that one again at `again_at` (POSIX seconds), or with None set it aside as undeliverable."""
        owed = self._outbox.get(id_)
        if owed is None:
            return
        if again_at is None and id_ in self._farewells:
            self._drop([id_])
            return
        self._outbox[id_] = owed.changed(attempts=owed.attempts + 1)
        self._failed[id_] = again_at

    async def hold(self, id_: int, until: float, reason: str) -> None:  # noqa: ARG002 - told to nobody
        """Hold that one until then (POSIX seconds); it counts as no failed try."""
        if id_ in self._outbox:
            self._failed[id_] = until

    async def claim(self, platform: str, now: float, lease: float, most: int) -> Sequence[Claim]:
        """Return what is due by `now` on a platform, oldest first, and hold it for `lease` seconds."""
        mine = ((wake, due, key) for key, (due, wake) in self._agenda.items() if key[0].startswith(f"{platform}:"))
        found = sorted(entry for entry in mine if entry[0] <= now)[:most]
        for _, due, key in found:
            self._agenda[key] = (due, now + lease)
        claims = (Claim(*key, due, self._people.get(key)) for _, due, key in found)
        return sorted(claims, key=lambda claim: claim.due)

    async def commit_all(self, all_turns: Sequence[Commit]) -> Sequence[Committed | None]:
        """Write many turns; None for each that was decided on a version no longer there."""
        done: list[Committed | None] = []
        for turn in all_turns:
            try:
                done.append(await self.commit(turn))
            except StaleVersion:
                done.append(None)
        return done

    async def stopped(self) -> frozenset[str]:
        """Return the kinds of note that go to nobody: none, for nobody operates what lives in memory."""
        return frozenset()

    async def next_due(self, platform: str) -> float | None:
        """Return when the next entry of a platform may be claimed (POSIX seconds), or None without any."""
        waking = (wake for (person, _), (_, wake) in self._agenda.items() if person.startswith(f"{platform}:"))
        return min(waking, default=None)

    async def flush(self) -> None:
        """Return at once: nothing waits here."""

    def close(self) -> None:
        """Do nothing: what was remembered goes with the process."""

    def _note_key(self, turn: Commit) -> None:
        while self._deliveries:
            oldest, (_, at) = next(iter(self._deliveries.items()))
            if at >= turn.at - KEPT_SECONDS:
                break
            del self._deliveries[oldest]
        self._deliveries[turn.key] = (turn.person if turn.record is not None else None, turn.at)

    def _owe(self, turn: Commit) -> tuple[int, ...]:
        first = self._last_id + 1
        for message in turn.messages:
            self._last_id += 1
            self._outbox[self._last_id] = Owed(self._last_id, turn.person, turn.conversation, message)
        ids = tuple(range(first, self._last_id + 1))
        if turn.record is None:
            self._farewells.update(ids)
        return ids

    def _still_owed(self) -> Iterator[Owed]:
        """Yield every message but those that were set aside."""
        return (one for one in self._outbox.values() if self._failed.get(one.id, 0.0) is not None)

    def _drop(self, ids: Sequence[int]) -> None:
        for id_ in ids:
            self._outbox.pop(id_, None)
            self._failed.pop(id_, None)
            self._farewells.discard(id_)

    def _erase(self, person: str) -> int:
        people = [key for key in self._people if key[0] == person]
        owed = [one.id for one in self._outbox.values() if one.person == person]
        deliveries = [key for key, (who, _) in self._deliveries.items() if who == person]
        for key in people:
            del self._people[key]
        self._drop(owed)
        for delivery in deliveries:
            del self._deliveries[delivery]
        coming = [key for key in self._agenda if key[0] == person]
        for entry in coming:
            del self._agenda[entry]
        return len(people) + len(owed) + len(deliveries) + len(coming)
