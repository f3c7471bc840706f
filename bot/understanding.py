"""Typed words to an event: an answer to what was asked, a wish by name, or an honest "I am not sure".

`Understanding.hear` looks first for an answer to the question on the table, then for a wish. Sentences come
from the guide's phrases; `bot.typed.ranking` finds those most like the typed words. Where two meanings are
close, the event is `Puzzled` and carries both.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from bot.events import Answered, Event, Puzzled, Wanted
from bot.guide import Guide
from bot.typed.asides import Asides
from bot.typed.consent import Consent
from bot.typed.corrections import Corrections
from bot.typed.dates import Finding, find_days
from bot.typed.denied_days import find_ruled_out
from bot.typed.hearing import RULED_OUT, SUPPORT, Expects, Heard, heard
from bot.typed.naming import Naming
from bot.typed.numbering import numbered_wish, without_line
from bot.typed.overheard import FRESH_STARTS
from bot.typed.picking import Picking
from bot.typed.ranking import Likeness
from bot.typed.turns import wanted_turns
from bot.typed.wishes import Wishes
from bot.typed.words import clean, split

__all__ = ["Expects", "Understanding", "heard"]

_WH = frozenset(("what", "how", "why", "who", "which", "where"))
_KEEPING_QUIET = frozenset(("pause", "snooze", "mute", "hold", "quiet"))
"""Words that make a date the end of a pause, even where a date is asked for."""
_LASTING = frozenset(("until", "till", "til", "for"))
_SURE = 0.8
"""From this likeness a sentence means what it says, even with a "not sure" in it."""
_LOOSE = 0.6
"""Below this likeness a sentence is tried clause by clause."""
_IN_TEXT = 5
"""Most words a command may have where free text is asked for; longer ones are the answer."""
_NO_COMMANDS = ("ask:", "done", "unknown", *FRESH_STARTS)
"""What words are often about without being a wish, where free text is asked for."""
_SENTENCE = 4
"""From this many words, what is said beside options may be an answer in a person's own words."""
_LEADING_IN = frozenset(("to", "into", "only", "just", "it", "is", "the", "answer"))
"""Words before the new answer, where an earlier one is taken back."""
_OUTRIGHT = 3
"""From how many words on a clause that is a command is one, also in a sentence that may be an answer."""
_GREETED = 4
"""From this many words, a greeting at the beginning is taken off before the rest is heard."""
_CANNOT_TELL = ("skip:", "help:")
_NO_DAY = ("skip:", "pause:")
_NOT_A_DAY = ("date:",)
_PAUSES = re.compile(r"[,;:.!?]+")
_ANOTHER_DAY = "another day"
"""What a day that is ruled out asks for; an option may say so."""
_YES_OR_NO = ("yes:", "no:")
_AT_A_LOSS = frozenset(("know", "idea", "sure", "clue", "unsure", "say"))
"""Words that make a doubt a wish to skip where free text is asked for."""
_TURNED = frozenset(
    ("do", "does", "did", "is", "are", "can", "could", "should", "would", "will", "much", "many", "long")
)
"""Second words of a question; "how projects are picked" is none."""
_REQUESTING = frozenset(("could", "can", "may"))
"""A sentence that opens so may be one that a person means to say to somebody else."""
_OF_A_LINE = frozenset(("done", "drop", "undo", "partly", "snooze", "shrink", "swap", "repeat", "change", "log"))
_OF_A_LINE |= {"asked", "agreed", "refused", "claim"}
_ECHOES = frozenset(("delete", "restart"))
"""Wishes that ask to be confirmed; to say one again is a yes."""


class Understanding:
    """A guide's sentences, indexed once, and the reading of typed words against them."""

    def __init__(self, guide: Guide) -> None:
        self._wishes = Wishes(guide)
        self._small = self._wishes.small
        self._asides = Asides(self._wishes)
        self._picking = Picking(self._wishes)
        self._naming = Naming(guide, self._wishes)
        self._consent = Consent(self._wishes)
        self._corrections = Corrections(guide, self._wishes)
        self._helps = SUPPORT in guide.topic_by_id
        self._hard = frozenset(f"ask:{topic.id}" for topic in guide.topics if topic.rests)

    def hear(self, text: str, expects: Expects, now: datetime) -> Event:
        """Return the event that `text` stands for; never raises, whatever the text.

        Args:
            text: What was typed, of any length; only the first few hundred characters are read.
            expects: What was asked, and the options on the table.
            now: The person's local time; days are counted from it.

        Returns:
            `Answered`, `Wanted`, or `Puzzled` (with readings where two meanings are likely, else with none).
        """
        text = self._asides.left_out(text, expects)
        words = self._wishes.lexicon.read(text)
        rest = text.strip().partition(" ")[2]
        greeted = rest and len(words) >= _GREETED and expects.context != "text"
        if greeted and self._wishes.exactly(words[:1]) == "greet":
            text, words = rest, self._wishes.lexicon.read(rest)
        if not words:
            return Answered(text=text) if expects.context == "text" and text.strip() else Puzzled((), text)
        if self._helps and self._small.needs_support(words):
            return Wanted("ask", SUPPORT, text)
        message = Heard(text, words, expects, now)
        if expects.context == "text":
            return self._free_text(message)
        if expects.context == "confirm":
            return self._confirmation(message)
        corrected = self._corrected(message) or self._ruled_out(message)
        if corrected:
            return corrected
        if expects.context == "date":
            return self._day(message)
        return self._picking.answer(message) or self._picking.doubt(message) or self._wish(message)

    def new_answer(self, text: str, *, named: bool) -> str:
        """Return what is said to hold instead, where an earlier answer is taken back: "2" of "no wait, 2".

        `named`: the question is named as well ("change the grade to higher"). Empty where no answer is said.
        """
        words = self._wishes.lexicon.read(text)
        rest = list(self._small.after_taking_back(words) or ())
        while rest and rest[0] in _LEADING_IN:
            rest = rest[1:]
        if not rest and named:
            at = max((place for place, word in enumerate(words) if word in ("to", "is")), default=len(words))
            rest = words[at + 1 :]
        return "" if "question" in rest or self._small.speaks_of_answers(rest) else " ".join(rest)

    def _free_text(self, message: Heard) -> Event:
        """Everything is the answer, except a few words that are a command, slips and all, and a question."""
        words = message.words
        label = ""
        if self._rests(message):
            return self._wanted("pause", message)
        corrected = self._corrected(message) if self._small.amends(words[:_IN_TEXT]) else None
        if corrected and self._small.speaks_of_answers(words):
            return corrected
        if len(words) <= _IN_TEXT:
            label = self._wishes.slip(message.text) or self._wishes.exactly(words) or self._wishes.nearly(words)
        if label and (label in self._hard or not label.startswith(_NO_COMMANDS)):
            return self._wanted(label, message)
        if self._small.verdict(words, whole=True) == "unsure" and not _AT_A_LOSS.isdisjoint(words):
            return Wanted("skip", text=message.text)
        if self._small.rejects_all(words) and not message.expects.options:
            return Wanted("skip", text=message.text)
        topic = self._topic_asked(message)
        return Wanted("ask", topic, message.text) if topic else Answered(text=message.text)

    def _rests(self, message: Heard) -> bool:
        """Tell whether it is "pause until 4 January" or "pause 2 weeks": a command of its own, with its day."""
        typed = split(clean(message.text))
        if not 1 < len(typed) <= _IN_TEXT or self._wishes.exactly(typed[:1]) != "pause":
            return False
        return (typed[1] in _LASTING or typed[1].isdecimal()) and bool(self._rest_days(message))

    def _rest_days(self, message: Heard) -> tuple[date, ...]:
        """Return the days that a pause may last until; "two weeks" is one, with or without a "for"."""
        words = self._wishes.lexicon.dated(clean(message.text))
        return self._days(message).days or find_days(words, message.now, asked=True).days

    def _topic_asked(self, message: Heard) -> str:
        """Return the topic that a plain question is about; empty where it is no question, or about nothing known."""
        words = message.words
        turned = len(words) > 2 and self._small.asks(words) and not _TURNED.isdisjoint(words[:2])
        if "?" not in message.text and not (turned and words[0] != "when"):
            return ""
        best = next(iter(self._wishes.ranked(words, asked=True)), None)
        if words[0] in _REQUESTING and not self._wishes.exactly(words):
            return ""
        well = best is not None and best.label.startswith("ask:") and best.near >= _LOOSE
        return best.label.removeprefix("ask:") if well and best else ""

    def _confirmation(self, message: Heard) -> Event:
        """Take nothing but a plain yes for one: what is confirmed cannot be taken back."""
        words = message.words
        verdict = self._consent.verdict(message)
        if verdict in ("yes", "no"):
            return Wanted(verdict, text=message.text)
        label = "" if verdict else self._wishes.exactly(words)
        if label:
            return Puzzled((), message.text) if label == "unknown" else self._wanted(label, message)
        return Puzzled(_YES_OR_NO, message.text) if verdict else self._aside(message)

    def _aside(self, message: Heard) -> Event:
        """Hear a question or a plain command where a yes or no is due; anything vaguer is asked about."""
        event = self._wish(message)
        if isinstance(event, Puzzled) and event.readings and not (message.asks or self._small.asks(message.words)):
            return Puzzled(_YES_OR_NO, message.text)
        if not isinstance(event, Wanted) or event.intent in ("yes", "no"):
            return event
        if event.intent in _OF_A_LINE:
            return Puzzled(_YES_OR_NO, message.text)
        ranked = self._wishes.ranked(message.words, asked=True)
        asks = message.asks or self._small.asks(message.words)
        return event if asks or _nearness(ranked) >= _SURE else Puzzled(_YES_OR_NO, message.text)

    def _corrected(self, message: Heard) -> Wanted | None:
        """Return the wish to change an earlier answer, unless the words are a sentence of their own."""
        label = self._wishes.exactly(message.words)
        if (label and label != "review") or wanted_turns(message.text, message.now) is not None:
            return None
        found = self._corrections.find(message)
        return found or self._last_taken_back(message)

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

    def _last_taken_back(self, message: Heard) -> Wanted | None:
        """Return the wish to go back where what was said last is taken back, and is no answer to what is asked now."""
        if message.expects.context not in ("choice", "multi", "idle", "date"):
            return None
        if not self._corrections.takes_last_back(message) or self._picking.says_words_of_options(message):
            return None
        dated = message.expects.context == "date" and self._days(message)
        return None if dated else Wanted("back", text=message.text)

    def _day(self, message: Heard) -> Event:
        words = message.words
        if self._small.is_vague(words):
            return Puzzled(_NO_DAY, message.text)
        clauses = list(self._wishes.lexicon.clauses(message.text)) or [words]
        asks = any(clause[0] in _WH and "about" not in clause[1:2] for clause in (words, clauses[0]))
        finding = Finding() if asks else self._days(message)
        if finding and _KEEPING_QUIET.isdisjoint(words):
            return self._found_day(finding, message)
        label = self._wishes.exactly(words)
        if label:
            return self._wanted(label, message)
        label = self._wishes.clause(message.text)
        if label:
            return self._wanted(label, message)
        if self._small.is_vague(words, within=True) or self._small.rejects_all(words):
            return Puzzled(_NO_DAY, message.text)
        return self._picking.answer(message) or self._wish(message)

    def _found_day(self, finding: Finding, message: Heard) -> Event:
        """Take the one day that is named; several, a past one or a denied one leave a doubt."""
        denied = self._small.denies(message.words) and "later" not in message.words
        if len(finding.days) == 1 and not denied:
            return Answered(day=finding.days[0])
        return Puzzled(tuple(f"date:{day.isoformat()}" for day in finding.days[:2]) or _NOT_A_DAY, message.text)

    def _days(self, message: Heard) -> Finding:
        words = self._wishes.lexicon.dated(clean(message.text))
        return find_days(words, message.now, asked=message.expects.context == "date")

    def _put_off(self, message: Heard) -> str:
        """Return the day something is put off to, as ISO; "not this week" means the next one."""
        words = without_line(self._wishes.lexicon.dated(clean(message.text))).replace("not this", "next")
        days = find_days(words.replace("not today", ""), message.now, asked=True).days
        return days[0].isoformat() if days else ""

    def _wish(self, message: Heard) -> Event:
        turns = wanted_turns(message.text, message.now)
        if turns is not None:
            return Wanted("repeat", str(turns), message.text)
        wish, number = numbered_wish(message.text)
        if wish:
            day = self._put_off(message) if wish == "snooze" else ""
            return Wanted(wish, f"{day}#{number}", message.text)
        label = self._wishes.slip(message.text) or self._naming.asked_tip(message.words)
        label = label or self._wishes.exactly(message.words)
        if label:
            return Puzzled((), message.text) if label == "unknown" else self._wanted(label, message)
        verdict = self._small.verdict(message.words, whole=True)
        if verdict in ("yes", "no"):
            return Wanted(verdict, text=message.text)
        if verdict:
            return Puzzled(_CANNOT_TELL if message.asked else (), message.text)
        ranked = self._wishes.ranked(message.words, asked=message.asked)
        near = _nearness(ranked)
        if message.asked and near < _SURE and self._small.hints_doubt(message.words):
            return Puzzled(_CANNOT_TELL, message.text)
        least = _SURE if len(message.words) >= _SENTENCE and not self._opens_as(ranked, message.words) else _LOOSE
        if near < least and self._tells_own_words(message):
            clause = self._wishes.clause(message.text, _OUTRIGHT)
            return self._wanted(clause, message) if clause else Puzzled((), message.text)
        if near < _LOOSE:
            clause = self._wishes.clause(message.text)
            if clause:
                return self._wanted(clause, message)
            ranked = max(ranked, self._wishes.best_clause(message.text, asked=message.asked), key=_nearness)
        return self._likeliest(ranked, message)

    def _opens_as(self, ranked: list[Likeness], words: list[str]) -> bool:
        """Tell whether a sentence begins with the very words of the wish it is like: "remind me tomorrow at 3"."""
        return bool(ranked) and ranked[0].label in (self._wishes.exactly(words[:2]), self._wishes.exactly(words[:1]))

    def _tells_own_words(self, message: Heard) -> bool:
        """Tell whether a sentence that asks nothing came where options stood: perhaps an answer of one's own."""
        stood = message.expects.context in ("choice", "multi", "date")
        return stood and not message.asks and not self._small.asks(message.words)

    def _likeliest(self, ranked: list[Likeness], message: Heard) -> Event:
        if not ranked or ranked[0].label == "unknown":
            return self._unclear(message)
        if self._wishes.is_close(ranked):
            return Puzzled(tuple(_reading(likeness) for likeness in ranked[:2]), message.text)
        return self._wanted(ranked[0].label, message)

    def _unclear(self, message: Heard) -> Event:
        """Ask what a bare day is for, and own up to the rest."""
        days = self._days(message).days[:1] if len(message.words) <= _IN_TEXT else ()
        readings = tuple(f"{wish}:{day.isoformat()}" for day in days for wish in ("remind", "pause"))
        return Puzzled(readings, message.text)

    def _wanted(self, label: str, message: Heard) -> Event:
        """Return the wish with its detail: the day of a reminder, the topic of a tip, the action that is done."""
        intent, _, detail = label.partition(":")
        if intent == "snooze":
            detail = self._put_off(message)
        elif intent in ("remind", "pause", "stop", "agreed"):
            days = self._rest_days(message) if intent == "pause" else self._days(message).days
            if intent == "stop" and days and not _LASTING.isdisjoint(message.words):
                intent = "pause"
            detail = days[0].isoformat() if days and intent != "stop" else ""
        elif intent == "tip":
            detail = self._naming.tip_topic(message.words) or self._naming.strange_topic(message.words)
        elif intent == "done" and not detail:
            detail = self._naming.action_done(message.words)
        return Wanted(intent, detail, message.text)


def _nearness(ranked: list[Likeness]) -> float:
    return ranked[0].near if ranked else 0.0


def _reading(likeness: Likeness) -> str:
    return likeness.label if ":" in likeness.label else f"{likeness.label}:"
