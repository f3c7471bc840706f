"""How fast a tenant is sent to, and who goes first: never more than so many requests in any second, replies before all.

An answered card that is closed waits for replies, and what nobody asked for waits for both. So a thousand notes of one
tenant delay nobody who is talking there.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from enum import IntEnum
from heapq import heappop, heappush
from itertools import count

REMEMBERED = 1_000
"""How many tenants are remembered."""


class Urgency(IntEnum):
    """What is sent, the most urgent first."""

    REPLY = 0
    CLOSING = 1
    UNASKED = 2


class TenantPace:
    """Says whether a request of a tenant may go. All times are seconds of one clock."""

    def __init__(self, per_second: float) -> None:
        """Take how many requests a second a tenant may get; below one, that is one in so many seconds."""
        self._at_most = max(1, int(per_second))
        self._window = max(1.0, 1.0 / per_second)
        self._lately: OrderedDict[str, deque[float]] = OrderedDict()

    def take(self, tenant: str, now: float) -> float:
        """Take this moment if it is free, and return 0.0; else take nothing, and return how many seconds to wait."""
        lately = self._lately.setdefault(tenant, deque(maxlen=self._at_most))
        self._lately.move_to_end(tenant)
        if len(self._lately) > REMEMBERED:
            self._lately.popitem(last=False)
        if len(lately) == self._at_most and now < lately[0] + self._window:
            return lately[0] + self._window - now
        lately.append(now)
        return 0.0


_Waiting = tuple[int, int, "asyncio.Future[None]"]


class TenantTurns:
    """Lets requests go at their tenant's pace: of those that wait the most urgent, and of those the first."""

    def __init__(self, pace: TenantPace) -> None:
        """Take the pace, in loop time."""
        self._pace = pace
        self._numbers = count()
        self._waiting: dict[str, list[_Waiting]] = {}

    async def turn(self, tenant: str, urgency: Urgency) -> None:
        """Return when a request may go."""
        loop = asyncio.get_running_loop()
        queue = self._waiting.get(tenant)
        if queue is None:
            if not (wait := self._pace.take(tenant, loop.time())):
                return
            queue = self._waiting[tenant] = []
            loop.call_later(wait, self._release, tenant)
        mine: asyncio.Future[None] = loop.create_future()
        heappush(queue, (urgency, next(self._numbers), mine))
        await mine

    def _release(self, tenant: str) -> None:
        """Let go as many as may, and look again when the next may; who gave up meanwhile takes no moment."""
        loop, queue = asyncio.get_running_loop(), self._waiting[tenant]
        while queue:
            if queue[0][2].done():
                heappop(queue)
            elif wait := self._pace.take(tenant, loop.time()):
                loop.call_later(wait, self._release, tenant)
                return
            else:
                heappop(queue)[2].set_result(None)
        del self._waiting[tenant]
