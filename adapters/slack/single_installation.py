"""Knows the one workspace Lateral is installed in when its token was set by hand."""

from __future__ import annotations

from typing import Protocol

from adapters.slack.installations import Installation, NotInstalled
from adapters.slack.meeting import meet
from adapters.slack.rotation import Api


class Forgetting(Protocol):
    """A store that can forget all people of a workspace."""

    async def forget_everyone(self, prefix: str) -> int:
        """Remove every trace of all whose id begins with the prefix and return how many rows went."""


class SingleInstallation:
    """One workspace, with a token that was set by hand and never expires."""

    def __init__(self, installation: Installation, store: Forgetting, api: Api | None = None) -> None:
        """Take what is known of it. With an `api` that is its token alone, and `meet` asks for the rest."""
        self._installation = installation
        self._store = store
        self._api = api
        self._left = False

    async def meet(self) -> None:
        """Ask Slack whose token it is. Until then no workspace is found.

        Raises:
            OperatorError: Slack does not accept the token.
            PlatformError: Slack could not be asked; try again.
        """
        if self._api is None:
            return
        token = self._installation.bot_token
        answer = await meet(self._api, "auth.test", token, "SLACK_BOT_TOKEN")
        ids = [str(answer.get(name) or "") for name in ("team_id", "enterprise_id", "user_id", "bot_id")]
        team, enterprise, bot_user, bot = ids
        self._installation, self._api = Installation(team, enterprise, token, bot_user=bot_user, bot=bot), None

    async def find(self, team: str, enterprise: str = "") -> Installation | None:
        """Return the installation if it is of that workspace, or None."""
        mine = self._installation
        is_mine = (
            bool(mine.team)
            and team == mine.team
            and (not enterprise or not mine.enterprise or enterprise == mine.enterprise)
        )
        return mine if is_mine and not self._left else None

    async def token(self, team: str, enterprise: str, now: float) -> str:  # noqa: ARG002 - it never expires
        """Return the token.

        Raises:
            NotInstalled: it is not of that workspace, or Lateral was removed there.
        """
        found = await self.find(team, enterprise)
        if found is None:
            raise NotInstalled
        return found.bot_token

    async def uninstalled(self, team: str, at: float) -> int:  # noqa: ARG002 - the token can not come back
        """Remove the people, messages and deliveries of the workspace, if it is this one; return how many rows went.

        Raises:
            StoreError: the file could not be written; nothing was removed.
        """
        if team != self._installation.team:
            return 0
        self._left = True
        return await self._store.forget_everyone(self._installation.people)

    async def close(self) -> None:
        """Do nothing: nothing is under way here."""
