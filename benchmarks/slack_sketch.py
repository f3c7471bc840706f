"""The least a server for Slack could be: aiohttp, signature, JSON and a durable write a press; no dialogue, no Bolt."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from queue import SimpleQueue
from time import time
from typing import Any

from aiohttp import web

from adapters.slack.requests import decode, is_signed
from benchmarks.bare import BareTurns
from benchmarks.slack_presses import EVENTS_PATH, SECRET
from tests.loopback import serving

MOST_AT_ONCE = 64
RECORD = b"r" * 700
"""What is remembered of everybody: about as much as of somebody who answered the quick six."""

_Waiting = tuple[str, str, asyncio.Future[None]]


class _Writer(threading.Thread):
    """Writes all that waits in one transaction, and wakes those who waited."""

    def __init__(self, path: Path, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(daemon=True)
        self._turns = BareTurns(path)
        self._loop = loop
        self._queue: SimpleQueue[_Waiting | None] = SimpleQueue()

    async def write(self, person: str, key: str) -> None:
        written: asyncio.Future[None] = self._loop.create_future()
        self._queue.put((person, key, written))
        await written

    def end(self) -> None:
        self._queue.put(None)
        self.join()
        self._turns.close()

    def run(self) -> None:
        while (first := self._queue.get()) is not None:
            group = [first]
            while len(group) < MOST_AT_ONCE and not self._queue.empty() and (more := self._queue.get()) is not None:
                group.append(more)
            self._turns.take_all([(person, key, RECORD, 1.0) for person, key, _ in group])
            self._loop.call_soon_threadsafe(_wake, group)


def _wake(group: list[_Waiting]) -> None:
    for _, _, written in group:
        written.set_result(None)


@asynccontextmanager
async def sketch(path: Path) -> AsyncIterator[int]:
    """Serve it; give its port."""
    writer = _Writer(path, asyncio.get_running_loop())
    writer.start()

    async def take(request: web.Request) -> web.Response:
        body = await request.read()
        if not is_signed(SECRET, request.headers, body, time()):
            return web.Response(status=401)
        person, key = _who(decode(body, request.content_type) or {})
        await writer.write(person, key)
        return web.Response()

    try:
        async with answering(take) as port:
            yield port
    finally:
        await asyncio.to_thread(writer.end)


@asynccontextmanager
async def answering(take: Callable[[web.Request], Awaitable[web.Response]]) -> AsyncIterator[int]:
    """Serve what takes Slack's requests, by aiohttp alone; give its port."""
    app = web.Application()
    app.router.add_post(EVENTS_PATH, take)
    async with serving(app) as url:
        yield int(url.rpartition(":")[2])


def _who(payload: dict[str, Any]) -> tuple[str, str]:
    """Return who sent it, and what names it once and for all."""
    if "event" in payload:
        return payload["event"]["user"], payload["event_id"]
    action = payload["actions"][0]
    return payload["user"]["id"], f"{payload['user']['id']}:{action['action_ts']}:{action['action_id']}"
