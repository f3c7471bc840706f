"""Days that are ruled out: "not monday", "any day but friday", "never on mondays", "fridays are bad"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.typed.calendar_days import WEEKDAYS

_SHORT = {name[:3]: name for name in WEEKDAYS}
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?)"
_SPAN = r"(?:this|next) (?:week|month)"
_DAY = rf"(?:(?:this |next |coming )?{_WEEKDAY}|today|tomorrow|{_SPAN}|weekends?)"
_DAYS = rf"({_DAY}(?:(?: or| and)* {_DAY})*)"
_AT = r"(?: on| in| for| at)?(?: the| a| any)?"
_ALL_BUT = (
    r"(?:(?:any|every|all|some)(?: ?thing| ?time| (?:other )?days?)? (?:but|except|besides)(?: for)?"
    r"|except(?: for)?|besides|other than|apart from|rather not|instead of)"
)
_NOT = r"(?:not|never|nor)"
_WRITING = (
    r"(?:\w+ )?(?:notes?|posts?|messages?|reminders?|remind|write|send|ping|nudges?|contact"
    r"|come|do|make|manage|work|time|free|available)(?: (?:to )?me| anything| it)?"
)
_BAD = (
    r"(?:(?:is|are|would be|will be) (?:always |usually |just )?(?:bad|busy|full|impossible|out|packed|terrible"
    r"|difficult|hard|no good|not (?:good|possible|great|ideal|an option))"
    r"|(?:does|do|will|would) not (?:work|suit|fit|do))"
)
_RULING_OUT = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_ALL_BUT}{_AT} {_DAYS}\b",
        rf"\b(?:{_NOT}|no) {_WRITING}{_AT} (?!{_SPAN}){_DAYS}\b",
        rf"\b{_NOT}{_AT} {_DAYS}\b",
        rf"\bno (?=\w+s\b){_DAYS}\b",
        rf"\b{_DAYS} {_BAD}(?: (?:for|with) me)?\b",
    )
)


@dataclass(frozen=True, slots=True)
class RuledOut:
    """The days ruled out, as people name them ("Monday", "this week"), and the text without them."""

    days: tuple[str, ...]
    rest: str


def find_ruled_out(words: str) -> RuledOut | None:
    """Return the days that `words` rule out; None where they rule out none.

    The words are in lower case with single blanks, and a comma of its own stands where a pause was typed. "Not before
    monday" rules out no day, and neither does "no, monday"; "no messages this week" asks for a rest.
    """
    for pattern in _RULING_OUT:
        found = pattern.search(words)
        if found:
            days = tuple(dict.fromkeys(_name(day) for day in re.findall(_DAY, found[1])))
            return RuledOut(days, " ".join(f"{words[: found.start()]} {words[found.end() :]}".split()))
    return None


def _name(day: str) -> str:
    """Return a day as it is said back: weekdays by their full names, everything else as it was typed."""
    last = day.rsplit(maxsplit=1)[-1]
    return _SHORT[last[:3]].capitalize() if last[:3] in _SHORT and not last.startswith("month") else day
