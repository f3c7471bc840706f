"""What a sentence tells: something done, something to come, or something of somebody else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.typed.small_words import SmallWords

_TELLING = frozenset(("i", "we", "my", "the", "just", "have", "yesterday", "today"))
_AHEAD = frozenset(("will", "would", "want", "plan", "going", "need", "hope", "might", "shall", "intend"))
_STATING = frozenset(("is", "are", "was", "were", "has", "have", "had"))
_NOW = frozenset(("is", "are", "starts", "begins"))
_TO_COME = frozenset(("next", "tomorrow", "soon", "upcoming", "coming"))
_TASK = frozenset(("task", "action", "it", "as", "my", "the", "i", "for", "me", "one", "that", "can", "you"))
_TURNS = frozenset(("does", "do", "what", "how", "which", "should", "can", "could", "want", "would", "will"))
_TICKED = frozenset(("it", "them", "that", "this", "one", "my", "a"))
"""Before "off", these tell of something ticked off, or of a day of one's own: "cross it off", "my day off"."""
_OFF_A_LIST = re.compile(r"\b(?:is|was|are|got) off (?=my|the|our)")
"""Said so, it is ticked off: "that is off my list"."""


class Statements:
    """Tells what is reported from what is planned, asked, or told of others."""

    def __init__(self, small: SmallWords) -> None:
        self._small = small

    def subject(self, words: Sequence[str]) -> str:
        """Return what a sentence tells of, where it opens with somebody or something else ("my boss would ...")."""
        if words[0] in self._small.kind("others"):
            return words[0]
        return words[1] if words[0] in self._small.kind("owners") and len(words) > 2 else ""

    def told_of(self, words: Sequence[str]) -> Sequence[str]:
        """Return the words for what a statement tells of: `weekly` and `report` of "my weekly report is late"."""
        if words[0] not in self._small.kind("owners"):
            return ()
        verb = next((at for at, word in enumerate(words) if word in _STATING), 0)
        return words[1:verb]

    def unframed(self, words: Sequence[str]) -> list[str]:
        """Return the words that may name what is done, without "mark", "done" and the like."""
        return [word for word in words if word not in self._small.kind("surely-finished") and word not in _TASK]

    def tells_past(self, words: Sequence[str], *, loosely: bool = False) -> bool:
        """Tell whether the words report something done; `loosely`: a word such as "out" or "live" is enough."""
        if self._small.asks(words) or self._small.denies(words) or self.plans(words):
            return False
        if not self._small.kind("surely-finished").isdisjoint(words):
            return True
        if not self._small.kind("unfinished").isdisjoint(words):
            return False
        if any(word in _TURNS for word in words[1:]):
            return False
        past = {word for word in words if len(word) > 4 and word.endswith("ed")}
        irregular = self._small.kind("finished").intersection(words)
        if loosely:
            return bool(past | irregular) or not self._small.kind("finished-loosely").isdisjoint(words)
        if past and (words[0] in _TELLING or words[0] in past):
            return True
        return bool(irregular) and words[0] in ("i", "just", "have", *irregular)

    def tells_of_others(self, words: Sequence[str]) -> bool:
        """Tell whether a sentence tells of somebody else: "my old boss was a PMO lead", "they deleted it"."""
        persons = self._small.kind("persons")
        return words[0] in persons or (words[0] in self._small.kind("owners") and not persons.isdisjoint(words[1:4]))

    def has_come_to_nothing(self, words: Sequence[str]) -> bool:
        """Tell whether what was to happen does not: "the shadow day is off", "it fell through"."""
        if self._small.asks(words) or not self._small.kind("surely-finished").isdisjoint(set(words) - {"happened"}):
            return False
        said = self._small.kind("come-to-nothing")
        text = _OFF_A_LIST.sub(" ", f" {' '.join(words)} ")
        off = words[-1:] == ["off"] and _TICKED.isdisjoint(words[-3:-1])
        return off or any(f" {run} " in text for run in said)

    def plans(self, words: Sequence[str]) -> bool:
        """Tell whether the words open by saying what a person will do."""
        return words[:1] == ["i"] and not _AHEAD.isdisjoint(words[1:3])

    def lies_ahead(self, words: Sequence[str]) -> bool:
        """Tell whether the words speak of what is to come, or has come to nothing: "my shadow day is on friday"."""
        dated = not _NOW.isdisjoint(words) and not self._small.days.isdisjoint(words)
        return dated or not _TO_COME.isdisjoint(words) or not self._small.kind("unfinished").isdisjoint(words)
