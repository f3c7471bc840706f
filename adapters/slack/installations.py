"""Knows the workspaces Lateral is installed in, and gives the token to speak in each; no token is ever shown or logged.

A workspace is known by its team id. The id of its organisation (`enterprise`, empty where there is none) stands
beside it, and what one organisation sends never finds what was kept for another.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from functools import partial
from typing import Any, Protocol

from adapters.slack.rotation import Api, Client, Grant, Rotation
from adapters.storage.erasure import erase_everyone
from adapters.storage.sqlite import SqliteStore
from bot.errors import PlatformError

RENEW_BEFORE = 30 * 60.0
"""Seconds before a token expires from which on it is renewed, while it goes on being used."""

LAST_MOMENT = 60.0
"""Seconds before a token expires from which on the new one is waited for: a call takes time, too."""

_COLUMNS = "team, enterprise, bot_token, refresh_token, expires_at, bot_user, bot, app, scopes, installer, installed_at"
_FIND = (
    f"SELECT {_COLUMNS} FROM slack_installations"  # noqa: S608 - the names above
    " WHERE team = ?1 AND (enterprise = ?2 OR enterprise = '' OR ?2 = '')"
)
_DROP = "DELETE FROM slack_installations WHERE team = ?"
_ADD = f"INSERT INTO slack_installations ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
_RENEW = (
    "UPDATE slack_installations SET bot_token = ?, refresh_token = ?, expires_at = ?"
    " WHERE team = ? AND refresh_token = ?"
)
_SINCE = "SELECT max(installed_at) FROM slack_installations WHERE team = ?"


class NotInstalled(PlatformError):
    """Lateral is not installed in that workspace any more. Open /slack/install to install it again."""


class TokenNotRenewed(PlatformError):
    """The token of that workspace has expired, and Slack could not be asked for a new one yet."""


@dataclass(frozen=True, slots=True)
class Installation:
    """One workspace, and what Lateral may do there.

    `expires_at` and `installed_at` are POSIX seconds; a token without `expires_at` stays. `bot` is the bot's id
    (`B...`, empty if Slack could not be asked), `bot_user` its user id. `installer` is None once forgotten.
    """

    team: str
    enterprise: str = ""
    bot_token: str = field(default="", repr=False)
    refresh_token: str | None = field(default=None, repr=False)
    expires_at: float | None = None
    bot_user: str = ""
    bot: str = ""
    app: str = ""
    scopes: str = ""
    installer: str | None = None
    installed_at: float = 0.0

    @property
    def people(self) -> str:
        """What the ids of all people and channels of the workspace begin with."""
        return f"slack:{self.team}:"

    def lives(self, now: float, ahead: float = 0.0) -> bool:
        """Tell whether the token can still be used in that many seconds."""
        return self.expires_at is None or now + ahead < self.expires_at


class Workspaces(Protocol):
    """Where Lateral is installed: in many workspaces (`Installations`) or in one (`SingleInstallation`)."""

    async def meet(self) -> None:
        """Ask Slack what has to be known before anything is taken from it.

        Raises:
            OperatorError: Slack does not accept a token.
            PlatformError: Slack could not be asked; try again.
        """

    async def find(self, team: str, enterprise: str = "") -> Installation | None:
        """Return the installation, or None; Slack is not asked."""

    async def token(self, team: str, enterprise: str, now: float) -> str:
        """Return a token that can be used now (POSIX seconds).

        Raises:
            NotInstalled: there is none, and there will be none before somebody installs Lateral again.
            TokenNotRenewed: there is none at the moment.
        """

    async def uninstalled(self, team: str, at: float) -> int:
        """Remove everything of a workspace that was left `at` (POSIX seconds); return how many rows went."""

    async def close(self) -> None:
        """Finish what is under way; to be called before the store is closed."""


class Installations:
    """Many workspaces, in the tables of the store; tokens are renewed before they expire."""

    def __init__(self, store: SqliteStore, api: Api, client: Client) -> None:
        self._store = store
        self._rotation = Rotation(api, client, self._renewed)

    async def meet(self) -> None:
        """Ask nothing: each workspace was met when Lateral was installed there."""

    async def save(self, installation: Installation) -> None:
        """Keep an installation in place of what was known of that workspace.

        Raises:
            StoreError: it could not be written.
        """
        await self._store.write(partial(_save, installation))

    async def find(self, team: str, enterprise: str = "") -> Installation | None:
        """Return the installation, or None; Slack is not asked.

        Raises:
            StoreError: the file could not be read.
        """
        return await self._store.read(partial(_find, team, enterprise))

    async def token(self, team: str, enterprise: str, now: float) -> str:
        """Return a token that can be used at `now` (POSIX seconds).

        In its last half hour a token is still returned at once, while Slack is asked for a new one; only in its last
        minute is the new one waited for. If Slack refuses, the old one serves until it expires.

        Raises:
            NotInstalled: there is none, and there will be none before somebody installs Lateral again.
            TokenNotRenewed: it has expired, and Slack could not be asked for a new one yet.
            StoreError: the file could not be read.
        """
        found = await self._find_or_raise(team, enterprise)
        if found.lives(now, RENEW_BEFORE):
            return found.bot_token
        if found.refresh_token is not None:
            renewing = self._rotation.renew(found.team, found.refresh_token, now)
            if renewing is not None and not found.lives(now, LAST_MOMENT):
                await renewing
                found = await self._find_or_raise(team, enterprise)
        if found.lives(now):
            return found.bot_token
        if found.refresh_token is None or self._rotation.is_over(found.team, found.refresh_token):
            raise NotInstalled
        raise TokenNotRenewed

    async def uninstalled(self, team: str, at: float) -> int:
        """Remove the tokens, people, messages and deliveries of a workspace, in one step and without a trace.

        Nothing is removed when Lateral was installed there again after `at`, the `event_time` of what Slack told
        (POSIX seconds), for Slack may tell it late. Returns how many rows went.

        Raises:
            StoreError: the file could not be written; nothing was removed.
        """
        return await self._store.write(partial(_remove, team, at), erases=True)

    async def close(self) -> None:
        """Finish the renewals that are under way; to be called before the store is closed."""
        await self._rotation.close()

    async def _find_or_raise(self, team: str, enterprise: str) -> Installation:
        found = await self.find(team, enterprise)
        if found is None:
            raise NotInstalled
        return found

    async def _renewed(self, team: str, spent: str, grant: Grant) -> None:
        """Keep what came for the spent refresh token, unless the workspace has left or was installed again since."""
        await self._store.write(partial(_renew, team, spent, grant))


def ends_installation(event: Mapping[str, Any]) -> bool:
    """Tell whether an event of Slack says that Lateral has no place in the workspace any more.

    `tokens_revoked` also comes when only tokens of single people went; Lateral has none of those.
    """
    if event.get("type") == "app_uninstalled":
        return True
    revoked = event.get("tokens")
    return event.get("type") == "tokens_revoked" and isinstance(revoked, Mapping) and bool(revoked.get("bot"))


def _find(team: str, enterprise: str, connection: sqlite3.Connection) -> Installation | None:
    rows = connection.execute(_FIND, (team, enterprise)).fetchall()
    return Installation(*rows[0]) if rows else None


def _save(installation: Installation, cursor: sqlite3.Cursor) -> None:
    # A workspace that joins an organisation keeps its id: what was known of it goes, under whichever organisation.
    cursor.execute(_DROP, (installation.team,))
    cursor.execute(_ADD, astuple(installation))


def _renew(team: str, spent: str, grant: Grant, cursor: sqlite3.Cursor) -> None:
    cursor.execute(_RENEW, (grant.bot_token, grant.refresh_token, grant.expires_at, team, spent))


def _remove(team: str, at: float, cursor: sqlite3.Cursor) -> int:
    [(since,)] = cursor.execute(_SINCE, (team,)).fetchall()
    # Slack tells whole seconds.
    if since is not None and at < int(since):
        return 0
    return cursor.execute(_DROP, (team,)).rowcount + erase_everyone(Installation(team).people, cursor)
