"""People's own chats with us: who somebody is, where to write to them, and what time it is there."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

from adapters.teams.arrivals import Origin
from adapters.teams.calls import Address, Rejected
from adapters.teams.connector import Connector
from adapters.teams.references import Reference, References

CREATE_SECONDS = 5.0
"""How long beginning someone's own chat may take, while the channel's button waits for its answer."""


class OwnChats:
    """Finds people's own chats, and begins one where there is none."""

    def __init__(self, references: References, connector: Connector, now: Callable[[], float]) -> None:
        """Take where to write, a client to begin chats with, and the time (POSIX seconds)."""
        self._references = references
        self._connector = connector
        self._now = now
        self._zones = frozenset(available_timezones())

    async def resolved(self, origin: Origin) -> Origin:
        """Return an origin whose person is the one known by that id, even where the directory's id is not told.

        Some activities of guests lack it. Then the id our bot knows them by decides, as it does for good for someone
        whose first activity lacked it.
        """
        if not origin.user or (origin.aad and await self._references.find(origin.person)):
            return origin
        found = await self._references.find_user(origin.tenant, origin.user)
        if found is None:
            return origin
        return replace(origin, aad="" if found.place.endswith(f":{found.user}") else found.aad)

    async def begun(self, origin: Origin) -> Reference:
        """Return where to write to someone alone, begun now if need be.

        Raises:
            Rejected: it could not be begun; 403 where they have not added us.
        """
        known = await self._references.find(origin.person)
        if known is not None and known.kind == "personal" and known.blocked_at is None:
            return known
        parameters = {
            "isGroup": False,
            "bot": {"id": origin.bot},
            "members": [{"id": origin.user}],
            "tenantId": origin.tenant,
            "channelData": {"tenant": {"id": origin.tenant}},
        }
        to = Address(origin.tenant, origin.service_url, "", origin.bot, origin.user)
        try:
            found = await asyncio.wait_for(self._connector.create(to, parameters), CREATE_SECONDS)
        except TimeoutError:
            raise Rejected(0, "timeout") from None
        begun = replace(origin, kind="personal", conversation=found, team="", channel="")
        await self._references.note(self.seen(begun))
        return begun.reference

    def seen(self, origin: Origin) -> Reference:
        """Return what is to be kept of where something came from; a zone that nobody knows is left out."""
        seen = origin.reference
        return seen if seen.zone in self._zones else replace(seen, zone="")

    def now(self, origin: Origin) -> datetime:
        """Return the present moment, where that person is."""
        zone = origin.zone if origin.zone in self._zones else ""
        return datetime.fromtimestamp(self._now(), ZoneInfo(zone) if zone else UTC)

    def now_in_utc(self) -> datetime:
        """Return the present moment where it is nobody's own, as in a channel."""
        return datetime.fromtimestamp(self._now(), UTC)
