"""Calls Slack's Web API and its response addresses, each workspace with its own token; says no more than why not."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from adapters.json_text import read_json, write_json
from adapters.settings import SLACK_API
from adapters.slack.arrivals import Who
from adapters.slack.calls import Refused
from adapters.slack.installations import NotInstalled, TokenNotRenewed, Workspaces
from bot.errors import StoreError

RESPONSE_HOST = "hooks.slack.com"
"""Where Slack's response addresses are, and nowhere else."""

SECONDS = 10
"""How long a call may take."""

APART = 0.001
"""How many seconds apart calls begin. Forty at once would hold up every answer by as many milliseconds as they take."""

_READS = frozenset(("conversations.info", "dnd.info", "users.info"))
"""The methods that take no JSON, but a form."""

_LIMIT = aiohttp.ClientTimeout(SECONDS)

_JSON = "application/json; charset=utf-8"


class FormApi:
    """Calls a method with its arguments in a form, for what needs no workspace yet: tokens and who they are of."""

    def __init__(self, session: aiohttp.ClientSession, api_url: str) -> None:
        """Take a session, and the base address that ends with a slash."""
        self._session = session
        self._api_url = api_url

    async def __call__(self, method: str, token: str, **arguments: str) -> dict[str, Any]:
        """Return Slack's answer; an empty token means: send none."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        url = self._api_url + method
        async with self._session.post(url, data=arguments, headers=headers, timeout=_LIMIT) as response:
            answer: dict[str, Any] = await response.json()
            return answer


class WebApi:
    """Slack's Web API with each workspace's own token, over one session."""

    def __init__(self, session: aiohttp.ClientSession, api_url: str, workspaces: Workspaces) -> None:
        """Take a session, the base address that ends with a slash, and where tokens are known."""
        self._session = session
        self._api_url = api_url
        self._workspaces = workspaces
        self._free_at = 0.0
        own = urlsplit(api_url)
        self._own = (own.scheme, own.netloc) if api_url != SLACK_API else None

    async def call(self, team: str, method: str, **arguments: Any) -> Mapping[str, Any]:
        """Call a method for a workspace and return Slack's answer.

        Raises:
            Refused: Slack said no, asked to wait, or could not be reached.
        """
        await self._make_way()
        headers = {"Authorization": f"Bearer {await self._token(team)}"}
        body = arguments if method in _READS else aiohttp.BytesPayload(write_json(arguments), content_type=_JSON)
        try:
            async with self._session.post(
                self._api_url + method, data=body, headers=headers, timeout=_LIMIT, allow_redirects=False
            ) as answer:
                return _accepted(answer.status, answer.headers, await answer.read())
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Refused(type(error).__name__) from None

    async def _make_way(self) -> None:
        """Wait until the call before this one has begun a moment ago: answers to what arrives go out in between."""
        now = asyncio.get_running_loop().time()
        begins = max(now, self._free_at)
        self._free_at = begins + APART
        if begins > now:
            await asyncio.sleep(begins - now)

    async def _token(self, team: str) -> str:
        try:
            return await self._workspaces.token(team, "", time.time())
        except NotInstalled:
            raise Refused("no_installation") from None
        except (TokenNotRenewed, StoreError) as error:
            raise Refused(type(error).__name__) from None

    async def respond(self, url: str, payload: Mapping[str, Any]) -> bool:
        """Send to a response address, if it is Slack's own or on the configured host; say whether it was taken."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        if (parts.scheme, parts.netloc) not in {("https", RESPONSE_HOST), self._own}:
            return False
        try:
            async with self._session.post(url, json=payload, timeout=_LIMIT, allow_redirects=False) as answer:
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


def _accepted(status: int, headers: Mapping[str, str], body: bytes) -> Mapping[str, Any]:
    """Return what Slack answered.

    Raises:
        Refused: it said no, asked to wait, or nothing that can be read.
    """
    if status == 429:
        raise Refused("ratelimited", _seconds(headers))
    if status >= 500:
        raise Refused(f"status {status}")
    try:
        answer = read_json(body)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise Refused("unreadable")
    if not answer.get("ok"):
        raise Refused(str(answer.get("error") or "unreadable"))
    return answer


def _seconds(headers: Mapping[str, str]) -> float:
    """Return how long Slack asks us to wait; a second where it does not say."""
    said = headers.get("Retry-After", "1")
    return float(said) if said.isascii() and said.isdecimal() else 1.0
