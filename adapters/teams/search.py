"""Answers the message extension: tips to look through and insert. Nothing personal is in them. Pure."""

from __future__ import annotations

from typing import Any

from rapidfuzz import fuzz

from adapters.teams.outgoing import draw_card
from adapters.teams.stamps import Stamp
from bot.guide import Guide, Tip
from bot.messages import Message, to_plain

PAGE = 25
"""Most tips in one answer."""

LIKE = 75.0
"""From how like a tip or its topic the words are (0 to 100) the tip is shown."""

_CARD = "application/vnd.microsoft.card.adaptive"
_PREVIEW = "application/vnd.microsoft.card.thumbnail"


def answer(guide: Guide, words: str, skip: int = 0, count: int = PAGE) -> dict[str, Any]:
    """Return the body that answers a query: a page of tips, or a line where nothing is like the words."""
    found = find(guide, words)
    page = found[skip : skip + min(count or PAGE, PAGE)]
    if not page and not skip:
        return {"composeExtension": {"type": "message", "text": guide.phrases.labels["no_tip_found"]}}
    drawn = [_entry(guide, tip) for tip in page]
    return {"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": drawn}}


def find(guide: Guide, words: str) -> list[Tip]:
    """Return the tips like these words, best first; without words all, as the guide has them."""
    typed = " ".join(words.lower().split())[:200]
    if not typed:
        return list(guide.tips)
    ranked = [(_likeness(guide, tip, typed), place, tip) for place, tip in enumerate(guide.tips)]
    return [tip for likeness, _, tip in sorted(ranked, key=lambda e: (-e[0], e[1])) if likeness >= LIKE]


def _likeness(guide: Guide, tip: Tip, typed: str) -> float:
    topic = guide.topic_by_id.get(tip.topic)
    ways = (tip.topic.replace("-", " "), *((topic.title.lower(), *topic.asks) if topic else ()))
    by_topic = max(fuzz.WRatio(typed, way) for way in ways)
    return max(by_topic, fuzz.partial_ratio(typed, to_plain(tip.text).lower()) if len(typed) > 3 else 0.0)


def _entry(guide: Guide, tip: Tip) -> dict[str, Any]:
    topic = guide.topic_by_id.get(tip.topic)
    title, text = topic.title if topic else "", to_plain(tip.text)
    card = draw_card(
        Message(f"**{title}**\n\n{tip.text}" if title else tip.text, about="tip", personal=False), Stamp(0)
    )
    preview = {"title": title or text[:60], "text": text}
    return {"contentType": _CARD, "content": card, "preview": {"contentType": _PREVIEW, "content": preview}}
