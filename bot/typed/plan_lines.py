"""Which line of a plan the words name, by its number, and what is wanted of it: "done 2", "swap the second one"."""

from __future__ import annotations

import re

from bot.typed.numbering import CARDINALS, ORDINAL, value_of
from bot.typed.words import clean, split

_LINE_NUMBER = rf"(?:{'|'.join(CARDINALS)}|\d{{1,2}})"
_LINE = r"(?:number|no|nr|num|step|action|task|item|line|point)"
_UNIT = r"(?:minutes?|hours?|days?|weeks?|months?|years?|fortnights?|times?|am|pm|o|oclock|of them|people|projects?)"
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|ember|tember|ober)?"
_WEEKDAY = r"(?:mon|tues?|wednes|thurs?|fri|satur|sun)day"

_TIMES = re.compile(
    rf"\b(?:{_LINE_NUMBER}|{ORDINAL}) (?:more )?{_UNIT}\b|\b(?:{_LINE_NUMBER}|{ORDINAL}) (?:of )?{_MONTH}\b"
    rf"|\b{_MONTH} (?:the )?(?:{_LINE_NUMBER}|{ORDINAL})\b|\b{ORDINAL} {_WEEKDAY}\b"
    rf"|\b(?P<before>on|by|until|till|from|before|after|at|in) (?:the )?(?:{_LINE_NUMBER}|{ORDINAL})\b"
    rf"|\b(?P<to>to) (?:the )?{ORDINAL}\b(?! (?:one|{_LINE})\b)"
)
_BEFORE = (
    r"(?:done|finished|completed?|did|do|off|tick|untick|undo|mark|drop|remove|cancel|delete|scrap|move|shift|about|"
    r"with|to|make|repeating|partly|half of|part of|started|now)"
)
_AFTER = (
    r"(?:is|as|on|to|by|until|till|at|next|today|tomorrow|please|thanks|done|finished|completed?|off|in|from|instead|"
    r"every|each|monthly|weekly|fortnightly|smaller|shorter)"
)
_RESHAPED = r"(?:snooze|postpone|swap|replace|exchange|shrink|shorten|repeat)"
_BARE = re.compile(
    rf"\b{_BEFORE} (?:the )?({_LINE_NUMBER})(?= {_AFTER}\b| {_WEEKDAY}\b|$)|"
    rf"^({_LINE_NUMBER}) (?:is |are )?(?:only )?(?:done|finished|partly|half|started|agreed|too)\b|"
    rf"\b{_RESHAPED} (?:the )?({_LINE_NUMBER})\b"
)
_LINE_NAMED = re.compile(
    rf"\b{_LINE} ({_LINE_NUMBER})\b|\b({ORDINAL})(?= (?:one|{_LINE})\b| {_AFTER}\b| {_WEEKDAY}\b|$)"
)
_MOVED = re.compile(
    rf"\b(?:move|shift|push|reschedule|postpone|change) (?:it|that|this|(?:the|my) (?:{_LINE}|day|date))"
    r"(?: back)? (?:to|until|till)\b"
)
_PUT_OFF = re.compile(rf"\b(snooze|postpone|put off|move|shift) (?:the )?{ORDINAL}(?= (?:to|until|till|please)\b|$)")
_WISHES = (
    ("snooze", re.compile(r"\b(?:snooze|postpone|put off|move|shift|reschedule|not now|not today|not this)\b")),
    ("partly", re.compile(r"\b(?:partly|partially|half|part of|started|begun)\b")),
    ("shrink", re.compile(r"\b(?:smaller|shrink|shorter|shorten|too (?:big|much))\b")),
    ("swap", re.compile(r"\b(?:swap|replace|exchange)\b")),
    ("change", re.compile(r"\b(?:change|adjust|edit) (?:the )?(?:step|action|task|line)\b")),
    ("undo", re.compile(r"\b(?:undo|untick|not (?:yet )?(?:done|finished|completed?))\b")),
    ("drop", re.compile(r"\b(?:drop|remove|cancel|delete|scrap|erase|bin|ditch|axe|chuck|get rid of|take out)\b")),
    (
        "done",
        re.compile(
            r"\b(?:done|finished|completed?|(?:tick|ticked|check|cross|crossed)(?: [a-z0-9]+){0,3}? off"
            r"|(?<!laid )(?<!day )(?<!time )off|did)\b"
        ),
    ),
)


def plan_number(text: str) -> int:
    """Return the number of the plan line that a text names, from 1; 0 where it names none.

    Days and spans of time are no plan lines: "remind me about 2 in 3 days" names line 2.
    """
    words = " ".join(split(clean(text)))
    spoken = _TIMES.sub(lambda time: f"{time['before'] or time['to'] or ''} ; ", words)
    found = _LINE_NAMED.search(spoken) or _BARE.search(spoken)
    if found is None:
        return 0
    return value_of(next(group for group in found.groups() if group))


def moves_a_step(text: str) -> bool:
    """Tell whether a step is to be put off to what follows: "move it to the 16th" names no line, and is no rest."""
    return bool(_MOVED.search(" ".join(split(clean(text)))))


def without_line(text: str) -> str:
    """Return a text without the place of a plan line that it names: the second of "move the second one" is no day."""
    return _PUT_OFF.sub(r"\1", re.sub(rf"\b{ORDINAL} (?:one|{_LINE})\b", " ", text))


def numbered_wish(text: str) -> tuple[str, int]:
    """Return what is wanted of a numbered plan line (`done`, `drop`, `swap`, ...) and its number, or nothing and 0."""
    number = plan_number(text)
    words = " ".join(split(clean(text)))
    wish = next((name for name, said in _WISHES if number and said.search(words)), "")
    return wish, number if wish else 0
