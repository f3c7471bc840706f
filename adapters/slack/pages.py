"""App Home: the page of everyone who opened it is drawn anew after each change."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

from adapters.slack.arrivals import Who
from adapters.slack.calls import Refused
from adapters.slack.home import Overview, draw_home
from adapters.slack.posting import Posting

KEPT = 10_000
"""How many pages are kept in step; someone beyond that sees theirs drawn when they open it again."""

Draw = Callable[[Who], Awaitable[tuple[Overview, int]]]


class Pages:
    """Publishes pages, with the hash of what was published before, so that an older one never covers a newer one."""

    def __init__(self, posting: Posting, draw: Draw) -> None:
        """Take a way to call Slack and a way to gather what a page shows, with the revision it belongs to."""
        self._posting = posting
        self._draw = draw
        self._hashes: OrderedDict[str, str] = OrderedDict()

    def opened(self, who: Who) -> None:
        """Note that someone has their page before them."""
        self._hashes.setdefault(who.person, "")
        self._hashes.move_to_end(who.person)
        if len(self._hashes) > KEPT:
            self._hashes.popitem(last=False)

    def changed(self, who: Who) -> Awaitable[None] | None:
        """Draw someone's page anew; return None, with nothing to await, if they never opened it."""
        return self.publish(who) if who.person in self._hashes else None

    async def publish(self, who: Who) -> None:
        """Publish someone's page; when it was changed in between, once more from the fresh state."""
        try:
            await self._publish(who, self._hashes.get(who.person, ""))
        except Refused as refused:
            if refused.error == "hash_conflict":
                await self._again(who)

    async def _again(self, who: Who) -> None:
        try:
            await self._publish(who, "")
        except Refused:
            self._hashes[who.person] = ""

    async def _publish(self, who: Who, hash_: str) -> None:
        overview, revision = await self._draw(who)
        arguments: dict[str, Any] = {"user_id": who.user, "view": draw_home(overview, revision)}
        if hash_:
            arguments["hash"] = hash_
        answer = await self._posting.call(who.team, "views.publish", **arguments)
        self._hashes[who.person] = str((answer.get("view") or {}).get("hash") or "")

    def drop(self, team: str) -> None:
        """Forget the pages of a workspace."""
        for person in [person for person in self._hashes if person.startswith(f"slack:{team}:")]:
            del self._hashes[person]
