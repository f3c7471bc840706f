"""A platform on loopback that takes notes and writes down each; it can be made to do something the moment it did."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from tests.loopback import serving


class Postbox:
    """What arrived: the outbox ids, and for whom, in order."""

    def __init__(self) -> None:
        self.url = ""
        self.ids: list[int] = []
        self.people: list[str] = []
        self.on_taken: Callable[[int], None] = lambda _count: None
        """Told how many there are now, before the sender is answered."""

    async def take(self, request: web.Request) -> web.Response:
        note = await request.json()
        self.ids.append(note["id"])
        self.people.append(note["person"])
        self.on_taken(len(self.ids))
        return web.Response(text="ok")

    def doubled(self) -> set[int]:
        """Return the ids that came more than once."""
        return {id_ for id_, times in Counter(self.ids).items() if times > 1}


@asynccontextmanager
async def opened() -> AsyncIterator[Postbox]:
    """Listen on any free port of loopback."""
    postbox, app = Postbox(), web.Application()
    app.router.add_post("/", postbox.take)
    async with serving(app) as url:
        postbox.url = f"{url}/"
        yield postbox
