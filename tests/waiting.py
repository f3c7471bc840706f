"""Waiting for what no event tells of, such as the next look of a courier: never without an end, and saying for what."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable

AT_MOST = 30.0
"""How many seconds something may take on a machine that is busy with much else."""

AGAIN = 0.02
"""After how many seconds it is looked again."""


async def until(holds: Callable[[], object], what: str, within: float = AT_MOST) -> None:
    """Wait until something holds, looking again and again; `holds` may have to be awaited.

    Raises:
        AssertionError: it did not in that many seconds; it says for what it was waited.
    """
    end = asyncio.get_running_loop().time() + within
    while not await _found(holds):
        assert asyncio.get_running_loop().time() < end, f"waited {within:g} seconds until {what}"
        await asyncio.sleep(AGAIN)


async def _found(holds: Callable[[], object]) -> object:
    found = holds()
    return await found if inspect.isawaitable(found) else found


async def done(tasks: set[asyncio.Task[None]], within: float = AT_MOST) -> None:
    """Wait until a set of tasks, from which each goes when it is done, is empty.

    Raises:
        TimeoutError: it was not, in that many seconds.
    """
    async with asyncio.timeout(within):
        while tasks:
            await asyncio.wait(tasks)
