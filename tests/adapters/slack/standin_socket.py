"""The stand-in's side of Socket Mode: says hello, sends envelopes, waits for each to be acknowledged."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import WSMsgType, web

from tests.adapters.slack.delivery import SlackDelivery
from tests.adapters.slack.standin_world import APP
from tests.waiting import AT_MOST


class NotAcknowledged(Exception):
    """An envelope was not acknowledged in time."""


@dataclass(frozen=True)
class Ack:
    """An acknowledgement: which envelope, what it answered with (None: nothing), seconds after it was sent."""

    envelope_id: str
    payload: dict[str, Any] | None
    seconds: float


class SocketMode:
    """The open connections of one app, and what went over them."""

    def __init__(self) -> None:
        self.links: list[web.WebSocketResponse] = []
        self.sent: list[dict[str, Any]] = []
        self.acks: list[Ack] = []
        self.strays: list[str] = []
        self._awaited: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._changed = asyncio.Condition()
        self._numbers = itertools.count(1)

    @property
    def open_links(self) -> list[web.WebSocketResponse]:
        """The connections that are open, oldest first."""
        return [link for link in self.links if not link.closed]

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Hold one connection until either side closes it."""
        link = web.WebSocketResponse(autoping=True)
        await link.prepare(request)
        self.links.append(link)
        await link.send_json(self._hello())
        await self._tell()
        try:
            async for message in link:
                if message.type is WSMsgType.TEXT:
                    self._hear(message.data)
        finally:
            await self._tell()
        return link

    def _hello(self) -> dict[str, Any]:
        return {
            "type": "hello",
            "num_connections": len(self.open_links),
            "connection_info": {"app_id": APP},
            "debug_info": {"host": "applink-stand-in", "build_number": 1, "approximate_connection_time": 18060},
        }

    def _hear(self, text: str) -> None:
        try:
            said = json.loads(text)
        except ValueError:
            said = {}
        waiting = self._awaited.pop(said.get("envelope_id", ""), None)
        if waiting is None:
            self.strays.append(text)
        elif not waiting.done():
            waiting.set_result(said)

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def connected(self, links: int = 1, within: float = AT_MOST) -> None:
        """Wait until that many connections have been made, counting those that have closed since."""
        await self._until(lambda: len(self.links) >= links, within)

    async def _until(self, holds: Callable[[], bool], within: float) -> None:
        async with asyncio.timeout(within), self._changed:
            await self._changed.wait_for(holds)

    async def send(
        self, delivery: SlackDelivery, *, attempt: int = 0, reason: str = "", within: float = AT_MOST
    ) -> Ack:
        """Send a delivery over the newest connection and wait for it to be acknowledged.

        `attempt` above 0 marks an event as sent again, `reason` says why (such as `timeout`).

        Raises:
            NotAcknowledged: no acknowledgement came in that many seconds.
        """
        envelope = self.envelope(delivery, attempt, reason)
        loop = asyncio.get_running_loop()
        waiting: asyncio.Future[dict[str, Any]] = loop.create_future()
        self._awaited[envelope["envelope_id"]] = waiting
        started = loop.time()
        await self.send_raw(json.dumps(envelope))
        self.sent.append(envelope)
        try:
            said = await asyncio.wait_for(waiting, within)
        except TimeoutError:
            self._awaited.pop(envelope["envelope_id"], None)
            raise NotAcknowledged(f"{delivery.kind} was not acknowledged in {within} s") from None
        ack = Ack(envelope["envelope_id"], said.get("payload"), loop.time() - started)
        self.acks.append(ack)
        return ack

    def envelope(self, delivery: SlackDelivery, attempt: int = 0, reason: str = "") -> dict[str, Any]:
        """Return the envelope of a delivery, under an id of its own."""
        made = {
            "envelope_id": f"00000000-0000-4000-8000-{next(self._numbers):012d}",
            "payload": delivery.payload,
            "type": delivery.kind,
            "accepts_response_payload": delivery.kind != "events_api",
        }
        if delivery.kind == "events_api":
            made |= {"retry_attempt": attempt, "retry_reason": reason}
        return made

    async def send_raw(self, text: str) -> None:
        """Send any text, such as one that is not JSON."""
        await self.open_links[-1].send_str(text)

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask the app to connect anew (`warning`, `refresh_requested`, `link_disabled`), as Slack does every few hours.

        With any reason but `warning` the connection is closed as well, once the app let go of it.
        """
        link = self.open_links[-1]
        await link.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-stand-in"}})
        if reason != "warning":
            await link.close()

    def drop(self) -> None:
        """Cut the newest connection without a word."""
        link = self.open_links[-1]
        transport = link._req.transport if link._req is not None else None
        if transport is not None:
            transport.abort()

    async def close(self) -> None:
        """Close every connection."""
        closing: list[Awaitable[bool]] = [link.close() for link in self.open_links]
        await asyncio.gather(*closing)
