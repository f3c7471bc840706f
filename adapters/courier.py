"""Sends what the outbox owes: in order per conversation, at a pace, again after a failure, and never lost.

What a turn just committed is handed over and sent from memory. After a failure, or when a run begins with messages
left over, a conversation is read from the store instead, until nothing is owed to it.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from bot.errors import StoreError
from bot.ports import Outbox, Owed

log = logging.getLogger(__name__)

TRIES = 10
"""How often a message is tried before it is set aside. With the waits below that is about an hour."""

LONGEST_WAIT = 600.0
"""The longest wait between two tries, in seconds."""

AT_ONCE = 64
"""How many conversations are sent to at the same time."""

PAGE = 500
"""How many messages are read from the store at once."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform took the message."""


@dataclass(frozen=True, slots=True)
class Later:
    """The platform could not take it now. `after` is how many seconds it asked to wait; None: we choose."""

    reason: str
    after: float | None = None


@dataclass(frozen=True, slots=True)
class Never:
    """The platform will not take it: the channel is gone, the account is closed, and the like."""

    reason: str


Outcome = Sent | Later | Never
Send = Callable[[Owed], Awaitable[Outcome]]


@dataclass
class _Line:
    """One conversation's queue. `free_at` is when the next message may go (loop time, seconds)."""

    waiting: deque[Owed] = field(default_factory=deque)
    free_at: float = 0.0
    running: bool = False


class Courier:
    """Carries messages from the outbox to a platform until it is stopped."""

    def __init__(self, outbox: Outbox, send: Send, now: Callable[[], float], *, pace: float = 1.0) -> None:
        """Join an outbox and a way to send.

        Args:
            outbox: where what is owed lies.
            send: sends one message and says what came of it. It must not raise; if it does, that counts as `Later`.
            now: the time as POSIX seconds.
            pace: least seconds between two messages in a conversation.
        """
        self._outbox = outbox
        self._send = send
        self._now = now
        self._pace = pace
        self._lines: dict[str, _Line] = {}
        self._behind: set[str] = set()
        self._since_settled: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(AT_ONCE)
        self._stopped = False
        self._nudge = asyncio.Event()
        self._catching_up: asyncio.Task[None] | None = None
        self.sent = 0

    async def start(self) -> None:
        """Begin, with what an earlier run left over."""
        self._catching_up = asyncio.create_task(self._catch_up())

    def hand(self, owed: Sequence[Owed]) -> None:
        """Send these, just committed, after whatever waits in their conversation."""
        for message in owed:
            if self._stopped:
                continue
            if message.conversation in self._behind:
                self._since_settled.add(message.conversation)
                self._nudge.set()
                continue
            line = self._lines.setdefault(message.conversation, _Line())
            line.waiting.append(message)
            self._run(message.conversation, line)

    async def stop(self, seconds: float) -> None:
        """Send what can be sent within so many seconds; the rest stays owed."""
        self._stopped = True
        if self._catching_up:
            self._catching_up.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def waiting(self) -> int:
        """Return how many messages wait in memory."""
        return sum(len(line.waiting) for line in self._lines.values())

    def forget(self, conversation: str) -> None:
        """Drop what waits in memory for a conversation: it is gone, or its person is."""
        self._lines.pop(conversation, None)
        self._behind.discard(conversation)

    def _run(self, conversation: str, line: _Line) -> None:
        if line.running:
            return
        line.running = True
        task = asyncio.create_task(self._work_off(conversation, line))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work_off(self, conversation: str, line: _Line) -> None:
        loop = asyncio.get_running_loop()
        try:
            while line.waiting and self._lines.get(conversation) is line:
                if (wait := line.free_at - loop.time()) > 0:
                    await asyncio.sleep(wait)
                async with self._room:
                    fine = await self._carry(line.waiting[0])
                line.free_at = loop.time() + self._pace
                if not fine:
                    self._fall_behind(conversation, line)
                    return
                line.waiting.popleft()
        finally:
            line.running = False
            if not line.waiting and line.free_at <= loop.time():
                self._lines.pop(conversation, None)

    def _fall_behind(self, conversation: str, line: _Line) -> None:
        """From here on the store says what is next, so that order is kept."""
        line.waiting.clear()
        self._behind.add(conversation)
        self._nudge.set()

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
        if isinstance(outcome, Never) or owed.attempts + 1 >= TRIES:
            log.warning("message %s set aside: %s", owed.id, outcome.reason)
            await self._outbox.failed(owed.id, None, outcome.reason)
            return True
        wait = outcome.after if outcome.after is not None else back_off(owed.attempts)
        await self._outbox.failed(owed.id, self._now() + wait, outcome.reason)
        return False

    async def _catch_up(self) -> None:
        """Send what the store owes to conversations that memory knows nothing of; sleep when there is nothing."""
        everything = True
        while not self._stopped:
            self._nudge.clear()
            try:
                owed = await self._outbox.owed(self._now(), PAGE)
            except StoreError as error:
                log.warning("the outbox could not be read: %s", error)
                owed = []
            mine = [entry for entry in owed if everything or entry.conversation in self._behind]
            mine = [
                entry for entry in mine if entry.conversation not in self._lines or entry.conversation in self._behind
            ]
            if mine:
                self._behind.update(entry.conversation for entry in mine)
                await asyncio.gather(*(self._carry_paced(entry) for entry in mine))
                continue
            everything = False
            await self._rest(await self._settle())

    async def _carry_paced(self, owed: Owed) -> None:
        line = self._lines.setdefault(owed.conversation, _Line())
        loop = asyncio.get_running_loop()
        if (wait := line.free_at - loop.time()) > 0:
            await asyncio.sleep(wait)
        async with self._room:
            await self._carry(owed)
        line.free_at = loop.time() + self._pace

    async def _settle(self) -> bool:
        """Let conversations to which nothing at all is owed any more go back to memory; say whether some are left."""
        if self._behind:
            self._since_settled.clear()
            far = await self._outbox.owed(self._now() + 10 * LONGEST_WAIT * TRIES, 100 * PAGE)
            still = {entry.conversation for entry in far}
            self._behind &= still | self._since_settled
        return bool(self._behind)

    async def _rest(self, behind: bool) -> None:  # noqa: FBT001 - a plain answer passed on
        try:
            await asyncio.wait_for(self._nudge.wait(), timeout=1.0 if behind else None)
        except TimeoutError:
            return


def back_off(attempts: int) -> float:
    """Return how long to wait after so many failed tries, in seconds: doubling, with jitter, bounded."""
    return min(LONGEST_WAIT, 2.0**attempts) * random.uniform(0.5, 1.0)  # noqa: S311 - jitter, not a secret
