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

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from bot.fresh_starts import fresh_start
from bot.guide import Guide
from bot.note_wishes import MOST_A_WEEK, WEEKLY, Wishes, wishes_of
from bot.reminders import NEAR, Reminder, reminders
from bot.state import Beat, State
from bot.value import Value
from bot.working_time import CLOSES, is_quiet, is_working_day, next_open, wall, week_of, zone_of

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
    wishes, beat = wishes_of(guide, state), state.beat
    if wishes is None or beat is None or beat.ended or not _may_come(state):
        return None
    after = _after(state, wishes)
    found = (_next_reminder(guide, state, wishes, after), _next_weekly(beat, wishes, after))
    moments = [moment for moment in found if moment]
    if not moments:
        return None
    first = min(moments)
    if first > now:
        return first.astimezone(UTC)
    opens = next_open(wishes.week, now, wishes.minute)
    return opens.astimezone(UTC) if opens else None


def _may_come(state: State) -> bool:
    """Say whether rest allows anything to come: a pause with a day ends by itself, all other rests do not."""
    return not state.rest or (state.rest == "paused" and state.until is not None)


def _after(state: State, wishes: Wishes) -> datetime:
    """Return the moment after which things are due: when we last looked, or when a pause ends."""
    assert state.beat is not None  # noqa: S101 - only asked of those with a beat
    looked = datetime.fromtimestamp(state.beat.looked * 60, UTC)
    if state.rest != "paused" or state.until is None:
        return looked
    return max(looked, wall(wishes.week.zone, state.until, 0) - timedelta(minutes=1))


def _next_reminder(guide: Guide, state: State, wishes: Wishes, after: datetime) -> datetime | None:
    return min((reminder.at for reminder in reminders(guide, state, wishes) if reminder.at > after), default=None)


def _next_weekly(beat: Beat, wishes: Wishes, after: datetime) -> datetime | None:
    """Return the next moment of the weekly note after that one."""
    if not wishes.often or not any(kind in wishes.kinds for kind in WEEKLY):
        return None
    local = after.astimezone(zone_of(wishes.week.zone)).date()
    first, begin = week_of(wishes.week, beat.since), week_of(wishes.week, local)
    for ahead in range(_LOOK_AHEAD):
        week = begin + timedelta(weeks=ahead)
        step = _step(beat, (week - first).days // 7)
        if step > 1 and beat.sent and (week - week_of(wishes.week, beat.sent[-1])).days < 7 * step:
            continue
        for day in _days_in(week, wishes):
            if day < local or day <= beat.since or _is_full(beat, wishes, day):
                continue
            moment = wall(wishes.week.zone, day, wishes.minute)
            if moment > after:
                return moment
    return None


def _step(beat: Beat, number: int) -> int:
    """Return every how many weeks a note comes, in the week of that number since the yes."""
    if number >= WEEKS_WEEKLY:
        return 4
    return 2 if beat.unanswered >= SLOWER_AFTER else 1


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


def _is_full(beat: Beat, wishes: Wishes, day: date) -> bool:
    """Say whether that day, or the seven days that end on it, hold as many weekly notes as they may."""
    within = sum(1 for sent in beat.sent if -7 < (sent - day).days <= 0)
    return day in beat.sent or within >= min(wishes.often, MOST_A_WEEK)


class Due(Value, frozen=True):
    """What is due now: reminders, and the kind of weekly note (empty: none).

    `until` is when the working day ends: a note that has not gone by then waits for the next.
    """

    reminders: tuple[Reminder, ...] = ()
    weekly: str = ""
    until: datetime | None = None


def due_now(guide: Guide, state: State, now: datetime, stopped: frozenset[str] = frozenset()) -> Due:
    """Return what is due at a moment, all of it for one note; nothing in quiet hours, at rest, or without a yes.

    Reminders take the place of a weekly note that falls on the same day: one note, one thing to do. What comes late
    takes with it what is due later that day. The last question is asked with either. Kinds of weekly note that are
    `stopped` for everybody come to nobody.
    """
    wishes, beat = wishes_of(guide, state), state.beat
    if wishes is None or beat is None or beat.ended or not _may_come(state):
        return Due()
    local = now.astimezone(zone_of(wishes.week.zone))
    if is_quiet(wishes.week, local):
        return Due()
    closes = wall(wishes.week.zone, local.date(), CLOSES)
    asks = beat.unanswered >= ASK_AFTER
    today = _due_reminders(guide, state, wishes, closes)
    begun = any(reminder.at <= local for reminder in today)
    if begun and not asks:
        return Due(today, "", closes)
    comes = _is_weekly_due(state, wishes, local)
    due = today if comes or begun else ()
    if asks and (due or comes):
        return Due(due, "silence", closes)
    if due or not comes:
        return Due(due, "", closes)
    going = wishes.changed(kinds=tuple(kind for kind in wishes.kinds if kind not in stopped)) if stopped else wishes
    return Due((), _kind(guide, state, going, local.date()), closes)


def _is_weekly_due(state: State, wishes: Wishes, local: datetime) -> bool:
    beat = state.beat
    assert beat is not None  # noqa: S101 - only asked of those with a beat
    weekly = _next_weekly(beat, wishes, _after(state, wishes))
    return weekly is not None and weekly <= local and not _is_full(beat, wishes, local.date())


def _due_reminders(guide: Guide, state: State, wishes: Wishes, by: datetime) -> tuple[Reminder, ...]:
    """Return the reminders since we last looked, up to `by`, one for each line; a day to prepare for lies ahead."""
    after = _after(state, wishes)
    found: dict[int, Reminder] = {}
    for reminder in reminders(guide, state, wishes):
        day = state.commitments[reminder.number - 1].day
        late = reminder.what == NEAR and day is not None and day <= by.date()
        if after < reminder.at <= by and not late:
            found[reminder.number] = reminder
    return tuple(found.values())


def _kind(guide: Guide, state: State, wishes: Wishes, today: date) -> str:
    """Return which kind the weekly note is: what has its own calendar first, then each kind in turn."""
    beat = state.beat
    assert beat is not None  # noqa: S101 - only those with a beat are due
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
