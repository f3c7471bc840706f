"""What the stand-in for Slack knows: workspaces with their people, channels, messages, views and tokens.

Plain data and the rules that hold between them; nothing here speaks HTTP. Ids and times are counted, never drawn
by chance, so that two runs of a test see the same ones.
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

APP = "A0LATERAL1"
CLIENT_ID = "1000.2000"
CLIENT_SECRET = "stand-in-client-secret"  # noqa: S105 - it opens nothing but this stand-in
SIGNING_SECRET = "stand-in-signing-secret"  # noqa: S105
APP_TOKEN = "xapp-stand-in"  # noqa: S105

TEAM, OTHER_TEAM = "T0LATERAL1", "T0LATERAL2"
ANA, BEN = "U0LATERANA", "U0LATERBEN"
BOT_USER = "U0LATERBOT"
BOT = "B0LATERBOT"
GENERAL, PROJECTS = "C0GENERAL1", "C0PROJECT1"
FIRST_SECOND = 1_795_424_400
"""2026-11-23 09:00 UTC, the first moment a message of the stand-in can have."""

BOT_SCOPES = frozenset(
    {"app_mentions:read", "channels:read", "chat:write", "commands", "dnd:read", "im:history", "im:write", "users:read"}
)

Payload = dict[str, Any]


class Refused(Exception):
    """A method answers `ok: false` with this error."""

    def __init__(self, error: str, **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.extra = extra


@dataclass
class User:
    """A member of a workspace; `tz_offset` is in seconds. `quiet`: from when until when they want no notifications."""

    id: str
    name: str
    tz: str = "Europe/London"
    tz_offset: int = 0
    locale: str = "en-GB"
    deleted: bool = False
    is_bot: bool = False
    is_admin: bool = False
    quiet: tuple[int, int] | None = None
    is_restricted: bool = False


@dataclass
class Channel:
    """A channel or a direct message, with what was posted in it by ts."""

    id: str
    name: str
    kind: Literal["channel", "group", "im"] = "channel"
    members: set[str] = field(default_factory=set)
    archived: bool = False
    creator: str = ""
    messages: dict[str, Payload] = field(default_factory=dict)

    @property
    def texts(self) -> list[str]:
        """The texts that stand in it, oldest first."""
        return [message["text"] for message in self.messages.values()]


@dataclass
class Team:
    """A workspace; `homes` holds the Home tab of each person, `views` every view by id."""

    id: str
    name: str
    domain: str
    bot_user: str = BOT_USER
    bot_id: str = BOT
    installed: bool = True
    users: dict[str, User] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    homes: dict[str, Payload] = field(default_factory=dict)
    views: dict[str, Payload] = field(default_factory=dict)


@dataclass
class Token:
    """A token, whose it is, and whether it may still be used."""

    value: str
    team: str
    scopes: frozenset[str] = BOT_SCOPES
    state: Literal["live", "expired", "revoked"] = "live"


@dataclass
class Code:
    """A code of the install page, to be exchanged once."""

    team: str
    installer: str
    redirect_uri: str | None
    used: bool = False


class World:
    """Everything that stands in Slack, changed by its methods and by the test's own hand."""

    def __init__(self, *, rotating: bool = False) -> None:
        self.rotating = rotating
        self.teams: dict[str, Team] = {}
        self.tokens: dict[str, Token] = {}
        self.refresh_tokens: dict[str, str] = {}
        self.codes: dict[str, Code] = {}
        self.ephemerals: list[Payload] = []
        self.spent_triggers: set[str] = set()
        self.expired_triggers: set[str] = set()
        self._numbers: Iterator[int] = itertools.count(1)
        for team_id, name in ((TEAM, "Lateral One"), (OTHER_TEAM, "Lateral Two")):
            self.add_team(team_id, name)

    def number(self) -> int:
        """Return the next number; ids, times and hashes are made of them."""
        return next(self._numbers)

    def ts(self) -> str:
        """Return the next message time, in Slack's form."""
        number = self.number()
        return f"{FIRST_SECOND + number}.{number:06d}"

    def add_team(self, team_id: str, name: str) -> Team:
        """Add a workspace with two people, the bot, two channels and a live token."""
        team = Team(team_id, name, name.lower().replace(" ", "-"))
        for user in (User(ANA, "ana", is_admin=True), User(BEN, "ben", "America/New_York", -18000, "en-US")):
            team.users[user.id] = user
        team.users[BOT_USER] = User(BOT_USER, "lateral", is_bot=True)
        team.channels[GENERAL] = Channel(GENERAL, "general", members={ANA, BEN, BOT_USER})
        team.channels[PROJECTS] = Channel(PROJECTS, "projects", members={ANA})
        self.teams[team_id] = team
        self.add_token(bot_token(team_id), team_id)
        return team

    def add_token(self, value: str, team_id: str, scopes: frozenset[str] = BOT_SCOPES) -> Token:
        """Add a live token."""
        self.tokens[value] = Token(value, team_id, scopes)
        return self.tokens[value]

    def offer_code(self, team_id: str = TEAM, installer: str = ANA, redirect_uri: str | None = None) -> str:
        """Return a code as the install page hands it to the redirect address."""
        code = f"code-{self.number()}"
        self.codes[code] = Code(team_id, installer, redirect_uri)
        return code

    def direct_message(self, team: Team, user_id: str) -> Channel:
        """Return the direct message between a person and the bot, opened if need be."""
        if user_id not in team.users:
            raise Refused("user_not_found")
        for channel in team.channels.values():
            if channel.kind == "im" and user_id in channel.members:
                return channel
        channel = Channel(dm_of(user_id), "directmessage", "im", {user_id, team.bot_user})
        return team.channels.setdefault(channel.id, channel)

    def keep_view(self, team: Team, view: Payload, old: Payload | None = None, user: str = "") -> Payload:
        """Keep a view under a fresh hash and return it in the form Slack gives it back."""
        view_id = old["id"] if old else f"V0{self.number():08d}"
        kept = {
            "id": view_id,
            "team_id": team.id,
            "type": view["type"],
            "blocks": with_block_ids(self, view.get("blocks", [])),
            "private_metadata": view.get("private_metadata", ""),
            "callback_id": view.get("callback_id", ""),
            "state": {"values": {}},
            "hash": f"{FIRST_SECOND + self.number()}.{self.number():08x}",
            "title": view.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
            "clear_on_close": view.get("clear_on_close", False),
            "notify_on_close": view.get("notify_on_close", False),
            "close": view.get("close"),
            "submit": view.get("submit"),
            "previous_view_id": None,
            "root_view_id": view_id,
            "app_id": APP,
            "external_id": view.get("external_id", ""),
            "app_installed_team_id": team.id,
            "bot_id": team.bot_id,
        }
        team.views[view_id] = kept
        if view["type"] == "home":
            team.homes[user or next((who for who, home in team.homes.items() if home["id"] == view_id), "")] = kept
        return copy.deepcopy(kept)


def bot_token(team_id: str) -> str:
    """Return the token a workspace starts with."""
    return f"xoxb-stand-in-{team_id}"


def dm_of(user_id: str) -> str:
    """Return the id of a person's direct message with the bot."""
    return f"D{user_id[1:]}"


def with_block_ids(world: World, blocks: list[Payload]) -> list[Payload]:
    """Return the blocks, those without a block_id given one, as Slack does."""
    return [{**block, "block_id": block.get("block_id") or f"b{world.number()}"} for block in copy.deepcopy(blocks)]
