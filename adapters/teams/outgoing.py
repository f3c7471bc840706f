"""Messages as Teams' activities: an Adaptive Card for the eye, and always words for notifications and screen readers."""

from __future__ import annotations

from typing import Any

from adapters.teams.stamps import Stamp
from bot.messages import Message

Activity = dict[str, Any]
"""A message activity, as it is posted to the Bot Connector."""

Card = dict[str, Any]
"""An Adaptive Card, the content of an attachment."""


def draw(message: Message, stamp: Stamp) -> tuple[Activity, ...]:
    """Return a message as one activity, or as several where it is more than Teams takes in one card."""
    return (_activity(draw_card(message, stamp), message.plain),)


def draw_answered(message: Message, chosen: str) -> Activity:
    """Return what takes the place of an answered message: the same without its controls, and what was chosen."""
    return _activity(draw_card(message, Stamp(0)), chosen)


def draw_card(message: Message, stamp: Stamp) -> Card:
    """Return a message's card alone, for an answer that replaces the card in place."""
    return {
        "type": "AdaptiveCard",
        "version": "1.5",
        "body": [{"type": "TextBlock", "text": message.plain, "wrap": True}],
    }


def draw_note(text: str) -> Activity:
    """Return a few plain words as an activity."""
    return {"type": "message", "text": text, "textFormat": "plain"}


def _activity(card: Card, summary: str) -> Activity:
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
    return {"type": "message", "summary": summary, "attachments": [attachment]}
