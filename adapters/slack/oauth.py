"""Installs Lateral in a workspace: the page to begin on, the way to Slack and back, and what is said at the end.

The state that goes to Slack and comes back with the browser works once, for ten minutes, and only in the browser
that got it. Pages carry no token, and no code or state but in the link to Slack.
"""

from __future__ import annotations

import hmac
import logging
import secrets
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from adapters.slack import install_pages
from adapters.slack.installations import Installation, Installations
from adapters.slack.manifest import REDIRECT_PATH
from adapters.slack.rotation import Api, Client, ask, is_word, read_grant, reason_of
from adapters.storage.sqlite import SqliteStore
from bot.errors import StoreError

INSTALL_PATH = "/slack/install"
STATE_SECONDS = 600.0
"""How long a state can be used."""

SCOPES = (
    "app_mentions:read",
    "channels:read",
    "chat:write",
    "commands",
    "dnd:read",
    "im:history",
    "im:write",
    "users:read",
)
"""What Lateral asks for: the scopes of manifest.yml."""

COOKIE = "__Host-lateral-install"
_MOST_STATES = 10_000
"""How many states are kept at once: whoever calls for more pushes out the oldest, and fills no disk."""

_ADD_STATE = "INSERT INTO slack_oauth_states (state, expires_at) VALUES (?, ?)"
_TAKE_STATE = "DELETE FROM slack_oauth_states WHERE state = ? RETURNING expires_at"
_PRUNE_STATES = "DELETE FROM slack_oauth_states WHERE expires_at <= ? OR id <= ?"

log = logging.getLogger(__name__)


class States:
    """The installations that are under way, in the store."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store

    async def issue(self, now: float) -> str:
        """Return a new state that works once within ten minutes of `now` (POSIX seconds).

        Raises:
            StoreError: it could not be written.
        """
        state = secrets.token_urlsafe(32)
        await self._store.write(partial(_issue, _hash(state), now))
        return state

    async def take(self, state: str, now: float) -> bool:
        """Tell whether a state is one of ours and still good at `now` (POSIX seconds); it is used up either way.

        Raises:
            StoreError: it could not be written; the state is not used up.
        """
        return await self._store.write(partial(_take, _hash(state), now))


@dataclass(frozen=True, slots=True)
class InstallSettings:
    """How to be installed.

    `authorize_url` is Slack's page (`authorize_page`). `redirect_uri` is where that sends the browser back to:
    empty to let Slack take the one of the manifest.
    """

    client: Client
    authorize_url: str = "https://slack.com/oauth/v2/authorize"
    redirect_uri: str = ""
    scopes: tuple[str, ...] = SCOPES

    def link(self, state: str) -> str:
        """Return the link to Slack's page."""
        asked = {"client_id": self.client.client_id, "scope": ",".join(self.scopes), "state": state}
        return f"{self.authorize_url}?{urlencode(asked | self.back)}"

    @property
    def back(self) -> dict[str, str]:
        """The argument that has to be the same on the way there and at the exchange."""
        return {"redirect_uri": self.redirect_uri} if self.redirect_uri else {}


class InstallPages:
    """The two addresses a browser comes to. `clock` gives POSIX seconds."""

    def __init__(
        self,
        installations: Installations,
        states: States,
        api: Api,
        settings: InstallSettings,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._installations, self._states = installations, states
        self._api, self._settings, self._clock = api, settings, clock

    def add_routes(self, app: web.Application) -> None:
        """Serve both addresses."""
        app.router.add_get(INSTALL_PATH, self.begin, allow_head=False)
        app.router.add_get(REDIRECT_PATH, self.finish, allow_head=False)

    async def begin(self, _request: web.Request) -> web.Response:
        """Show the page that leads to Slack."""
        try:
            state = await self._states.issue(self._clock())
        except StoreError as error:
            return self._fail(install_pages.STORE_FAILED, type(error).__name__)
        response = _answer(install_pages.BEGIN, install_pages.begin(self._settings.link(state)))
        response.set_cookie(
            COOKIE, state, max_age=int(STATE_SECONDS), path="/", secure=True, httponly=True, samesite="Lax"
        )
        return response

    async def finish(self, request: web.Request) -> web.Response:
        """Take what the browser brings back from Slack, install, and say how it went."""
        state = request.query.get("state", "")
        try:
            is_good = await self._is_good(state, request.cookies.get(COOKIE, ""))
            if "error" in request.query:
                return self._turn_down(request.query["error"])
            if not is_good or not request.query.get("code"):
                return self._fail(install_pages.STALE, "its link was too old, or used before")
            return await self._install(request.query["code"])
        except StoreError as error:
            return self._fail(install_pages.STORE_FAILED, type(error).__name__)

    async def _is_good(self, state: str, kept: str) -> bool:
        is_ours = bool(state) and await self._states.take(state, self._clock())
        return hmac.compare_digest(_hash(state), _hash(kept)) and is_ours

    async def _install(self, code: str) -> web.Response:
        now, client = self._clock(), self._settings.client
        answer = await ask(
            self._api,
            "oauth.v2.access",
            "",
            code=code,
            client_id=client.client_id,
            client_secret=client.client_secret,
            **self._settings.back,
        )
        if not answer.get("ok"):
            failed = install_pages.UNREACHABLE if answer["error"] == "unreachable" else install_pages.REFUSED
            return self._fail(failed, reason_of(answer))
        installation = read_installation(answer, now)
        if installation is None:
            return await self._hand_back(answer)
        known = await ask(self._api, "auth.test", installation.bot_token)
        await self._installations.save(with_bot(installation, known))
        log.info("Installed in %s", installation.team)
        name = str((answer.get("team") or {}).get("name") or "your workspace")
        done = install_pages.done(name, installation.app, installation.team)
        return _forget_cookie(_answer(install_pages.DONE, done))

    async def _hand_back(self, answer: dict[str, Any]) -> web.Response:
        """Give up what was granted for a whole organisation, or without a bot: it could not be used."""
        if token := answer.get("access_token"):
            await ask(self._api, "auth.revoke", str(token))
        return self._fail(install_pages.NO_WORKSPACE, "it was for a whole organisation, or without a bot")

    def _turn_down(self, error: str) -> web.Response:
        if error == "access_denied":
            return _forget_cookie(_answer(install_pages.DENIED, install_pages.ended(install_pages.DENIED)))
        return self._fail(install_pages.REFUSED, error if is_word(error) else "unknown")

    def _fail(self, page: install_pages.Page, reason: str) -> web.Response:
        log.warning("An installation failed: %s", reason)
        return _answer(page, install_pages.ended(page, reason if page is install_pages.REFUSED else ""))


def authorize_page(api_url: str) -> str:
    """Return the address of Slack's page for the base address of its Web API, such as `https://slack.com/api/`."""
    return f"{api_url.rstrip('/').removesuffix('/api')}/oauth/v2/authorize"


def read_installation(answer: dict[str, Any], now: float) -> Installation | None:
    """Return the installation in an answer of oauth.v2.access, at `now` (POSIX seconds).

    None where it is for a whole organisation, of which no event would tell which people are to be forgotten when it
    leaves, or where it holds no token of a bot.
    """
    grant, team = read_grant(answer, now), (answer.get("team") or {}).get("id")
    if grant is None or not team or answer.get("is_enterprise_install") or answer.get("token_type") != "bot":
        return None
    return Installation(
        team=str(team),
        enterprise=str((answer.get("enterprise") or {}).get("id") or ""),
        bot_token=grant.bot_token,
        refresh_token=grant.refresh_token,
        expires_at=grant.expires_at,
        bot_user=str(answer.get("bot_user_id") or ""),
        app=str(answer.get("app_id") or ""),
        scopes=str(answer.get("scope") or ""),
        installer=(answer.get("authed_user") or {}).get("id"),
        installed_at=now,
    )


def with_bot(installation: Installation, known: dict[str, Any]) -> Installation:
    """Return the installation with the bot's id from an answer of auth.test; without it if Slack gave none."""
    return replace(installation, bot=str(known.get("bot_id") or ""))


def _answer(page: install_pages.Page, html: str) -> web.Response:
    return web.Response(status=page.status, text=html, content_type="text/html", headers=install_pages.HEADERS)


def _forget_cookie(response: web.Response) -> web.Response:
    response.del_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="Lax")
    return response


def _hash(state: str) -> bytes:
    return sha256(state.encode("utf-8", "surrogatepass")).digest()


def _issue(state: bytes, now: float, cursor: sqlite3.Cursor) -> None:
    cursor.execute(_ADD_STATE, (state, now + STATE_SECONDS))
    cursor.execute(_PRUNE_STATES, (now, (cursor.lastrowid or 0) - _MOST_STATES))


def _take(state: bytes, now: float, cursor: sqlite3.Cursor) -> bool:
    rows = cursor.execute(_TAKE_STATE, (state,)).fetchall()
    return any(now < expires_at for (expires_at,) in rows)
