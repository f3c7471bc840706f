"""A task that goes on until it is stopped. Where it ends before, the log says so, and so does `has_ended`."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

log = logging.getLogger(__name__)


class LastingTask:
    """Runs one piece of work without an end."""

    def __init__(self, name: str) -> None:
        """Take the name that the log gives it."""
        self._name = name
        self._task: asyncio.Task[None] | None = None
        self._is_stopping = False

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Begin."""
        self._task = asyncio.create_task(work, name=self._name)
        self._task.add_done_callback(self._note_end)

    async def stop(self) -> None:
        """End it where it is. Before it was started, do nothing."""
        self._is_stopping = True
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    @property
    def has_ended(self) -> bool:
        """Say whether it ended by itself, so that what it was for is done by nobody."""
        return self._task is not None and self._task.done() and not self._is_stopping

    def _note_end(self, task: asyncio.Task[None]) -> None:
        if not self._is_stopping:
            error = None if task.cancelled() else task.exception()
            log.error("%s has ended by itself; start Lateral again", self._name, exc_info=error)
