"""A stand-in for Slack on loopback: its Web API, its install page, Socket Mode and response addresses.

    async with SlackStandIn.running() as slack:
        client = AsyncWebClient(token=slack.token(), base_url=slack.api_url)
        slack.fail("chat.postMessage", rate_limited(1))
        ...
        await slack.calls_of("chat.postMessage", 2)

It keeps every call in the order of arrival, with its token, and every block that was sent, for the tests to check.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlencode

from aiohttp import web

from tests.adapters.slack import standin_oauth
from tests.adapters.slack.standin_faults import Fault, Plan
from tests.adapters.slack.standin_methods import answer
from tests.adapters.slack.standin_records import Call, Drawing, ResponseAddress, TooSoon, arguments_of, as_json, limited
from tests.adapters.slack.standin_socket import SocketMode
from tests.adapters.slack.standin_world import APP_TOKEN, CLIENT_ID, TEAM, Payload, Refused, Team, World, bot_token
from tests.loopback import serving
from tests.waiting import AT_MOST

HANG = 30.0
"""Seconds after which a hanging answer comes even so."""
RESPONSE_USES = 5
"""How often a response address takes an answer; it also closes after half an hour, which nobody waits for here."""


class SlackStandIn:
    """Slack, as far as Lateral can tell."""

    def __init__(self, *, rotating: bool, pace: float, strict: bool, clock: Callable[[], float]) -> None:
        self.world = World(rotating=rotating)
        self.socket = SocketMode()
        self.calls: list[Call] = []
        self.drawings: list[Drawing] = []
        self.too_soon: list[TooSoon] = []
        self.responses: dict[str, ResponseAddress] = {}
        self.url = ""
        self._plan = Plan()
        self._pace, self._strict, self._clock = pace, strict, clock
        self._posted: dict[tuple[str, str], float] = {}
        self._changed = asyncio.Condition()
        self._released = asyncio.Event()

    @classmethod
    @asynccontextmanager
    async def running(
        cls,
        *,
        rotating: bool = False,
        pace: float = 1.0,
        strict: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> AsyncIterator[SlackStandIn]:
        """Serve on a free port of 127.0.0.1.

        Args:
            rotating: tokens given by the install page expire and are to be refreshed.
            pace: seconds between two messages in a channel; sooner ones are kept in `too_soon`.
            strict: answer 429 to a message that comes too soon, as Slack would.
            clock: seconds, by which the pace is measured.
        """
        slack = cls(rotating=rotating, pace=pace, strict=strict, clock=clock)
        app = web.Application(client_max_size=4_000_000)
        app.router.add_route("*", "/api/{method}", slack._api)
        app.router.add_get("/oauth/v2/authorize", slack._authorize)
        app.router.add_get("/link", slack._link)
        app.router.add_post("/response/{kind}/{number}", slack._respond)
        async with serving(app) as slack.url:
            try:
                yield slack
            finally:
                slack.release()
                await slack.socket.close()

    @property
    def api_url(self) -> str:
        """The base address of the Web API, for SLACK_API_URL or a client's base_url."""
        return f"{self.url}/api/"

    def team(self, team_id: str = TEAM) -> Team:
        """Return a workspace."""
        return self.world.teams[team_id]

    def token(self, team_id: str = TEAM) -> str:
        """Return the bot token a workspace starts with."""
        return bot_token(team_id)

    def fail(self, method: str, fault: Fault, *, channel: str | None = None, times: int | None = 1) -> None:
        """Let the next calls of a method (`*`: of any) go wrong; `times=None`: until `mend`.

        `channel` narrows it to a channel, or to a person for conversations.open and views.publish.
        """
        self._plan.add(method, fault, channel, times)

    def mend(self) -> None:
        """Let everything go well from here on, and hanging answers come."""
        self._plan.clear()
        self.release()

    def release(self) -> None:
        """Let the answers come that are hanging now."""
        self._released.set()
        self._released = asyncio.Event()

    def expire(self, token: str) -> None:
        """Let a token expire."""
        self.world.tokens[token].state = "expired"

    def made(self, method: str, channel: str | None = None) -> list[Call]:
        """Return the calls of a method so far."""
        return [call for call in self.calls if call.method == method and channel in (None, call.channel)]

    async def calls_of(self, method: str, count: int = 1, *, channel: str | None = None) -> list[Call]:
        """Wait until a method has been called and answered that often, and return its calls."""
        await self.until(lambda: sum(1 for call in self.made(method, channel) if call.outcome != "unanswered") >= count)
        return self.made(method, channel)

    async def until(self, holds: Callable[[], bool], within: float = AT_MOST) -> None:
        """Wait until something holds, looking again after every call and answer.

        Raises:
            TimeoutError: it did not, in that many seconds.
        """
        async with asyncio.timeout(within), self._changed:
            await self._changed.wait_for(holds)

    def response_url(self, kind: str = "commands") -> str:
        """Return a fresh response_url; its answers are kept in `responses` under it."""
        path = f"/response/{kind}/{self.world.number()}"
        self.responses[f"{self.url}{path}"] = ResponseAddress(path)
        return f"{self.url}{path}"

    async def _api(self, request: web.Request) -> web.StreamResponse:
        arguments, token = await arguments_of(request)
        call = Call(len(self.calls) + 1, self._clock(), request.match_info["method"], token, arguments)
        self.calls.append(call)
        self._keep_drawing(call.method, arguments)
        try:
            return await self._answer(call, request)
        finally:
            async with self._changed:
                self._changed.notify_all()

    async def _answer(self, call: Call, request: web.Request) -> web.StreamResponse:
        fault = self._plan.take(call.method, call.channel)
        if fault is None or fault.applied or fault.kind == "late":
            self._apply(call)
        if fault is None:
            return as_json(call.answer)
        if fault.kind != "late":
            call.outcome = fault.error or fault.kind
        return await self._go_wrong(call, fault, request)

    async def _go_wrong(self, call: Call, fault: Fault, request: web.Request) -> web.StreamResponse:
        if fault.kind == "refused":
            call.answer = {"ok": False, "error": fault.error}
            return as_json(call.answer)
        if fault.kind == "limited":
            return limited(fault.retry_after)
        if fault.kind in ("server_error", "garbled"):
            return web.Response(status=fault.status, text="<html>not JSON</html>", content_type="text/html")
        if fault.kind == "late":
            await asyncio.sleep(fault.seconds)
            return as_json(call.answer)
        if fault.kind == "hanging":
            with suppress(TimeoutError):
                await asyncio.wait_for(self._released.wait(), HANG)
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)

    def _apply(self, call: Call) -> None:
        try:
            self._watch_pace(call)
            call.answer = {"ok": True, **self._result(call)}
            call.outcome = "ok"
        except Refused as refusal:
            call.outcome = refusal.error
            call.answer = {"ok": False, "error": refusal.error, **refusal.extra}

    def _result(self, call: Call) -> Payload:
        if call.method == "oauth.v2.access":
            return standin_oauth.access(self.world, call.arguments)
        if call.method == "auth.revoke":
            return standin_oauth.revoke(self.world, call.token, call.arguments)
        if call.method == "apps.uninstall":
            return standin_oauth.uninstall(self.world, call.token, call.arguments)
        if call.method == "apps.connections.open":
            if call.token != APP_TOKEN:
                raise Refused("not_allowed_token_type" if call.token in self.world.tokens else "invalid_auth")
            return {"url": f"{self.url.replace('http', 'ws', 1)}/link?ticket={self.world.number()}"}
        return answer(self.world, call.method, call.token, call.arguments)

    def _watch_pace(self, call: Call) -> None:
        token = self.world.tokens.get(call.token)
        if call.method != "chat.postMessage" or token is None or call.channel is None:
            return
        where = (token.team, call.channel)
        before = self._posted.get(where)
        gap = call.at - before if before is not None else self._pace
        # Two sends a second apart may arrive a little closer together than that.
        if gap < self._pace * 0.98:
            self.too_soon.append(TooSoon(*where, gap))
            if self._strict:
                raise Refused("ratelimited")
        self._posted[where] = call.at

    def _keep_drawing(self, method: str, arguments: Payload) -> None:
        view = arguments.get("view")
        if isinstance(view, dict):
            self.drawings.append(Drawing(str(view.get("type")), method, view))
        elif "blocks" in arguments or method in ("chat.postMessage", "chat.update", "chat.postEphemeral"):
            self.drawings.append(Drawing("message", method, arguments))

    async def _respond(self, request: web.Request) -> web.Response:
        found = self.responses.get(f"{self.url}{request.path}")
        if found is None:
            return as_json({"ok": False, "error": "no_such_url"}, 404)
        if len(found.answers) >= RESPONSE_USES:
            return as_json({"ok": False, "error": "used_url"}, 404)
        body = json.loads(await request.text())
        found.answers.append(body)
        if not body.get("delete_original"):
            self.drawings.append(Drawing("message", "response_url", body))
        async with self._changed:
            self._changed.notify_all()
        return web.Response(text="ok")

    async def _authorize(self, request: web.Request) -> web.Response:
        """Install at once for ANA in the workspace of the `team` parameter, as if she had pressed Allow."""
        asked = request.query
        if asked.get("client_id") != CLIENT_ID:
            return web.Response(status=400, text="invalid_client_id")
        target = asked["redirect_uri"]
        code = self.world.offer_code(asked.get("team", TEAM), redirect_uri=target)
        raise web.HTTPFound(f"{target}?{urlencode({'code': code, 'state': asked.get('state', '')})}")

    async def _link(self, request: web.Request) -> web.StreamResponse:
        return await self.socket.serve(request)
