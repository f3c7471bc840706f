"""What the core needs of the world: what remembers, what is owed and what is due, as small as they can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

from msgspec import field

from bot.counts import Count
from bot.messages import Message
from bot.value import Value


class Stored(Value, frozen=True):
    """A person's record as it lies in the store. `version` counts its writes, from 1."""

    record: bytes
    version: int


class Commit(Value, frozen=True):
    """All that one turn writes, or nothing of it.

    `key` is the delivery that caused it ("" when nothing could be delivered twice). `expected` is the version
    the turn was decided on (0: nothing was stored). `record` is None when everything about the person is to
    go: then only `messages` stay, until they are delivered. `conversation` is where the messages go.
    `due` is when something is due next without a word from the person (POSIX seconds; 0: never; None: as it was).
    `counts` is what is added to the anonymous counts. `row` is that of the claim it answers, 0 if it answers none.
    """

    person: str
    guide: str
    key: str
    expected: int
    record: bytes | None
    messages: tuple[Message, ...] = ()
    conversation: str = ""
    at: float = 0.0
    due: float | None = None
    counts: tuple[Count, ...] = ()
    row: int = 0


class Owed(Value, frozen=True):
    """A message in the outbox. `id` rises in the order of commits; `attempts` counts failed sends."""

    id: int
    person: str
    conversation: str
    message: Message
    attempts: int = 0


class Committed(Value, frozen=True):
    """What a commit came to: `done`, or `duplicate` when its key was seen before (then nothing was written).

    `owed` holds the ids of the messages now in the outbox, in the order they were given.
    """

    outcome: Literal["done", "duplicate"]
    owed: tuple[int, ...] = ()


class Everything(Value, frozen=True):
    """All that is kept about one person: records by guide, and messages not yet delivered.

    `deliveries` are the moments (POSIX seconds) whose delivery keys are kept, so that none is applied twice.
    `places` is what is kept in order to write to them, where a platform needs that. `keeps` are the channels they
    brought us into, and whose posts they may so decide on.
    """

    records: dict[str, Stored] = field(default_factory=dict)
    owed: tuple[Owed, ...] = ()
    deliveries: tuple[float, ...] = ()
    places: tuple[Mapping[str, object], ...] = ()
    keeps: tuple[str, ...] = ()


class Store(Protocol):
    """Remembers people, exactly once. Errors are those of `bot.errors.StoreError`."""

    async def load(self, person: str, guide: str) -> Stored | None:
        """Return the person's record in that guide, or None."""

    async def commit(self, turn: Commit) -> Committed:
        """Write a whole turn durably before returning.

        Raises:
            StaleVersion: `expected` is not the stored version; nothing was written.
        """

    async def forget(self, person: str) -> int:
        """Remove every trace of the person and return how many rows went."""


class Outbox(Protocol):
    """What is owed and to whom, in order per conversation."""

    async def owed(self, now: float, most: int = 100, prefix: str = "") -> Sequence[Owed]:
        """Return messages due by `now` (POSIX seconds): per conversation only the oldest, oldest first.

        Only those to conversations whose id begins with the prefix.
        """

    async def waiting(self, prefix: str = "") -> set[str]:
        """Return the conversations to which anything is owed, now or later, whose id begins with the prefix."""

    async def delivered(self, ids: Sequence[int]) -> None:
        """Note that these were taken; may be written together with the next commit."""

    async def failed(self, id_: int, again_at: float | None, reason: str) -> None:
        """Try that one again at `again_at` (POSIX seconds), or with None set it aside as undeliverable."""

    async def hold(self, id_: int, until: float, reason: str) -> None:
        """Hold that one until then (POSIX seconds); it counts as no failed try."""


class Claim(Value, frozen=True):
    """Somebody, or a channel, for whom something is due (POSIX seconds), held for us for a while.

    `row` is where the store found them, so that it need not look again; 0 where it has no such number.
    """

    person: str
    guide: str
    due: float
    stored: Stored | None = None
    row: int = 0


class Agenda(Protocol):
    """When something is due, and for whom; several processes may ask at once, and each entry is held by one."""

    async def claim(self, platform: str, now: float, lease: float, most: int) -> Sequence[Claim]:
        """Return what is due by `now` on a platform, oldest first, and hold it for `lease` seconds."""

    async def commit_all(self, all_turns: Sequence[Commit]) -> Sequence[Committed | None]:
        """Write many turns in one transaction; None for each that was decided on a version no longer there."""

    async def stopped(self) -> frozenset[str]:
        """Return the kinds of note that go to nobody just now, by too many mutes or by an operator's hand."""

    async def next_due(self, platform: str) -> float | None:
        """Return when the next entry of a platform may be claimed (POSIX seconds), or None without any."""


LANE = "|notes"
"""Ends the conversation of what is sent unasked: it keeps its own order, so that it never holds up an answer."""
