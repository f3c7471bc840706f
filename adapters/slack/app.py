"""Lateral on Slack: Bolt's app and its listeners, HTTP and Socket Mode. The only file here that knows Slack's SDK."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import send_async_response
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from adapters.courier import Courier
from adapters.settings import SlackSettings
from adapters.slack import commands
from adapters.slack.desk import Desk, Handled, spawn
from adapters.slack.home import Overview
from adapters.slack.incoming import EVIDENCE, Who, read
from adapters.slack.pages import Pages
from adapters.slack.people import People
from adapters.slack.posting import Posting, Refused
from adapters.slack.stamps import ACTIONS
from adapters.storage.sqlite import SqliteStore
from bot.conversation import Conversation
from bot.wording import Wording

log = logging.getLogger(__name__)

EVENTS = ("message", "app_home_opened", "app_mention", "member_joined_channel", "app_uninstalled", "tokens_revoked")
"""The events we listen to, as Slack names them in their `type`."""

RESPONSE_HOST = "hooks.slack.com"
SECONDS = 10
"""How long a call of the Web API may take."""
BODY_BYTES = 1_000_000
READS = frozenset(("users.info", "conversations.info"))
AFTER = "lateral_after"


class Tokens(Protocol):
    """Knows the bot tokens of workspaces."""

    async def token(self, team: str, enterprise: str | None, now: float) -> str | None:
        """Return a workspace's token, or None when it has not installed us."""

    async def left(self, team: str, enterprise: str | None) -> None:
        """Remove a workspace that removed us."""


class WebApi:
    """Slack's Web API with each workspace's own token, over one session."""

    def __init__(self, session: aiohttp.ClientSession, settings: SlackSettings, tokens: Tokens) -> None:
        """Take a session, the base address from the settings, and the tokens."""
        self._session = session
        self._client = AsyncWebClient(base_url=settings.api_url, session=session, timeout=SECONDS, retry_handlers=[])
        self._tokens = tokens
        self._own_host = urlsplit(settings.api_url).netloc

    async def call(self, team: str, method: str, **arguments: Any) -> Mapping[str, Any]:
        """Call a method for a workspace and return Slack's answer.

        Raises:
            Refused: Slack said no, asked to wait, or could not be reached.
        """
        token = await self._tokens.token(team, None, time.time())
        if token is None:
            raise Refused("no_installation")
        return await self.call_with(token, method, **arguments)

    async def call_with(self, token: str, method: str, **arguments: Any) -> Mapping[str, Any]:
        """Call a method with a token; as `call`."""
        form = {"params": arguments} if method in READS else {"json": arguments}
        try:
            answer = await self._client.api_call(method, headers={"Authorization": f"Bearer {token}"}, **form)
        except SlackApiError as error:
            raise _refusal(error) from None
        except (SlackClientError, aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise Refused(type(error).__name__) from None
        data: Mapping[str, Any] = answer.data if isinstance(answer.data, dict) else {}
        return data

    async def respond(self, url: str, payload: Mapping[str, Any]) -> bool:
        """Send to a response address of Slack's; say whether it was taken."""
        parts = urlsplit(url)
        slack = parts.scheme == "https" and parts.netloc == RESPONSE_HOST
        if not slack and parts.netloc != self._own_host:
            return False
        try:
            async with self._session.post(url, json=payload, timeout=aiohttp.ClientTimeout(SECONDS)) as answer:
                return answer.status == 200
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def user(self, who: Who) -> Mapping[str, Any] | None:
        """Return a person's `user` object, or None."""
        try:
            answer = await self.call(who.team, "users.info", user=who.user, include_locale="true")
        except Refused:
            return None
        return answer.get("user")


def _refusal(error: SlackApiError) -> Refused:
    answer = error.response
    status = getattr(answer, "status_code", 0)
    if status == 429:
        return Refused("ratelimited", float(answer.headers.get("Retry-After", 1)))
    if status >= 500:
        return Refused(f"status {status}")
    return Refused(str(answer.get("error") or "unknown"))


class SlackChat:
    """Everything about Slack, ready to be started: over HTTP by its routes, or by Socket Mode."""

    def __init__(  # noqa: PLR0913 - what is joined is named
        self,
        settings: SlackSettings,
        talk: Conversation,
        wording: Wording,
        store: SqliteStore,
        tokens: Tokens,
        session: aiohttp.ClientSession,
        *,
        pace: float = 1.0,
    ) -> None:
        """Join settings, a conversation with its wording and store, tokens and a session. `pace`: see Courier."""
        self.settings = settings
        self.talk = talk
        self.store = store
        self.dropped: Counter[str] = Counter()
        self.api = WebApi(session, settings, tokens)
        self.posting = Posting(self.api.call)
        self.courier = Courier(store, self.posting.send, time.time, pace=pace)
        self.people = People(self.api.user)
        self.pages = Pages(self.posting, self._draw_page)
        self.desk = Desk(
            talk=talk,
            wording=wording,
            store=store,
            api=self.api,
            courier=self.courier,
            posting=self.posting,
            people=self.people,
            pages=self.pages,
            left=tokens.left,
            dropped=self.dropped,
        )
        self.bolt = _bolt(self.desk.handle, settings)
        self._verifier = SignatureVerifier(settings.signing_secret or "unset")
        self._tasks: set[asyncio.Task[None]] = set()
        self._socket: Socket | None = None

    async def start(self) -> None:
        """Begin to deliver, and with an app token to listen by Socket Mode."""
        await self.courier.start()
        if self.settings.app_token:
            self._socket = Socket(self)
            await self._socket.connect_async()

    async def stop(self, seconds: float = 20.0) -> None:
        """Stop listening, finish what was begun, and send what can be sent in that time."""
        if self._socket is not None:
            await self._socket.close_async()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds / 2)
        await self.courier.stop(seconds / 2)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes for events, commands and interactivity over HTTP."""
        return [web.post("/slack/events", self._receive)]

    async def dispatch(self, payload: Mapping[str, Any]) -> tuple[int, str, tuple[Callable[[], Awaitable[None]], ...]]:
        """Give a verified payload to Bolt; return the status, the body, and what to do after it was acknowledged."""
        request = AsyncBoltRequest(body=dict(payload), mode="socket_mode")
        answer = await self.bolt.async_dispatch(request)
        if answer.status == 404:
            self.dropped[str(payload.get("type") or "unknown")] += 1
            return 200, "", ()
        return answer.status, answer.body, request.context.get(AFTER, ())

    def follow(self, deeds: tuple[Callable[[], Awaitable[None]], ...]) -> None:
        """Do what follows an acknowledgement, apart from the request."""
        spawn(deeds, self._tasks)

    async def _receive(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        stamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signed = request.headers.get("X-Slack-Signature", "")
        if not (self.settings.signing_secret and stamp.isascii() and stamp.isdecimal()):
            return web.Response(status=401)
        if not self._verifier.is_valid(body, stamp, signed):
            return web.Response(status=401)
        payload = decode(body, request.content_type)
        if payload is None:
            self.dropped["unreadable"] += 1
            return web.Response(status=200)
        if "ssl_check" in payload:
            return web.Response(status=200)
        if payload.get("type") == "url_verification":
            return web.Response(text=str(payload.get("challenge", "")))
        status, said, after = await self.dispatch(payload)
        kind = "application/json" if said.startswith(("{", "[")) else "text/plain"
        answer = web.Response(status=status, text=said, content_type=kind)
        await answer.prepare(request)
        await answer.write_eof()
        self.follow(after)
        return answer

    async def _draw_page(self, who: Who) -> tuple[Overview, int]:
        sections, revision = await self.talk.glance(who.person, datetime.now(UTC))
        return Overview(self.talk.guide.phrases.labels["home_title"], sections), revision


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
    return found if isinstance(found, dict) else None


def _bolt(handle: Callable[[Any], Awaitable[Handled]], settings: SlackSettings) -> AsyncApp:
    """Return Bolt's app. The request's signature is checked before it, and who may speak by the installations."""
    app = AsyncApp(
        name="lateral",
        signing_secret=settings.signing_secret or "socket-mode",
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
        handled = await handle(read(body))
        context[AFTER] = handled.after
        await (ack(dict(handled.body)) if handled.body else ack())

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
        enterprise_id=enterprise_id, team_id=team_id, bot_token="xoxb-unused", bot_id="B0", bot_user_id="U0"
    )  # noqa: S106


class Socket(AsyncSocketModeHandler):
    """Listens by Socket Mode; what follows a turn waits until its acknowledgement was sent, as over HTTP."""

    def __init__(self, chat: SlackChat) -> None:
        """Join a chat with its app token."""
        super().__init__(
            chat.bolt,
            chat.settings.app_token,
            web_client=AsyncWebClient(token=chat.settings.app_token, base_url=chat.settings.api_url),
        )
        self._chat = chat

    async def handle(self, client: AsyncBaseSocketModeClient, req: SocketModeRequest) -> None:
        """Take one envelope: dispatch, acknowledge, then do what follows."""
        started = time.time()
        request = AsyncBoltRequest(body=dict(req.payload), mode="socket_mode")
        answer = await self.app.async_dispatch(request)
        if answer.status == 404:
            self._chat.dropped[str(req.type)] += 1
            answer.status = 200
        await send_async_response(client, req, answer, started)
        self._chat.follow(request.context.get(AFTER, ()))
