"""Renews tokens before they expire: one renewal at a time for each workspace, and none that is lost half-way.

A refresh token works once. So a renewal runs to its end even if whoever asked for it has gone, and what Slack gave is
offered to the store until the store takes it.
"""

from __future__ import annotations

import asyncio
import logging
import math
import re
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.errors import StoreError

PAUSE_SECONDS = 60.0
"""How long Slack is left in peace after a renewal that failed."""

_KEEP_AGAIN_SECONDS = 5.0
_FINAL = frozenset({"invalid_refresh_token", "token_revoked", "account_inactive", "invalid_auth", "team_not_found"})
"""Slack's answers after which a refresh token will never work again."""

log = logging.getLogger(__name__)


class Api(Protocol):
    """Calls a method of Slack's Web API.

    It gives back the answer's JSON, `{"ok": False, "error": ...}` included; it may raise anything when no such answer
    came. The arguments go in a form. An empty token means: send none.
    """

    async def __call__(self, method: str, token: str, **arguments: str) -> dict[str, Any]:
        """Return Slack's answer."""


@dataclass(frozen=True, slots=True)
class Client:
    """Who Lateral is to Slack."""

    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Grant:
    """A token Slack gave. `expires_at` is in POSIX seconds, None if it stays."""

    bot_token: str = field(repr=False)
    refresh_token: str | None = field(repr=False)
    expires_at: float | None


Keep = Callable[[str, str, Grant], Awaitable[None]]
"""Keeps a grant: team, the refresh token that was spent for it, and the grant. It may raise StoreError."""


@dataclass(frozen=True, slots=True)
class _Failure:
    """A renewal that failed; with that refresh token none begins before `again_at` (POSIX seconds)."""

    refresh_token: str = field(repr=False)
    again_at: float


class Rotation:
    """The renewals that are under way, and those that failed of late. It belongs to one event loop."""

    def __init__(self, api: Api, client: Client, keep: Keep) -> None:
        self._api, self._client, self._keep = api, client, keep
        self._under_way: dict[str, asyncio.Task[None]] = {}
        self._failures: dict[str, _Failure] = {}
        self._closing = asyncio.Event()

    def renew(self, team: str, refresh_token: str, now: float) -> Awaitable[None] | None:
        """Begin to renew a token, or join the renewal under way; None while Slack is left in peace.

        Awaiting what is returned waits for the end of it, whether good or bad.
        """
        task = self._under_way.get(team)
        if task is None:
            if self._closing.is_set() or now < self._again_at(team, refresh_token):
                return None
            task = asyncio.create_task(self._renew(team, refresh_token, now), name=f"renew token of {team}")
            self._under_way[team] = task
            task.add_done_callback(lambda _: self._under_way.pop(team, None))
        return asyncio.shield(task)

    def is_over(self, team: str, refresh_token: str) -> bool:
        """Tell whether Slack said that this refresh token will never work again."""
        return self._again_at(team, refresh_token) == math.inf

    async def close(self) -> None:
        """Wait for the renewals under way, and begin no more."""
        self._closing.set()
        await asyncio.gather(*self._under_way.values(), return_exceptions=True)

    def _again_at(self, team: str, refresh_token: str) -> float:
        failure = self._failures.get(team)
        # The workspace may have been installed again since.
        return failure.again_at if failure is not None and failure.refresh_token == refresh_token else -math.inf

    async def _renew(self, team: str, refresh_token: str, now: float) -> None:
        answer = await ask(
            self._api,
            "oauth.v2.access",
            "",
            grant_type="refresh_token",
            refresh_token=refresh_token,
            client_id=self._client.client_id,
            client_secret=self._client.client_secret,
        )
        grant = read_grant(answer, now)
        if grant is None:
            error = answer.get("error", "unknown")
            log.warning("Slack did not renew the token of %s: %s", team, reason_of(answer))
            again_at = math.inf if error in _FINAL else now + PAUSE_SECONDS
            self._failures[team] = _Failure(refresh_token, again_at)
        else:
            self._failures.pop(team, None)
            await self._keep_in_any_case(team, refresh_token, grant)

    async def _keep_in_any_case(self, team: str, spent: str, grant: Grant) -> None:
        while True:
            try:
                return await self._keep(team, spent, grant)
            except StoreError as error:
                log.warning("The new token of %s could not be kept: %s", team, error)
            if self._closing.is_set():
                return None
            with suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), _KEEP_AGAIN_SECONDS)


async def ask(api: Api, method: str, token: str, **arguments: str) -> dict[str, Any]:
    """Return what Slack answered; `{"ok": False, "error": "unreachable", "why": ...}` when none came that can be read.

    The error of a refusal is one of Slack's own words, or `unknown`, so that it can be shown and logged.
    """
    try:
        answer = await api(method, token, **arguments)
    except Exception as error:  # noqa: BLE001 - whatever it is, what it says could hold a token
        return {"ok": False, "error": "unreachable", "why": type(error).__name__}
    if answer.get("ok"):
        return answer
    word = str(answer.get("error"))
    return {"ok": False, "error": word if is_word(word) else "unknown"}


def reason_of(answer: Mapping[str, Any]) -> str:
    """Return why Slack did not do what was asked: its own word, or what became of the call."""
    return ", ".join(str(answer[name]) for name in ("error", "why") if name in answer) or "unknown"


def is_word(text: str) -> bool:
    """Tell whether a text is one of the words Slack names its errors by, or could be."""
    return re.fullmatch(r"[a-z][a-z0-9_]{0,63}", text) is not None


def read_grant(answer: dict[str, Any], now: float) -> Grant | None:
    """Return the token in an answer of oauth.v2.access that came after `now` (POSIX seconds), or None."""
    if not (answer.get("ok") and answer.get("access_token")):
        return None
    seconds = answer.get("expires_in")
    refresh_token = answer.get("refresh_token")
    return Grant(
        bot_token=str(answer["access_token"]),
        refresh_token=str(refresh_token) if refresh_token else None,
        expires_at=now + float(seconds) if seconds else None,
    )
