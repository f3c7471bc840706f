"""Lateral on Teams: the address activities arrive at, and Bot Framework's types, which go no further than this file.

The SDK gives the turn its context and its pipeline. Who calls is checked before it, and what is said goes through our
own connector client: its own way of sending is shut.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

import aiohttp
import msgspec
from aiohttp import web
from botbuilder.core import CloudAdapterBase, InvokeResponse, TurnContext
from botbuilder.schema import Activity, ChannelAccount, ConversationAccount
from botframework.connector.auth import BotFrameworkAuthentication, ClaimsIdentity
from botframework.connector.auth.authenticate_request_result import AuthenticateRequestResult
from botframework.connector.auth.connector_factory import ConnectorFactory

from adapters.deeds import follow
from adapters.refusals import Refusals
from adapters.settings import TeamsSettings
from adapters.spoken import Spoken
from adapters.teams.arrivals import Arrival
from adapters.teams.handled import Handled
from adapters.teams.hosts import Hosts
from adapters.teams.incoming import read
from adapters.teams.posting import PACE
from adapters.teams.signing_keys import OPENID_URL
from adapters.teams.tokens import Refused, TokenCheck, check_tenant
from adapters.teams.wiring import join
from bot.errors import LateralError

PATH = "/api/messages"
LARGEST = 256 * 1024
"""The largest body of a request that is read, in bytes. Teams sends at most 100 KB."""

LOOPBACK = frozenset(("127.0.0.1", "localhost", "::1"))
log = logging.getLogger(__name__)


class TeamsChat:
    """Everything about Teams, ready to be started."""

    def __init__(
        self,
        settings: TeamsSettings,
        spoken: Spoken,
        session: aiohttp.ClientSession,
        *,
        pace: float = PACE,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Join settings, what speaks (a single message a turn), and a session for calls.

        `now` gives POSIX seconds; it is the clock of turns, notes and the outbox. What others date, such as tokens, is
        held against the real one.
        """
        self.settings = settings
        self.dropped: Counter[str] = Counter()
        hosts = Hosts(settings.hosts - LOOPBACK, local=bool(settings.hosts & LOOPBACK))
        self._hosts = hosts
        self._refusals = Refusals("Teams'")
        self._check = (
            None
            if settings.is_open
            else TokenCheck(settings.app_id, session, hosts, openid_url=settings.openid_url or OPENID_URL)
        )
        parts = join(spoken, settings, session, hosts, pace=pace, now=now, dropped=self.dropped)
        self.references = parts.references
        self.courier = parts.courier
        self.scheduler = parts.scheduler
        self._posting = parts.posting
        self._desk = parts.desk
        self._seam = _Seam(_Authentication())
        self._factory = _NoSending()
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Begin to deliver."""
        await self.references.sweep()
        await self.courier.start()
        await self.scheduler.start()

    async def stop(self, seconds: float = 20.0) -> None:
        """Finish what was begun, and send what can be sent in that time."""
        await self.scheduler.stop()
        await self.finish(seconds / 2)
        await self.courier.stop(seconds / 2)
        await self._posting.finish()

    async def finish(self, seconds: float) -> None:
        """Wait until all that followed answers so far is done, or so many seconds have passed."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)

    def routes(self) -> list[web.RouteDef]:
        """Return the route for activities."""
        return [web.post(PATH, self._receive)]

    async def _receive(self, request: web.Request) -> web.StreamResponse:
        if (request.content_length or 0) > LARGEST:
            return web.Response(status=413)
        activity = decode(await request.read())
        if activity is None:
            self.dropped["unreadable"] += 1
            return web.Response(status=400)
        try:
            tenant = await self._admit(request.headers.get("Authorization"), activity)
        except Refused as refused:
            self._refusals.note(refused.status, refused.reason, refused.remedy)
            return web.Response(status=refused.status)
        handled = await self._handle(read(activity, tenant), activity)
        return await self._answer(request, handled)

    async def _admit(self, authorization: str | None, activity: Mapping[str, Any]) -> str:
        """Return the tenant of an activity that may be taken.

        Raises:
            Refused: it may not.
        """
        if self._check is not None:
            await self._check.check(authorization, activity)
        elif not self._hosts.allows(str(activity.get("serviceUrl"))):
            raise Refused(403, "the service address is not on this machine")
        return check_tenant(activity, self.settings.tenants)

    async def _handle(self, arrival: Arrival, activity: Mapping[str, Any]) -> Handled:
        """Run a turn through the SDK's pipeline; what goes wrong there is answered too."""
        handled = Handled()

        async def logic(context: TurnContext) -> None:
            nonlocal handled
            handled = await self._desk.handle(arrival)
            response = Activity(value=InvokeResponse(status=handled.status, body=handled.body))
            context.turn_state[_Seam._INVOKE_RESPONSE_KEY] = response  # noqa: SLF001 - the SDK's own place for it

        checked = AuthenticateRequestResult()
        checked.claims_identity = ClaimsIdentity({"aud": self.settings.app_id}, not self.settings.is_open)
        checked.connector_factory = self._factory
        try:
            await self._seam.process_activity(checked, _as_activity(activity), logic)
        except LateralError as error:
            log.error("an activity was not taken: %s", type(error).__name__)  # noqa: TRY400 - its text says it all
            return self._desk.trouble(arrival)
        except Exception:
            log.exception("an activity was not taken")
            return self._desk.trouble(arrival)
        return handled

    async def _answer(self, request: web.Request, handled: Handled) -> web.StreamResponse:
        """Send the answer and do what follows; that goes first where the answer says nothing that anybody waits for."""
        if handled.body is None:
            follow(handled.after, self._tasks)
            await asyncio.sleep(0)
            return web.Response(status=handled.status, content_type="application/json")
        body = msgspec.json.encode(handled.body, enc_hook=dict)
        answer = web.Response(status=handled.status, body=body, content_type="application/json")
        try:
            await answer.prepare(request)
            await answer.write_eof()
        except (ConnectionError, aiohttp.ClientError):
            follow(handled.lost or handled.after, self._tasks)
            return answer
        follow(handled.after, self._tasks)
        return answer


def decode(body: bytes) -> dict[str, Any] | None:
    """Return the activity that a body holds, or None when it holds none."""
    if len(body) > LARGEST:
        return None
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and found else None


def _as_activity(raw: Mapping[str, Any]) -> Activity:
    """Return an activity of the SDK with what its pipeline looks at; the raw one is what we read."""
    names = {name: raw.get(name) for name in ("type", "name", "id", "service_url", "locale")}
    return Activity(
        **names,
        channel_id="msteams",
        conversation=ConversationAccount(),
        from_property=ChannelAccount(),
        recipient=ChannelAccount(),
    )


class _Seam(CloudAdapterBase):  # type: ignore[misc]
    """The SDK's adapter, as far as it is used."""


class _NoSending(ConnectorFactory):  # type: ignore[misc]
    """In the place of the SDK's connector clients, of which it would build two for each turn."""

    async def create(self, service_url: str, audience: str = "") -> _NoSending:
        """Return something in the place of a client; it can do nothing."""
        del service_url, audience
        return self

    def __getattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{name}: what is said goes through adapters.teams.connector")


class _Authentication(BotFrameworkAuthentication):  # type: ignore[misc]
    """In the place of the SDK's own check of tokens, which was made before."""

    async def authenticate_request(self, activity: Activity, auth_header: str) -> NoReturn:
        """Refuse: a request comes here only after it was checked."""
        raise NotImplementedError

    async def authenticate_streaming_request(self, auth_header: str, channel_id_header: str) -> NoReturn:
        """Refuse: we do not stream."""
        raise NotImplementedError

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> ConnectorFactory:
        """Return what makes no connector clients."""
        del claims_identity
        return _NoSending()

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> None:
        """Return nothing: nobody signs in."""
        del claims_identity
