"""Typed words that say by themselves what an earlier question asked: "we do not have one", where its kind is asked now.

Only a whole sentence counts, or a clause of one, that the guide lists word for word under an option. "Often" or "not
yet" may belong to any question, so they belong to the one on the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.guide import Option, Question
from bot.typed.hearing import Heard
from bot.typed.picking import Picking
from bot.typed.wishes import Wishes

_TELLERS = frozenset(("i", "we", "they", "there", "nobody", "my", "our"))
"""First words of a sentence that stands alone."""
_LEAST = 3
_DENYING = ("no", "none")
_LEAST_DENYING = 2
_OPENING = _TELLERS.union(_DENYING)
_LONGEST = 5
"""Most words of an opening."""
_TAIL = 2
"""How many small words may follow."""
_NOWADAYS = frozenset(("anymore", "any", "more", "now", "today", "currently", "here", "left", "obviously"))
"""Further words that may."""
_THERE_IS = ("we", "i", "do", "have", "one", "a", "got", "there", "small")
"""Words that say no more than that there is one."""


class LateAnswers:
    """Finds the earlier question that typed words are an answer to."""

    def __init__(self, wishes: Wishes, picking: Picking) -> None:
        self._small = wishes.small
        self._read = wishes.lexicon.read
        self._clauses = wishes.lexicon.clauses
        self._openings = wishes.openings.asides | wishes.takings_back.openings
        self._endings = wishes.openings.hedges | wishes.openings.asides
        self._plain = wishes.small.places.filler | wishes.small.polite | _NOWADAYS
        self._picking = picking
        self._rows: dict[str, dict[tuple[str, ...], str]] = {}

    def find(self, message: Heard, earlier: Sequence[tuple[Question, str]]) -> tuple[str, str] | None:
        """Return the id of an earlier question and of the option meant; None where the one on the table is answered.

        Args:
            message: What was typed, and what is asked now.
            earlier: Earlier questions, the latest first, each with the option that was picked.
        """
        whole = message.words
        if "?" in message.text or _OPENING.isdisjoint(whole) or len(whole) < _LEAST_DENYING:
            return None
        if self._picking.stands(message):
            return None
        for words in (whole, *(clause for clause in self._clauses(message.text) if clause != whole)):
            said = next((found for trimmed in self._trimmed(words) if (found := self._named(trimmed, earlier))), None)
            if said and (words is whole or self._picking.answer(message) is None):
                return said
        return None

    def _named(self, words: tuple[str, ...], earlier: Sequence[tuple[Question, str]]) -> tuple[str, str] | None:
        """Return what is named; that there is one takes back nothing but that there is none."""
        found = next((each for each in earlier if words in self._row(each[0])), None)
        if found is None:
            return None
        question, given = found
        option = question.option(given)
        there_is = option is not None and self._small.opens_with_yes(self._read(option.label)) > 0
        if there_is and not self._small.denies(words) and {*words} <= {*_THERE_IS, *self._plain, question.id}:
            return None
        return question.id, self._row(question)[words]

    def _trimmed(self, words: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """Yield the words without what opens them, then without small words at their end, while they stand alone."""
        rest = list(words)
        while rest and not self._stands_alone(rest):
            sizes = range(min(len(rest), _LONGEST), 0, -1)
            size = next((size for size in sizes if " ".join(rest[:size]) in self._openings), 0)
            rest = rest[size or (1 if rest[0] in self._plain else len(rest)) :]
        sizes = range(min(len(rest) - 1, _LONGEST), 0, -1)
        size = next((size for size in sizes if " ".join(rest[-size:]) in self._endings), 0)
        rest = rest[: len(rest) - size]
        for tail in range(_TAIL + 1):
            if not self._stands_alone(rest) or (tail and rest.pop() not in self._plain):
                return
            yield tuple(rest)

    def _row(self, question: Question) -> dict[tuple[str, ...], str]:
        """Return what says an option by itself, with the option's id."""
        row = self._rows.get(question.id)
        if row is None:
            ways = ((words, option.id) for option in question.options for words in self._ways(option, question.id))
            row = self._rows[question.id] = {
                words: option
                for words, option in ways
                if self._stands_alone(words) and not self._small.verdict(words, whole=True)
            }
        return row

    def _ways(self, option: Option, name: str) -> Iterator[tuple[str, ...]]:
        """Yield what says an option, and the same with what the question is about in place of "one": "have a pmo"."""
        for way in option.says:
            words = tuple(self._read(way))
            yield words
            if "one" in words and name.isalpha():
                at = words.index("one")
                yield (*words[:at], *(() if "a" in words[:at] else ("a",)), name, *words[at + 1 :])

    @staticmethod
    def _stands_alone(words: Sequence[str]) -> bool:
        if not words:
            return False
        return len(words) >= (_LEAST_DENYING if words[0] in _DENYING else _LEAST) and words[0] in (*_TELLERS, *_DENYING)
