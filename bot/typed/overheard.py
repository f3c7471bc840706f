"""Whether a wish that is easily overheard is really meant: need, thanks, consent, and what ends or clears a talk."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.typed.hearing import SUPPORT
from bot.typed.ranking import Likeness
from bot.typed.small_words import SmallWords
from bot.typed.statements import Statements
from bot.typed.words import stem

_NEED = f"ask:{SUPPORT}"
FRESH_STARTS = ("fresh", "closed", "new-role")
_OUTRIGHT_ONLY = frozenset((_NEED, *FRESH_STARTS))
"""Need, and what happened in somebody's life: never guessed from a loose likeness."""
_OF_THE_TALK = frozenset(
    ("stop", "quiet", "pause", "resume", "restart", "delete", "export", "drop", "undo", "skip", "back", "review")
)
"""Wishes that end, rest, clear or turn the talk: "my boss would hate this" and "they deleted my project" are none."""
_OF_ONES_OWN = frozenset(("plan", "progress", "profile", "remind", "snooze"))
"""Wishes about what a person has here: "my plan is late" speaks of that, and "my weekly report is late" does not."""
_WONDERING = frozenset(("is", "are", "am", "was", "were", "does", "did", "has"))
"""How a question opens that asks for nothing to be done: "is that enough?" is no "that is enough"."""
_OUTRIGHT = 0.8
_FAIRLY = 0.55

Sentences = Sequence[tuple[str, list[str]]]


class Overheard:
    """Tells wishes that are meant from sentences that merely sound like them."""

    def __init__(
        self,
        small: SmallWords,
        told: Statements,
        sentences: Sentences,
        agreeing: frozenset[str],
        exactly: Callable[[Sequence[str]], str],
    ) -> None:
        """Take the small words and what sentences tell, the guide's sentences by label, words of consent, a look-up."""
        self._small = small
        self._told = told
        self._sentences = sentences
        self._agreeing = agreeing
        self._exactly = exactly
        self._used: dict[str, set[str]] = {}
        for label, words in sentences:
            if label in _OF_THE_TALK or label in _OF_ONES_OWN:
                self._used.setdefault(label, set()).update(words)

    def is_meant(self, each: Likeness, words: Sequence[str]) -> bool:
        """Say whether a wish is meant by these words; need is never guessed from a loose likeness."""
        if each.label in _OUTRIGHT_ONLY:
            return each.near >= _OUTRIGHT
        if each.label.startswith("called-off"):
            return self._told.has_come_to_nothing(words)
        if each.label == "agreed":
            return not self._agreeing.isdisjoint(words)
        if each.label in _OF_THE_TALK:
            if words[0] in _WONDERING and self._sentences[each.place][1][0] not in _WONDERING:
                return False
            meant = self._is_about_the_talk(each.label, words) and not self.is_denied(each, words)
            return each.near >= _FAIRLY and meant
        if each.label in _OF_ONES_OWN:
            told = self._told.told_of(words)
            return not told or not self._used[each.label].isdisjoint(told)
        return each.label != "thanks" or self._is_thanks(each, words)

    def _is_about_the_talk(self, label: str, words: Sequence[str]) -> bool:
        """Say whether what a sentence tells of, if it tells of something, is ever spoken of in such a wish."""
        subject = self._told.subject(words)
        if subject and self._told.tells_past(words):
            return False
        return not subject or subject in self._used[label]

    def is_denied(self, each: Likeness, words: Sequence[str]) -> bool:
        """Say whether a "not" stands before the very verb of a wish about the talk: "don't delete my answers"."""
        if each.label not in _OF_THE_TALK:
            return False
        sentence = self._sentences[each.place][1]
        if self._small.denies(sentence):
            return False
        verb = stem(self._small.bare(sentence)[0])
        return verb in {stem(word) for word in self._small.denied(words)}

    def _is_thanks(self, each: Likeness, words: Sequence[str]) -> bool:
        """Say whether thanks are meant: said first, or all there is."""
        if "thanks" in (self._exactly(words[:1]), self._exactly(words[:2])):
            return True
        shared = set(words) & set(self._sentences[each.place][1])
        return each.near >= _OUTRIGHT and 2 * len(shared) >= len(set(words))
