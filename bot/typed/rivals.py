"""Wishes that typed words may mean as well: too close to choose between, or worth offering beside the likeliest."""

from __future__ import annotations

from collections.abc import Sequence

from bot.guide import Guide
from bot.typed.hearing import ancestry
from bot.typed.ranking import Likeness

SURE_AT = 0.75
"""From this likeness the likeliest wish has no rival."""
_CLOSE = 0.02
_SHARE_OF_A_TOPIC, _SHARE_OF_A_WISH = 0.5, 0.8
"""How like another topic, or a command, words must be, against the likeliest, for that one to be offered, too."""


class Rivals:
    """Compares the wishes that words are like; those about one topic and its parts are no rivals."""

    def __init__(self, guide: Guide) -> None:
        self._guide = guide

    def are_close(self, ranked: Sequence[Likeness]) -> bool:
        """Tell whether the first two wishes are too close to choose between."""
        if len(ranked) < 2 or ranked[0].near >= SURE_AT:
            return False
        if self.topic_of(ranked[0].label) == self.topic_of(ranked[1].label):
            return False
        return ranked[0].score - ranked[1].score < _CLOSE and ranked[1].near > 0.9 * ranked[0].near

    def likeliest(self, ranked: Sequence[Likeness], most: int) -> list[Likeness]:
        """Return the first of the wishes, at most `most`, that are about different things and like enough to offer."""
        kept: dict[str, Likeness] = {}
        for each in ranked:
            share = _SHARE_OF_A_TOPIC if each.label.startswith("ask:") else _SHARE_OF_A_WISH
            if each.near >= share * ranked[0].near and each.label != "unknown":
                kept.setdefault(self.topic_of(each.label), each)
        return list(kept.values())[:most]

    def topic_of(self, label: str) -> str:
        """Return the outermost topic of an `ask:` label; other labels stand for themselves."""
        intent, _, topic = label.partition(":")
        return ancestry(topic, self._guide)[-1] if intent == "ask" else label
