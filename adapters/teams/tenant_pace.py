"""How fast a tenant is sent to: never more than so many requests in any second."""

from __future__ import annotations

from collections import OrderedDict, deque

REMEMBERED = 1_000
"""How many tenants are remembered."""


class TenantPace:
    """Gives each request of a tenant the first moment that is free. All times are seconds of one clock."""

    def __init__(self, per_second: float) -> None:
        """Take how many requests a second a tenant may get; below one, that is one in so many seconds."""
        self._at_most = max(1, int(per_second))
        self._window = max(1.0, 1.0 / per_second)
        self._lately: OrderedDict[str, deque[float]] = OrderedDict()

    def take(self, tenant: str, now: float) -> float:
        """Take the next free moment, and return how many seconds that is from now."""
        lately = self._lately.setdefault(tenant, deque(maxlen=self._at_most))
        self._lately.move_to_end(tenant)
        if len(self._lately) > REMEMBERED:
            self._lately.popitem(last=False)
        at = max(now, lately[0] + self._window) if len(lately) == self._at_most else now
        lately.append(at)
        return at - now
