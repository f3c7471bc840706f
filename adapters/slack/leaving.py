"""Sees people and workspaces off: of whoever has gone, memory holds nothing more."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from adapters.courier import Courier
from adapters.slack.arrivals import Left
from adapters.slack.installations import Workspaces
from adapters.slack.pages import Pages
from adapters.slack.people import People
from adapters.slack.posting import Posting

log = logging.getLogger(__name__)


@dataclass
class Leaving:
    """Removes what is kept of a workspace, and what memory holds."""

    workspaces: Workspaces
    courier: Courier
    people: People
    posting: Posting
    pages: Pages

    async def see_off(self, it: Left) -> None:
        """Keep nothing more of a workspace that removed us; news that comes after a new welcome is old."""
        gone = await self.workspaces.uninstalled(it.team, it.at)
        if await self.workspaces.find(it.team) is None:
            self.courier.forget_everyone(f"slack:{it.team}:")
            self.people.drop(f"slack:{it.team}:")
            self.posting.drop(it.team)
            self.pages.drop(it.team)
            log.info("workspace %s has gone, and %d rows with it", it.team, gone)

    def forget(self, person: str) -> None:
        """Drop what memory holds of a person of whom nothing is kept any more."""
        self.posting.forget(person)
        self.people.forget(person)
        self.courier.forget(person)
