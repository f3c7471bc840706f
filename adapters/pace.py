"""Keeps messages in one place apart, in the time of the event loop (seconds)."""

from __future__ import annotations

import asyncio

_KNOWN = 10_000
"""From so many places on, those that are free again are dropped."""


class Pace:
    """When each place is free again. A message in a place comes at least `apart` seconds after the one before."""

    def __init__(self, apart: float) -> None:
        self._apart = apart
        self._free_at: dict[str, float] = {}

    def take(self, place: str) -> float:
        """Take the next moment a place is free, and return how many seconds that is from now."""
        now = asyncio.get_running_loop().time()
        at = max(now, self._free_at.get(place, now))
        self._free_at[place] = at + self._apart
        return at - now

    def taken(self, place: str) -> None:
        """Note that a message has just gone: the next waits from here on, too."""
        now = asyncio.get_running_loop().time()
        if len(self._free_at) > _KNOWN:
            self._free_at = {known: at for known, at in self._free_at.items() if at > now}
        self._free_at[place] = max(self._free_at.get(place, now), now + self._apart)
