"""Weeks held out: in one of somebody's first eight weeks the weekly note stays out, to see whether notes help at all.

Which week it is follows from the minute of their yes, so it is the same each time and spread over everybody. Only the
weekly note is held out, never a reminder for a day that a person set. The first week is not used: a plan has just been
made then, note or no note.
"""

from __future__ import annotations

from datetime import date

from bot.state import Beat
from bot.working_time import Week, week_of

HOLD_OUTS = "hold-outs"
"""The name under which an operator can do without them."""

FIRST, LAST = 1, 7
"""The weeks since the yes that are compared; one of them is held out."""

COMPARED = ("steps", "tips", "fit", "misfit", "fresh")
"""The kinds of weekly note that may be held out; the last question and the look back every three months are not."""

TRIAL_DAYS = 7
"""For how many days after the moment of a note, sent or held out, steps and proof count for it."""

WITH, WITHOUT = "with", "without"


def week_to_hold_out(minute: int) -> int:
    """Return the week since a yes that is held out, for a yes in that minute since 1970."""
    return FIRST + minute % (LAST - FIRST + 1)


def is_held_out(beat: Beat, kind: str, week: Week, today: date) -> bool:
    """Say whether the weekly note of that kind stays out today."""
    return kind in COMPARED and beat.held_out > 0 and _number(beat, week, today) == beat.held_out


def is_compared(beat: Beat, kind: str, week: Week, today: date) -> bool:
    """Say whether a weekly note that goes today begins a week to compare with."""
    if kind not in COMPARED or beat.held_out == 0 or under_trial(beat, today):
        return False
    return FIRST <= _number(beat, week, today) <= LAST


def under_trial(beat: Beat, today: date) -> str:
    """Return `with` or `without` while a week that is compared lasts, else nothing."""
    return beat.trial if beat.trial_day and 0 <= (today - beat.trial_day).days < TRIAL_DAYS else ""


def _number(beat: Beat, week: Week, today: date) -> int:
    return (week_of(week, today) - week_of(week, beat.since)).days // 7
