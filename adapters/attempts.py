"""One attempt to send a message: when its place is free and there is room; and a note of what came of it."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable

from adapters.outcomes import Held, Later, Never, Outcome, Send, Sent, Taken
from adapters.pace import Pace
from bot.errors import StoreError
from bot.ports import LANE, Outbox, Owed

log = logging.getLogger(__name__)

TRIES = 10
"""How often a message is tried before it is set aside. With the waits below that is about an hour."""

LONGEST_WAIT = 600.0
"""The longest wait between two tries, in seconds."""

Place = Callable[[str], str]
"""Names the place a conversation is in."""


class Attempts:
    """Makes attempts, side by side in different places. Notes get half of the room, so that answers find some."""

    def __init__(  # noqa: PLR0913 - what is sent, how, and how fast
        self, outbox: Outbox, send: Send, now: Callable[[], float], *, pace: float, place: Place, at_once: int
    ) -> None:
        self._outbox = outbox
        self._send = send
        self._now = now
        self._pace = Pace(pace)
        self._place = place
        self._room = asyncio.Semaphore(at_once)
        self._room_for_notes = asyncio.Semaphore(max(1, at_once // 2))
        self.sent = 0

    async def make(self, owed: Owed) -> bool:
        """Send a message when its place is free; say whether the next may follow."""
        place = self._place_of(owed.conversation)
        if (wait := self._pace.take(place)) > 0:
            await asyncio.sleep(wait)
        try:
            if not owed.conversation.endswith(LANE):
                async with self._room:
                    return await self._carry(owed)
            async with self._room_for_notes, self._room:
                return await self._carry(owed)
        finally:
            self._pace.taken(place)

    def _place_of(self, conversation: str) -> str:
        """Return the place of a conversation; one with an id that means nothing is a place of its own."""
        try:
            return self._place(conversation)
        except (ValueError, IndexError):
            return conversation

    async def _carry(self, owed: Owed) -> bool:
        """Send one message and note what came of it; say whether the next may follow."""
        try:
            outcome = await self._send(owed)
        except Exception:
            log.exception("sending to %s failed", owed.conversation)
            outcome = Later("error")
        try:
            return await self._note(owed, outcome)
        except StoreError as error:
            log.warning("what came of a message could not be noted: %s", error)
            return False

    async def _note(self, owed: Owed, outcome: Outcome) -> bool:
        if isinstance(outcome, Sent):
            self.sent += 1
            await self._outbox.delivered([owed.id])
            return True
        if isinstance(outcome, Taken):
            return False
        if isinstance(outcome, Held):
            await self._outbox.hold(owed.id, self._now() + outcome.after, outcome.reason)
            return False
        if isinstance(outcome, Never) or owed.attempts + 1 >= TRIES:
            log.warning("message %s set aside: %s", owed.id, outcome.reason)
            await self._outbox.failed(owed.id, None, outcome.reason)
            return True
        wait = outcome.after if outcome.after is not None else back_off(owed.attempts)
        await self._outbox.failed(owed.id, self._now() + wait, outcome.reason)
        return False


def back_off(attempts: int) -> float:
    """Return how long to wait after so many failed tries, in seconds: doubling, with jitter, bounded."""
    return min(LONGEST_WAIT, 2.0**attempts) * random.uniform(0.5, 1.0)  # noqa: S311 - jitter, not a secret
