"""Lateral on Slack: Bolt's app and its listeners, and its routes over HTTP."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import aiohttp
from aiohttp import web
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.deeds import Deeds, follow
from adapters.refusals import Refusals
from adapters.settings import SlackSettings
from adapters.slack import commands
from adapters.slack.arrivals import Arrival, Left
from adapters.slack.handled import Handled
from adapters.slack.incoming import ENDS_CHANNEL, EVIDENCE, is_press, read, workspace_of
from adapters.slack.installations import Workspaces
from adapters.slack.manifest import EVENTS_PATH
from adapters.slack.requests import SECONDS_OLD, decode, is_signed
from adapters.slack.socket_mode import Socket
from adapters.slack.web_api import FormApi
from adapters.slack.wiring import join
from adapters.spoken import Spoken

EVENTS = (
    *("message", "app_home_opened", "app_mention", "member_joined_channel", "app_uninstalled", "tokens_revoked"),
    *ENDS_CHANNEL,
)
"""The events we listen to, as Slack names them in their `type`."""

LAST_SECONDS = 2.0
"""How long a stop waits for answered messages to lose their controls."""

AFTER = "lateral_after"
log = logging.getLogger(__name__)
_UNSIGNED = "socket-mode"


class SlackChat:
    """Everything about Slack, ready to be started: over HTTP by its routes, or by Socket Mode."""

    def __init__(  # noqa: PLR0913 - all that a platform is joined with
        self,
        settings: SlackSettings,
        spoken: Spoken,
        workspaces: Workspaces,
        session: aiohttp.ClientSession,
        *,
        pace: float = 1.0,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Join settings, what speaks, where it is installed, and a session for calls.

        `pace`: see Courier. `now` gives POSIX seconds; it is the clock of turns, notes and the outbox. What Slack
        itself dates, such as signatures and tokens, is held against the real one.
        """
        self.settings = settings
        self.dropped: Counter[str] = Counter()
        self._workspaces = workspaces
        self._ask = FormApi(session, settings.api_url)
        self._is_started = False
        self._refusals = Refusals("Slack's")
        parts = join(spoken, settings, session, workspaces, pace=pace, now=now, dropped=self.dropped)
        self.api = parts.api
        self.posting = parts.posting
        self.courier = parts.courier
        self.scheduler = parts.scheduler
        self._desk = parts.desk
        self._bolt = _bolt(self._handle, settings)
        self._tasks: set[asyncio.Task[None]] = set()
        self._socket: Socket | None = None

    async def start(self) -> None:
        """Begin to listen and to deliver. Until then Slack is told to come again.

        Raises:
            OperatorError: Slack does not accept a token.
            PlatformError: Slack could not be reached; start again.
        """
        await self._workspaces.meet()
        if self.settings.app_token:
            socket = Socket(self._bolt, self.settings, self.dispatch, self.follow)
            await socket.open(self._ask)
            self._socket = socket
        await self.courier.start()
        await self.scheduler.start()
        self._is_started = True

    async def stop(self, seconds: float = 20.0) -> None:
        """Stop listening, finish what was begun, and send what can be sent in that time."""
        await self.scheduler.stop()
        if self._socket is not None:
            await self._socket.shut()
        await self.finish(seconds / 2)
        await self.courier.stop(seconds / 2)
        await self.posting.finish(LAST_SECONDS)
        await self._workspaces.close()

    async def finish(self, seconds: float) -> None:
        """Wait until all that followed acknowledgements so far is done, or so many seconds have passed."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)

    def routes(self) -> list[web.RouteDef]:
        """Return the routes for events, commands and interactivity over HTTP; none in Socket Mode."""
        return [] if self.settings.app_token else [web.post(EVENTS_PATH, self._receive)]

    async def answer(self, headers: Mapping[str, str], content_type: str, body: bytes) -> tuple[BoltResponse, Deeds]:
        """Take a request as it came over HTTP; return its answer, and what to do after that was sent."""
        if not is_signed(self.settings.signing_secret, headers, body, now := time.time()):
            self._refusals.note(401, *_why_unsigned(headers, now))
            return BoltResponse(status=401), ()
        payload = decode(body, content_type)
        if payload is None:
            self.dropped["unreadable"] += 1
            return BoltResponse(status=200), ()
        if "ssl_check" in payload:
            return BoltResponse(status=200), ()
        if payload.get("type") == "url_verification":
            return BoltResponse(status=200, body=str(payload.get("challenge", ""))), ()
        return await self.dispatch(payload)

    async def dispatch(self, payload: Mapping[str, Any]) -> tuple[BoltResponse, Deeds]:
        """Give a verified payload to what listens for it; return its answer, and what to do after that was sent."""
        if is_press(payload):
            return await self._take_press(payload)
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

    async def _take_press(self, payload: Mapping[str, Any]) -> tuple[BoltResponse, Deeds]:
        """Take a press straight to where Bolt's listener would: decision record 16."""
        try:
            handled = await self._handle(read(payload), *workspace_of(payload))
        except Exception:
            log.exception("a press was not taken")
            return BoltResponse(status=500), ()
        return BoltResponse(status=200, body=dict(handled.body) if handled.body else ""), handled.after

    def follow(self, deeds: Deeds) -> None:
        """Do what follows an acknowledgement, apart from the request."""
        follow(deeds, self._tasks)

    async def _handle(self, arrival: Arrival, team: str, enterprise: str) -> Handled:
        """See to what arrived, if it comes from where we are installed."""
        if not isinstance(arrival, Left) and await self._workspaces.find(team, enterprise) is None:
            self.dropped["not installed"] += 1
            return Handled()
        return await self._desk.handle(arrival)

    async def _receive(self, request: web.Request) -> web.StreamResponse:
        if not self._is_started:
            return web.Response(status=503)
        said, after = await self.answer(request.headers, request.content_type, await request.read())
        answer = _drawn(said)
        await answer.prepare(request)
        await answer.write_eof()
        self.follow(after)
        return answer


def _why_unsigned(headers: Mapping[str, str], now: float) -> tuple[str, str]:
    """Return why a request was refused at `now` (POSIX seconds), and what to do, with no word of the request in it."""
    stamp = headers.get("X-Slack-Request-Timestamp", "")
    if not (stamp.isascii() and stamp.isdecimal() and headers.get("X-Slack-Signature")):
        return "it is not signed", "If Slack sent it, let the proxy pass on X-Slack-Signature and its timestamp"
    if len(stamp) > 15 or abs(now - int(stamp)) > SECONDS_OLD:
        return f"it was signed more than {SECONDS_OLD // 60} minutes from now", "See that this machine's clock is right"
    return "its signature does not fit", "Copy SLACK_SIGNING_SECRET again, and let no proxy change the body"


def _drawn(said: BoltResponse) -> web.Response:
    """Return an answer as it goes out over HTTP; most have no body, and then nothing tells of one."""
    if not said.body:
        return web.Response(status=said.status)
    kind = "application/json" if said.body.startswith(("{", "[")) else "text/plain"
    return web.Response(status=said.status, text=said.body, content_type=kind)


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
