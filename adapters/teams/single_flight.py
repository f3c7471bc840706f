"""One piece of work at a time: who asks for its result meanwhile waits for the same one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar

Result = TypeVar("Result")


class SingleFlight(Generic[Result]):
    """Does some work for all who wait for it. It goes on when one of them is cancelled."""

    def __init__(self, work: Callable[[], Coroutine[Any, Any, Result]]) -> None:
        """Take the work; it should end by itself, within some timeout."""
        self._work = work
        self._task: asyncio.Task[Result] | None = None

    @property
    def is_under_way(self) -> bool:
        """Say whether the work is being done."""
        return self._task is not None and not self._task.done()

    async def result(self) -> Result:
        """Return what the work under way brings, or begin it. Raises what the work raises."""
        task = self._task
        if task is None or task.done():
            task = self._task = asyncio.create_task(self._work())
            task.add_done_callback(_looked_at)
        return await asyncio.shield(task)


def _looked_at(task: asyncio.Task[Any]) -> None:
    """Look at a failure, so that nothing is logged when all who waited for it have gone."""
    if not task.cancelled():
        task.exception()
