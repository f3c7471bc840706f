"""The moment that a command takes for the present: the one given with `--now`, or the real one."""

from __future__ import annotations

from adapters.console.app import MovableClock
from adapters.console.incoming import BadLine, read_moment
from bot.errors import OperatorError


def clock_at(now: str | None) -> MovableClock:
    """Return a clock that starts at an ISO moment, or at the present.

    Raises:
        OperatorError: it is not a moment with an offset.
    """
    clock = MovableClock()
    if now:
        try:
            clock.move_to(read_moment(now))
        except BadLine as error:
            raise OperatorError(str(error).replace("now", "--now", 1)) from None
    return clock
