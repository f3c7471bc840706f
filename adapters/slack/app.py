"""Lateral on Slack: Bolt's app and its listeners, over HTTP and over Socket Mode."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from adapters.courier import Courier
from adapters.deeds import Deed, spawn
from adapters.settings import SlackSettings
from adapters.slack import commands
from adapters.slack.desk import Desk, Handled
from adapters.slack.home import Overview
from adapters.slack.incoming import EVIDENCE, Arrival, Left, Who, read, read_address, workspace_of
from adapters.slack.installations import Workspaces
from adapters.slack.manifest import EVENTS_PATH
from adapters.slack.pages import Pages
from adapters.slack.people import People
from adapters.slack.posting import Posting
from adapters.slack.stamps import ACTIONS
from adapters.slack.web_api import WebApi
from adapters.storage.sqlite import SqliteStore
from bot.conversation import Conversation
from bot.errors import OperatorError, PlatformError
from bot.wording import Wording

EVENTS = ("message", "app_home_opened", "app_mention", "member_joined_channel", "app_uninstalled", "tokens_revoked")
"""The events we listen to, as Slack names them in their `type`."""

AFTER = "lateral_after"
log = logging.getLogger(__name__)
_UNSIGNED = "socket-mode"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A conversation, with the wording and the store it speaks and remembers by."""

    talk: Conversation
    wording: Wording
    store: SqliteStore


class SlackChat:
    """Everything about Slack, ready to be started: over HTTP by its routes, or by Socket Mode."""

    def __init__(
        self,
        settings: SlackSettings,
        spoken: Spoken,
        workspaces: Workspaces,
        session: aiohttp.ClientSession,
        *,
        pace: float = 1.0,
    ) -> None:
        """Join settings, what speaks, where it is installed, and a session for calls. `pace`: see Courier."""
        self.settings = settings
        self.dropped: Counter[str] = Counter()
        self._talk = spoken.talk
        self._workspaces = workspaces
        self.api = WebApi(session, settings.api_url, workspaces)
        self._posting = Posting(self.api.call, pace=pace)
        self.courier = Courier(spoken.store, self._posting.send, time.time, pace=pace, place=_place, prefix="slack:")
        self._desk = Desk(
            talk=spoken.talk,
            wording=spoken.wording,
            store=spoken.store,
            api=self.api,
            courier=self.courier,
            posting=self._posting,
            people=People(self.api.user),
            pages=Pages(self._posting, self._draw_page),
            workspaces=workspaces,
            dropped=self.dropped,
        )
        self._bolt = _bolt(self._handle, settings)
        self._verifier = SignatureVerifier(settings.signing_secret or _UNSIGNED)
        self._tasks: set[asyncio.Task[None]] = set()
        self._socket: Socket | None = None

    async def start(self) -> None:
        """Begin to deliver, and with an app token to listen by Socket Mode."""
        if self.settings.app_token:
            self._socket = Socket(self, self._bolt)
            await self._socket.open()
        await self.courier.start()

    async def stop(self, seconds: float = 20.0) -> None:
        """Stop listening, finish what was begun, and send what can be sent in that time."""
        if self._socket is not None:
            await self._socket.shut()
        await self.finish(seconds / 2)
        await self.courier.stop(seconds / 2)
        await self._posting.finish()
        await self._workspaces.close()

    async def finish(self, seconds: float) -> None:
        """Wait until all that followed acknowledgements so far is done, or so many seconds have passed."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes for events, commands and interactivity over HTTP; none in Socket Mode."""
        return [] if self.settings.app_token else [web.post(EVENTS_PATH, self._receive)]

    async def dispatch(self, payload: Mapping[str, Any]) -> tuple[BoltResponse, tuple[Deed, ...]]:
        """Give a verified payload to Bolt; return its answer, and what to do after that was sent."""
        try:
            request = AsyncBoltRequest(body=dict(payload), mode="socket_mode")
            answer = await self._bolt.async_dispatch(request)
        except (KeyError, TypeError, AttributeError, IndexError):
            # Bolt trusts the form of what it reads before and beside our listener, even to report a failure.
            self.dropped["unreadable"] += 1
            return BoltResponse(status=200), ()
        if answer.status == 404:
            self.dropped[str(payload.get("type") or "unknown")[:40]] += 1
            return BoltResponse(status=200), ()
        return answer, request.context.get(AFTER, ())

    def follow(self, deeds: tuple[Deed, ...]) -> None:
        """Do what follows an acknowledgement, apart from the request."""
        spawn(deeds, self._tasks)

    async def _handle(self, arrival: Arrival, team: str, enterprise: str) -> Handled:
        """See to what arrived, if it comes from where we are installed."""
        if not isinstance(arrival, Left) and await self._workspaces.find(team, enterprise) is None:
            self.dropped["not installed"] += 1
            return Handled()
        return await self._desk.handle(arrival)

    async def _receive(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        if not self._is_signed(request.headers, body):
            return web.Response(status=401)
        payload = decode(body, request.content_type)
        if payload is None:
            self.dropped["unreadable"] += 1
            return web.Response(status=200)
        if "ssl_check" in payload:
            return web.Response(status=200)
        if payload.get("type") == "url_verification":
            return web.Response(text=str(payload.get("challenge", "")))
        said, after = await self.dispatch(payload)
        answer = web.Response(status=said.status, text=said.body, content_type=_content_type(said))
        await answer.prepare(request)
        await answer.write_eof()
        self.follow(after)
        return answer

    def _is_signed(self, headers: Mapping[str, str], body: bytes) -> bool:
        stamp, signed = headers.get("X-Slack-Request-Timestamp", ""), headers.get("X-Slack-Signature", "")
        if not (self.settings.signing_secret and stamp.isascii() and stamp.isdecimal() and signed.isascii()):
            return False
        try:
            return self._verifier.is_valid(body, stamp, signed)
        except ValueError:
            # A body that is no text was not signed by Slack.
            return False

    async def _draw_page(self, who: Who) -> tuple[Overview, int]:
        sections, revision = await self._talk.glance(who.person, datetime.now(UTC))
        return Overview(self._talk.guide.phrases.labels["home_title"], sections), revision


def decode(body: bytes, content_type: str) -> dict[str, Any] | None:
    """Return the payload of a request body, or None when it cannot be read."""
    try:
        if content_type == "application/json":
            found = json.loads(body)
        else:
            fields = dict(URL.build(query_string=body.decode(), encoded=True).query)
            found = json.loads(fields["payload"]) if "payload" in fields else fields
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and found else None


def _content_type(said: BoltResponse) -> str:
    return "application/json" if said.body.startswith(("{", "[")) else "text/plain"


def _place(conversation: str) -> str:
    """Return the channel of a conversation: all its threads share one pace."""
    address = read_address(conversation)
    return f"{address.team}:{address.channel}"


def _bolt(handle: Callable[[Arrival, str, str], Awaitable[Handled]], settings: SlackSettings) -> AsyncApp:
    """Return Bolt's app. The request's signature is checked before it, and who may speak by the installations."""
    logger = logging.getLogger("adapters.slack.bolt")
    # What Bolt notes below this names payloads.
    logger.setLevel(logging.ERROR)
    app = AsyncApp(
        name="lateral",
        logger=logger,
        signing_secret=settings.signing_secret or _UNSIGNED,
        authorize=_authorize,
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        ignoring_self_events_enabled=False,
        attaching_function_token_enabled=False,
        client=AsyncWebClient(base_url=settings.api_url),
    )

    async def listen(ack: AsyncAck, body: dict[str, Any], context: AsyncBoltContext) -> None:
        context[AFTER] = ()
        handled = await handle(read(body), *workspace_of(body))
        context[AFTER] = handled.after
        await (ack(dict(handled.body)) if handled.body else ack())

    async def fail(error: Exception, context: AsyncBoltContext) -> BoltResponse:
        # Bolt reads a payload before our listener does, and trusts its form.
        if AFTER not in context:
            return BoltResponse(status=404)
        log.error("a delivery was not taken, so that Slack sends it again", exc_info=error)
        return BoltResponse(status=500)

    app.error(fail)
    app.action(ACTIONS)(listen)
    app.view(re.compile("^lateral:"))(listen)
    app.shortcut(EVIDENCE)(listen)
    for command in commands.NAMES:
        app.command(command)(listen)
    for event in EVENTS:
        app.event(event)(listen)
    return app


async def _authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    """Let every verified request through: tokens are looked up where they are used."""
    return AuthorizeResult(
        enterprise_id=enterprise_id,
        team_id=team_id,
        bot_token="xoxb-unused",  # noqa: S106 - it is none
        bot_id="B0",
        bot_user_id="U0",
    )


class Socket(AsyncSocketModeHandler):
    """Listens by Socket Mode; what follows a turn waits until its acknowledgement was sent, as over HTTP."""

    def __init__(self, chat: SlackChat, bolt: AsyncApp) -> None:
        """Join a chat, which has an app token, with its Bolt app."""
        token, api_url = chat.settings.app_token, chat.settings.api_url
        super().__init__(bolt, token, web_client=AsyncWebClient(token=token, base_url=api_url))
        self._chat = chat

    async def open(self) -> None:
        """Connect to Slack.

        Raises:
            OperatorError: Slack does not accept the app token.
            PlatformError: Slack could not be reached.
        """
        try:
            # Asked here first: when it connects, the SDK would try a token that is refused for ever.
            self.client.wss_uri = await self.client.issue_new_wss_url()
            await self.client.connect()  # type: ignore[no-untyped-call]
        except SlackApiError as error:
            raise OperatorError(f"Slack does not accept SLACK_APP_TOKEN: {error.response.get('error')}.") from None
        except (SlackClientError, aiohttp.ClientError, TimeoutError) as error:
            raise PlatformError(f"Slack could not be reached for Socket Mode: {type(error).__name__}.") from None

    async def shut(self) -> None:
        """Close the connection and wait for the tasks behind it, which the SDK only cancels."""
        tasks = (self.client.message_processor, self.client.current_session_monitor, self.client.message_receiver)
        await self.client.close()  # type: ignore[no-untyped-call]
        await asyncio.gather(*(task for task in tasks if task), return_exceptions=True)

    async def handle(self, client: AsyncBaseSocketModeClient, req: SocketModeRequest) -> None:
        """Take one envelope: dispatch, acknowledge, then do what follows."""
        started = time.time()
        answer, after = await self._chat.dispatch(req.payload)
        await send_async_response(client, req, answer, started)
        self._chat.follow(after)
