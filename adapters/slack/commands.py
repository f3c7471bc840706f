"""Slash commands: which word means what, and the nearest words where one is unknown. Pure."""

from __future__ import annotations

from rapidfuzz import process

from bot.channel_controls import ORDER
from bot.messages import Control, Message, Pick

TIP = "/pmo-tip"
GUIDE = "/lateral"
NAMES = (GUIDE, TIP)

WORDS = {
    "": "help",
    "start": "start",
    "tip": "tip",
    "plan": "plan",
    "progress": "progress",
    "profile": "profile",
    "review": "review",
    "pause": "pause",
    "stop": "stop",
    "privacy": "privacy",
    "export": "export",
    "forget": "delete",
    "help": "help",
}
"""What may follow /lateral, and the wish it stands for."""

CHANNEL = "nudge"
"""What an order for a channel begins with; it is none of the talk's wishes."""

IN_THE_TALK = frozenset(("start", "review"))
"""Wishes that go on in the direct messages."""

NEAREST = 3


def meaning(name: str, words: str) -> str | None:
    """Return the wish a command stands for, or None when its word is not known."""
    if name == TIP:
        return "tip"
    return WORDS.get(words.split(" ", 1)[0].lower())


def topic(name: str, words: str) -> str:
    """Return the topic a tip is wanted on, as it was typed."""
    return words if name == TIP else words.partition(" ")[2].strip()


def unknown(text: str, word: str) -> Message:
    """Return the answer to a word that is not known, with buttons for the known ones most like it."""
    ways = {**{known: f"do:{wish}" for known, wish in WORDS.items() if known}, CHANNEL: ORDER}
    found = process.extract(word.lower(), list(ways), limit=NEAREST)
    picks = tuple(Pick(ways[known], known) for known, _, _ in found)
    return Message(text, (Control("choice", "command", "", picks),))
