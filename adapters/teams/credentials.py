"""How we prove who we are to the Bot Connector: tokens for our app, kept until shortly before they expire.

The flow is one POST, so it is made over our own session: no thread, no second HTTP library, a timeout on each wait.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import quote

import aiohttp

from adapters.teams.answers import read_some
from adapters.teams.single_flight import SingleFlight

AUTHORITY_URL = "https://login.microsoftonline.com"
CONNECTOR = "https://api.botframework.com"
"""Whom the tokens are for."""

MACHINE_URL = "http://169.254.169.254/metadata/identity/oauth2/token"
"""Where a virtual machine in Azure asks for the token of its managed identity."""

EARLY_SECONDS = 300.0
"""How long before a token expires a new one is fetched."""

APART_SECONDS = 5.0
"""How long nothing is fetched after a fetch failed."""

TIMEOUT_SECONDS = 10.0
LARGEST = 65_536
log = logging.getLogger(__name__)


class NoToken(Exception):
    """No token could be had. `reason` is the authority's own short word for it, or the kind of failure."""

    def __init__(self, reason: str) -> None:
        """Take the reason."""
        super().__init__(reason)
        self.reason = reason


class Credentials(Protocol):
    """What the connector client needs to have."""

    async def token(self, tenant: str) -> str:
        """Return a token for sending to a tenant; empty: send none.

        Raises:
            NoToken: none could be had.
        """

    def spoilt(self, token: str) -> None:
        """Note that a token was not accepted, so that it is not used again."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A token and when it expires, in POSIX seconds."""

    token: str
    expires_at: float


class _Fetched:
    """Tokens from an authority: kept, fetched again in time, and by one request for all who wait."""

    def __init__(self, session: aiohttp.ClientSession, now: Callable[[], float]) -> None:
        self._session = session
        self._now = now
        self._kept = _Kept("", float("-inf"))
        self._failed = NoToken("none yet")
        self._failed_at = float("-inf")
        self._fetching = SingleFlight(self._fetch)

    async def token(self, tenant: str) -> str:
        """Return the token. It is our app's own in its home tenant, whichever tenant is sent to."""
        del tenant
        if self._now() < self._kept.expires_at - EARLY_SECONDS:
            return self._kept.token
        try:
            return await self._fetching.result()
        except NoToken:
            if self._now() < self._kept.expires_at:
                return self._kept.token
            raise

    def spoilt(self, token: str) -> None:
        """Forget the token, if it is still the one in use."""
        if token == self._kept.token:
            self._kept = _Kept("", float("-inf"))

    async def _fetch(self) -> str:
        if self._now() - self._failed_at < APART_SECONDS:
            raise NoToken(self._failed.reason)
        try:
            self._kept = _read(await self._ask(), self._now())
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError, RecursionError) as error:
            self._fail(NoToken(type(error).__name__))
        except NoToken as failed:
            self._fail(failed)
        return self._kept.token

    def _fail(self, failed: NoToken) -> None:
        self._failed, self._failed_at = failed, self._now()
        log.error("no token for the Bot Connector: %s", failed.reason)
        raise failed from None

    async def _ask(self) -> Any:
        """Return the authority's answer."""
        raise NotImplementedError


class SecretCredentials(_Fetched):
    """An app with a client secret."""

    def __init__(  # noqa: PLR0913 - what an app registration consists of
        self,
        app_id: str,
        password: str,
        tenant: str,
        session: aiohttp.ClientSession,
        authority_url: str = AUTHORITY_URL,
        *,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Take the app's id and secret, the tenant it is registered in, a session, and where tokens are had.

        An older app that is registered for many tenants has `botframework.com` for its tenant.
        """
        super().__init__(session, now)
        self._url = f"{authority_url.rstrip('/')}/{quote(tenant, safe='')}/oauth2/v2.0/token"
        self._form = {
            "grant_type": "client_credentials",
            "client_id": app_id,
            "client_secret": password,
            "scope": f"{CONNECTOR}/.default",
        }

    async def _ask(self) -> Any:
        limit = aiohttp.ClientTimeout(TIMEOUT_SECONDS)
        async with self._session.post(self._url, data=self._form, timeout=limit, allow_redirects=False) as answer:
            return await _json_of(answer)


class ManagedIdentityCredentials(_Fetched):
    """An app that is a user-assigned managed identity: Azure knows the machine, so there is no secret."""

    def __init__(
        self,
        app_id: str,
        session: aiohttp.ClientSession,
        endpoint: str = "",
        header: str = "",
        *,
        now: Callable[[], float] = time.time,
    ) -> None:
        """Take the identity's client id and a session.

        `endpoint` and `header` are what App Service and Container Apps give a process in IDENTITY_ENDPOINT and
        IDENTITY_HEADER. Without them the metadata service of the virtual machine is asked.
        """
        super().__init__(session, now)
        self._url = endpoint or MACHINE_URL
        self._headers = {"X-IDENTITY-HEADER": header} if endpoint else {"Metadata": "true"}
        version = "2019-08-01" if endpoint else "2018-02-01"
        self._query = {"api-version": version, "resource": CONNECTOR, "client_id": app_id}

    async def _ask(self) -> Any:
        limit = aiohttp.ClientTimeout(TIMEOUT_SECONDS)
        async with self._session.get(
            self._url, params=self._query, headers=self._headers, timeout=limit, allow_redirects=False
        ) as answer:
            return await _json_of(answer)


class NoCredentials:
    """For trying out on one's own machine: nothing is proved, and a token is never sent."""

    async def token(self, tenant: str) -> str:
        """Return nothing."""
        del tenant
        return ""

    def spoilt(self, token: str) -> None:
        """Do nothing: there is no token."""


async def _json_of(answer: aiohttp.ClientResponse) -> Any:
    body = await read_some(answer, LARGEST)
    try:
        return json.loads(body)
    except ValueError:
        raise NoToken(f"status {answer.status}") from None


def _read(answer: Any, now: float) -> _Kept:
    """Return the token of an authority's answer; times come as numbers, or as digits."""
    found: Mapping[str, Any] = answer if isinstance(answer, dict) else {}
    token, lives = found.get("access_token"), found.get("expires_in")
    if not isinstance(token, str) or not token:
        said = str(found.get("error") or "unreadable")
        raise NoToken(said[:40] if said.replace("_", "").isalnum() else "unreadable")
    return _Kept(token, now + min(max(float(lives or 0), 0.0), 24 * 3600.0))
