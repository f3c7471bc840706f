"""Calls Slack's Web API and its response addresses, each workspace with its own token; says no more than why not."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.settings import SLACK_API
from adapters.slack.incoming import Who
from adapters.slack.installations import NotInstalled, TokenNotRenewed, Workspaces
from adapters.slack.posting import Refused
from bot.errors import StoreError

RESPONSE_HOST = "hooks.slack.com"
"""Where Slack's response addresses are, and nowhere else."""

SECONDS = 10
"""How long a call may take."""

_READS = frozenset(("users.info",))
"""The methods that take no JSON."""


class FormApi:
    """Calls a method with its arguments in a form, for what needs no workspace yet: tokens and who they are of."""

    def __init__(self, session: aiohttp.ClientSession, api_url: str) -> None:
        """Take a session, and the base address that ends with a slash."""
        self._session = session
        self._api_url = api_url

    async def __call__(self, method: str, token: str, **arguments: str) -> dict[str, Any]:
        """Return Slack's answer; an empty token means: send none."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        limit = aiohttp.ClientTimeout(SECONDS)
        url = self._api_url + method
        async with self._session.post(url, data=arguments, headers=headers, timeout=limit) as response:
            answer: dict[str, Any] = await response.json()
            return answer


class WebApi:
    """Slack's Web API with each workspace's own token, over one session."""

    def __init__(self, session: aiohttp.ClientSession, api_url: str, workspaces: Workspaces) -> None:
        """Take a session, the base address that ends with a slash, and where tokens are known."""
        self._session = session
        self._client = AsyncWebClient(base_url=api_url, session=session, timeout=SECONDS, retry_handlers=[])
        self._workspaces = workspaces
        own = urlsplit(api_url)
        self._own = (own.scheme, own.netloc) if api_url != SLACK_API else None

    async def call(self, team: str, method: str, **arguments: Any) -> Mapping[str, Any]:
        """Call a method for a workspace and return Slack's answer.

        Raises:
            Refused: Slack said no, asked to wait, or could not be reached.
        """
        headers = {"Authorization": f"Bearer {await self._token(team)}"}
        try:
            if method in _READS:
                answer = await self._client.api_call(method, headers=headers, params=arguments)
            else:
                answer = await self._client.api_call(method, headers=headers, json=arguments)
        except SlackApiError as error:
            raise _refusal(error) from None
        except (SlackClientError, aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise Refused(type(error).__name__) from None
        data: Mapping[str, Any] = answer.data if isinstance(answer.data, dict) else {}
        return data

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
        limit = aiohttp.ClientTimeout(SECONDS)
        try:
            async with self._session.post(url, json=payload, timeout=limit, allow_redirects=False) as answer:
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
        return Refused("ratelimited", _seconds(answer.headers))
    if status >= 500:
        return Refused(f"status {status}")
    try:
        said = answer.get("error")
    except (AttributeError, ValueError, SlackClientError):
        said = None
    return Refused(str(said or "unreadable"))


def _seconds(headers: Mapping[str, Any]) -> float:
    """Return how long Slack asks us to wait; a second where it does not say."""
    said = str(next((value for name, value in headers.items() if name.lower() == "retry-after"), "1"))
    return float(said) if said.isdecimal() else 1.0
