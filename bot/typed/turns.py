"""How often a step is to come round, in typed words: "every other friday", "one day a month", "no longer repeat"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from bot.repeats import Every, Unit
from bot.typed.calendar_days import WEEKDAYS
from bot.typed.dates import find_days
from bot.typed.words import clean, split

_DAY = rf"(?:{'|'.join(WEEKDAYS)})"
_SPAN = r"(?:working )?(day|weekday|week|fortnight|month|quarter|year)s?"
_COUNTS = {"other": 2, "second": 2, "third": 3, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "couple of": 2}
_COUNT = rf"(?:(\d{{1,2}}|{'|'.join(_COUNTS)}) )?"
_SPANS: dict[str, tuple[int, Unit]] = {
    "day": (1, "day"),
    "weekday": (1, "day"),
    "week": (1, "week"),
    "fortnight": (2, "week"),
    "month": (1, "month"),
    "quarter": (3, "month"),
    "year": (12, "month"),
}
_SINGLE = {
    "daily": "day",
    "weekly": "week",
    "fortnightly": "fortnight",
    "biweekly": "fortnight",
    "monthly": "month",
    "quarterly": "quarter",
    "yearly": "year",
}
_OF_A_MONTH = re.compile(rf"\b(?:first|second|third|fourth|last) {_DAY} (?:of|in) (?:the|every|each|a) month\b")
_WEEKDAY = re.compile(rf"\b(?:every|each) {_COUNT}({_DAY})s?\b|\bon ({_DAY})s\b")
_EVERY = re.compile(rf"\b(?:every|each) (?:single )?{_COUNT}{_SPAN}\b")
_PER = re.compile(
    r"\b(?:once|one|1|a|an|half a)(?: (?:day|time|hour|morning|afternoon|half day))? (?:a|per|in a|each|every) "
    rf"{_COUNT}{_SPAN}\b"
)
_ALONE = re.compile(rf"\b(?:{'|'.join(_SINGLE)})\b")
_TWICE = re.compile(r"\btwice (?:a|per|each|every) month\b")
_NEVER = re.compile(
    r"\b(?:no longer|no more|not|never|stop|without|cancel the|end the) (?:it |to |have it |let it |making it )?"
    r"(?:repeat\w*|monthly|weekly|fortnightly|recurring)\b|\b(?:just|only) (?:this )?once\b|\bone off\b|\bunrepeat\b"
)
_OF_A_LINE = re.compile(
    r"\b(?:make|set|turn|change|do|have|let|put|schedule|keep|switch) (?:it|this|that|them|(?:the )?(?:number |step |"
    r"action |line |task )?(?:\d{1,2}|one|two|three|first|second|third|last)(?: one| step)?|(?:the|my|this|that) "
    r"\w+(?: \w+)?)\b|\brepeat(?:s|ing|ed)?\b|\brecurr?(?:s|ing)?\b"
)
_OTHERWISE = re.compile(
    r"^(?:what|how|why|who|which|where|when|is|are|does|tell|send|pause)\b|"
    r"\b(?:remind\w*|nudges?|ping|tips?|messages?|notif\w+)\b"
)
"""A question, or something else that may come round."""
_AROUND = re.compile(r"^(?:ok|okay|yes|please|maybe|then|just|from|starting|on|the|of|and|;|\s)*$")


@dataclass(frozen=True, slots=True)
class Turns:
    """How often a step comes round, from which day where one is named. `every` None: no longer."""

    every: Every | None
    day: date | None = None

    def __str__(self) -> str:
        """Return it as an event's detail: `1m@2026-12-15`, `never`."""
        if self.every is None:
            return "never"
        return f"{self.every}@{self.day.isoformat()}" if self.day else str(self.every)


def find_turns(text: str, now: datetime) -> Turns | None:
    """Return how often something is to come round, or None where the words do not say."""
    words = " ".join(split(clean(text)))
    if _NEVER.search(words):
        return Turns(None)
    every, rest = _every(words)
    if every is None:
        return None
    days = find_days(rest, now).days
    return Turns(every, days[0] if days else None)


def wanted_turns(text: str, now: datetime) -> Turns | None:
    """Return how often a line of the plan is to come round, where a text asks for that and for nothing else."""
    words = " ".join(split(clean(text)))
    if _OTHERWISE.search(words):
        return None
    found = find_turns(text, now)
    if found is None:
        return None
    if found.every is None:
        return found if "repeat" in words or "recur" in words or _OF_A_LINE.search(words) else None
    _, rest = _every(words)
    alone = _AROUND.match(rest) or (found.day is not None and len(rest.split()) <= 4)
    return found if alone or _OF_A_LINE.search(words) else None


def _every(words: str) -> tuple[Every | None, str]:
    """Return how often, and the words without it."""
    for pattern, read in _READERS:
        found = pattern.search(words)
        if found:
            kept = found[0] if pattern is _OF_A_MONTH else " ; "
            return read(found), pattern.sub(kept, words)
    return None, words


def _of_a_weekday(found: re.Match[str]) -> Every:
    return Every(_counted(found[1]), "week", WEEKDAYS.index(found[2] or found[3]))


def _of_a_span(found: re.Match[str]) -> Every:
    count, unit = _SPANS[found[2]]
    return Every(min(count * _counted(found[1]), 99), unit)


def _counted(word: str | None) -> int:
    if not word:
        return 1
    return _COUNTS.get(word) or max(int(word), 1)


def _of_one_word(found: re.Match[str]) -> Every:
    return Every(*_SPANS[_SINGLE[found[0]]])


_READERS = (
    (_OF_A_MONTH, lambda _: Every(1, "month")),
    (_WEEKDAY, _of_a_weekday),
    (_TWICE, lambda _: Every(2, "week")),
    (_EVERY, _of_a_span),
    (_PER, _of_a_span),
    (_ALONE, _of_one_word),
)
