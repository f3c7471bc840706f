"""Slack's payloads, read as what arrived: who, where, and what it means for the talk. Pure.

Who someone is comes from the verified payload alone, never from what a button carries.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from adapters.ignored import Ignored
from adapters.slack.arrivals import (
    Arrival,
    Commanded,
    Gone,
    Joined,
    Kept,
    Left,
    Mentioned,
    OpenedHome,
    Ordered,
    Picked,
    Pressed,
    Shares,
    Talks,
    Turned,
    Who,
    Writes,
)
from adapters.slack.installations import ends_installation
from adapters.slack.modals import Sent, UnknownView, read_submission
from adapters.slack.mrkdwn import unescape
from adapters.slack.stamps import PREFIX, UnknownAction, WantsToWrite, read_action, read_label
from bot.channel_controls import order_in, talk_in
from bot.events import Chose, Said, Submitted

Payload = Mapping[str, Any]
EVIDENCE = "save_as_evidence"
"""The callback_id of the message shortcut."""

ENDS_CHANNEL = ("channel_archive", "channel_deleted", "channel_left")
"""The events after which we can post nothing in a channel any more."""


def read(payload: Payload) -> Arrival:
    """Return what a verified payload says. Whatever its form, it does not raise."""
    try:
        return _read(payload)
    except (KeyError, TypeError, AttributeError, IndexError, UnknownAction, UnknownView):
        return Ignored("a form we do not know", unknown=True)


def is_press(payload: Payload) -> bool:
    """Say whether a payload tells of the use of a control that was drawn here. Whatever its form, it does not raise."""
    actions = payload.get("actions") if payload.get("type") == "block_actions" else None
    first = actions[0] if isinstance(actions, list) and actions else None
    name = first.get("action_id") if isinstance(first, dict) else None
    return isinstance(name, str) and name.startswith(PREFIX)


def _read(payload: Payload) -> Arrival:
    if "command" in payload:
        return _command(payload)
    kind = payload["type"]
    if kind == "event_callback":
        return _event(payload, payload["event"])
    if kind == "block_actions":
        return _action(payload)
    if kind == "view_submission":
        return _submission(payload)
    if kind == "message_action" and payload["callback_id"] == EVIDENCE:
        return _shortcut(payload)
    return Ignored(str(kind), unknown=kind not in ("view_closed", "app_rate_limited"))


def _who(payload: Payload) -> Who:
    team = payload.get("team") or {}
    user = payload["user"]
    enterprise = (payload.get("enterprise") or {}).get("id")
    return Who(team.get("id") or user["team_id"], user["id"], enterprise)


def workspace_of(payload: Payload) -> tuple[str, str]:
    """Return the ids of the workspace a verified payload is about, and of its organisation; empty where not named."""
    return _id_of(payload, "team"), _id_of(payload, "enterprise")


def _id_of(payload: Payload, name: str) -> str:
    there = payload.get(name)
    return str((there.get("id") if isinstance(there, dict) else None) or payload.get(f"{name}_id") or "")


def _command(payload: Payload) -> Commanded:
    who = Who(payload["team_id"], payload["user_id"], payload.get("enterprise_id") or None)
    key = f"command:{who.person}:{payload['trigger_id']}"
    words = unescape(payload.get("text") or "").strip()
    respond, channel = payload.get("response_url") or "", payload.get("channel_id") or ""
    return Commanded(who, payload["command"], words, key, respond, channel)


def _event(payload: Payload, event: Payload) -> Arrival:
    kind = event["type"]
    team, enterprise = payload["team_id"], payload.get("enterprise_id")
    if kind in ("app_uninstalled", "tokens_revoked"):
        ends = ends_installation(event)
        return Left(team, float(payload["event_time"])) if ends else Ignored("a person's token")
    if kind in ENDS_CHANNEL:
        return Gone(team, event["channel"], float(payload["event_time"]))
    if event.get("bot_id") or event.get("subtype") or event.get("hidden"):
        return Ignored("a bot, an edit or a notice")
    if not isinstance(event.get("user"), str):
        return Ignored("nobody said it")
    who = Who(team, event["user"], enterprise)
    key = f"event:{team}:{payload['event_id']}"
    if kind == "message":
        words = unescape(event.get("text") or "").strip()
        direct = event.get("channel_type") == "im" and bool(words)
        return Turned(who, Said(words), key) if direct else Ignored("not in a direct message")
    if kind == "app_mention":
        within, words = event.get("thread_ts") or "", _without_us(event["text"])
        return Mentioned(who, event["channel"], within or event["ts"], words, key, within)
    if kind == "app_home_opened":
        return OpenedHome(who, event.get("tab") or "home")
    if kind == "member_joined_channel":
        ours = any(entry.get("user_id") == who.user for entry in payload.get("authorizations") or ())
        inviter = event.get("inviter") or ""
        return Joined(who, event["channel"], inviter, key) if ours else Ignored("somebody else joined")
    return Ignored(kind, unknown=True)


def _without_us(text: str) -> str:
    """Return what was said beside the mention at its beginning or end."""
    words = [word for word in text.split() if not (word.startswith("<@") and word.endswith(">"))]
    return unescape(" ".join(words))


def _action(payload: Payload) -> Arrival:
    who = _who(payload)
    action = payload["actions"][0]
    state = (payload.get("state") or {}).get("values") or {}
    event = read_action(action, state)
    container = payload.get("container") or {}
    aside = payload.get("response_url") or "" if container.get("is_ephemeral") else ""
    key = f"action:{who.person}:{action['action_ts']}:{action['action_id']}"
    if isinstance(event, Chose) and event.option.startswith("share:"):
        return Shares(who, event.option.removeprefix("share:"), payload.get("response_url") or "", key)
    if isinstance(event, WantsToWrite):
        return Writes(who, event, payload["trigger_id"])
    if event is not None and (words := order_in(event)) is not None:
        channel = payload["channel"]["id"]
        return Ordered(who, channel, words, key, payload.get("response_url") or "", replaces=bool(aside))
    if event is not None and (about := talk_in(event)) is not None:
        return Talks(who, about, key, payload.get("response_url") or "")
    if event is None:
        return Ignored("marked, not sent")
    return Turned(who, event, key, _pressed(payload, read_label(action, state)), aside)


def _pressed(payload: Payload, label: str) -> Pressed | None:
    message, container = payload.get("message"), payload.get("container") or {}
    if not message or container.get("type") != "message" or container.get("is_ephemeral"):
        return None
    channel = (payload.get("channel") or {}).get("id") or container.get("channel_id") or ""
    blocks = message.get("blocks") or ()
    return Pressed(channel, message["ts"], bytes(blocks) if isinstance(blocks, msgspec.Raw) else tuple(blocks), label)


def _submission(payload: Payload) -> Arrival:
    who, view = _who(payload), payload["view"]
    sent: Sent = read_submission(view)
    key = f"view:{who.person}:{view['id']}:{view.get('hash') or ''}"
    if sent.kind == "evidence":
        return Kept(who, sent.words, sent.link, key)
    return Turned(who, Submitted({sent.question: sent.words}, sent.revision), key)


def _shortcut(payload: Payload) -> Picked:
    message, channel = payload["message"], payload["channel"]["id"]
    domain = payload["team"].get("domain") or "app"
    link = f"https://{domain}.slack.com/archives/{channel}/p{str(message['ts']).replace('.', '')}"
    return Picked(_who(payload), unescape(message.get("text") or ""), link, payload["trigger_id"])
