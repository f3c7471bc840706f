"""Where people and channels can be written to: kept from what arrives, refreshed on change, removed on leaving."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from dataclasses import astuple, dataclass, fields, replace
from functools import partial
from typing import Literal

from adapters.storage.sqlite import SqliteStore
from adapters.teams.calls import Address

Kind = Literal["personal", "team", "group", "farewell"]

KEPT = 20_000
"""How many references are held in memory; the one used longest ago goes first."""

THREAD = ";messageid="
"""What stands in the id of a channel's conversation before the id of a thread's first post."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Where one person, or one channel, can be written to.

    `place` is the conversation of the outbox: a person's id, or `teams:<tenant>:<channel>`. `user` is the id that
    only our bot knows a person by, `aad` that of the directory. Times are POSIX seconds, None: never.
    """

    place: str
    kind: Kind
    tenant: str
    service_url: str
    conversation: str
    bot: str
    user: str = ""
    aad: str = ""
    team: str = ""
    channel: str = ""
    locale: str = ""
    zone: str = ""
    installed_at: float | None = None
    blocked_at: float | None = None

    def address(self, conversation: str = "") -> Address:
        """Return the address of the place, or of another conversation at it, such as a thread."""
        return Address(self.tenant, self.service_url, conversation or self.conversation, self.bot, self.user)


_COLUMNS = tuple(entry.name for entry in fields(Reference))
_FIND = f"SELECT {', '.join(_COLUMNS)} FROM teams_references WHERE place = ?"  # noqa: S608
_FIND_USER = f"SELECT {', '.join(_COLUMNS)} FROM teams_references WHERE tenant = ? AND user = ? AND user != ''"  # noqa: S608
_IN_TEAM = "SELECT place FROM teams_references WHERE tenant = ? AND team = ?"
_FAREWELL = "SELECT place, 'farewell', tenant, service_url, conversation, bot FROM teams_farewells WHERE place = ?"
_PUT = f"INSERT OR REPLACE INTO teams_references VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608
_SAID = "DELETE FROM teams_farewells WHERE place = ?"
_ALL_SAID = "DELETE FROM teams_farewells WHERE place NOT IN (SELECT conversation FROM outbox WHERE farewell)"
_LASTING = ("aad", "team", "channel", "locale", "zone")
"""What stays as it was known, when something arrives that does not tell it."""


class References:
    """Knows where to write, from memory and from the file."""

    def __init__(self, store: SqliteStore) -> None:
        """Take the store in whose file they lie."""
        self._store = store
        self._known: OrderedDict[str, Reference] = OrderedDict()

    async def find(self, place: str) -> Reference | None:
        """Return the reference of a place; of somebody who was forgotten, the address for the last words owed."""
        known = self._known.get(place)
        if known is None:
            known = await self._store.read(partial(_read, _FIND, (place,)))
            if known is not None:
                return self._remember(known)
            return await self._store.read(partial(_read, _FAREWELL, (place,)))
        self._known.move_to_end(place)
        return known

    async def find_user(self, tenant: str, user: str) -> Reference | None:
        """Return the reference of a person by the id our bot knows them by."""
        return await self._store.read(partial(_read, _FIND_USER, (tenant, user)))

    async def note(self, seen: Reference) -> bool:
        """Keep what was seen, if that is news, durably before this returns; say whether it was.

        What someone writes shows that they do not block us, so `blocked_at` is taken back.
        """
        known = await self.find(seen.place)
        if known is not None and known.kind != "farewell":
            lasting = {name: getattr(seen, name) or getattr(known, name) for name in _LASTING}
            seen = replace(seen, **lasting, installed_at=seen.installed_at or known.installed_at)
        if known == seen:
            return False
        await self.keep(seen)
        return True

    async def renew(self, seen: Reference) -> None:
        """Keep what was seen, news or not: its row may have gone together with a channel's plan."""
        if not await self.note(seen):
            await self.keep(self._known[seen.place])

    async def keep(self, reference: Reference) -> None:
        """Write a reference as it is."""
        await self._store.write(partial(_put, reference))
        self._remember(reference)

    async def block(self, place: str, at: float) -> None:
        """Note that nothing can be said at a place any more, so that nothing is sent there."""
        known = await self.find(place)
        if known is not None and known.kind != "farewell" and known.blocked_at is None:
            await self.keep(replace(known, blocked_at=at))

    async def in_team(self, tenant: str, team: str) -> list[str]:
        """Return the places of a team: the channels we know of it."""

        def look(connection: sqlite3.Connection) -> list[str]:
            return [place for (place,) in connection.execute(_IN_TEAM, (tenant, team)).fetchall()]

        return await self._store.read(look)

    async def said_farewell(self, place: str) -> None:
        """Remove the address that was kept for the last words to somebody."""
        await self._store.write(lambda cursor: cursor.execute(_SAID, (place,)).rowcount, erases=True)

    async def sweep(self) -> None:
        """Remove addresses kept for last words that are not owed any more."""
        await self._store.write(lambda cursor: cursor.execute(_ALL_SAID).rowcount, erases=True)

    def forget(self, place: str) -> None:
        """Drop what memory holds of a place whose rows were removed."""
        self._known.pop(place, None)

    def _remember(self, reference: Reference) -> Reference:
        self._known[reference.place] = reference
        self._known.move_to_end(reference.place)
        if len(self._known) > KEPT:
            self._known.popitem(last=False)
        return reference


def place_of(conversation: str) -> str:
    """Return the place of an outbox conversation: a thread's channel, or the conversation itself."""
    return conversation.partition(THREAD)[0]


def is_shared(conversation: str) -> bool:
    """Say whether others can read in an outbox conversation."""
    return conversation.split(":", 2)[-1].startswith("19:")


def _read(sql: str, values: tuple[str, ...], connection: sqlite3.Connection) -> Reference | None:
    rows = connection.execute(sql, values).fetchall()
    return Reference(*rows[0]) if rows else None


def _put(reference: Reference, cursor: sqlite3.Cursor) -> None:
    cursor.execute(_PUT, astuple(reference))
