"""Socket Mode: the line that Lateral opens to Slack, and each envelope that comes by it.

What it carries is taken as over HTTP; here it is only received and acknowledged.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.deeds import Deeds
from adapters.settings import SlackSettings
from adapters.slack.meeting import meet
from adapters.slack.rotation import Api
from bot.errors import PlatformError

CONNECT_SECONDS = 10.0
"""How long it may take to open the line."""

Dispatch = Callable[[Mapping[str, Any]], Awaitable[tuple[BoltResponse, Deeds]]]
"""Takes a payload; gives its answer, and what to do after that was sent."""


class Socket(AsyncSocketModeHandler):
    """Listens by Socket Mode; what follows a turn waits until its acknowledgement was sent, as over HTTP."""

    def __init__(
        self, bolt: AsyncApp, settings: SlackSettings, dispatch: Dispatch, follow: Callable[[Deeds], None]
    ) -> None:
        """Join Bolt's app, settings with an app token, what takes a payload, and what does the deeds after it."""
        token = settings.app_token
        super().__init__(bolt, token, web_client=AsyncWebClient(token=token, base_url=settings.api_url))
        self._dispatch = dispatch
        self._follow = follow

    async def open(self, ask: Api) -> None:
        """Connect to Slack, or leave nothing open.

        Raises:
            OperatorError: Slack does not accept the app token.
            PlatformError: Slack could not be reached.
        """
        try:
            # Asked here: the SDK would try a token that is refused, and an address that has passed, for ever.
            answer = await meet(ask, "apps.connections.open", self.app_token, "SLACK_APP_TOKEN")
            self.client.wss_uri = str(answer["url"])
            async with asyncio.timeout(CONNECT_SECONDS):
                await self.client.connect()  # type: ignore[no-untyped-call]
        except TimeoutError:
            await self.shut()
            raise PlatformError("Slack could not be reached for Socket Mode. See that wss:// is let through.") from None
        except BaseException:
            await self.shut()
            raise

    async def shut(self) -> None:
        """Close the connection and wait for the tasks behind it, which the SDK only cancels."""
        tasks = (self.client.message_processor, self.client.current_session_monitor, self.client.message_receiver)
        await self.client.close()  # type: ignore[no-untyped-call]
        await asyncio.gather(*(task for task in tasks if task), return_exceptions=True)

    async def handle(self, client: AsyncBaseSocketModeClient, req: SocketModeRequest) -> None:
        """Take one envelope: dispatch, acknowledge, then do what follows."""
        started = time.time()
        answer, after = await self._dispatch(req.payload)
        await send_async_response(client, req, answer, started)
        self._follow(after)
