"""Sees to what is due without a word from anybody: claims it, takes those turns, and hands over what is then owed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from adapters.deciding import Deciding
from adapters.lasting import LastingTask
from bot.channel_conversation import Channels
from bot.conversation import Conversation
from bot.errors import StoreError
from bot.events import Ticked
from bot.ports import Agenda, Claim, Commit, Owed

log = logging.getLogger(__name__)

LEASE = 120.0
"""How long a claim is held, in seconds. Whoever dies with it lets it go then."""

AT_ONCE = 500
"""How many turns are taken in one transaction."""

A_FEW = 16
"""How many turns are decided before others get to run."""

LONGEST_SLEEP = 30.0
"""How long to sleep at the most, in seconds: somebody may say yes, or move a day, in the meantime."""


class Scheduler:
    """Takes the turns of one platform's people that are due, and its channels' posts."""

    def __init__(  # noqa: PLR0913 - what is due, for whom, and who sends it
        self,
        agenda: Agenda,
        talk: Conversation,
        platform: str,
        hand: Callable[[Sequence[Owed]], None],
        now: Callable[[], float],
        *,
        channels: Channels | None = None,
    ) -> None:
        """Join an agenda, a conversation, channels if there are any, and whoever sends. `now` gives POSIX seconds."""
        self._agenda = agenda
        self._talk = talk
        self._channels = channels
        self._platform = platform
        self._hand = hand
        self._now = now
        self._deciding = Deciding()
        self._task = LastingTask(f"the scheduler of {platform}")

    async def start(self) -> None:
        """Begin."""
        self._task.start(self._run())

    async def stop(self) -> None:
        """End after the turns under way."""
        await self._task.stop()

    @property
    def has_ended(self) -> bool:
        """Say whether it ended by itself, so that nothing due is seen to any more."""
        return self._task.has_ended

    async def work_off(self) -> int:
        """See to all that is due now; return how many that were.

        While a batch is written the next is decided, and the one after that is claimed in the same transaction.

        Raises:
            StoreError: the store could not be used; what is under way comes again when its lease ends.
        """
        seen, coming, writing = 0, self._claim_next(), None
        try:
            while claims := await coming:
                coming = self._claim_next()
                turns, posts = await self._decide(claims)
                self._hand(await writing if writing else ())
                writing = asyncio.create_task(self._talk.write_due(turns))
                if self._channels and posts:
                    self._hand(await self._channels.write_due(posts))
                seen += len(claims)
            self._hand(await writing if writing else ())
        finally:
            await _end(coming, writing)
        return seen

    def _claim_next(self) -> asyncio.Task[Sequence[Claim]]:
        return asyncio.create_task(self._claim())

    async def _claim(self) -> Sequence[Claim]:
        return await self._agenda.claim(self._platform, self._now(), LEASE, AT_ONCE)

    def _moment(self) -> datetime:
        return datetime.fromtimestamp(self._now(), UTC)

    async def _decide(self, claims: Sequence[Claim]) -> tuple[list[Commit], list[Commit]]:
        """Return the turns of people, decided a few at a time so that nobody who talks meanwhile waits; and posts."""
        event, now = Ticked(tuple(sorted(await self._agenda.stopped()))), self._moment()
        turns: list[Commit] = []
        mine = [claim for claim in claims if claim.guide == self._talk.guide.id]
        for start in range(0, len(mine), A_FEW):
            few = mine[start : start + A_FEW]
            turns += self._deciding.decide(few, lambda some: self._talk.decide_due(some, event, now))
            await asyncio.sleep(0)
        return turns, self._decide_posts(claims, now)

    def _decide_posts(self, claims: Sequence[Claim], now: datetime) -> list[Commit]:
        if self._channels is None:
            return []
        channels = self._channels
        posts = [claim for claim in claims if claim.guide == channels.key]
        return self._deciding.decide(posts, lambda some: channels.decide_due(some, now))

    async def _run(self) -> None:
        while True:
            try:
                await self.work_off()
                coming = await self._agenda.next_due(self._platform)
            except StoreError as error:
                log.warning("what is due could not be seen to: %s", error)
                coming = None
            except Exception:
                log.exception("what is due could not be seen to")
                coming = None
            wait = LONGEST_SLEEP if coming is None else min(max(coming - self._now(), 0.05), LONGEST_SLEEP)
            await asyncio.sleep(wait)


async def _end(*tasks: asyncio.Task[Any] | None) -> None:
    """Let go of tasks that nobody waits for any more; what they had handed to the store is written all the same."""
    begun = [task for task in tasks if task is not None]
    for task in begun:
        task.cancel()
    await asyncio.gather(*begun, return_exceptions=True)
