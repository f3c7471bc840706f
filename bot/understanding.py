"""Typed words to an event: an answer to what was asked, a wish by name, or an honest "I am not sure".

`Understanding.hear` looks first for an answer to the question on the table, then for a wish. Sentences come
from the guide's phrases; `bot.typed.ranking` finds those most like the typed words. Where two meanings are
close, the event is `Puzzled` and carries both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from bot.events import Answered, Event, Puzzled, Wanted
from bot.guide import Guide, Question
from bot.typed.asides import Asides
from bot.typed.asked_days import AskedDays
from bot.typed.consent import Consent
from bot.typed.corrections import Corrections
from bot.typed.dates import find_days
from bot.typed.denied_days import find_ruled_out
from bot.typed.free_text import FreeText
from bot.typed.hearing import FOREIGN, NO_WORDS, RULED_OUT, SUPPORT, Expects, Heard, heard
from bot.typed.late_answers import LateAnswers
from bot.typed.named_days import NamedDays
from bot.typed.naming import Naming
from bot.typed.opting_in import OptingIn
from bot.typed.option_rows import OptionRows
from bot.typed.other_languages import OtherLanguages
from bot.typed.picking import Picking
from bot.typed.plan_lines import numbered_wish
from bot.typed.prose import Prose
from bot.typed.wanting import SURE, Wanting
from bot.typed.weekdays import Weekdays
from bot.typed.wishes import Wishes
from bot.typed.words import clean

__all__ = ["Expects", "Understanding", "heard"]

_GREETED = 4
"""From this many words, a greeting at the beginning is taken off before the rest is heard."""
_PAUSES = re.compile(r"[,;:.!?]+")
_AFTER_A_YES = frozenset(("stop", "pause", "delete", "back", "skip"))
"""Commands that turn away from what is on the table, and stay what they are after a "yes"."""
_ANOTHER_DAY = "another day"
"""What a day that is ruled out asks for; an option may say so."""


class Understanding:
    """A guide's sentences, indexed once, and the reading of typed words against them."""

    def __init__(self, guide: Guide) -> None:
        self._wishes = wishes = Wishes(guide)
        self._small = wishes.small
        days = NamedDays(wishes.lexicon)
        self._weekdays = Weekdays(wishes.small, days)
        self._asides = Asides(wishes)
        self._picking = Picking(wishes)
        self._prose = Prose(guide, wishes, OptionRows(wishes.small, wishes.lexicon.read))
        self._wanting = Wanting(wishes, Naming(guide, wishes), days)
        self._corrections = Corrections(guide, wishes, days, self._picking)
        self._late_answers = LateAnswers(wishes, self._picking)
        self._consent = Consent(wishes, self._wanting)
        self._opting_in = OptingIn(wishes, self._picking, self._consent)
        self._asked_days = AskedDays(wishes, days, self._picking, self._wanting)
        self._free_text = FreeText(guide, wishes, days, self._wanting, self._corrections)
        self._other_languages = OtherLanguages(guide.phrases.words.get("foreign", ()))
        self._helps = SUPPORT in guide.topic_by_id

    def hear(self, text: str, expects: Expects, now: datetime) -> Event:
        """Return the event that `text` stands for; never raises, whatever the text.

        Args:
            text: What was typed, of any length; only the first few hundred characters are read.
            expects: What was asked, and the options on the table.
            now: The person's local time; days are counted from it.

        Returns:
            `Answered`, `Wanted`, or `Puzzled` (with readings where two meanings are likely, else with none).
        """
        words = self._wishes.lexicon.read(text) if self._helps else []
        if words and self._small.needs_support(words):
            return Wanted("ask", SUPPORT, text)
        if expects.context != "text" and self._is_in_another_language(text):
            return Puzzled((FOREIGN,), text)
        event = self._hear(self._asides.left_out(text, expects), expects, now)
        return event.changed(text=text) if isinstance(event, Wanted | Puzzled) else event

    def _hear(self, text: str, expects: Expects, now: datetime) -> Event:
        words = self._wishes.lexicon.read(text)
        rest = text.strip().partition(" ")[2]
        greeted = rest and len(words) >= _GREETED and expects.context != "text"
        if greeted and self._wishes.exactly(words[:1]) == "greet":
            text, words = rest, self._wishes.lexicon.read(rest)
        if not words and expects.context == "text" and text.strip():
            return Answered(text=text) if any(map(str.isalnum, text)) else Puzzled((NO_WORDS,), text)
        if not words:
            return Puzzled((), text)
        message = Heard(text, words, expects, now)
        if expects.context == "text":
            return self._free_text.hear(message)
        if expects.context == "confirm":
            return self._consent.hear(message)
        if self._turns_away(message):
            return self._hear(rest, expects, now)
        corrected = self._corrections.wish(message) or self._ruled_out(message)
        if corrected:
            return corrected
        if expects.context == "date":
            return self._asked_days.hear(message)
        reads = self._opting_in.hear if expects.turns_on else self._picking.answer
        answer = self._weekdays.picked(message, reads(message))
        event = answer or self._picking.doubt(message) or self._wanting.wish(message)
        return self._prose.weigh(message, event)

    def _is_in_another_language(self, text: str) -> bool:
        """Tell whether a text is in a language that is not read, and no sentence that the guide knows."""
        return self._other_languages.speak(text) and not self._wishes.exactly(self._wishes.lexicon.read(text))

    def _turns_away(self, message: Heard) -> bool:
        """Tell whether a yes comes before a command that is no answer to it: "yes delete" is no yes to a PMO."""
        words = message.words
        bids = words[0] == "yes" and self._wishes.exactly(words[1:]) in _AFTER_A_YES
        return bids and not message.expects.turns_on and not self._picking.stands(message)

    def new_answer(self, text: str, *, named: bool) -> str:
        """Return what is said to hold instead, where an earlier answer is taken back: "2" of "no wait, 2".

        `named`: the question is named as well ("change the grade to higher"). Empty where no answer is said.
        """
        return self._corrections.new_answer(text, named=named)

    def topic_of(self, text: str) -> str:
        """Return the topic that words are surely about, whatever else they may mean; empty where there is none."""
        ranked = self._wishes.ranked(self._wishes.lexicon.read(text) or [""], asked=False)
        best = next((each for each in ranked if each.label.startswith("ask:")), None)
        return best.label.removeprefix("ask:") if best is not None and best.near >= SURE else ""

    def late_answer(
        self, text: str, expects: Expects, now: datetime, earlier: Sequence[tuple[Question, str]]
    ) -> tuple[str, str] | None:
        """Return the earlier question that `text` answers by itself, and the option meant; None where there is none."""
        return self._late_answers.find(Heard(text, self._wishes.lexicon.read(text), expects, now), earlier)

    def _ruled_out(self, message: Heard) -> Event | None:
        """Read a day that is ruled out as any other day that is named, as "another day", or as a doubt about which."""
        pieces = [self._wishes.lexicon.dated(piece) for piece in _PAUSES.split(clean(message.text))]
        if len(pieces) > 1 and pieces[1] in self._small.days and self._small.verdict(pieces[0].split() or [""]) == "no":
            return self._instead(pieces[1], message)
        found = find_ruled_out(" , ".join(pieces))
        if found is None or numbered_wish(message.text)[0] or self._picking.stands(message):
            return None
        if found.days == ("today",) and message.expects.context != "date":
            return None
        if find_days(found.rest, message.now):
            return self._instead(found.rest, message)
        words = self._wishes.lexicon.read(_ANOTHER_DAY)
        other = Heard(_ANOTHER_DAY, words, message.expects, message.now)
        picked = self._picking.answer(other) if self._picking.stands(other) else None
        return picked or Puzzled((f"{RULED_OUT}{' or '.join(found.days)}",), message.text)

    def _instead(self, words: str, message: Heard) -> Event:
        """Hear these words in place of those that were typed, which are kept as they were."""
        event = self.hear(words, message.expects, message.now)
        return event.changed(text=message.text) if isinstance(event, Wanted | Puzzled) else event
