"""Words that only say how much, how often or how sure: "often", "most of them", "fairly sure".

They are an answer where an option says so. Anywhere else they name nothing, and so they wish for nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.typed.small_words import SmallWords

_SURE = frozenset(("sure", "certain", "confident"))
"""After one of the degrees ("quite", "fairly"), these say how sure a person is, which is no yes."""


class Measures:
    """The author's words of measure, ready to be looked up."""

    def __init__(self, small: SmallWords) -> None:
        self._small = small
        self._parts = small.kind("how-many")
        self._measures = small.kind("how-often") | self._parts
        self._degrees = small.kind("degrees")
        self._beside = small.kind("beside-measures") | self._degrees

    def is_all(self, words: Sequence[str]) -> bool:
        """Tell whether the words are a measure and nothing else: "sometimes", "fairly sure"."""
        plain = all(word in self._measures or word in self._beside for word in words)
        return plain and (not self._measures.isdisjoint(words) or " ".join(words) in self._measures)

    def names_a_part(self, words: Sequence[str]) -> bool:
        """Tell whether the words ask for a part of several options and do not say which: "most of them"."""
        return self.is_all(words) and not self._parts.isdisjoint(words) and "time" not in words

    def is_half_hearted(self, words: Sequence[str]) -> bool:
        """Tell whether what is said is said with a doubt, or says how sure a person is: "maybe", "pretty sure"."""
        doubts = self._small.kind("half-hearted")
        if any(after in _SURE and before in self._degrees for before, after in pairwise(words)):
            return True
        runs = (" ".join(words[at : at + size]) for size in (1, 2, 3) for at in range(len(words) - size + 1))
        return any(run in doubts for run in runs)
