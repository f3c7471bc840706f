"""When plan lines are reminded of: on their day; a day that somebody agreed to, before and after it instead.

Two working days before an agreed day there is time to prepare; the working day after it, what was seen is still fresh.
On the day itself nothing comes: the person is busy with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from bot.guide import Guide
from bot.note_wishes import Wishes
from bot.state import Commitment, State
from bot.working_time import Week, first_working_day, wall_minute, working_day_before

DAYS_TO_PREPARE = 2
"""How many working days before an agreed day it is prepared for."""

DAY, NEAR, BACK = "day", "near", "back"
"""What a reminder is of: the day set, an agreed day that is near, or an agreed day to look back on."""

_AGREED = "agreed"


class Reminder(NamedTuple):
    """A plan line by its number, what is to be said of it, and in which minute since 1970 (UTC)."""

    number: int
    what: str
    at: int


def reminders(guide: Guide, state: State, wishes: Wishes) -> Iterator[Reminder]:
    """Yield every reminder there is of a plan; none without a yes to them. A pause that ends by itself moves them.

    One that came before a pause does not come again after it.
    """
    if "reminders" not in wishes.kinds or state.beat is None:
        return
    until = state.until if state.rest == "paused" else None
    looked = state.beat.looked
    for number, line in enumerate(state.commitments, 1):
        if line.day is None or line.done is not None:
            continue
        for what, day in _days_of(guide, line, line.day, wishes):
            own = _said_at(wishes.week, wishes.minute, day)
            if own <= looked:
                continue
            moved = max(day, until) if until else day
            if what != NEAR or moved < line.day:
                yield Reminder(number, what, own if moved == day else _said_at(wishes.week, wishes.minute, moved))


@lru_cache(maxsize=4096)
def _said_at(week: Week, minute: int, day: date) -> int:
    """Return in which minute since 1970 something is said on a day, or on the next working day; 0: no such day."""
    working = first_working_day(week, day)
    return wall_minute(week.zone, working, minute) if working else 0


def _days_of(guide: Guide, line: Commitment, day: date, wishes: Wishes) -> Iterator[tuple[str, date]]:
    action = guide.find_action(line.action) if line.stage == _AGREED else None
    if action is not None and action.before:
        yield NEAR, working_day_before(wishes.week, day, DAYS_TO_PREPARE)
    if action is not None and action.after:
        yield BACK, first_working_day(wishes.week, date.fromordinal(day.toordinal() + 1)) or day
    else:
        yield DAY, day
