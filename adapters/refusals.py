"""Says in the log why requests are refused, and what to do: each reason once a minute, for anybody may knock."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

PAUSE = 60.0
"""Seconds between two lines with one reason."""

log = logging.getLogger(__name__)


@dataclass
class _Told:
    """When a reason was last told, and how many requests were refused for it since."""

    at: float
    unsaid: int = 0


class Refusals:
    """What was refused at the address of one platform. A reason is one of our own sentences, of which there are few."""

    def __init__(self, whose: str, seconds: Callable[[], float] = time.monotonic) -> None:
        """Take whose address it is, such as `Slack's`, and what gives the seconds between lines."""
        self._whose = whose
        self._seconds = seconds
        self._told: dict[str, _Told] = {}

    def note(self, status: int, reason: str, remedy: str = "") -> None:
        """Note a request that was answered with a status, for a reason; say so if it is time."""
        now = self._seconds()
        told = self._told.setdefault(reason, _Told(float("-inf")))
        told.unsaid += 1
        if now - told.at < PAUSE:
            return
        times = f" ({told.unsaid} since the last such line)" if told.unsaid > 1 else ""
        said = f"{reason}. {remedy}" if remedy else reason
        log.warning("a request to %s address was refused: %d, %s%s", self._whose, status, said, times)
        self._told[reason] = _Told(now)
