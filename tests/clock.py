"""A clock for whole servers: it begins at a fixed moment, ticks as the world's does, and can be moved."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from tests.conftest import MONDAY

BEGINS = MONDAY + timedelta(minutes=3)
"""A minute in which whoever says yes to notes has the fourth week held out, so that the first notes come."""


class Clock:
    """The present moment in POSIX seconds, as an adapter is given it; never that at which the tests are run."""

    def __init__(self, begins: datetime = BEGINS) -> None:
        self.move_to(begins)

    def __call__(self) -> float:
        return time.monotonic() + self._ahead

    def now(self) -> datetime:
        """Return the present moment, in UTC."""
        return datetime.fromtimestamp(self(), UTC)

    def move_to(self, moment: datetime) -> None:
        """Let it be that moment now."""
        self._ahead = moment.timestamp() - time.monotonic()

    def move(self, by: timedelta) -> None:
        """Let so much time pass at once."""
        self._ahead += by.total_seconds()
