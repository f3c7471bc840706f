"""Who is due for a note, for what, and why: pure rules; nothing is sent from here.

The rules, each from the guide's evidence on follow-up (a yes first, few, spaced, at work, never after silence):

1. Nothing without a yes to that kind. A rest, a stop or an end silences everything at once.
2. Reminders come on the days a person set. All else is the weekly note: one or two a week, never three in seven days.
3. Weekly for eight weeks, then every four. Two notes without an answer: every two weeks. Four: one question, then
   silence.
4. Only in working hours of a working day, local time. What could not go then waits for the next such moment.
5. Everything due on a day goes in one note. After a gap there is one note, never a burst.
6. The first note of a month may offer a fresh start; a new quarter and a new year are words for it.
7. A day that somebody agreed to is prepared for two working days before, and looked back on the working day after.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from bot.fresh_starts import fresh_start
from bot.guide import Guide
from bot.note_wishes import MOST_A_WEEK, WEEKLY, WEEKLY_KINDS, Wishes, wishes_of
from bot.reminders import NEAR, Reminder, reminders
from bot.state import Beat, Commitment, State
from bot.value import Value
from bot.working_time import (
    is_working_day,
    minute_of,
    moment_of,
    next_open,
    wall_minute,
    week_of,
    working_hours,
    zone_of,
)

WEEKS_WEEKLY = 8
"""For how many weeks the weekly beat lasts; after that a note comes every four."""

SLOWER_AFTER, ASK_AFTER = 2, 4
"""After how many notes without an answer they come every two weeks; and after how many one last question is asked."""

FIT_DAYS, CHECK_DAYS, GAP_DAYS, SAVED_DAYS = 14, 91, 14, 14
"""In days: between two questions whether the plan fits, or two looks at the skills; what counts as a gap; and between
two showings of a tip that was kept."""

MOST_MISFITS = 2
"""After how many times that the plan did not fit a smaller step or another one is offered."""

_LOOK_AHEAD = 30
"""How many weeks ahead a weekly note is looked for: the longest step is four weeks, and a whole month may be free."""


def next_due(guide: Guide, state: State, now: datetime) -> datetime | None:
    """Return when something is due next, in UTC; never before now, and None when nothing is.

    What is overdue comes at the next moment when something may be sent.
    """
    due = next_minute(guide, state, wishes_of(guide, state), now)
    return max(moment_of(due), now.astimezone(UTC)) if due else None


def next_minute(guide: Guide, state: State, wishes: Wishes | None, now: datetime) -> int:
    """Return the minute since 1970 in which something is due next by a person's wishes; 0 when nothing is."""
    beat = state.beat
    if wishes is None or beat is None or beat.ended or not _may_come(state):
        return 0
    after = _after(state, beat, wishes)
    found = [each.at for each in reminders(guide, state, wishes) if each.at > after]
    if weekly := _next_weekly(beat, wishes, after):
        found.append(weekly)
    if not found:
        return 0
    first = min(found)
    if first > minute_of(now):
        return first
    opens = next_open(wishes.week, now, wishes.minute)
    return minute_of(opens) if opens else 0


def _may_come(state: State) -> bool:
    """Say whether rest allows anything to come: a pause with a day ends by itself, all other rests do not."""
    return not state.rest or (state.rest == "paused" and state.until is not None)


def _after(state: State, beat: Beat, wishes: Wishes) -> int:
    """Return the minute after which things are due: when we last looked, or when a pause ends."""
    if state.rest != "paused" or state.until is None:
        return beat.looked
    return max(beat.looked, wall_minute(wishes.week.zone, state.until, 0) - 1)


def _next_weekly(beat: Beat, wishes: Wishes, after: int) -> int:
    """Return the minute of the next weekly note after that one; 0 when none is to come."""
    if not wishes.often or WEEKLY_KINDS.isdisjoint(wishes.kinds):
        return 0
    return _weekly_after(wishes, beat.since, beat.sent, beat.unanswered >= SLOWER_AFTER, after)


@lru_cache(maxsize=16_384)
def _weekly_after(
    wishes: Wishes,
    since: date,
    sent: tuple[date, ...],
    slower: bool,  # noqa: FBT001 - a key of what is remembered takes no names
    after: int,
) -> int:
    """Return the same from what it depends on: many people share a beat, and their notes come in the same minute."""
    local = moment_of(after).astimezone(zone_of(wishes.week.zone)).date()
    first, begin = week_of(wishes.week, since), week_of(wishes.week, local)
    for ahead in range(_LOOK_AHEAD):
        week = begin + timedelta(weeks=ahead)
        step = _step((week - first).days // 7, slower=slower)
        if step > 1 and sent and (week - week_of(wishes.week, sent[-1])).days < 7 * step:
            continue
        for day in _days_in(week, wishes):
            if day < local or day <= since or _is_full(sent, wishes, day):
                continue
            comes = wall_minute(wishes.week.zone, day, wishes.minute)
            if comes > after:
                return comes
    return 0


def _step(number: int, *, slower: bool) -> int:
    """Return every how many weeks a note comes, in the week of that number since the yes."""
    if number >= WEEKS_WEEKLY:
        return 4
    return 2 if slower else 1


@lru_cache(maxsize=4096)
def _days_in(week: date, wishes: Wishes) -> tuple[date, ...]:
    """Return the days of the weekly notes in the week that begins then; a day off moves to the next working day."""
    workdays = wishes.week.workdays
    place = workdays.index(wishes.day)
    places = {place, (place + len(workdays) // 2) % len(workdays)} if wishes.often > 1 else {place}
    found: list[date] = []
    for wanted in sorted(places):
        free = (week + timedelta(days=later) for later in range(wanted, len(workdays)))
        day = next((day for day in free if day not in found and is_working_day(wishes.week, day)), None)
        if day is not None:
            found.append(day)
    return tuple(found)


def _is_full(sent: tuple[date, ...], wishes: Wishes, day: date) -> bool:
    """Say whether that day, or the seven days that end on it, hold as many weekly notes as they may."""
    within = sum(1 for each in sent if -7 < (each - day).days <= 0)
    return day in sent or within >= min(wishes.often, MOST_A_WEEK)


class Due(Value, frozen=True):
    """What is due now: reminders, and the kind of weekly note (empty: none).

    `at` is the minute since 1970 that was asked about. `until` is when its working day ends (POSIX seconds; 0: it lies
    in none): a note that has not gone by then waits for the next.
    """

    reminders: tuple[Reminder, ...] = ()
    weekly: str = ""
    until: float = 0.0
    at: int = 0


def due_now(
    guide: Guide, state: State, wishes: Wishes | None, now: datetime, stopped: frozenset[str] = frozenset()
) -> Due:
    """Return what is due at a moment, all of it for one note; nothing in quiet hours, at rest, or without a yes.

    Reminders take the place of a weekly note that falls on the same day: one note, one thing to do. What comes late
    takes with it what is due later that day. The last question is asked with either. Kinds of weekly note that are
    `stopped` for everybody come to nobody. The moment is on the person's own clock.
    """
    beat = state.beat
    if wishes is None or beat is None or beat.ended or not _may_come(state):
        return Due()
    today, minute = now.date(), minute_of(now)
    opens, closes = working_hours(wishes.week, today)
    if not opens <= minute < closes:
        return Due()
    until, after = closes * 60.0, _after(state, beat, wishes)
    asks = beat.unanswered >= ASK_AFTER
    coming = _due_reminders(reminders(guide, state, wishes), state.commitments, after, closes, today)
    begun = any(reminder.at <= minute for reminder in coming)
    if begun and not asks:
        return Due(coming, "", until, minute)
    comes = 0 < _next_weekly(beat, wishes, after) <= minute and not _is_full(beat.sent, wishes, today)
    due = coming if comes or begun else ()
    if asks and (due or comes):
        return Due(due, "silence", until, minute)
    if due or not comes:
        return Due(due, "", until, minute)
    going = wishes.changed(kinds=tuple(kind for kind in wishes.kinds if kind not in stopped)) if stopped else wishes
    return Due((), _kind(guide, state, beat, going, today), until, minute)


def _due_reminders(
    every: Iterable[Reminder], plan: Sequence[Commitment], after: int, by: int, today: date
) -> tuple[Reminder, ...]:
    """Return the reminders after a minute and up to another of today, one for each line.

    A day to prepare for lies ahead.
    """
    found: dict[int, Reminder] = {}
    for reminder in every:
        day = plan[reminder.number - 1].day
        late = reminder.what == NEAR and day is not None and day <= today
        if after < reminder.at <= by and not late:
            found[reminder.number] = reminder
    return tuple(found.values())


def _kind(guide: Guide, state: State, beat: Beat, wishes: Wishes, today: date) -> str:
    """Return which kind the weekly note is: what has its own calendar first, then each kind in turn."""
    if "checks" in wishes.kinds and (today - (beat.checked or beat.since)).days >= CHECK_DAYS:
        return "checks"
    plans = "steps" in wishes.kinds and any(line.done is None for line in state.commitments)
    if plans and beat.misfits >= MOST_MISFITS:
        return "misfit"
    if "steps" in wishes.kinds and fresh_start(guide, state, wishes, today):
        return "fresh"
    if plans and (today - (beat.fitted or beat.since)).days >= FIT_DAYS:
        return "fit"
    turns = [kind for kind in WEEKLY if kind in wishes.kinds and kind != "checks"]
    return turns[beat.number % len(turns)] if turns else ""
