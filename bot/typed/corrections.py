"""An earlier answer taken back in words: "change my answer about hours", "I said two hours but it is four"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from bot.events import Wanted
from bot.guide import Guide, Question
from bot.typed.hearing import Heard
from bot.typed.named_days import NamedDays
from bot.typed.picking import Picking
from bot.typed.ranking import Marks, Ranking
from bot.typed.turns import wanted_turns
from bot.typed.wishes import COMMANDS, Wishes

_NAMED_AT = 0.3
"""How like a question's own words the rest of the sentence must be to name it."""
_ALONE_AT = 0.5
"""The same where the word "answer" is not said: "change my hours"."""
_OPENING = 4
"""Within how many words a wish to change something has to be said."""
_OUTWEIGHED = 0.6
_NEIGHBOURS = ("review", "back", "add")
"""From that likeness on, wishes other than these outweigh a change of answer."""
_NAMING = frozenset(("about", "on", "to", "for", "my", "the"))
_LEADING_IN = frozenset(("to", "into", "only", "just", "it", "is", "the", "answer"))
"""Words before the new answer, where an earlier one is taken back."""
_KEPT = 4
"""How many questions are named at most, likeliest first."""


class Corrections:
    """Finds the question whose answer a person wants to change."""

    def __init__(self, guide: Guide, wishes: Wishes, days: NamedDays, picking: Picking) -> None:
        self._guide = guide
        self._wishes = wishes
        self._days = days
        self._picking = picking

    def wish(self, message: Heard) -> Wanted | None:
        """Return the wish to change an earlier answer, unless the words are a sentence of their own."""
        label = self._wishes.exactly(message.words)
        if (label and label != "review") or wanted_turns(message.text, message.now) is not None:
            return None
        return self._change(message) or self._last_taken_back(message)

    def new_answer(self, text: str, *, named: bool) -> str:
        """Return what is said to hold instead: "2" of "no wait, 2"; empty where no answer is said.

        `named`: the question is named as well ("change the grade to higher").
        """
        taking = self._wishes.takings_back
        words = self._wishes.lexicon.read(text)
        rest = list(taking.after_taking_back(words) or ())
        while rest and rest[0] in _LEADING_IN:
            rest = rest[1:]
        if not rest and named:
            at = max((place for place, word in enumerate(words) if word in ("to", "is")), default=len(words))
            rest = words[at + 1 :]
        is_none = "question" in rest or taking.speaks_of_answers(rest) or self._wishes.exactly(rest) in COMMANDS
        return "" if is_none else " ".join(rest)

    def _change(self, message: Heard) -> Wanted | None:
        """Return the wish to change an answer, the question as its detail and further ones in `near`.

        Without a detail where no question is named; None where the words are about something else, or about the
        question on the table.
        """
        taking = self._wishes.takings_back
        sure = taking.takes_back(message.words)
        if not sure and not self._amends_own(message.words):
            return None
        named = self._named(message.words, _NAMED_AT if sure else _ALONE_AT)
        if not named:
            return Wanted("review", text=message.text) if taking.speaks_of_answers(message.words) else None
        if self._on_table(named[0], message):
            return None
        return Wanted("edit", named[0], message.text, near=tuple(named[1:]))

    def _last_taken_back(self, message: Heard) -> Wanted | None:
        """Return the wish to go back where what was said last is taken back: "no, I meant the first one".

        A command that stands in its place is that command: "no wait, stop". None where the words answer what is asked
        now.
        """
        if message.expects.context not in ("choice", "multi", "idle", "date"):
            return None
        rest = self._wishes.takings_back.after_taking_back(message.words)
        if rest is None or self._picking.says_words_of_options(message):
            return None
        if (command := self._wishes.exactly(rest)) in COMMANDS:
            return Wanted(command, text=message.text)
        dated = message.expects.context == "date" and self._days.find(message)
        return None if dated else Wanted("back", text=message.text)

    def _amends_own(self, words: Sequence[str]) -> bool:
        """Tell whether the words open with the wish to change something of one's own: "change my hours"."""
        taking = self._wishes.takings_back
        named = len(words) > 2 and words[0] in taking.amending and words[1] == "the" and words[2] in self._names
        words = self._wishes.small.bare(words)
        own = any(before in taking.amending and after == "my" for before, after in pairwise(words[: _OPENING + 1]))
        if not (own or named):
            return False
        best = next(iter(self._wishes.ranked(words, asked=True)), None)
        outweighed = best is not None and best.near >= _OUTWEIGHED and best.label not in _NEIGHBOURS
        return not outweighed or (best is not None and best.label.startswith("ask:"))

    def _on_table(self, name: str, message: Heard) -> bool:
        options = self._guide.question_by_id[name].options
        return bool(options) and options == message.expects.options

    def _named(self, words: Sequence[str], least: float) -> list[str]:
        by_name = [after for before, after in pairwise(words) if before in _NAMING and after in self._names]
        rest = self._wishes.takings_back.without_correction(words)
        ranked = self._ranking.rank(rest) if rest else []
        likely = [each.label for each in ranked if each.near >= least]
        return list(dict.fromkeys((*by_name, *likely)))[:_KEPT]

    @cached_property
    def _names(self) -> frozenset[str]:
        """The questions that go by one word."""
        return frozenset(name for name in self._guide.question_by_id if name.isalpha())

    @cached_property
    def _ranking(self) -> Ranking:
        plain = self._wishes.small.places.filler
        return Ranking(
            (
                (question.id, [word for word in self._wishes.lexicon.read(way) if word not in plain])
                for section in self._guide.sections
                if section.shows != "evidence"
                for question in section.questions
                if not question.slot
                for way in self._ways(question)
            ),
            Marks(),
        )

    def _ways(self, question: Question) -> Iterator[str]:
        """Yield what a person may call a question by: its name, its words, and those of its options."""
        skill = self._guide.skill_by_id.get(question.skill)
        if skill is None:
            yield question.id.replace("-", " ")
            yield question.text
            yield from (way for option in question.options for way in (option.label, *option.says))
        elif question.part == "2":
            yield from (skill.title, *skill.title.split())
        elif question.part in ("sure", "proof"):
            name = {"sure": "how_sure", "proof": "example"}[question.part]
            yield f"{skill.title} {self._guide.phrases.labels.get(name, '')}"
