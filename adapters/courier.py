"""Sends what the outbox owes: in order per conversation, at a pace, again after a failure, and never lost.

What a turn just committed is handed over and sent from memory. After a failure, or when a run begins with messages
left over, a conversation is read from the store instead, until nothing is owed to it.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from adapters.lasting import LastingTask
from bot.errors import StoreError
from bot.ports import LANE, Outbox, Owed

log = logging.getLogger(__name__)

TRIES = 10
"""How often a message is tried before it is set aside. With the waits below that is about an hour."""

LONGEST_WAIT = 600.0
"""The longest wait between two tries, in seconds."""

AT_ONCE = 64
"""How many conversations are sent to at the same time, unless a platform says otherwise; for notes, half as many."""

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


@dataclass(frozen=True, slots=True)
class Held:
    """It is not to go yet, by our own choice: that is no failed try. `after` is how many seconds to wait."""

    reason: str
    after: float


@dataclass(frozen=True, slots=True)
class Taken:
    """Another process sends it, or has sent it. The store says when it is ours after all."""


LOOK_AGAIN = 0.25
"""How often the store is read while it owes something for later, in seconds."""

LOOK_ROUND = 30.0
"""How often it is read at the least, in seconds: another process may have planned notes, or died with them."""

LOOKS_APART = 0.05
"""The least time between two readings while messages that were read are being sent, in seconds."""

REMEMBERED = 10_000
"""How many ids of messages that were read from the store are remembered, so that none is sent twice."""

Outcome = Sent | Later | Never | Held | Taken
Send = Callable[[Owed], Awaitable[Outcome]]
Place = Callable[[str], str]


@dataclass
class _Line:
    """One conversation's queue."""

    waiting: deque[Owed] = field(default_factory=deque)
    running: bool = False


class _Pace:
    """Keeps messages in one place apart, in loop time (seconds)."""

    def __init__(self, apart: float) -> None:
        self._apart = apart
        self._free_at: dict[str, float] = {}

    def take(self, place: str) -> float:
        """Take the next moment a place is free, and return how many seconds that is from now."""
        now = asyncio.get_running_loop().time()
        at = max(now, self._free_at.get(place, now))
        self._free_at[place] = at + self._apart
        return at - now

    def taken(self, place: str) -> None:
        """Note that a message has just gone: the next waits from here on, too."""
        now = asyncio.get_running_loop().time()
        if len(self._free_at) > REMEMBERED:
            self._free_at = {known: at for known, at in self._free_at.items() if at > now}
        self._free_at[place] = max(self._free_at.get(place, now), now + self._apart)


class Courier:
    """Carries messages from the outbox to a platform until it is stopped."""

    def __init__(  # noqa: PLR0913 - what is carried, how, and how fast
        self,
        outbox: Outbox,
        send: Send,
        now: Callable[[], float],
        *,
        pace: float = 1.0,
        place: Place = str,
        at_once: int = AT_ONCE,
        prefix: str = "",
    ) -> None:
        """Join an outbox and a way to send.

        Args:
            outbox: where what is owed lies.
            send: sends one message and says what came of it. It must not raise; if it does, that counts as `Later`.
            now: the time as POSIX seconds.
            pace: least seconds between two messages in a place.
            place: names the place a conversation is in, for the pace; by default each is a place of its own.
            at_once: how many conversations are sent to at the same time. Where many servers stand behind one platform,
                it is to be large enough that those who wait for one that is dead leave room for the others.
            prefix: how the ids of the conversations begin that are this courier's; others may share the outbox.
        """
        self._outbox = outbox
        self._send = send
        self._now = now
        self._pace = _Pace(pace)
        self._place = place
        self._prefix = prefix
        self._lines: dict[str, _Line] = {}
        self._behind: set[str] = set()
        self._carrying: set[str] = set()
        self._read_and_sent: OrderedDict[int, None] = OrderedDict()
        self._since_settled: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._room = asyncio.Semaphore(at_once)
        self._room_for_notes = asyncio.Semaphore(max(1, at_once // 2))
        self._stopped = False
        self._nudge = asyncio.Event()
        self._catching_up = LastingTask(f"the courier of {prefix.rstrip(':') or 'all'}")
        self.sent = 0

    async def start(self) -> None:
        """Begin, with what an earlier run left over."""
        self._catching_up.start(self._catch_up())

    def hand(self, owed: Sequence[Owed]) -> None:
        """Send these, just committed, after whatever waits in their conversation."""
        for message in owed:
            if self._stopped or message.id in self._read_and_sent:
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
        await self._catching_up.stop()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    @property
    def has_ended(self) -> bool:
        """Say whether it ended by itself, so that nothing is sent from the store any more."""
        return self._catching_up.has_ended

    @property
    def waiting(self) -> int:
        """Return how many messages wait in memory."""
        return sum(len(line.waiting) for line in self._lines.values())

    def forget(self, conversation: str) -> None:
        """Drop what waits in memory for a conversation: it is gone, or its person is."""
        self._lines.pop(conversation, None)
        self._behind.discard(conversation)

    def forget_everyone(self, prefix: str) -> None:
        """Drop what waits in memory for all conversations whose id begins so."""
        for conversation in {*self._lines, *self._behind}:
            if conversation.startswith(prefix):
                self.forget(conversation)

    def _run(self, conversation: str, line: _Line) -> None:
        if line.running:
            return
        line.running = True
        task = asyncio.create_task(self._work_off(conversation, line))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work_off(self, conversation: str, line: _Line) -> None:
        try:
            while line.waiting and self._lines.get(conversation) is line:
                if not await self._carry_paced(line.waiting[0]):
                    self._fall_behind(conversation, line)
                    return
                line.waiting.popleft()
        finally:
            line.running = False
            if not line.waiting and self._lines.get(conversation) is line:
                del self._lines[conversation]

    async def _carry_paced(self, owed: Owed) -> bool:
        """Send one message when its place is free; say whether the next may follow."""
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

    async def _catch_up(self) -> None:
        """Send what the store owes to conversations that memory knows nothing of; sleep when there is nothing."""
        everything = True
        while not self._stopped:
            self._nudge.clear()
            try:
                mine = await self._mine(everything=everything)
                for entry in mine:
                    self._carry_read(entry)
                everything = everything and bool(mine or self._carrying)
                behind = bool(self._behind)
            except StoreError as error:
                log.warning("the outbox could not be read: %s", error)
                behind = True
            except Exception:
                log.exception("the outbox could not be seen to")
                behind = True
            await self._rest(behind)

    async def _mine(self, *, everything: bool) -> list[Owed]:
        """Return what is to be sent from the store and is not under way; note which conversations are behind."""
        await self._settle(everything=everything)
        under_way = set(self._carrying)
        owed = await self._outbox.owed(self._now(), PAGE + len(under_way), self._prefix)
        mine = self._behind - under_way
        return [entry for entry in owed if entry.conversation in mine]

    async def _settle(self, *, everything: bool) -> None:
        """Let conversations go back to memory when nothing at all is owed to them, and take on what is left over.

        Left over is what memory knows nothing of: when a run begins, everything; later on the notes, which other
        processes plan and leave as well. An answer is sent by the process that gave it.
        """
        since_settled, self._since_settled = self._since_settled, set()
        waiting = await self._outbox.waiting(self._prefix)
        left_over = {name for name in waiting if name not in self._lines and (everything or name.endswith(LANE))}
        self._behind = self._behind & (waiting | since_settled) | left_over

    def _carry_read(self, owed: Owed) -> None:
        """Send a message that was read from the store, apart from the others: one that hangs delays no other."""
        self._read_and_sent[owed.id] = None
        if len(self._read_and_sent) > REMEMBERED:
            self._read_and_sent.popitem(last=False)
        self._carrying.add(owed.conversation)
        task = asyncio.create_task(self._carry_apart(owed))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry_apart(self, owed: Owed) -> None:
        try:
            await self._carry_paced(owed)
        finally:
            self._carrying.discard(owed.conversation)
            self._nudge.set()

    async def _rest(self, behind: bool) -> None:  # noqa: FBT001 - a plain answer passed on
        try:
            await asyncio.wait_for(self._nudge.wait(), timeout=LOOK_AGAIN if behind else LOOK_ROUND)
        except TimeoutError:
            return
        if self._carrying:
            await asyncio.sleep(LOOKS_APART)


def back_off(attempts: int) -> float:
    """Return how long to wait after so many failed tries, in seconds: doubling, with jitter, bounded."""
    return min(LONGEST_WAIT, 2.0**attempts) * random.uniform(0.5, 1.0)  # noqa: S311 - jitter, not a secret
