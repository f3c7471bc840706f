"""The events Slack tells an app about: what people write, open, join, and take away."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any, Literal

from tests.adapters.slack.delivery import Payload, SlackDelivery
from tests.adapters.slack.standin_world import ANA, APP, BOT, BOT_USER, FIRST_SECOND, GENERAL, TEAM, dm_of

OLD_TOKEN = "verification-token-of-old"  # noqa: S105 - the field Slack still sends and nobody should read


@dataclass
class EventDeliveries:
    """Makes the events of one workspace, each with ids of its own."""

    team: str = TEAM
    domain: str = "lateral-one"
    enterprise: str | None = None

    def __post_init__(self) -> None:
        self._numbers = itertools.count(1)

    def _ts(self) -> str:
        number = next(self._numbers)
        return f"{FIRST_SECOND + 3600 + number}.{number:06d}"

    def _trigger(self) -> str:
        return f"{next(self._numbers)}.{FIRST_SECOND}.{self.team.lower()}"

    def event(self, event: Payload) -> SlackDelivery:
        """Deliver any event."""
        number = next(self._numbers)
        who = {"enterprise_id": self.enterprise, "team_id": self.team, "user_id": BOT_USER}
        payload = {
            "token": OLD_TOKEN,
            "team_id": self.team,
            "context_team_id": self.team,
            "context_enterprise_id": self.enterprise,
            "api_app_id": APP,
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev{self.team[1:]}{number:06d}",
            "event_time": FIRST_SECOND + 3600 + number,
            "authorizations": [{**who, "is_bot": True, "is_enterprise_install": False}],
            "is_ext_shared_channel": False,
            "event_context": f"4-{self.team}-{number}",
        }
        return SlackDelivery("events_api", payload)

    def said(self, text: str, user: str = ANA, *, channel: str = "", thread: str = "") -> SlackDelivery:
        """A person writes in the direct message (message.im)."""
        return self.event(self._message(text, user, channel) | ({"thread_ts": thread} if thread else {}))

    def _message(self, text: str, user: str, channel: str) -> Payload:
        ts = self._ts()
        words = [{"type": "text", "text": text}]
        rich = {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": words}]}
        return {
            "client_msg_id": f"00000000-0000-4000-9000-{next(self._numbers):012d}",
            "type": "message",
            "user": user,
            "text": text,
            "team": self.team,
            "ts": ts,
            "blocks": [{**rich, "block_id": f"r{next(self._numbers)}"}],
            "channel": channel or dm_of(user),
            "event_ts": ts,
            "channel_type": "im",
        }

    def edited(self, before: str, after: str, user: str = ANA) -> SlackDelivery:
        """A person edits what they wrote."""
        old = self._message(before, user, "")
        for key in ("channel", "event_ts", "channel_type"):
            del old[key]
        new = {**old, "text": after, "edited": {"user": user, "ts": self._ts()}}
        return self._about(user, "message_changed", message=new, previous_message=old)

    def deleted(self, text: str, user: str = ANA) -> SlackDelivery:
        """A person deletes what they wrote."""
        old = self._message(text, user, "")
        for key in ("channel", "event_ts", "channel_type"):
            del old[key]
        return self._about(user, "message_deleted", previous_message=old, deleted_ts=old["ts"])

    def _about(self, user: str, subtype: str, **more: Any) -> SlackDelivery:
        ts = self._ts()
        event = {"type": "message", "subtype": subtype, "channel": dm_of(user), "hidden": True, "ts": ts}
        return self.event({**event, **more, "event_ts": ts, "channel_type": "im"})

    def said_by_a_bot(self, text: str, user: str = ANA) -> SlackDelivery:
        """Another app writes in the direct message, the old way: with a subtype and without a user."""
        ts = self._ts()
        event = {"type": "message", "subtype": "bot_message", "bot_id": "B0ANOTHER1", "username": "another app"}
        where = {"channel": dm_of(user), "ts": ts, "event_ts": ts, "channel_type": "im"}
        return self.event({**event, "text": text, **where})

    def said_by_ourselves(self, text: str, user: str = ANA) -> SlackDelivery:
        """Slack tells us of a message of our own: no subtype, our bot's id."""
        profile = {"id": BOT, "deleted": False, "name": "Lateral", "updated": FIRST_SECOND, "app_id": APP}
        message = self._message(text, BOT_USER, dm_of(user))
        return self.event({**message, "bot_id": BOT, "bot_profile": {**profile, "team_id": self.team}})

    def home_opened(
        self, user: str = ANA, *, tab: Literal["home", "messages"] = "home", view: Payload | None = None
    ) -> SlackDelivery:
        """A person opens the app's Home or Messages tab; `view` is the Home that was published before."""
        event = {"type": "app_home_opened", "user": user, "channel": dm_of(user), "tab": tab, "event_ts": self._ts()}
        return self.event(event | ({"view": view} if view else {}))

    def mentioned(self, text: str, user: str = ANA, *, channel: str = GENERAL, thread: str = "") -> SlackDelivery:
        """A person names the bot in a channel; `text` follows the mention."""
        message = self._message(f"<@{BOT_USER}> {text}", user, channel)
        del message["channel_type"]
        return self.event({**message, "type": "app_mention"} | ({"thread_ts": thread} if thread else {}))

    def joined(self, user: str = BOT_USER, *, channel: str = GENERAL, inviter: str | None = ANA) -> SlackDelivery:
        """Somebody joins a channel: the bot itself unless a person is named; without an inviter, of their own will."""
        event = {"type": "member_joined_channel", "user": user, "channel": channel, "channel_type": "C"}
        event |= {"team": self.team, "event_ts": self._ts()}
        return self.event(event | ({"inviter": inviter} if inviter else {}))

    def left(self, *, channel: str = GENERAL, actor: str = ANA) -> SlackDelivery:
        """The bot is out of a channel: somebody removed it."""
        event = {"type": "channel_left", "channel": channel, "actor_id": actor, "event_ts": self._ts()}
        return self.event(event)

    def archived(self, user: str = ANA, *, channel: str = GENERAL) -> SlackDelivery:
        """A person archives a channel."""
        event = {"type": "channel_archive", "channel": channel, "user": user, "is_moved": 0, "event_ts": self._ts()}
        return self.event(event)

    def channel_deleted(self, *, channel: str = GENERAL) -> SlackDelivery:
        """A channel is deleted."""
        return self.event({"type": "channel_deleted", "channel": channel, "event_ts": self._ts()})

    def uninstalled(self) -> SlackDelivery:
        """The app is removed from the workspace."""
        return self.event({"type": "app_uninstalled", "event_ts": self._ts()})

    def revoked(self, *, bot: tuple[str, ...] = (BOT_USER,), oauth: tuple[str, ...] = ()) -> SlackDelivery:
        """Tokens are revoked: of the bot, or of people; by user id."""
        tokens = {"oauth": list(oauth), "bot": list(bot)}
        return self.event({"type": "tokens_revoked", "tokens": tokens, "event_ts": self._ts()})

    def url_verification(self, challenge: str = "a-word-to-say-back") -> SlackDelivery:
        """Slack asks whether the address is ours: the answer is the challenge."""
        return SlackDelivery("events_api", {"token": OLD_TOKEN, "challenge": challenge, "type": "url_verification"})
