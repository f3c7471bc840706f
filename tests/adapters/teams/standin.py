"""A stand-in for Teams' Bot Connector on loopback, with the authority that gives out tokens for it.

    async with TeamsStandIn.running() as teams:
        credentials = SecretCredentials(APP_ID, SECRET, TENANT, session, teams.authority_url)
        connector = Connector(session, credentials, Hosts(local=True))
        teams.fail(throttled(2), conversation="a:ana")        # the next request there; see standin_faults
        ...
        await teams.posted(2)                                  # waits until two activities were taken
        assert ["Hello", "Second"] == [activity["text"] for activity in teams.shown("a:ana")]

Every request is kept in `calls` in the order of arrival; `shown` is what a person would see, after updates and
deletions. A request without a good token gets 401, unless it runs with `open=True`. `teams.expire_tokens()` makes the
tokens given so far bad. `teams.refuse_secret = True` makes the authority say no.
"""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from aiohttp import web

from tests.adapters.teams.keys import APP_ID
from tests.adapters.teams.standin_faults import Fault, conversation_gone, too_large
from tests.loopback import serving
from tests.waiting import AT_MOST

SECRET = "a-secret-of-the-test"  # noqa: S105 - of nothing but this stand-in
TENANT = "11111111-2222-4333-8444-555555555555"

LARGEST = 100 * 1024
"""The largest activity in bytes as UTF-16, which is how Teams counts."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it arrived, and the status it got (0: none)."""

    method: str
    path: str
    conversation: str
    activity_id: str
    body: Any
    token: str
    status: int


@dataclass
class _Plan:
    """A fault, for how many requests, and of which kind."""

    fault: Fault
    times: int | None
    conversation: str
    method: str


@dataclass
class _Conversation:
    """What a person sees of a conversation, and who is in it."""

    activities: OrderedDict[str, dict[str, Any]] = field(default_factory=OrderedDict)
    members: list[dict[str, Any]] = field(default_factory=list)


class TeamsStandIn:
    """Teams, as far as Lateral can tell by sending to it."""

    def __init__(self, *, open: bool) -> None:  # noqa: A002 - as it reads at the call
        self.calls: list[Call] = []
        self.tokens_given = 0
        self.refuse_secret = False
        self.url = ""
        self.connections: set[object] = set()
        self._open = open
        self._first_good = 1
        self._plans: list[_Plan] = []
        self._conversations: dict[str, _Conversation] = {}
        self._taken = 0
        self._number = 0
        self._changed = asyncio.Condition()
        self._released = asyncio.Event()

    @classmethod
    @asynccontextmanager
    async def running(cls, *, open: bool = False) -> AsyncIterator[TeamsStandIn]:  # noqa: A002
        """Serve on a free port of 127.0.0.1. `open`: take requests without a token."""
        teams = cls(open=open)
        app = web.Application(client_max_size=4_000_000)
        app.router.add_post("/authority/{tenant}/oauth2/v2.0/token", teams._give_token)
        app.router.add_get("/identity", teams._give_identity)
        app.router.add_route("*", "/teams/{tail:.*}", teams._connector)
        async with serving(app) as teams.url:
            try:
                yield teams
            finally:
                teams.release()

    @property
    def service_url(self) -> str:
        """What activities from here have in `serviceUrl`."""
        return f"{self.url}/teams/"

    @property
    def authority_url(self) -> str:
        """Where tokens are had for a secret."""
        return f"{self.url}/authority"

    @property
    def identity_url(self) -> str:
        """Where tokens are had by a managed identity, with the header value `SECRET`."""
        return f"{self.url}/identity"

    def fail(self, fault: Fault, times: int | None = 1, *, conversation: str = "", method: str = "") -> None:
        """Plan a fault for the next requests (None: for all from now on), of one conversation or method where given."""
        self._plans.append(_Plan(fault, times, conversation, method))

    def heal(self) -> None:
        """Take back all that was planned."""
        self._plans.clear()

    def release(self) -> None:
        """Answer what hangs."""
        self._released.set()

    def expire_tokens(self) -> None:
        """Take none of the tokens given so far any more."""
        self._first_good = self.tokens_given + 1

    def people(self, conversation: str, *members: dict[str, Any]) -> None:
        """Say who is in a conversation, as in `{"id": "29:ana", "aadObjectId": "...", "name": "Ana"}`."""
        self._conversations.setdefault(conversation, _Conversation()).members = list(members)

    def shown(self, conversation: str) -> list[dict[str, Any]]:
        """Return what is to be seen in a conversation, oldest first, each with its `id`."""
        kept = self._conversations.get(conversation, _Conversation())
        return [{**activity, "id": id_} for id_, activity in kept.activities.items()]

    async def posted(self, number: int = 1) -> None:
        """Wait until so many activities in all were taken."""
        await self.until(lambda: self._taken >= number)

    async def called(self, number: int = 1) -> None:
        """Wait until so many requests in all were answered, in whatever way."""
        await self.until(lambda: len(self.calls) >= number)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds; it is looked at after each request."""
        async with asyncio.timeout(AT_MOST), self._changed:
            await self._changed.wait_for(holds)

    async def _give_token(self, request: web.Request) -> web.Response:
        form = await request.post()
        wanted = {
            "grant_type": "client_credentials",
            "client_id": APP_ID,
            "client_secret": SECRET,
            "scope": "https://api.botframework.com/.default",
        }
        if self.refuse_secret or dict(form) != wanted:
            return web.json_response({"error": "invalid_client", "error_description": "AADSTS7000215"}, status=401)
        return web.json_response(self._another_token(3599))

    async def _give_identity(self, request: web.Request) -> web.Response:
        wanted = {"api-version": "2019-08-01", "resource": "https://api.botframework.com", "client_id": APP_ID}
        if request.headers.get("X-IDENTITY-HEADER") != SECRET or dict(request.query) != wanted:
            return web.json_response({"statusCode": 400, "message": "no"}, status=400)
        return web.json_response(self._another_token("86399"))

    def _another_token(self, lives: int | str) -> dict[str, Any]:
        self.tokens_given += 1
        return {"token_type": "Bearer", "expires_in": lives, "access_token": f"token-{self.tokens_given}"}

    def _is_good(self, token: str) -> bool:
        number = token.removeprefix("token-")
        return self._open or (number.isdecimal() and self._first_good <= int(number) <= self.tokens_given)

    async def _connector(self, request: web.Request) -> web.StreamResponse:
        self.connections.add(request.transport)
        steps = _steps(request)
        conversation, activity_id = (*steps[2:3], "")[0], (*steps[4:5], "")[0]
        raw = await request.read()
        body = json.loads(raw) if raw else None
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        answer = await self._answer(request, conversation, activity_id, body, token)
        status = answer.status if isinstance(answer, web.Response) else 0
        self.calls.append(Call(request.method, request.path, conversation, activity_id, body, token, status))
        async with self._changed:
            self._changed.notify_all()
        return answer if isinstance(answer, web.Response) else await _drop(request, answer)

    async def _answer(
        self, request: web.Request, conversation: str, activity_id: str, body: Any, token: str
    ) -> web.Response | Fault:
        if not self._is_good(token):
            return web.json_response({"message": "Authorization has been denied for this request."}, status=401)
        if fault := self._planned(conversation, request.method):
            if fault.hangs:
                await self._released.wait()
            elif fault.dropped:
                if fault.taken:
                    self._take(request, conversation, activity_id, body)
                return fault
            else:
                return _refusal(fault)
        return self._take(request, conversation, activity_id, body)

    def _planned(self, conversation: str, method: str) -> Fault | None:
        for plan in self._plans:
            if plan.conversation in ("", conversation) and plan.method in ("", method):
                if plan.times is not None:
                    plan.times -= 1
                if plan.times == 0:
                    self._plans.remove(plan)
                return plan.fault
        return None

    def _take(self, request: web.Request, conversation: str, activity_id: str, body: Any) -> web.Response:
        """Do what a request asks for."""
        kept = self._conversations.setdefault(conversation, _Conversation())
        kind = "".join(_steps(request)[3:4])
        match request.method, kind:
            case "POST", "" if not conversation:
                return self._begin(body)
            case "POST", "activities":
                return self._post(kept, body)
            case "PUT", "activities" if activity_id in kept.activities:
                kept.activities[activity_id] = body
                return web.json_response({"id": activity_id})
            case "DELETE", "activities" if activity_id in kept.activities:
                del kept.activities[activity_id]
                return web.Response()
            case "GET", "pagedmembers":
                return _page(kept.members, request)
            case "GET", "members" if activity_id:
                found = next((one for one in kept.members if activity_id in (one["id"], one.get("aadObjectId"))), None)
                return web.json_response(found) if found else _refusal(Fault(404, "MemberNotFoundInConversation"))
        return _refusal(Fault(404, "ActivityNotFoundInConversation") if activity_id else conversation_gone())

    def _post(self, kept: _Conversation, body: Any) -> web.Response:
        if len(json.dumps(body, ensure_ascii=False)) * 2 > LARGEST:
            return _refusal(too_large())
        self._number += 1
        self._taken += 1
        kept.activities[f"1:{self._number:05}"] = body
        return web.json_response({"id": f"1:{self._number:05}"}, status=201)

    def _begin(self, body: Any) -> web.Response:
        """Begin a conversation: with one person always the same, in a channel a new thread each time."""
        data = body.get("channelData") or {}
        if channel := (data.get("channel") or {}).get("id"):
            self._number += 1
            id_ = f"{channel};messageid={self._number}"
        else:
            member = body["members"][0]
            id_ = f"a:{member['id']}"
            self.people(id_, member)
        answer = {"id": id_}
        if first := body.get("activity"):
            posted = self._post(self._conversations.setdefault(id_, _Conversation()), first)
            if posted.status != 201:
                return posted
            answer["activityId"] = json.loads(posted.body)["id"]  # type: ignore[arg-type]
        return web.json_response(answer, status=201)


def _steps(request: web.Request) -> list[str]:
    """Return the steps of the path below the service address, each read by itself."""
    return [unquote(step) for step in request.rel_url.raw_path.split("/")[2:]]


def _refusal(fault: Fault) -> web.Response:
    if fault.text:
        return web.Response(status=fault.status, text=fault.text, content_type="text/html", headers=fault.headers)
    return web.json_response(fault.body(), status=fault.status, headers=fault.headers)


def _page(members: list[dict[str, Any]], request: web.Request) -> web.Response:
    """Return some members, and where to go on."""
    size = min(max(int(request.query.get("pageSize", "200")), 1), 500)
    start = int(request.query.get("continuationToken") or 0)
    more = {"continuationToken": str(start + size)} if start + size < len(members) else {}
    return web.json_response({"members": members[start : start + size], **more})


async def _drop(request: web.Request, fault: Fault) -> web.StreamResponse:
    """Close the connection in the planned way."""
    transport = request.transport
    assert isinstance(transport, asyncio.Transport)
    if fault.dropped == "half":
        transport.write(b'HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 40\r\n\r\n{"id"')
    if fault.dropped == "reset":
        transport.abort()
    else:
        transport.close()
    return web.StreamResponse()
