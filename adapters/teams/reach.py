"""Which services cannot be reached just now, so that sending there fails at once instead of waiting each time."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

FAILURES = 3
"""How many failures in a row, with nothing heard in between, make a service count as down."""

SHORTEST, LONGEST = 1.0, 30.0
"""How long a service is left alone: the first time, doubling, and at most; in seconds."""

REMEMBERED = 1_000
"""How many services are remembered."""


@dataclass
class _Trouble:
    """How often in a row a service was not reached, and from when on it may be tried again."""

    failures: int = 0
    again_at: float = 0.0


class Reach:
    """Remembers which services did not answer. All times are seconds of one clock."""

    def __init__(self) -> None:
        """Begin with all services in good order."""
        self._troubles: OrderedDict[str, _Trouble] = OrderedDict()

    def is_down(self, service: str, now: float) -> bool:
        """Say whether a service is to be left alone. After each wait one caller is let through, to see."""
        trouble = self._troubles.get(service)
        if trouble is None or trouble.failures < FAILURES:
            return False
        if now < trouble.again_at:
            return True
        trouble.again_at = now + _wait(trouble.failures)
        return False

    def failed(self, service: str, now: float) -> None:
        """Note that a service could not be reached, or did not answer in time."""
        trouble = self._troubles.setdefault(service, _Trouble())
        self._troubles.move_to_end(service)
        trouble.failures += 1
        trouble.again_at = now + _wait(trouble.failures)
        if len(self._troubles) > REMEMBERED:
            self._troubles.popitem(last=False)

    def answered(self, service: str) -> None:
        """Note that a service answered, whatever it said."""
        self._troubles.pop(service, None)


def _wait(failures: int) -> float:
    return min(LONGEST, SHORTEST * 2.0 ** min(max(failures - FAILURES, 0), 10))
