"""When plan lines are reminded of: on their day; a day that somebody agreed to, before and after it instead.

Two working days before an agreed day there is time to prepare; the working day after it, what was seen is still fresh.
On the day itself nothing comes: the person is busy with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from bot.guide import Guide
from bot.note_wishes import Wishes
from bot.state import Commitment, State
from bot.working_time import wall, working_day_before, working_days

DAYS_TO_PREPARE = 2
"""How many working days before an agreed day it is prepared for."""

DAY, NEAR, BACK = "day", "near", "back"
"""What a reminder is of: the day set, an agreed day that is near, or an agreed day to look back on."""

_AGREED = "agreed"


class Reminder(NamedTuple):
    """A plan line by its number, what is to be said of it, and when."""

    number: int
    what: str
    at: datetime


def reminders(guide: Guide, state: State, wishes: Wishes) -> Iterator[Reminder]:
    """Yield every reminder there is of a plan; none without a yes to them.

    A pause that ends by itself moves those that fall into it; what had come before it does not come again.
    """
    if "reminders" not in wishes.kinds:
        return
    until = state.until if state.rest == "paused" else None
    looked = state.beat.looked * 60 if state.beat else 0
    for number, line in enumerate(state.commitments, 1):
        if line.day is None or line.done is not None:
            continue
        for what, day in _days_of(guide, line, line.day, wishes):
            moment = _moment(wishes, day)
            if moment and until and until > day and moment.timestamp() > looked:
                moment = _moment(wishes, until) if what != NEAR or until < line.day else None
            if moment:
                yield Reminder(number, what, moment)


def _moment(wishes: Wishes, day: date) -> datetime | None:
    """Return when a reminder for that day comes: on it, or on the next working day."""
    working = next(working_days(wishes.week, day), None)
    return wall(wishes.week.zone, working, wishes.minute) if working else None


def _days_of(guide: Guide, line: Commitment, day: date, wishes: Wishes) -> Iterator[tuple[str, date]]:
    action = guide.find_action(line.action) if line.stage == _AGREED else None
    if action is not None and action.before:
        yield NEAR, working_day_before(wishes.week, day, DAYS_TO_PREPARE)
    if action is not None and action.after:
        yield BACK, next(working_days(wishes.week, date.fromordinal(day.toordinal() + 1)), day)
    else:
        yield DAY, day
