"""What a wish is about: the topic a tip is wanted on, the action that is reported done."""

from __future__ import annotations

from collections.abc import Sequence

from bot.guide import Guide
from bot.typed.wishes import Wishes

_NAMED_AT = 0.3
_ALONE_AT = 0.5
"""How like a topic words must be to name it, with "about" before them and without."""
_NAMELESS = frozenset(("tip", "that", "this", "it", "me", "today"))
_WHEN_DONE = frozenset(("today", "yesterday", "morning", "already", "finally", "all", "everything"))
_ABOUT = ("about", "on", "for", "with", "regarding")
_FEW = 3
_HALF = 0.5
"""From this share of words that no sentence holds, a topic is none of the guide's."""


class Naming:
    """Finds the topic or the action that the words of a wish name."""

    def __init__(self, guide: Guide, wishes: Wishes) -> None:
        self._actions = frozenset(guide.action_by_id)
        self._wishes = wishes
        self._small = wishes.small

    def asked_tip(self, words: Sequence[str]) -> str:
        """Return the wish for a tip where "tip" stands at an end of a few words: "networking tip?"."""
        few = 1 < len(words) <= _FEW and not self._small.asks(words) and not self._small.denies(words)
        return "tip" if few and "tip" in (words[0], words[-1]) and self.tip_topic(words) else ""

    def tip_topic(self, words: Sequence[str]) -> str:
        """Return the topic a tip is wanted about; empty where none is named."""
        about = next((words.index(word) for word in _ABOUT if word in words[:-1]), -1)
        if about < 0 and self._wishes.exactly(words) == "tip":
            return ""
        named = [word for word in words[about + 1 :] if word not in _NAMELESS]
        least = _NAMED_AT if about >= 0 and named else _ALONE_AT
        named = named or [word for word in words if word not in _NAMELESS]
        for each in self._wishes.rank(self._small.bare(named)) if named else ():
            if each.label.startswith("ask:") and each.near >= least:
                return each.label.removeprefix("ask:")
        return ""

    def strange_topic(self, words: Sequence[str]) -> str:
        """Return what a tip is wanted about where it is nothing the guide speaks of: "a tip about my cat"."""
        about = next((words.index(word) for word in _ABOUT if word in words[:-1]), -1)
        named = [word for word in words[about + 1 :] if word not in _NAMELESS]
        if about < 0 or not named:
            return ""
        best = next(iter(self._wishes.rank(self._small.bare(named))), None)
        unheard = best is None or best.label == "unknown" or best.strange >= _HALF
        return " ".join(words[about + 1 :]) if unheard else ""

    def action_done(self, words: Sequence[str]) -> str:
        """Return the action that is reported done; empty where none is named."""
        small = self._small
        plain = small.places.filler | small.spans | small.days | _WHEN_DONE
        named = [word for word in self._wishes.told.unframed(words) if word not in plain]
        for each in self._wishes.rank(named) if named and self._wishes.exactly(words) != "done" else ():
            detail = each.label.partition(":")[2]
            if detail in self._actions and each.near >= _NAMED_AT:
                return detail
        return ""
