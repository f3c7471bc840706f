"""How a step comes round again: every so many days, weeks or months, on its own weekday or day of the month."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Literal

from bot.value import Value

Unit = Literal["day", "week", "month"]

EVERY = "every-"
"""How the options of a date question begin that let a step come round; `every-1m` is every month."""

_LETTERS: dict[str, Unit] = {"d": "day", "w": "week", "m": "month"}
_DAYS_IN = {"day": 1, "week": 7, "month": 30}
_CODE = re.compile(r"(\d{1,2})([dwm])(\d{0,2})")
_LEAST = 4
"""A turn that lies closer than this part of the span, as the one before it was late, is passed over."""


class Every(Value, frozen=True, array_like=True):
    """Once in `count` units. `on` is the day kept to: of the week (0 is Monday) or of the month; -1: none yet."""

    count: int
    unit: Unit
    on: int = -1

    def __str__(self) -> str:
        """Return it as a short code: `2w4` is every second Friday."""
        return f"{self.count}{self.unit[0]}{self.on if self.on >= 0 else ''}"

    def kept_to(self, day: date) -> Every:
        """Return the same, kept to that day's weekday or day of the month, unless it has a day already."""
        if self.on >= 0 or self.unit == "day":
            return self
        return Every(self.count, self.unit, day.weekday() if self.unit == "week" else day.day)

    def first(self, today: date) -> date:
        """Return the day by which it is due for the first time, as seen from today."""
        return self._settled(self._later(today, 1))

    def after(self, day: date, today: date) -> date:
        """Return the turn that follows the one set for `day`, when that is done today.

        A turn moved once does not move the next one. One so late that the next stands at the door counts for it.
        """
        soonest = today + timedelta(days=max(1, self.count * _DAYS_IN[self.unit] // _LEAST))
        turns = 1 + max(0, (today - day).days) // (self.count * 31 if self.unit == "month" else self._days)
        while (found := self._settled(self._later(day, turns))) < soonest or found <= day:
            turns += 1
        return found

    @property
    def _days(self) -> int:
        return self.count * _DAYS_IN[self.unit]

    def _later(self, day: date, turns: int) -> date:
        if self.unit != "month":
            return day + timedelta(days=turns * self._days)
        months = day.year * 12 + day.month - 1 + turns * self.count
        return _in_month(months // 12, months % 12 + 1, day.day)

    def _settled(self, day: date) -> date:
        """Return the day kept to that is nearest."""
        if self.on < 0 or self.unit == "day":
            return day
        if self.unit == "week":
            return day + timedelta(days=(self.on - day.weekday() + 3) % 7 - 3)
        months = day.year * 12 + day.month - 1
        near = (_in_month((months + step) // 12, (months + step) % 12 + 1, self.on) for step in (0, -1, 1))
        return min(near, key=lambda each: abs((each - day).days))


def _in_month(year: int, month: int, day: int) -> date:
    """Return that day of the month, or the last one of a month too short for it."""
    return date(year, month, min(max(day, 1), monthrange(year, month)[1]))


def parse_every(code: str) -> Every | None:
    """Return what a code stands for, or None: `1m` is every month, `1m31` every month on its last day but for 30."""
    found = _CODE.fullmatch(code)
    if found is None or int(found[1]) == 0:
        return None
    unit, on = _LETTERS[found[2]], int(found[3]) if found[3] else -1
    least, most = {"day": (-1, -1), "week": (0, 6), "month": (1, 31)}[unit]
    if not least <= on <= most:
        on = -1
    return Every(int(found[1]), unit, on)
