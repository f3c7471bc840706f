"""Answers that only one person sees, where their command or press was: whole, in as many parts as it takes. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adapters.slack import limits
from adapters.slack.controls import without_menu
from adapters.slack.outgoing import draw
from bot.messages import Control, Message, Pick, join

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
    """Return a tip with the way to share it, in one row with what else can be pressed."""
    kept, share = without_menu(message.controls), f"share:{message.subject}"
    if kept and kept[-1].kind == "choice":
        wider = kept[-1].changed(options=(*kept[-1].options, Pick(share, label)))
        return message.changed(controls=(*kept[:-1], wider))
    return message.changed(controls=(*kept, Control("button", share, label)))
