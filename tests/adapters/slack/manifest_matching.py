"""Matches what the manifest asks Slack for with what the code handles, both ways.

    asked = asked_for(manifest)
    assert differences(asked, Surfaces(commands=..., events=..., shortcuts=...)) == []

The second half is shown by doing: `specimens(asked)` gives one delivery for each thing asked for, each of which the
running app must take in; `strangers()` gives one of each sort that was not asked for, each of which must be answered
200 and dropped, over HTTP as over Socket Mode.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from tests.adapters.slack.deliveries import Deliveries
from tests.adapters.slack.delivery import SlackDelivery
from tests.adapters.slack.standin_world import ANA, GENERAL


@dataclass(frozen=True)
class Surfaces:
    """Names of slash commands (with the slash), events as the manifest names them, and callback ids of shortcuts."""

    commands: frozenset[str]
    events: frozenset[str]
    shortcuts: frozenset[str]


def asked_for(manifest: dict[str, Any]) -> Surfaces:
    """Return what a manifest asks Slack to deliver."""
    features = manifest["features"]
    return Surfaces(
        commands=frozenset(each["command"] for each in features.get("slash_commands", ())),
        events=frozenset(manifest["settings"].get("event_subscriptions", {}).get("bot_events", ())),
        shortcuts=frozenset(each["callback_id"] for each in features.get("shortcuts", ())),
    )


def differences(asked: Surfaces, handled: Surfaces) -> list[str]:
    """Return a line for each thing that is asked for and not handled, or handled and not asked for."""
    lines: list[str] = []
    for part in fields(Surfaces):
        wanted, known = getattr(asked, part.name), getattr(handled, part.name)
        lines += [f"{part.name}: {name} is asked for and not handled" for name in sorted(wanted - known)]
        lines += [f"{part.name}: {name} is handled and not asked for" for name in sorted(known - wanted)]
    return lines


def specimens(asked: Surfaces, made: Deliveries | None = None) -> dict[str, SlackDelivery]:
    """Return one delivery for each thing asked for, by its name.

    Raises:
        KeyError: an event is asked for of which no delivery can be made here yet.
    """
    made = made or Deliveries()
    events: dict[str, Callable[[], SlackDelivery]] = {
        "app_home_opened": made.home_opened,
        "app_mention": lambda: made.mentioned("what does a PMO do?"),
        "app_uninstalled": made.uninstalled,
        "channel_archive": made.archived,
        "channel_deleted": made.channel_deleted,
        "channel_left": made.left,
        "member_joined_channel": made.joined,
        "message.im": lambda: made.said("Hello"),
        "tokens_revoked": made.revoked,
    }
    found = {name: made.command(name) for name in sorted(asked.commands)}
    found |= {name: events[name]() for name in sorted(asked.events)}
    return found | {name: made.shortcut(name, "Well led.") for name in sorted(asked.shortcuts)}


def strangers(made: Deliveries | None = None) -> dict[str, SlackDelivery]:
    """Return deliveries that no manifest of ours asks for."""
    made = made or Deliveries()
    item = {"type": "message", "channel": GENERAL, "ts": "1.1"}
    return {
        "/unheard-of": made.command("/unheard-of"),
        "reaction_added": made.event({"type": "reaction_added", "user": ANA, "reaction": "tada", "item": item}),
        "unheard_of": made.shortcut("unheard_of", "Well led."),
        "message.channels": made.event(
            {"type": "message", "channel_type": "channel", "channel": GENERAL, "user": ANA, "text": "Hi", "ts": "1.1"}
        ),
    }
