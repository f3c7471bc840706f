"""The days on which a repeating step is due: in turn as it was set, and on a day on which the person works."""

from __future__ import annotations

from datetime import date

from bot.repeats import Every
from bot.working_time import Week, first_working_day


def first_round(every: Every, today: date, week: Week) -> tuple[date, Every]:
    """Return the day by which a step is due for the first time, and how it comes round from there.

    What comes round each month stays with its day of the month, though this time it may fall on a later day.
    """
    day = every.first(today)
    due = _on_working_day(every, day, week)
    return due, every.kept_to(due if every.unit == "week" else day)


def next_round(every: Every, day: date, today: date, week: Week) -> date:
    """Return the day of the turn that follows the one set for `day`, when that is done today.

    Raises:
        ValueError, OverflowError: it would lie beyond the calendar.
    """
    return _on_working_day(every, every.after(day, today), week)


def _on_working_day(every: Every, day: date, week: Week) -> date:
    """Return that day or the first working day after it; a weekday off that somebody chose themselves stays."""
    if every.unit == "week" and every.on >= 0 and every.on not in week.workdays:
        return day
    return first_working_day(week, day) or day
