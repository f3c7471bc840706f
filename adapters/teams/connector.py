"""Sends to the Bot Connector over one pooled session, and says exactly why something was not taken."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import aiohttp
import msgspec
from yarl import URL

from adapters.teams.answers import id_in, object_in, read_taken
from adapters.teams.calls import Address, Rejected, path_of
from adapters.teams.credentials import Credentials, NoToken
from adapters.teams.hosts import Hosts
from adapters.teams.reach import Reach
from adapters.teams.tenant_pace import TenantPace, TenantTurns, Urgency

CONNECT_SECONDS = 5.0
"""How long a new connection may take."""

CONNECTIONS = 64
"""How many connections one host gets. Hosts do not share them, so that one that hangs takes none from another."""


def open_session() -> aiohttp.ClientSession:
    """Return a session for the connector client, the keys and the credentials; the caller closes it."""
    pool = aiohttp.TCPConnector(limit=0, limit_per_host=CONNECTIONS, keepalive_timeout=30.0, ttl_dns_cache=300)
    return aiohttp.ClientSession(connector=pool, cookie_jar=aiohttp.DummyCookieJar())


class Connector:
    """The client of the Bot Connector's REST interface, version 3."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        credentials: Credentials,
        hosts: Hosts,
        *,
        per_tenant: float = 20.0,
        timeout_seconds: float = 15.0,
    ) -> None:
        """Take a session (see `open_session`), our credentials, and the hosts that may get our token.

        Args:
            session: pooled; closed by whoever opened it.
            credentials: where tokens come from.
            hosts: checked before each request.
            per_tenant: most requests a second for a tenant.
            timeout_seconds: how long a request may take in all, without the wait for its turn.
        """
        self._session = session
        self._credentials = credentials
        self._hosts = hosts
        self._turns = TenantTurns(TenantPace(per_tenant))
        self._reach = Reach()
        self._limit = aiohttp.ClientTimeout(total=timeout_seconds, sock_connect=min(CONNECT_SECONDS, timeout_seconds))

    async def post(
        self, to: Address, activity: Mapping[str, Any], reply_to: str = "", urgency: Urgency = Urgency.REPLY
    ) -> str:
        """Post an activity, as a reply to another where one is given; return its id, empty when none was told.

        Raises:
            Rejected: it was not taken.
        """
        path = path_of(to.conversation, "activities", *([reply_to] if reply_to else []))
        return id_in(await self._request("POST", to, path, activity, urgency))

    async def update(self, to: Address, activity_id: str, activity: Mapping[str, Any]) -> None:
        """Put another activity in the place of one that was posted.

        Raises:
            Rejected: it was not taken.
        """
        path = path_of(to.conversation, "activities", activity_id)
        await self._request("PUT", to, path, activity, Urgency.CLOSING)

    async def delete(self, to: Address, activity_id: str) -> None:
        """Take back an activity that was posted.

        Raises:
            Rejected: it was not taken back.
        """
        await self._request("DELETE", to, path_of(to.conversation, "activities", activity_id), None)

    async def create(self, to: Address, parameters: Mapping[str, Any]) -> str:
        """Begin a conversation, or find the one there is, and return its id. `to.conversation` is not looked at.

        Raises:
            Rejected: none was begun.
        """
        found = id_in(await self._request("POST", to, "v3/conversations", parameters))
        if not found:
            raise Rejected(502, "no_conversation_id")
        return found

    async def member(self, of: Address, user: str) -> Mapping[str, Any]:
        """Return what Teams says of one member of a conversation or a team, their `userRole` among it.

        Raises:
            Rejected: it says nothing; 403 or 404 where they are none.
        """
        return object_in(await self._request("GET", of, path_of(of.conversation, "members", user), None))

    async def _request(
        self,
        method: str,
        to: Address,
        path: str,
        body: Mapping[str, Any] | None,
        urgency: Urgency = Urgency.REPLY,
    ) -> bytes:
        """Send a request and return what was answered; with a new token, if the first was not accepted."""
        if not self._hosts.allows(to.service_url):
            raise Rejected(403, "host_not_allowed")
        written = None if body is None else msgspec.json.encode(body, enc_hook=dict)
        for is_last in (False, True):
            token = await self._token(to)
            await self._turn(to, urgency)
            try:
                return await self._send(method, to.service_url, path, written, token)
            except Rejected as rejected:
                if rejected.status != 401:
                    raise
                self._credentials.spoilt(token)
                if is_last or not token:
                    raise
        raise AssertionError

    async def _token(self, to: Address) -> str:
        try:
            return await self._credentials.token(to.tenant)
        except NoToken:
            raise Rejected(0, "no_token") from None

    async def _turn(self, to: Address, urgency: Urgency) -> None:
        """Wait until the tenant may be sent to again; give up at once where nobody answers."""
        if self._reach.is_down(to.service_url, asyncio.get_running_loop().time()):
            raise Rejected(0, "unreachable")
        await self._turns.turn(to.tenant, urgency)

    async def _send(self, method: str, service_url: str, path: str, body: bytes | None, token: str) -> bytes:
        url = URL(f"{service_url.rstrip('/')}/{path}", encoded=True)
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        now = asyncio.get_running_loop().time
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=self._limit, allow_redirects=False
            ) as answer:
                self._reach.answered(service_url)
                return await read_taken(answer)
        except TimeoutError:
            self._reach.failed(service_url, now())
            raise Rejected(0, "timeout") from None
        except (aiohttp.ClientError, OSError):
            self._reach.failed(service_url, now())
            raise Rejected(0, "unreachable") from None
