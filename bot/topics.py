"""A topic named in a few words, as after a slash command: the one meant, or the ones nearest to it."""

from __future__ import annotations

from datetime import datetime

from rapidfuzz import fuzz, process

from bot.events import Event, Wanted
from bot.guide import Guide
from bot.understanding import Expects, Understanding

NEAREST = 3
"""How many topics are offered for one nobody wrote about."""

LIKE = 88.0
"""From how like a topic's own words (0 to 100) the words are taken for it."""

NEAR = 70.0
"""From how like them a topic may have been meant; below, it only shares some letters."""


def wanted_tip(guide: Guide, understanding: Understanding, typed: str, now: datetime) -> Wanted:
    """Return the wish for a tip that these words are: on a topic, on any, or on one that nobody wrote about.

    In the last case `detail` holds the words as typed, and `near` the ids of the nearest topics, if any are near.
    """
    name = typed.strip()
    if not name or name in guide.topic_by_id:
        return Wanted("tip", name)
    ranked = _ranked(guide, name)
    if ranked and ranked[0][1] >= LIKE:
        return Wanted("tip", ranked[0][0], name)
    heard = understanding.hear(f"a tip about {name}", Expects("idle"), now)
    if isinstance(heard, Wanted) and heard.intent == "tip" and heard.detail:
        return Wanted("tip", heard.detail, name)
    return Wanted("tip", name, name, tuple(topic for topic, likeness in ranked[:NEAREST] if likeness >= NEAR))


def is_hard(guide: Guide, event: Event) -> bool:
    """Say whether somebody tells of something hard: the answer to that is for them alone."""
    topic = guide.topic_by_id.get(event.detail) if isinstance(event, Wanted) and event.intent == "ask" else None
    return topic is not None and topic.rests


def _ranked(guide: Guide, name: str) -> list[tuple[str, float]]:
    """Return the topics that have tips, by how like the words are to one of theirs, best first."""
    having = {tip.topic for tip in guide.tips}
    ways = {
        way: topic.id
        for topic in guide.topics
        if topic.id in having
        for way in (topic.id.replace("-", " "), topic.title.lower(), *topic.asks)
    }
    found = process.extract(name.lower(), list(ways), scorer=fuzz.ratio, limit=30)
    best: dict[str, float] = {}
    for way, likeness, _ in found:
        best[ways[way]] = max(best.get(ways[way], 0.0), likeness)
    return sorted(best.items(), key=lambda entry: -entry[1])
