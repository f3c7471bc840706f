"""Sends what the outbox owes: in order per conversation, at a pace, again after a failure, and never lost.

What a turn just committed is handed over and sent from memory. After a failure, or when a run begins with messages
left over, a conversation is read from the store instead, until nothing is owed to it.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from adapters.attempts import Attempts, Place
from adapters.lasting import LastingTask
from adapters.outcomes import Send
from bot.errors import StoreError
from bot.ports import LANE, Outbox, Owed

log = logging.getLogger(__name__)

AT_ONCE = 64
"""How many conversations are sent to at the same time, unless a platform says otherwise; for notes, half as many."""

PAGE = 500
"""How many messages are read from the store at once."""

LOOK_AGAIN = 0.25
"""How often the store is read while it owes something for later, in seconds."""

LOOK_ROUND = 30.0
"""How often it is read at the least, in seconds: another process may have planned notes, or died with them."""

LOOKS_APART = 0.05
"""The least time between two readings while messages that were read are being sent, in seconds."""

REMEMBERED = 10_000
"""How many ids of messages that were read from the store are remembered, so that none is sent twice."""


@dataclass
class _Line:
    """One conversation's queue."""

    waiting: deque[Owed] = field(default_factory=deque)
    running: bool = False


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
        self._now = now
        self._attempts = Attempts(outbox, send, now, pace=pace, place=place, at_once=at_once)
        self._prefix = prefix
        self._lines: dict[str, _Line] = {}
        self._behind: set[str] = set()
        self._carrying: set[str] = set()
        self._read_and_sent: OrderedDict[int, None] = OrderedDict()
        self._since_settled: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopped = False
        self._nudge = asyncio.Event()
        self._catching_up = LastingTask(f"the courier of {prefix.rstrip(':') or 'all'}")

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
    def sent(self) -> int:
        """Return how many messages were taken so far."""
        return self._attempts.sent

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
                if not await self._attempts.make(line.waiting[0]):
                    self._fall_behind(conversation, line)
                    return
                line.waiting.popleft()
        finally:
            line.running = False
            if not line.waiting and self._lines.get(conversation) is line:
                del self._lines[conversation]

    def _fall_behind(self, conversation: str, line: _Line) -> None:
        """From here on the store says what is next, so that order is kept."""
        line.waiting.clear()
        self._behind.add(conversation)
        self._nudge.set()

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
            await self._attempts.make(owed)
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
