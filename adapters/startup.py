"""Starts a platform, and goes on trying where it cannot be reached; meanwhile it says what is waited for."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from itertools import chain, repeat

from bot.errors import LateralError, PlatformError, StoreLocked

PATIENCE = 5.0
"""How many seconds the first try is waited for. One that takes longer goes on beside all else."""

PAUSES = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
LONGEST_PAUSE = 30.0
"""How many seconds there are between one try and the next: `PAUSES` first, then always this."""

TRIED_AGAIN = (PlatformError, StoreLocked)
"""What ends by itself: a platform that is out of reach, and a database that another program holds."""

log = logging.getLogger(__name__)


class Startup:
    """The start of one platform. `waits_for` says why it is not served yet, and is empty once it is."""

    def __init__(self, name: str, start: Callable[[], Awaitable[None]]) -> None:
        """Take its name, and what starts it; a start that raises one of `TRIED_AGAIN` is tried again."""
        self.waits_for = f"{name} has not answered yet."
        self._name = name
        self._start = start
        self._task: asyncio.Task[None] | None = None

    def __str__(self) -> str:
        """Return a line for whoever asks how the server is."""
        return f"{self._name} is not served yet: {self.waits_for}" if self.waits_for else f"{self._name} is served"

    async def begin(self) -> None:
        """Start the platform, or leave it to be started as soon as it can be reached.

        Raises:
            OperatorError: it was reached, and refused what was set; or the database cannot be used at all.
        """
        first = asyncio.create_task(self._try())
        self._task = first
        await asyncio.wait((first,), timeout=PATIENCE)
        if first.done() and not isinstance(first.exception(), TRIED_AGAIN):
            return first.result()
        self._task = asyncio.create_task(self._go_on(first), name=f"the start of {self._name}")
        return None

    async def stop(self) -> None:
        """Try no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _try(self) -> None:
        await self._start()
        self.waits_for = ""

    async def _go_on(self, trying: Awaitable[None]) -> None:
        """Wait for the try under way, and begin another for as long as the platform, or the file, cannot be had."""
        for pause in chain(PAUSES, repeat(LONGEST_PAUSE)):
            try:
                await trying
            except TRIED_AGAIN as error:
                self._tell(error)
            except LateralError as error:
                self.waits_for = str(error)
                log.error("%s is not served: %s Then start Lateral again.", self._name, error)  # noqa: TRY400
                return
            except Exception as error:
                self.waits_for = f"{type(error).__name__} at its start."
                log.exception("%s is not served; start Lateral again", self._name)
                return
            else:
                log.warning("%s could be reached now, and is served", self._name)
                return
            await asyncio.sleep(pause)
            trying = self._try()

    def _tell(self, error: LateralError) -> None:
        """Say what is waited for, once for each reason."""
        if self.waits_for != str(error):
            self.waits_for = str(error)
            log.warning("%s is not served yet, and is tried again until it is: %s", self._name, error)
