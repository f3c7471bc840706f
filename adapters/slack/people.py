"""Time zone and language of people, from Slack, kept in memory for a day; nothing else of a profile is kept."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import available_timezones

from adapters.slack.arrivals import Who
from bot.working_time import zone_of

DAY = 86_400.0
KEPT = 20_000
"""How many people are remembered; the one asked about longest ago goes first."""


class People:
    """Knows the zone and locale of people who talked to us lately."""

    def __init__(self, ask: Callable[[Who], Awaitable[Mapping[str, Any] | None]], now: Callable[[], float]) -> None:
        """Take a way to ask Slack for a person's `user` object, or None where there is none; and the time.

        `now` gives POSIX seconds.
        """
        self._ask = ask
        self._now = now
        self._known: OrderedDict[str, tuple[float, str, str]] = OrderedDict()
        self._zones = available_timezones()

    def zone(self, person: str) -> str:
        """Return the IANA name of a person's zone, or an empty string while it is not known."""
        found = self._known.get(person)
        return found[1] if found else ""

    def now(self, person: str) -> datetime:
        """Return the present moment in a person's zone; in UTC while that is not known."""
        return datetime.fromtimestamp(self._now(), zone_of(self.zone(person)))

    def now_in_utc(self) -> datetime:
        """Return the present moment where it is nobody's own, as in a channel."""
        return datetime.fromtimestamp(self._now(), UTC)

    def locale(self, person: str) -> str:
        """Return a person's locale, such as `en-GB`, or an empty string."""
        found = self._known.get(person)
        return found[2] if found else ""

    def look_up(self, who: Who) -> Awaitable[None] | None:
        """Ask Slack about a person; return None, with nothing to await, if that was done within a day."""
        found = self._known.get(who.person)
        return None if found and time.monotonic() - found[0] < DAY else self._look_up(who)

    async def _look_up(self, who: Who) -> None:
        user = await self._ask(who)
        if user is not None:
            self.note(who, user)

    def note(self, who: Who, user: Mapping[str, Any]) -> None:
        """Remember what Slack says of a person, their `user` object."""
        zone = str(user.get("tz") or "")
        zone = zone if zone in self._zones else ""
        self._known[who.person] = (time.monotonic(), zone, str(user.get("locale") or ""))
        self._known.move_to_end(who.person)
        if len(self._known) > KEPT:
            self._known.popitem(last=False)

    def forget(self, person: str) -> None:
        """Forget a person."""
        self._known.pop(person, None)

    def drop(self, prefix: str) -> None:
        """Forget everyone whose id begins so."""
        for person in [person for person in self._known if person.startswith(prefix)]:
            del self._known[person]
