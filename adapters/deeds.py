"""What is done after a delivery was acknowledged, one thing after another, apart from the request."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)

Deed = Callable[[], Awaitable[None]]


def spawn(deeds: tuple[Deed, ...], tasks: set[asyncio.Task[None]]) -> None:
    """Do these in a task of their own, which is kept in `tasks` while it runs; what fails is logged."""
    if not deeds:
        return

    async def run() -> None:
        for deed in deeds:
            try:
                await deed()
            except Exception:
                log.exception("what follows a turn failed")

    task = asyncio.create_task(run())
    tasks.add(task)
    task.add_done_callback(tasks.discard)
