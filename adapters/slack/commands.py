"""Slash commands: which word means what, and the nearest words where one is unknown. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz import process

from bot.channel_controls import ORDER
from bot.messages import Control, Message, Pick

TIP = "/pmo-tip"
GUIDE = "/lateral"
NAMES = (GUIDE, TIP)

WORDS = {
    "start": "start",
    "tip": "tip",
    "plan": "plan",
    "progress": "progress",
    "profile": "profile",
    "review": "review",
    "notes": "notes",
    "pause": "pause",
    "stop": "stop",
    "privacy": "privacy",
    "export": "export",
    "forget": "delete",
    "delete": "delete",
    "help": "help",
    "": "help",
}
"""What may follow /lateral, and the wish it stands for."""

ALSO = {
    **dict.fromkeys(("resume", "continue", "begin", "hello", "hi", "menu"), "start"),
    **dict.fromkeys(("settings", "reminders"), "notes"),
    "answers": "review",
    "tips": "tip",
    "status": "progress",
    "data": "export",
}
"""Words that people try as well; none is shown, for one word for each thing is enough to learn."""

IN_A_SENTENCE = frozenset((*WORDS.values(), "ask"))
"""What may be meant by more than one word, such as "what would I give up?"."""

CHANNEL = "nudge"
"""What an order for a channel begins with; it is none of the talk's wishes."""

IN_THE_TALK = frozenset(("start", "review", "notes"))
"""Wishes that go on in the direct messages."""

NEAREST = 3


def meaning(name: str, words: str) -> str | None:
    """Return the wish a command stands for, or None when its word is not known."""
    if name == TIP:
        return "tip"
    word = words.split(" ", 1)[0].lower()
    return WORDS.get(word) or (ALSO.get(word) if words.lower() == word else None)


def topic(name: str, words: str) -> str:
    """Return the topic a tip is wanted on, as it was typed."""
    return words if name == TIP else words.partition(" ")[2].strip()


def tell(labels: Mapping[str, str]) -> Message:
    """Return what can be typed after the command, each with what it does, in the guide's words."""
    does = {wish: labels[f"reading_{wish}"].format(about="") for wish in dict.fromkeys(WORDS.values())}
    typed = {wish: word for word, wish in reversed(WORDS.items()) if word}
    lines = "\n".join(f"- **{GUIDE} {typed[wish]}**: {done}" for wish, done in does.items())
    return Message("\n\n".join((labels["command_help"], lines, labels["posts_help"], labels["command_help_more"])))


def unknown(text: str, word: str) -> Message:
    """Return the answer to a word that is not known, with buttons for the known ones most like it."""
    ways = {**{known: f"do:{wish}" for known, wish in WORDS.items() if known}, CHANNEL: ORDER}
    found = process.extract(word.lower(), list(ways), limit=NEAREST)
    picks = tuple(Pick(ways[known], known) for known, _, _ in found)
    return Message(text, (Control("choice", "command", "", picks),))
