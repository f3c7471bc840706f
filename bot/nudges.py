"""Who is due for a note, for what, and why: pure rules; nothing is sent from here.

The rules, each from the guide's evidence on follow-up (a yes first, few, spaced, at work, never after silence):

1. Nothing without a yes to that kind. A rest, a stop or an end silences everything at once.
2. Reminders come on the days a person set. All else is the weekly note: one or two a week, never three in seven days.
3. Weekly for eight weeks, then every four. Two notes without an answer: every two weeks. Four: one question, then
   silence.
4. Only in working hours of a working day, local time. What could not go then waits for the next such moment.
5. Everything due goes in one note. After a gap there is one note, never a burst.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from bot.guide import Guide
from bot.state import Answer, Beat, Commitment, State
from bot.working_time import (
    MON_FRI,
    SUN_THU,
    Week,
    country_named,
    first_working_day,
    is_quiet,
    is_working_day,
    name_of_zone,
    next_open,
    wall,
    week_of,
    zone_named,
    zone_of,
)

KINDS = ("reminders", "steps", "tips", "checks")
"""What a person may say yes to."""

WEEKLY = ("steps", "tips", "checks")
"""Kinds that share the weekly note."""

MOST_A_WEEK = 2
"""The hard cap on weekly notes within seven days, whatever was asked for."""

WEEKS_WEEKLY = 8
"""For how many weeks the weekly beat lasts; after that a note comes every four."""

SLOWER_AFTER, ASK_AFTER = 2, 4
"""After how many notes without an answer they come every two weeks; and after how many one last question is asked."""

FIT_DAYS, CHECK_DAYS, GAP_DAYS, SAVED_DAYS = 14, 91, 14, 14
"""In days: between two questions whether the plan fits, or two looks at the skills; what counts as a gap; and between
two showings of a tip that was kept."""

DEFAULT_DAY, DEFAULT_MINUTE = 1, 10 * 60
"""Tuesday at ten: a working day, mid-morning."""

_LOOK_AHEAD = 30
"""How many weeks ahead a weekly note is looked for: the longest step is four weeks, and a whole month may be free."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person said yes to, and when. `often` is how many weekly notes; `minute` is of the local day."""

    kinds: tuple[str, ...]
    often: int
    day: int
    minute: int
    week: Week


def wishes_of(guide: Guide, state: State) -> Wishes | None:
    """Return a person's wishes, or None without a yes to anything."""
    kinds = state.answers.get(guide.follow_up.kinds, ())
    if not kinds or isinstance(kinds, str):
        return None
    said = guide.follow_up
    zone = state.beat.zone if state.beat else ""
    answers = tuple(state.answers.get(name, "") for name in (said.often, said.day, said.time, said.week, said.country))
    return _wishes(kinds, answers, _answer(state.answers.get(said.zone, "")), zone)


def _answer(answer: Answer) -> str:
    return answer if isinstance(answer, str) else ""


@lru_cache(maxsize=4096)
def _wishes(kinds: tuple[str, ...], answers: tuple[Answer, ...], told: str, zone: str) -> Wishes | None:
    wanted = tuple(kind for kind in KINDS if kind in kinds)
    if not wanted or "none" in kinds:
        return None
    often, day, time, week, country = (_answer(answer) for answer in answers)
    workdays = SUN_THU if week == "sun-thu" else MON_FRI
    number = int(day) if day.isdecimal() and int(day) < 7 else DEFAULT_DAY
    return Wishes(
        kinds=wanted,
        often=min(int(often), MOST_A_WEEK) if often.isdecimal() else 1,
        day=number if number in workdays else workdays[0],
        minute=_minute(time),
        week=Week(zone_named(told) or zone, workdays, country_named(country)),
    )


def _minute(time: str) -> int:
    """Return a typed time as minutes of the day, within working hours."""
    hours, _, minutes = time.replace(":", ".").partition(".")
    if not hours.isdecimal() or not (minutes or "0").isdecimal():
        return DEFAULT_MINUTE
    return min(max(int(hours) * 60 + int(minutes or 0), 9 * 60), 17 * 60 - 1)


def reminds(guide: Guide, state: State) -> bool:
    """Say whether a reminder comes on the days a person sets."""
    wishes = wishes_of(guide, state)
    return wishes is not None and "reminders" in wishes.kinds and not (state.beat and state.beat.ended)


def keep_up(guide: Guide, state: State, now: datetime, *, spoke: bool, saw_due: bool = False) -> State:
    """Return the state after a turn with its beat brought up to date: the zone, the yes, the next moment due.

    `spoke` says that the person did something; then no note is without an answer any more. `saw_due` says that
    they were just shown what is due.
    """
    beat, wishes = state.beat, wishes_of(guide, state)
    if beat is None:
        if wishes is None:
            return state
        beat = Beat(since=now.date(), looked=_minutes(now), zone=name_of_zone(now))
    elif spoke:
        beat = _heard_from(beat, now, saw_due=saw_due, resting=state.rest == "paused" and state.until is not None)
    due = next_due(guide, state.changed(beat=beat), now) if wishes else None
    return state.changed(beat=replace(beat, due=_minutes(due) if due else 0))


def _heard_from(beat: Beat, now: datetime, *, saw_due: bool, resting: bool) -> Beat:
    """Return the beat after the person spoke. A line they just set for a moment gone by is not overdue.

    What falls into a rest (`resting`: one with an end) is seen to after it, whatever they say meanwhile.
    """
    overdue = 0 < beat.due <= _minutes(now) and not saw_due
    looked = beat.looked if overdue or resting else max(beat.looked, _minutes(now))
    return replace(beat, unanswered=0, zone=name_of_zone(now) or beat.zone, looked=looked)


def next_due(guide: Guide, state: State, now: datetime) -> datetime | None:
    """Return when something is due next, in UTC; never before now, and None when nothing is.

    What is overdue comes at the next moment when something may be sent.
    """
    wishes, beat = wishes_of(guide, state), state.beat
    if wishes is None or beat is None or beat.ended or not _may_come(state):
        return None
    after = _after(state, wishes)
    moments = [moment for moment in (_next_reminder(state, wishes, after), _next_weekly(beat, wishes, after)) if moment]
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


def remind_at(line: Commitment, wishes: Wishes, until: date | None = None) -> datetime | None:
    """Return when a plan line is reminded of: on its day, or the next working day; not before a pause ends."""
    if line.day is None or line.done is not None:
        return None
    day = max(line.day, until) if until else line.day
    working = first_working_day(wishes.week, day)
    return wall(wishes.week.zone, working, wishes.minute) if working else None


def _reminders(state: State, wishes: Wishes) -> Iterator[tuple[datetime, int]]:
    """Yield every reminder there is, with the number of its line; one that came before a pause does not come again."""
    if "reminders" not in wishes.kinds or state.beat is None:
        return
    until = state.until if state.rest == "paused" else None
    looked = datetime.fromtimestamp(state.beat.looked * 60, UTC)
    for number, line in enumerate(state.commitments, 1):
        own = remind_at(line, wishes)
        moment = remind_at(line, wishes, until) if until else own
        if moment is not None and own is not None and own > looked:
            yield moment, number


def _next_reminder(state: State, wishes: Wishes, after: datetime) -> datetime | None:
    return min((moment for moment, _ in _reminders(state, wishes) if moment > after), default=None)


def _next_weekly(beat: Beat, wishes: Wishes, after: datetime) -> datetime | None:
    """Return the next moment of the weekly note after that one."""
    if not wishes.often or not any(kind in wishes.kinds for kind in WEEKLY):
        return None
    local = after.astimezone(zone_of(wishes.week.zone))
    first, begin = week_of(wishes.week, beat.since), week_of(wishes.week, local.date())
    for ahead in range(_LOOK_AHEAD):
        week = begin + timedelta(weeks=ahead)
        step = _step(beat, (week - first).days // 7)
        if step > 1 and beat.sent and (week - week_of(wishes.week, beat.sent[-1])).days < 7 * step:
            continue
        for day in _days_in(week, wishes):
            if day <= beat.since or _is_full(beat, wishes, day):
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


@dataclass(frozen=True, slots=True)
class Due:
    """What is due now: the numbers of plan lines to be reminded of, and the kind of weekly note (empty: none)."""

    lines: tuple[int, ...] = ()
    weekly: str = ""
    until: datetime | None = None


def due_now(guide: Guide, state: State, now: datetime) -> Due:
    """Return what is due at a moment; nothing at all in quiet hours, at rest, or without a yes.

    `until` is when the working day ends: a note that has not gone by then waits for the next.
    """
    wishes, beat = wishes_of(guide, state), state.beat
    if wishes is None or beat is None or beat.ended or not _may_come(state) or is_quiet(wishes.week, now):
        return Due()
    after = _after(state, wishes)
    lines = tuple(number for moment, number in _reminders(state, wishes) if after < moment <= now)
    weekly = _next_weekly(beat, wishes, after)
    local = now.astimezone(zone_of(wishes.week.zone))
    closes = wall(wishes.week.zone, local.date(), 17 * 60)
    due = weekly is not None and weekly <= now and not _is_full(beat, wishes, local.date())
    return Due(lines, _kind(state, beat, wishes, local.date()) if due else "", closes)


def _kind(state: State, beat: Beat, wishes: Wishes, today: date) -> str:
    """Return which kind the weekly note is: what has its own calendar first, then each kind in turn."""
    if beat.unanswered >= ASK_AFTER:
        return "silence"
    if "checks" in wishes.kinds and (today - (beat.checked or beat.since)).days >= CHECK_DAYS:
        return "checks"
    if "steps" in wishes.kinds and any(line.done is None for line in state.commitments):
        if beat.misfits >= 2:
            return "misfit"
        if (today - (beat.fitted or beat.since)).days >= FIT_DAYS:
            return "fit"
    turns = [kind for kind in WEEKLY if kind in wishes.kinds and kind != "checks"]
    return turns[beat.number % len(turns)] if turns else ""


def note_sent(state: State, due: Due, now: datetime, used: str) -> State:
    """Return the state once a note was handed over: it counts, and all that was due by now is seen to."""
    beat = state.beat
    assert beat is not None  # noqa: S101 - only those with a beat are due
    # The day where the person named their clock, which need not be where their chat has it.
    today = due.until.date() if due.until else now.date()
    weekly = bool(due.weekly)
    changed = replace(
        beat,
        before=beat.looked,
        looked=_minutes(now),
        sent=(*beat.sent, today)[-4:] if weekly else beat.sent,
        number=beat.number + weekly,
        unanswered=beat.unanswered + 1,
        fitted=today if due.weekly == "fit" else beat.fitted,
        misfits=0 if due.weekly == "misfit" else beat.misfits,
        checked=today if due.weekly == "checks" else beat.checked,
        used=(*(name for name in beat.used if name != used), used)[-24:] if used else beat.used,
        ended="silent" if beat.unanswered >= ASK_AFTER else beat.ended,
    )
    return state.changed(beat=changed)


def take_back(guide: Guide, state: State, *, final: bool) -> State:
    """Return the state after a note came back: due again, or (`final`) no more notes at all."""
    beat = state.beat
    if beat is None:
        return state
    if final:
        return state.changed(beat=replace(beat, ended="blocked"))
    wishes = wishes_of(guide, state)
    gone = datetime.fromtimestamp(beat.looked * 60, zone_of(wishes.week.zone if wishes else beat.zone)).date()
    undone = replace(
        beat,
        looked=beat.before or beat.looked,
        sent=tuple(day for day in beat.sent if day != gone),
        unanswered=max(beat.unanswered - 1, 0),
        ended="" if beat.ended == "silent" else beat.ended,
    )
    return state.changed(beat=undone)


def _minutes(moment: datetime) -> int:
    return int(moment.timestamp() // 60)


def local(state: State, now: datetime) -> datetime:
    """Return a moment on somebody's own clock, as far as it is known."""
    return now.astimezone(zone_of(state.beat.zone)) if state.beat and state.beat.zone else now.astimezone(UTC)
