"""What is typed where free text is asked for: the answer, but for a few words that are a command, and a question."""

from __future__ import annotations

from bot.events import Answered, Event, Puzzled, Wanted
from bot.guide import Guide
from bot.typed.corrections import Corrections
from bot.typed.hearing import LOST, NO_WORDS, Heard
from bot.typed.named_days import NamedDays
from bot.typed.overheard import FRESH_STARTS
from bot.typed.wanting import LASTING, LOOSE, Wanting
from bot.typed.wishes import Wishes
from bot.typed.words import clean, split

_FEW = 5
"""Most words a command may have; longer ones are the answer."""
_SHORT = 8
"""Most words of a question that tells of a doubt: "is it ok if I do not know"."""
_NO_COMMANDS = ("ask:", "done", "unknown", *FRESH_STARTS)
"""What words are often about without being a wish."""
_PUT_TO_GUIDE = ("help", "why", "privacy", "progress", "pause", "skip", "back")
"""What a person asks of the guide while an answer in their own words is waited for."""
_AT_A_LOSS = frozenset(("know", "idea", "sure", "clue", "unsure", "say"))
"""Words that make a doubt a wish to skip."""
_NOES = frozenset(("no", "nope", "nah", "nay", "not"))
"""How a plain no begins."""
_TURNED = frozenset(
    ("do", "does", "did", "is", "are", "can", "could", "should", "would", "will", "much", "many", "long")
)
"""Second words of a question; "how projects are picked" is none."""
_PEOPLE = frozenset(("i", "you", "we", "they"))
_THINGS = _PEOPLE.union(("it", "this", "that"))
_VERBS = _THINGS.union(("do", "does", "did", "is", "are", "should", "can", "would", "will", "if"))
_FIRST = dict.fromkeys(("what", "which", "how", "why", "who"), _VERBS) | dict.fromkeys(("do", "did", "have"), _PEOPLE)
_FIRST |= dict.fromkeys(("is", "are", "does", "should", "am", "will", "would", "may", "can", "could"), _THINGS)
"""First words of a question, each with the words that follow it there: "do it on Friday" is none."""
_REQUESTING = frozenset(("could", "can", "may"))
"""A sentence that opens so may be one that a person means to say to somebody else."""


class FreeText:
    """Tells answers in a person's own words from the few messages that are none."""

    def __init__(
        self, guide: Guide, wishes: Wishes, days: NamedDays, wanting: Wanting, corrections: Corrections
    ) -> None:
        self._wishes = wishes
        self._small = wishes.small
        self._takings_back = wishes.takings_back
        self._days = days
        self._wanting = wanting
        self._corrections = corrections
        self._guide = guide
        self._hard = frozenset(f"ask:{topic.id}" for topic in guide.topics if topic.rests)

    def hear(self, message: Heard) -> Event:
        """Return the answer as it was typed; or the wish, slips and all, where a few words are nothing else."""
        words = message.words
        label = ""
        if self._rests(message):
            return self._wanting.wanted("pause", message)
        corrected = self._corrections.wish(message) if self._takings_back.amends(words[:_FEW]) else None
        if corrected and (self._takings_back.speaks_of_answers(words) or self._says_new_answer(corrected, message)):
            return corrected
        if len(words) <= _FEW:
            label = self._wishes.slip(message.text) or self._wishes.exactly(words) or self._wishes.nearly(words)
        label = label or self._put_to_guide(message)
        if label == "skip" and self._small.cannot_tell(words):
            return Wanted("skip", LOST, message.text)
        if label and (label in self._hard or not label.startswith(_NO_COMMANDS)):
            return self._wanting.wanted(label, message)
        if self._is_at_a_loss(message):
            return Wanted("skip", LOST, message.text)
        if message.expects.options and self._is_turned(words):
            return self._put_in_a_plan(message)
        if self._refuses(message):
            return Wanted("skip", text=message.text)
        if self._says_nothing(message):
            return Puzzled((NO_WORDS,), message.text)
        topic = self._topic_asked(message)
        return Wanted("ask", topic, message.text) if topic else Answered(text=message.text)

    def _says_new_answer(self, corrected: Wanted, message: Heard) -> bool:
        """Tell whether the new answer is said in an option's own words, too: "change my grade to higher"."""
        question = self._guide.question_by_id.get(corrected.detail)
        new, read = self._corrections.new_answer(message.text, named=True), self._wishes.lexicon.read
        ways = (way for option in (question.options if question else ()) for way in (option.label, *option.says))
        return bool(new) and any(read(way) == read(new) for way in ways)

    @staticmethod
    def _is_turned(words: list[str]) -> bool:
        """Tell whether the words are a question with its verb first: "can I do it next month", "what do you mean"."""
        return words[0] in _FIRST and words[1:2] != [] and words[1] in _FIRST[words[0]]

    def _put_in_a_plan(self, message: Heard) -> Event:
        """Hear a question where a part of a plan line is asked for: it is never that part."""
        event = self._wanting.wish(message)
        known = isinstance(event, Wanted) and event.intent in ("ask", *_PUT_TO_GUIDE)
        return event if known else Puzzled((NO_WORDS,), message.text)

    def _is_at_a_loss(self, message: Heard) -> bool:
        """Tell whether the words are "no idea" and the like, or a short question that says so."""
        words = message.words
        if len(words) <= _SHORT and message.asks and self._small.hints_doubt(words):
            return True
        return self._small.verdict(words, whole=True) == "unsure" and not _AT_A_LOSS.isdisjoint(words)

    def _refuses(self, message: Heard) -> bool:
        """Tell whether it is a plain "none" or "not really", with no suggestion beside it to be meant."""
        words = message.words
        no = words[0] in _NOES and self._small.verdict(words, whole=True) == "no"
        return not message.expects.options and (no or self._small.rejects_all(words))

    def _says_nothing(self, message: Heard) -> bool:
        """Tell whether a few words as they were typed, slips and all, are no answer: "done", "ok", "👍".

        Nor is a bare number: it was to pick something, or its unit is missing.
        """
        if not any(map(str.isalnum, message.text)) or message.text.strip().isdecimal():
            return True
        return len(message.words) <= _FEW and self._small.says_nothing(split(clean(message.text)))

    def _put_to_guide(self, message: Heard) -> str:
        """Return the wish that a longer question or request is word for word: "can I come back to this later"."""
        words = message.words
        asks = "?" in message.text or words[0] in _REQUESTING or self._small.asks(words)
        label = self._wishes.exactly(words) if asks else ""
        return label if label in _PUT_TO_GUIDE else ""

    def _rests(self, message: Heard) -> bool:
        """Tell whether it is "pause until 4 January" or "pause 2 weeks": a command of its own, with its day."""
        typed = split(clean(message.text))
        if not 1 < len(typed) <= _FEW or self._wishes.exactly(typed[:1]) != "pause":
            return False
        return (typed[1] in LASTING or typed[1].isdecimal()) and bool(self._days.ends_of_pause(message))

    def _topic_asked(self, message: Heard) -> str:
        """Return the topic that a plain question is about; empty where it is no question, or about nothing known."""
        words = message.words
        turned = len(words) > 2 and self._small.asks(words) and not _TURNED.isdisjoint(words[:2])
        orders = words[0] == "do" and words[1:2] != [] and words[1] not in _PEOPLE
        if "?" not in message.text and (orders or not turned or words[0] == "when"):
            return ""
        best = next(iter(self._wishes.ranked(words, asked=True)), None)
        if words[0] in _REQUESTING and not self._wishes.exactly(words):
            return ""
        well = best is not None and best.label.startswith("ask:") and best.near >= LOOSE
        return best.label.removeprefix("ask:") if well and best else ""
