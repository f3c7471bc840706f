"""Fresh starts, offered and never forced: a new month, quarter or year, a project that closed, a new role.

A date that is framed as a beginning lifts what people intend for a while; for whoever is in the middle of doing
something it can do the opposite. So it is not offered to those.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from bot.guide import Guide, Nudge
from bot.note_wishes import Wishes
from bot.state import State
from bot.working_time import first_working_day

WITHIN_DAYS = 7
"""For how many days after the first working day of a month a note may speak of it."""

ON_A_ROLL_DAYS = 14
"""Whoever took a step within so many days needs no new start."""

YOUNG_DAYS = 10
"""Up to which day of a month it is one that has just begun, for whoever speaks of a beginning."""

SAID = {"closed": "project-closed", "new-role": "new-role"}
"""What a person can say of themselves, and the moment that it is."""

_NAMED = {"year": "new-year", "quarter": "quarter-start", "month": "month-start"}
"""Words for a beginning, and the moment each is."""

_WORD = re.compile(r"[a-z]+")


def beginning(day: date) -> str:
    """Return what the month of a day begins: a new year, a quarter, or only itself."""
    if day.month == 1:
        return "new-year"
    return "month-start" if (day.month - 1) % 3 else "quarter-start"


def said_beginnings(intent: str, typed: str, today: date) -> tuple[str, ...]:
    """Return the moments that what a person said may be, the most fitting first; the later ones are for want of words.

    That a month or a quarter has begun is only said of one that has; a new year is spoken of at any time.
    """
    if intent in SAID:
        return SAID[intent], "month-start"
    words = {word.removesuffix("s") for word in _WORD.findall(typed.lower())}
    named = next((moment for word, moment in _NAMED.items() if word in words), "")
    now = beginning(today) if today.day <= YOUNG_DAYS else ""
    if named == "new-year" or (named and now and (named == "month-start" or (today.month - 1) % 3 == 0)):
        return named, "month-start"
    return now if now and not named else "fresh-start", beginning(today), "month-start"


def fresh_start(guide: Guide, state: State, wishes: Wishes, today: date) -> str:
    """Return the moment that a note may speak of: the first of a month, soon after its first working day.

    Empty: none, or the person is doing something just now, or the guide has no words for it.
    """
    first = first_working_day(wishes.week, today.replace(day=1)) or today
    sent = state.beat.sent if state.beat else ()
    if not 0 <= (today - first).days < WITHIN_DAYS or any(day >= first for day in sent):
        return ""
    if is_on_a_roll(state, today):
        return ""
    moment = beginning(today)
    return moment if nudges_for(guide, moment) else ""


def is_on_a_roll(state: State, today: date) -> bool:
    """Say whether the person took a step lately, or a part of one."""
    days = (day for line in state.commitments for day in (line.done, line.partly) if day is not None)
    return any((today - day).days < ON_A_ROLL_DAYS for day in days)


@lru_cache(maxsize=256)
def nudges_for(guide: Guide, moment: str) -> tuple[Nudge, ...]:
    """Return what the guide says to a person at that moment."""
    return tuple(nudge for nudge in guide.nudges if nudge.to == "person" and nudge.when == moment)
