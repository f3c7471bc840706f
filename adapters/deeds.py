"""What is done after a delivery was acknowledged, one thing after another, apart from the request."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)

Deed = Callable[[], Awaitable[None] | None]
"""What is done after an acknowledgement: at once, or where it returns something to await, in its own time."""

Deeds = tuple[Deed, ...]
"""What is done one after another."""


def follow(deeds: Deeds, tasks: set[asyncio.Task[None]]) -> None:
    """Do these one after another; from the first that has to wait, in a task of its own, kept in `tasks`.

    What fails is logged, and the next is done.
    """
    for place, deed in enumerate(deeds):
        try:
            waits = deed()
        except Exception:
            log.exception("what follows a turn failed")
            continue
        if waits is not None:
            task = asyncio.create_task(_go_on(waits, deeds[place + 1 :]))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
            return


async def _go_on(waits: Awaitable[None] | None, deeds: Deeds) -> None:
    """Await what was begun, and do the rest."""
    for deed in (lambda: waits, *deeds):
        try:
            if (begun := deed()) is not None:
                await begun
        except Exception:
            log.exception("what follows a turn failed")
