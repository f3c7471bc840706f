"""Sees people and teams off: of whoever took us out nothing is kept, and what they wrote before begins no talk."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from adapters.courier import Courier
from adapters.storage.sqlite import SqliteStore
from adapters.teams.arrivals import Origin, Removed
from adapters.teams.personal import Cards
from adapters.teams.references import THREAD, References
from adapters.teams.texts import forget_texts
from bot.ports import LANE

GONE_KEPT = 10_000
"""How many who took us out are remembered, so that what they wrote before and arrives late begins no talk."""


@dataclass
class Leaving:
    """Removes what is kept, and what memory holds. `now` gives POSIX seconds."""

    store: SqliteStore
    references: References
    courier: Courier
    cards: Cards
    now: Callable[[], float]
    _gone: OrderedDict[str, float] = field(default_factory=OrderedDict)

    async def see_off(self, it: Removed, origin: Origin) -> None:
        """Keep nothing more of a person, a channel or a whole team; news that comes after a new welcome is old."""
        known = await self.references.find(origin.place)
        if known and known.installed_at and origin.at and origin.at < known.installed_at:
            return
        places = [origin.place]
        if it.whole_team and origin.team:
            places += [origin.team_place, *await self.references.in_team(origin.tenant, origin.team)]
        for place in dict.fromkeys(places):
            self._gone[place] = origin.at or self.now()
            await self.store.forget(place)
            self.forget(place)
        while len(self._gone) > GONE_KEPT:
            self._gone.popitem(last=False)

    def has_left_since(self, origin: Origin) -> bool:
        """Say whether someone took us out after they had sent this."""
        return bool(origin.at) and origin.at <= self._gone.get(origin.person, float("-inf"))

    def welcome_back(self, person: str) -> None:
        """Note that somebody added us again."""
        self._gone.pop(person, None)

    def forget(self, place: str) -> None:
        """Drop what memory holds of a person or a channel of whom nothing is kept any more."""
        for conversation in (place, place + LANE):
            self.courier.forget(conversation)
        self.courier.forget_everyone(f"{place}{THREAD}")
        self.references.forget(place)
        self.cards.forget(place)
        forget_texts()
