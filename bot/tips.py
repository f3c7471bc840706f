"""Which tip comes next: one not seen before, until all are; the same choice for the same person, state and day."""

from __future__ import annotations

from collections import Counter
from datetime import date
from zlib import crc32

from bot.guide import Guide, Tip
from bot.profile import make_profile
from bot.state import State


def choose_tip(guide: Guide, state: State, topic: str = "", today: date | None = None, seed: int = 0) -> Tip | None:
    """Return the next tip on a topic (empty: any), or None when the guide has none on it.

    Unseen ones come first; among those, tips for the person's gaps; among those, it depends on what the person
    answered, on the day and on the `seed`, which is the person's own, so that not everyone begins with the same one.
    When all were seen, the one seen longest ago comes round again.
    """
    tips = [tip for tip in guide.tips if _is_about(guide, tip, topic)] if topic else guide.tips
    if not tips:
        return None
    seen = {tip_id: when for when, tip_id in enumerate(state.seen)}
    fresh = [tip for tip in tips if tip.id not in seen]
    if not fresh:
        return min(tips, key=lambda tip: seen[tip.id])
    gaps = {gap.skill.id for gap in make_profile(guide, state).gaps}
    wanted = [tip for tip in fresh if tip.skill in gaps] or fresh
    said = " ".join(map(str, state.answers.values()))
    own = crc32(f"{seed or ''}{today} {said}".encode("utf-8", "surrogatepass"))
    return min(wanted, key=lambda tip: crc32(tip.id.encode(), own))


def fullest_topics(guide: Guide, most: int = 3) -> tuple[str, ...]:
    """Return the topics with the most tips, for whoever asks about one that has none."""
    counts = Counter(tip.topic for tip in guide.tips if tip.topic in guide.topic_by_id)
    return tuple(topic for topic, _ in counts.most_common(most))


def note_seen(state: State, tip: Tip) -> tuple[str, ...]:
    """Return the list of seen tips with this one as the latest."""
    return (*(tip_id for tip_id in state.seen if tip_id != tip.id), tip.id)


def _is_about(guide: Guide, tip: Tip, topic: str) -> bool:
    """Say whether a tip is on the topic, or on the wider one the topic lies within."""
    if tip.topic == topic:
        return True
    asked = guide.topic_by_id.get(topic)
    own = guide.topic_by_id.get(tip.topic)
    if own is not None and own.within == topic:
        return True
    return asked is not None and not _has_own(guide, topic) and tip.topic == asked.within


def _has_own(guide: Guide, topic: str) -> bool:
    return any(tip.topic == topic for tip in guide.tips)
