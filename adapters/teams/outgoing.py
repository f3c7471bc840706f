"""Messages as Teams' activities: an Adaptive Card for the eye, and always words for notifications and readers."""

from __future__ import annotations

from typing import Any

from adapters.pieces import shorten
from adapters.teams import limits
from adapters.teams.cards import Card, draw_answered_card, draw_cards
from adapters.teams.escaping import literal
from adapters.teams.labels import ENGLISH, Labels
from adapters.teams.stamps import Stamp
from bot.messages import Message

Activity = dict[str, Any]
"""A message activity, as it is posted to the Bot Connector."""

CONTENT_TYPE = "application/vnd.microsoft.card.adaptive"
"""What an attachment that is an Adaptive Card calls itself."""


def draw(message: Message, stamp: Stamp, labels: Labels = ENGLISH) -> tuple[Activity, ...]:
    """Return a message as one activity, or as several where it is more than Teams takes in one card.

    Nothing is lost: joined, the cards say the whole text and hold every option. An empty message has none.

    Args:
        message: what is to be said.
        stamp: what its controls carry. Where it names no question, the message's own is taken.
        labels: the words this adapter adds.
    """
    return tuple(_activity(card) for card in draw_cards(message, stamp, labels))


def draw_answered(message: Message, chosen: str, labels: Labels = ENGLISH) -> Activity:
    """Return what takes the place of an answered message: the same text, what was chosen, and no controls.

    Of a message in several activities this is the last, on which its controls were.

    Args:
        message: what was asked.
        chosen: the labels or words that were the answer, as plain text; empty where there is nothing to say.
        labels: the words this adapter adds.
    """
    return _activity(draw_answered_card(message, chosen, labels))


def draw_card(message: Message, stamp: Stamp, labels: Labels = ENGLISH) -> dict[str, Any]:
    """Return a message's card alone, for an answer that replaces a card in place.

    A message whose text is more than one card holds has its controls on this one, the last of those `draw` gives.
    """
    cards = draw_cards(message, stamp, labels)
    return (cards[-1] if cards else draw_answered_card(message, "", labels)).content


def draw_note(text: str) -> Activity:
    """Return a few plain words as an activity; nothing in them is mark-up."""
    words = literal(text)
    return {"type": "message", "text": words, "textFormat": "plain", "summary": shorten(words, limits.SUMMARY)}


def _activity(card: Card) -> Activity:
    return {
        "type": "message",
        "summary": literal(shorten(card.plain, limits.SUMMARY)),
        "attachments": [{"contentType": CONTENT_TYPE, "content": card.content}],
    }
