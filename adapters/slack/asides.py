"""Answers that only one person sees, where their command or press was: whole, in as many parts as it takes. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from adapters.slack import limits
from adapters.slack.outgoing import draw
from bot.messages import Control, Message, join

Payload = Mapping[str, Any]

MOST_PARTS = limits.RESPONSE_USES
"""Up to how many parts an answer is given aside; a longer one goes to the direct messages."""


def draw_aside(messages: tuple[Message, ...]) -> list[Payload]:
    """Return messages as the parts of one answer; joined, they say all of it. No messages have none."""
    return [
        {"response_type": "ephemeral", "replace_original": False, **payload}
        for whole in join(messages)
        for payload in draw(whole, whole.revision)
    ]


def with_share(messages: tuple[Message, ...], label: str) -> tuple[Message, ...]:
    """Offer, in these words, to share each tip: an explicit act, and only of the tip itself."""
    return tuple(_shareable(message, label) if message.subject else message for message in messages)


def _shareable(message: Message, label: str) -> Message:
    share = Control("button", f"share:{message.subject}", label)
    return replace(message, controls=(*_without_menu(message.controls), share))


def _without_menu(controls: tuple[Control, ...]) -> tuple[Control, ...]:
    """Return controls without the way to the menu, which belongs into the talk."""
    kept = []
    for control in controls:
        options = tuple(pick for pick in control.options if pick.id != "do:menu")
        if control.id != "do:menu" and (options or not control.options):
            kept.append(replace(control, options=options))
    return tuple(kept)
