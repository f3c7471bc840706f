"""What Slack delivers to an app, made as Slack makes it: the payloads, and the signed requests that carry them.

    slack = Deliveries()
    press = slack.act(posted, "lateral:start", user=ANA)
    request = press.signed(SIGNING_SECRET, at=time.time())      # over HTTP: request.body, request.headers
    await standin.socket.send(press)                            # over Socket Mode

`posted` is a message or a view as the stand-in holds it, so a press is always one that a person could have made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.adapters.slack.delivered_events import OLD_TOKEN, EventDeliveries
from tests.adapters.slack.delivery import Payload, SlackDelivery
from tests.adapters.slack.elements import action_of, find, state_of
from tests.adapters.slack.standin_world import ANA, APP, BEN, GENERAL, dm_of


@dataclass
class Deliveries(EventDeliveries):
    """Makes every delivery of one workspace, each with ids of its own: use one of them for a workspace.

    `response_url` is what commands and presses carry; take one from the stand-in to see the answers.
    """

    response_url: str = "https://hooks.slack.com/actions/T0LATERAL1/1/stand-in"

    def ssl_check(self) -> SlackDelivery:
        """Slack looks at the certificate of a command's address; nothing is to happen."""
        return SlackDelivery("slash_commands", {"ssl_check": "1", "token": OLD_TOKEN})

    def command(self, command: str, text: str = "", user: str = ANA, *, channel: str = GENERAL) -> SlackDelivery:
        """A person sends a slash command."""
        payload = {
            "token": OLD_TOKEN,
            "team_id": self.team,
            "team_domain": self.domain,
            "channel_id": channel,
            "channel_name": "directmessage" if channel.startswith("D") else "general",
            "user_id": user,
            "user_name": _name_of(user),
            "command": command,
            "text": text,
            "api_app_id": APP,
            "is_enterprise_install": "false",
            "response_url": self.response_url,
            "trigger_id": self._trigger(),
        }
        grid = {"enterprise_id": self.enterprise, "enterprise_name": "Grid"} if self.enterprise else {}
        return SlackDelivery("slash_commands", payload | grid)

    def act(
        self,
        source: Payload,
        action_id: str,
        chosen: str | list[str] | None = None,
        user: str = ANA,
        *,
        state: Mapping[str, str | list[str]] | None = None,
        channel: str = "",
        ephemeral: bool = False,
    ) -> SlackDelivery:
        """A person uses an element of a message or a view (block_actions).

        Args:
            source: the message or view as the stand-in holds it.
            action_id: of the element. It must stand in the source: use `act_raw` for what does not.
            chosen: the option's value, a list of values, or a date; nothing for a button.
            user: who does it.
            state: what stands in the other elements by then, by action_id.
            channel: where the message stands, if not in the person's direct message.
            ephemeral: only that person sees the message; Slack then leaves the message itself out.
        """
        block, element = find(source["blocks"], action_id)
        action = action_of(element, chosen) | {"block_id": block["block_id"], "action_ts": self._ts()}
        entered = dict(state or {}) | ({action_id: chosen} if chosen is not None else {})
        return self.act_raw(source, action, user, entered=entered, channel=channel, ephemeral=ephemeral)

    def act_raw(
        self,
        source: Payload,
        action: Payload,
        user: str = ANA,
        *,
        entered: Mapping[str, str | list[str]] | None = None,
        channel: str = "",
        ephemeral: bool = False,
    ) -> SlackDelivery:
        """The same with any action at all: forged, stale or from an element that is gone."""
        values = state_of(source["blocks"], entered or {})
        payload = {"type": "block_actions", **self._who(user), "trigger_id": self._trigger(), "actions": [action]}
        if "hash" in source:
            view = {**source, "state": {"values": values}}
            payload |= {"container": {"type": "view", "view_id": source["id"]}, "view": view}
            return SlackDelivery("interactive", payload)
        where = channel or dm_of(user)
        container = {"type": "message", "message_ts": source["ts"], "channel_id": where, "is_ephemeral": ephemeral}
        payload |= {"container": container, "channel": _channel(where), "state": {"values": values}}
        payload |= {"response_url": self.response_url} | ({} if ephemeral else {"message": source})
        return SlackDelivery("interactive", payload)

    def submitted(
        self, view: Payload, entered: Mapping[str, str | list[str]] | None = None, user: str = ANA
    ) -> SlackDelivery:
        """A person submits a modal; `entered` gives what stands in its elements, by action_id."""
        filled = {**view, "state": {"values": state_of(view["blocks"], entered or {})}}
        payload = {"type": "view_submission", **self._who(user), "trigger_id": self._trigger()}
        return SlackDelivery("interactive", payload | {"view": filled, "response_urls": []})

    def closed(self, view: Payload, user: str = ANA, *, cleared: bool = False) -> SlackDelivery:
        """A person closes a modal; `cleared`: with all those beneath it."""
        payload = {"type": "view_closed", **self._who(user), "view": view, "is_cleared": cleared}
        return SlackDelivery("interactive", payload)

    def shortcut(
        self, callback_id: str, text: str, user: str = ANA, *, channel: str = GENERAL, author: str = BEN
    ) -> SlackDelivery:
        """A person uses a message shortcut on what somebody wrote in a channel."""
        message = self._message(text, author, channel)
        for key in ("channel", "event_ts", "channel_type"):
            del message[key]
        payload = {
            "type": "message_action",
            **{key: value for key, value in self._who(user).items() if key != "api_app_id"},
            "user": {"id": user, "name": _name_of(user), "team_id": self.team},
            "action_ts": self._ts(),
            "channel": _channel(channel),
            "callback_id": callback_id,
            "trigger_id": self._trigger(),
            "response_url": self.response_url,
            "message_ts": message["ts"],
            "message": message,
        }
        return SlackDelivery("interactive", payload)

    def _who(self, user: str) -> Payload:
        name = _name_of(user)
        return {
            "team": {"id": self.team, "domain": self.domain},
            "user": {"id": user, "username": name, "name": name, "team_id": self.team},
            "api_app_id": APP,
            "token": OLD_TOKEN,
            "enterprise": {"id": self.enterprise, "name": "Grid"} if self.enterprise else None,
            "is_enterprise_install": False,
        }


def _name_of(user: str) -> str:
    return user.removeprefix("U0LATER").lower()


def _channel(channel: str) -> Payload:
    return {"id": channel, "name": "directmessage" if channel.startswith("D") else "general"}
