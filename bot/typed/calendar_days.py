"""Counting days on the calendar: so many weeks on, the next Friday, the end of next month."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}
_DAYS_IN = {"week": 7, "fortnight": 14}
_LATE = frozenset(("end", "close", "late", "last"))
_MIDDLE = frozenset(("middle", "mid"))
_FRIDAY, _SATURDAY = 4, 5


def add(day: date, count: int, unit: str) -> date:
    """Return the day `count` units on; a month ends where the shorter month does.

    Raises:
        ValueError, OverflowError: the calendar ends before that.
    """
    if unit in _MONTHS_IN:
        months = day.month - 1 + count * _MONTHS_IN[unit]
        year, month = day.year + months // 12, months % 12 + 1
        return date(year, month, min(day.day, monthrange(year, month)[1]))
    return day + timedelta(days=count * _DAYS_IN.get(unit, 1))


def add_working_days(day: date, count: int) -> date:
    """Return the day `count` working days on, weekends left out."""
    weeks, rest = divmod(count, 5)
    found = day + timedelta(weeks=weeks)
    for _ in range(rest):
        found += timedelta(days=1)
        while found.weekday() >= _SATURDAY:
            found += timedelta(days=1)
    return found


def coming(name: str, today: date) -> date:
    """Return today, tomorrow, or the next day of that name after today."""
    if name in ("today", "tomorrow"):
        return today + timedelta(days=int(name == "tomorrow"))
    return today + timedelta(days=(WEEKDAYS.index(name) - today.weekday() - 1) % 7 + 1)


def of_next_week(name: str, today: date) -> date:
    """Return the day of that name in the week that starts next Monday."""
    return today + timedelta(days=7 - today.weekday() + WEEKDAYS.index(name))


def gone(today: date) -> date:
    """Return a day that has passed, for words such as "last week" whose very day does not matter."""
    return today - timedelta(days=1)


def month_number(name: str) -> int:
    """Return 1 to 12 for a month's English name or its first letters."""
    return MONTHS.index(name[:3]) + 1


def yearly(month: int, day: int, today: date) -> date:
    """Return the next such day, today included."""
    found = date(today.year, month, day)
    return found if found >= today else add(found, 1, "year")


def of_easter(distance: int, today: date) -> date:
    """Return the next day that lies so many days from Easter Sunday, today included."""
    found = easter(today.year) + timedelta(days=distance)
    return found if found >= today else easter(today.year + 1) + timedelta(days=distance)


def easter(year: int) -> date:
    """Return Easter Sunday of a year of the Gregorian calendar, by Butcher's rule."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def in_month(edge: str, month: int, today: date, year: int = 0) -> date:
    """Return the start, middle or end of a month by number, of the next one to come unless a year is given."""
    length = monthrange(year or today.year, month)[1]
    found = date(year or today.year, month, length if edge in _LATE else 15 if edge in _MIDDLE else 1)
    return found if year or found >= today else add(found, 1, "year")


def nth(number: int, which: str, today: date) -> date:
    """Return the nth of this month or the next; months too short for it are passed over.

    Raises:
        ValueError: no month has that many days.
    """
    start = today.replace(day=1)
    if which == "next" or (number < today.day and which != "this"):
        start = add(start, 1, "month")
    while number <= 31 and number > monthrange(start.year, start.month)[1]:
        start = add(start, 1, "month")
    return start.replace(day=number)


def weekday_in_month(count: int, name: str, step: int, today: date) -> date:
    """Return the nth such weekday (0: the last) of the month `step` months on, or of the one after if that has passed.

    Raises:
        ValueError: the month has no such weekday.
    """
    start = add(today.replace(day=1), step, "month")
    found = _nth_weekday(count, name, start)
    return found if found >= today else weekday_in_month(count, name, step + 1, today)


def weekday_of(count: int, name: str, month: int, today: date, year: int = 0) -> date:
    """Return the nth such weekday (0: the last) of a month by number, of the next one to come unless a year is given.

    Raises:
        ValueError: the month has no such weekday.
    """
    found = _nth_weekday(count, name, date(year or today.year, month, 1))
    return found if year or found >= today else _nth_weekday(count, name, date(today.year + 1, month, 1))


def _nth_weekday(count: int, name: str, start: date) -> date:
    """Return the nth such weekday of the month that begins on `start`; with 0, the last."""
    if count == 0:
        last = add(start, 1, "month") - timedelta(days=1)
        return last - timedelta(days=(last.weekday() - WEEKDAYS.index(name)) % 7)
    first = start + timedelta(days=(WEEKDAYS.index(name) - start.weekday()) % 7)
    return first.replace(day=first.day + 7 * (count - 1))


def edge_of(edge: str, step: int, unit: str, today: date) -> date:
    """Return the start, middle or end of a span `step` spans on; the next such edge where it has passed.

    Args:
        edge: `end`, `close`, `late`, `last`, `middle`, `mid`; any other word means the start.
        step: 0 for this week, month and so on, 1 for the next.
        unit: `week` (it ends on Friday), `weekend`, `month`, `quarter` or `year`.
        today: The day it is.
    """
    if unit in ("week", "weekend"):
        return _edge_of_week(edge, step, unit, today)
    size = _MONTHS_IN[unit]
    start = add(today.replace(day=1), step * size, "month")
    start = start.replace(month=(start.month - 1) // size * size + 1)
    last = add(start, size, "month") - timedelta(days=1)
    middle = start + (last - start) / 2
    found = last if edge in _LATE else middle if edge in _MIDDLE else start
    return found if found >= today else add(found, size, "month")


def _edge_of_week(edge: str, step: int, unit: str, today: date) -> date:
    monday = today + timedelta(days=7 * step - today.weekday())
    ends = edge in _LATE
    days = _SATURDAY if unit == "weekend" else _FRIDAY if ends else 2 if edge in _MIDDLE else 0
    found = monday + timedelta(days=days)
    if found >= today:
        return found
    return today if ends else found + timedelta(days=7)
