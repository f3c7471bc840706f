"""Answers the message extension: tips to look through and insert. Nothing personal is in them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz

from adapters.teams.outgoing import draw_card
from adapters.teams.stamps import Stamp
from bot.guide import Guide, Tip, Topic
from bot.messages import Message, to_plain

PAGE = 25
"""Most tips in one answer."""

ALIKE = 85.0
"""From how alike (0 to 100) two longer words count as one, and what was typed as a question a topic is asked by."""

SHORT = 4
"""Up to how many letters words have to be the same, or the one begin the other."""

IN_TOPIC, IN_TEXT, ASKED = 4, 3, 2
"""What a word counts that stands in a tip's topic, in its text, or alone for a way to ask for the topic.

A single word is often like another ("change" is like "exchange"); so what names it goes before what may mean it. Of
more words, each counts as one in the topic.
"""

_CARD = "application/vnd.microsoft.card.adaptive"
_PREVIEW = "application/vnd.microsoft.card.thumbnail"
_WORD = re.compile(r"[^\W_]+")


def answer(guide: Guide, words: str, skip: int = 0, count: int = PAGE) -> dict[str, Any]:
    """Return the body that answers a query: a page of tips, or a line where nothing is like the words."""
    found = find(guide, words)
    page = found[skip : skip + min(count or PAGE, PAGE)]
    if not page and not skip:
        return {"composeExtension": {"type": "message", "text": guide.phrases.labels["no_tip_found"]}}
    drawn = [_entry(guide, tip) for tip in page]
    return {"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": drawn}}


def find(guide: Guide, words: str) -> list[Tip]:
    """Return the tips that these words are about, best first; without words all, as the guide has them.

    Each word of some length has to be found, in a tip or in its topic.
    """
    typed = _WORD.findall(words.lower()[:200])
    if not typed:
        return list(guide.tips)
    topics = {tip.topic for tip in guide.tips}
    asked = {topic.id for topic in guide.topics if topic.id in topics and _is_asked(topic, " ".join(typed))}
    ranked = [(_worth(guide, tip, typed, asked), place, tip) for place, tip in enumerate(guide.tips)]
    return [tip for worth, _, tip in sorted(ranked, key=lambda entry: (-entry[0], entry[1])) if worth]


def _is_asked(topic: Topic, typed: str) -> bool:
    """Say whether what was typed is like a way to ask for a topic."""
    return any(fuzz.ratio(typed, ask, score_cutoff=ALIKE) for ask in topic.asks)


def _worth(guide: Guide, tip: Tip, typed: list[str], asked: set[str]) -> int:
    """Return how well a tip fits; 0: it does not. `asked` are the topics that the words ask for as a whole."""
    topic, whole = guide.topic_by_id.get(tip.topic), 0
    if tip.topic in asked:
        whole = ASKED if len(typed) == 1 else IN_TOPIC * len(typed)
    about = _WORD.findall(f"{tip.topic} {topic.title if topic else ''}".lower())
    text = _words_of(tip.text)
    sought = [word for word in typed if len(word) >= SHORT] or typed
    worths = [IN_TOPIC * _is_among(word, about) + IN_TEXT * _is_among(word, text) for word in sought]
    return max(whole, sum(worths) if all(worths) else 0)


@lru_cache(maxsize=1024)
def _words_of(text: str) -> tuple[str, ...]:
    """Return the words of a tip's text, taken apart once: each is looked through at every query."""
    return tuple(_WORD.findall(to_plain(text).lower()))


def _is_among(typed: str, words: Iterable[str]) -> bool:
    return any(_is_same(typed, word) for word in words)


def _is_same(typed: str, word: str) -> bool:
    """Say whether a word is the one typed: in full, begun, in the plural, or with a slip of the finger."""
    if word.startswith(typed) or (len(word) >= SHORT and typed.startswith(word)):
        return True
    return min(len(typed), len(word)) > SHORT and fuzz.ratio(typed, word) >= ALIKE


def _entry(guide: Guide, tip: Tip) -> dict[str, Any]:
    topic = guide.topic_by_id.get(tip.topic)
    title, text = topic.title if topic else "", to_plain(tip.text)
    card = draw_card(
        Message(f"**{title}**\n\n{tip.text}" if title else tip.text, about="tip", personal=False), Stamp(0)
    )
    preview = {"title": title or text[:60], "text": text}
    return {"contentType": _CARD, "content": card, "preview": {"contentType": _PREVIEW, "content": preview}}
