"""Teams' activities, read as what arrived: who, where, and what it means for the talk. Pure.

Who someone is comes from the verified activity alone, never from what a button carries.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from adapters.ignored import Ignored
from adapters.teams.arrivals import (
    Arrival,
    Elsewhere,
    Inserted,
    Installed,
    Mentioned,
    Ordered,
    Origin,
    Pressed,
    Rated,
    Removed,
    Searched,
    Talks,
    Turned,
    Unserved,
)
from adapters.teams.outgoing import CONTENT_TYPE
from adapters.teams.references import Kind
from adapters.teams.stamps import UnknownAction, read_action, read_stamp
from bot.channel_controls import order_in, talk_in
from bot.events import Said

Activity = Mapping[str, Any]

KINDS: Mapping[str, Kind] = {"personal": "personal", "channel": "team", "groupChat": "group"}
"""Our names for Teams' kinds of conversations."""

QUIET = frozenset(
    ("messageUpdate", "messageDelete", "messageReaction", "typing", "event", "endOfConversation", "trace", "command")
)
"""Activities that are known and mean nothing to the talk."""


class _Strange(ValueError):
    """A field has a form that Teams does not give it."""


def read(activity: Activity, tenant: str) -> Arrival:
    """Return what a verified activity says. Whatever its form, it does not raise.

    Args:
        activity: the body of the request.
        tenant: the tenant it was found to come from.
    """
    try:
        return _read(activity, tenant)
    except (KeyError, TypeError, AttributeError, IndexError, ValueError, UnknownAction):
        if isinstance(activity, Mapping) and activity.get("type") == "invoke":
            return Unserved("a form we do not know", known=False)
        return Ignored("a form we do not know", unknown=True)


def _read(activity: Activity, tenant: str) -> Arrival:
    kind = _id(activity["type"])
    if kind in QUIET:
        return Ignored(kind)
    origin = read_origin(activity, tenant)
    if kind == "installationUpdate":
        added = _id(activity["action"]).startswith("add")
        return Installed(origin) if added else Removed(origin, whole_team=origin.kind == "team")
    if kind == "conversationUpdate":
        return _changed(activity, origin)
    if _is_bot(activity["from"], origin.bot):
        return Ignored("a bot, or ourselves")
    if kind == "message":
        return _message(activity, origin)
    if kind == "invoke":
        return _invoke(activity, origin)
    return Ignored(kind, unknown=True)


def read_origin(activity: Activity, tenant: str) -> Origin:
    """Return where an activity comes from.

    Raises:
        ValueError: a field has another form.
        KeyError: a field is missing.
    """
    conversation, data = activity["conversation"], _mapping(activity.get("channelData"))
    sender = _mapping(activity.get("from"))
    return Origin(
        tenant=tenant,
        service_url=_id(activity["serviceUrl"]),
        conversation=_id(conversation["id"]),
        kind=_kind(conversation),
        bot=_id(activity["recipient"]["id"]),
        user=_optional(sender, "id"),
        aad=_optional(sender, "aadObjectId").lower(),
        team=_optional(_mapping(data.get("team")), "id"),
        channel=_optional(_mapping(data.get("channel")), "id"),
        locale=_optional(activity, "locale"),
        zone=_optional(activity, "localTimezone"),
        at=_moment(activity.get("timestamp")),
    )


def _kind(conversation: Mapping[str, Any]) -> Kind:
    named = conversation.get("conversationType")
    if named is None:
        # The Bot Framework leaves it out in some personal chats.
        return "personal" if not str(conversation["id"]).startswith("19:") else "group"
    return KINDS[named]


def _changed(activity: Activity, origin: Origin) -> Arrival:
    """Read a change of a conversation: only our own coming and going, and the end of a channel or team, mean something.

    Teams also tells each of these by installationUpdate; both have one effect.
    """
    added, removed = activity.get("membersAdded") or (), activity.get("membersRemoved") or ()
    happened = _mapping(activity.get("channelData")).get("eventType")
    if happened in ("teamDeleted", "teamHardDeleted"):
        return Removed(origin, whole_team=True)
    if happened == "channelDeleted":
        return Removed(replace(origin, conversation=origin.channel or origin.conversation))
    if any(member["id"] == origin.bot for member in added):
        return Installed(origin)
    if any(member["id"] == origin.bot for member in removed):
        return Removed(origin, whole_team=origin.kind == "team")
    return Ignored("somebody else, or a name, changed")


def _is_bot(sender: Mapping[str, Any], bot: str) -> bool:
    return sender.get("role") == "bot" or sender["id"] == bot or str(sender["id"]).startswith("28:")


def _message(activity: Activity, origin: Origin) -> Arrival:
    key = f"message:{origin.place}:{_id(activity['id'])}"
    value = activity.get("value")
    if isinstance(value, Mapping) and value:
        return _press(value, origin, activity, in_place=False)
    words = read_words(activity, origin.bot)
    if origin.kind == "personal":
        return Inserted(origin) if not words and _has_card(activity) else Turned(origin, Said(words), key)
    return Mentioned(origin, words, key) if _mentions(activity, origin.bot) else Ignored("not said to us")


def _has_card(activity: Activity) -> bool:
    return any(_mapping(each).get("contentType") == CONTENT_TYPE for each in activity.get("attachments") or ())


def read_words(activity: Activity, bot: str) -> str:
    """Return what was typed: without the mention of us, other people's mentions as their names, entities as signs."""
    text = activity.get("text")
    text = text if isinstance(text, str) else ""
    for entity in activity.get("entities") or ():
        ours = entity.get("type") == "mention" and _mapping(entity.get("mentioned")).get("id") == bot
        if ours and isinstance(entity.get("text"), str) and entity["text"]:
            text = text.replace(entity["text"], " ")
    return html.unescape(_TAG.sub("", text)).replace("\xa0", " ").strip()


_TAG = re.compile(r"</?at\b[^<>]*>|</?p>|<br ?/?>")
"""The tags Teams itself puts into text; those that someone typed arrive as entities."""


def _mentions(activity: Activity, bot: str) -> bool:
    entities = activity.get("entities") or ()
    return any(e.get("type") == "mention" and _mapping(e.get("mentioned")).get("id") == bot for e in entities)


def _invoke(activity: Activity, origin: Origin) -> Arrival:
    name, value = _id(activity["name"]), _mapping(activity.get("value"))
    if name == "adaptiveCard/action":
        action = value["action"]
        return _press(_mapping(action["data"]), origin, activity, in_place=True)
    if name == "composeExtension/query":
        return _search(value, origin)
    if name == "message/submitAction":
        return Rated(origin)
    return Unserved(name, known=name.startswith(("task/", "composeExtension/", "config/", "tab/", "fileConsent/")))


def _press(data: Mapping[str, Any], origin: Origin, activity: Activity, *, in_place: bool) -> Arrival:
    """Read a press. It counts once: what is pressed, with what was filled in, on that card, by that person.

    What stands in a channel may be pressed again on another day: there each press counts.
    """
    stamp, event, card = read_stamp(data), read_action(data), _optional(activity, "replyToId")
    written = json.dumps(data, sort_keys=True, default=str)
    key = f"press:{origin.person}:{card}:{written}"
    each = f"{key}:{_optional(activity, 'id') or origin.at}"
    if event is not None and (about := talk_in(event)) is not None:
        return Talks(origin, about, each, in_place)
    if event is not None and (words := order_in(event)) is not None:
        return Ordered(origin, words, each, Pressed(card, in_place, stamp.run))
    if origin.kind != "personal":
        return Elsewhere(origin)
    return Turned(origin, event, key, Pressed(card, in_place, stamp.run, stamp.question))


def _search(value: Mapping[str, Any], origin: Origin) -> Searched:
    found = {entry.get("name"): entry.get("value") for entry in value.get("parameters") or ()}
    words = next((words for name, words in found.items() if name != "initialRun" and isinstance(words, str)), "")
    options = _mapping(value.get("queryOptions"))
    return Searched(origin, words.strip(), _number(options.get("skip"), 0), _number(options.get("count"), 25))


def _number(value: object, default: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else default


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _id(value: object) -> str:
    """Return an id that Teams gave.

    Raises:
        ValueError: it is none, or none that could be kept.
    """
    if not isinstance(value, str) or not value or len(value) > 1_000 or not value.isprintable():
        raise _Strange
    return value


def _optional(source: Mapping[str, Any], name: str) -> str:
    value = source.get(name)
    return _id(value) if value else ""


def _moment(value: object) -> float:
    if not isinstance(value, str):
        return 0.0
    try:
        return datetime.fromisoformat(value).timestamp()
    except (ValueError, OverflowError):
        return 0.0
