"""Anonymous counts of notes and of what was done: a number by week and kind, and what follows from it; never a person.

A kind of note that more than one in twenty of its receivers mute within four weeks stops for everybody. Whether notes
help at all is judged by weeks with a note and weeks without, and said only where there is enough to say.
"""

from __future__ import annotations

from datetime import date, timedelta
from math import sqrt
from typing import NamedTuple

WEEKS = 4
"""Over how many weeks, the present one included, mutes are looked at; nobody is counted twice in so long."""

MOST_MUTED = 0.05
"""The share of its receivers that may mute a kind of note before it stops for everybody."""

LEAST_TO_DECIDE = 40
"""How many receivers there have to be before their mutes decide anything: it takes three people, never one or two."""

LEAST_TO_SHOW = 10
"""With fewer receivers than that nothing is shown of them, so that nobody can be recognised."""

LEAST_WEEKS = 100
"""How many weeks of people with a note, and as many without, it takes before they are compared."""

_SURE = 1.96
"""How many standard errors two rates must lie apart: chance alone does that once in twenty."""


class Count(NamedTuple):
    """So many more of something in a week: `what` (`receivers`, `muted`, `done`, ...) of a kind of note or of weeks."""

    week: str
    kind: str
    what: str
    number: int = 1


def week_named(day: date) -> str:
    """Return the ISO week a day lies in, such as `2026-W48`; later weeks sort after earlier ones."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def first_of(weeks: int, day: date) -> str:
    """Return the first of that many weeks that end with the one a day lies in."""
    return week_named(day - timedelta(weeks=weeks - 1))


def is_muted_too_often(receivers: int, muted: int) -> bool:
    """Say whether so many of its receivers muted a kind of note that it is to stop for everybody."""
    return receivers >= LEAST_TO_DECIDE and muted > MOST_MUTED * receivers


class Arm(NamedTuple):
    """Weeks of people, and the steps and proof of those weeks."""

    weeks: int = 0
    done: int = 0
    proof: int = 0


def compare(with_note: Arm, without: Arm) -> str:
    """Return what can be said of steps in weeks with and without a note: `few`, `none`, `more` or `less`.

    `few`: too few weeks to say; `none`: no difference that chance alone would not make. `more` and `less` are of the
    weeks with a note.
    """
    if min(with_note.weeks, without.weeks) < LEAST_WEEKS:
        return "few"
    apart = with_note.done / with_note.weeks - without.done / without.weeks
    error = sqrt(max(with_note.done, 1) / with_note.weeks**2 + max(without.done, 1) / without.weeks**2)
    if abs(apart) <= _SURE * error:
        return "none"
    return "more" if apart > 0 else "less"
