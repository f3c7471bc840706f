"""How following up on somebody goes on: after their words, after a note that went, after one that came back."""

from __future__ import annotations

from datetime import datetime

from bot.figures import KIND_OF, not_received, with_receipt
from bot.guide import Guide
from bot.holdouts import WITH, WITHOUT, is_compared, under_trial, week_to_hold_out
from bot.note_wishes import WEEKLY_KINDS, Wishes, wishes_of, zone_for
from bot.nudges import ASK_AFTER, Due, next_minute
from bot.state import Beat, State
from bot.working_time import minute_of, moment_of, name_of_zone, on_clock, wall_minute


def keep_up(guide: Guide, state: State, now: datetime, *, spoke: bool, saw_due: bool = False) -> State:
    """Return the state after a turn with its beat brought up to date: the zone, the yes, the next moment due.

    `spoke` says that the person did something; then no note is without an answer any more. `saw_due` says that
    they were just shown what is due.
    """
    beat, wishes = state.beat, wishes_of(guide, state)
    if beat is None:
        if wishes is None:
            return state
        minute = minute_of(now)
        beat = Beat(now.date(), minute, name_of_zone(now), held_out=week_to_hold_out(minute))
    elif spoke:
        beat = _heard_from(beat, now, saw_due=saw_due, resting=state.rest == "paused" and state.until is not None)
    if beat is not state.beat:
        state = state.changed(beat=beat)
        wishes = wishes_of(guide, state)
    return state.changed(beat=beat.changed(due=next_minute(guide, state, wishes, now)))


def _heard_from(beat: Beat, now: datetime, *, saw_due: bool, resting: bool) -> Beat:
    """Return the beat after the person spoke. A line they just set for a moment gone by is not overdue.

    What falls into a rest (`resting`: one with an end) is seen to after it, whatever they say meanwhile.
    """
    overdue = 0 < beat.due <= minute_of(now) and not saw_due
    looked = beat.looked if overdue or resting else max(beat.looked, minute_of(now))
    return beat.changed(unanswered=0, zone=name_of_zone(now) or beat.zone, looked=looked)


def note_sent(state: State, wishes: Wishes, due: Due, now: datetime, used: str) -> State:
    """Return the state once a note was handed over: it counts, and all that is due by the end of its day is seen to."""
    beat, today = state.beat, now.date()
    assert beat is not None  # noqa: S101 - only those with a beat are due
    compared = is_compared(beat, due.weekly, wishes.week, today)
    kind = KIND_OF.get(due.weekly or "reminders", "")
    changed = beat.changed(
        before=beat.looked,
        looked=max(due.at, wall_minute(wishes.week.zone, today, wishes.minute)),
        sent=(*beat.sent, today)[-4:] if due.weekly else beat.sent,
        number=beat.number + (due.weekly in WEEKLY_KINDS),
        unanswered=beat.unanswered + 1,
        fitted=today if due.weekly == "fit" else beat.fitted,
        misfits=0 if due.weekly == "misfit" else beat.misfits,
        checked=today if due.weekly == "checks" else beat.checked,
        used=(*(name for name in beat.used if name != used), used)[-24:] if used else beat.used,
        ended="silent" if beat.unanswered >= ASK_AFTER else beat.ended,
        trial=WITH if compared else beat.trial,
        trial_day=today if compared else beat.trial_day,
        latest=kind or beat.latest,
        counted=with_receipt(beat, kind, today),
    )
    return state.changed(beat=changed)


def held_out(state: State, now: datetime) -> State:
    """Return the state after a weekly note that stays out: as if it had gone, but nothing waits for an answer."""
    beat = state.beat
    assert beat is not None  # noqa: S101 - only those with a beat are due
    today = now.date()
    new = not under_trial(beat, today)
    changed = beat.changed(
        before=beat.looked,
        looked=minute_of(now),
        sent=(*beat.sent, today)[-4:],
        trial=WITHOUT if new else beat.trial,
        trial_day=today if new else beat.trial_day,
    )
    return state.changed(beat=changed)


def take_back(guide: Guide, state: State, *, final: bool) -> State:
    """Return the state after a note came back: due again, or (`final`) no more notes at all."""
    beat = state.beat
    if beat is None:
        return state
    if final:
        return state.changed(beat=beat.changed(ended="blocked"))
    gone = local(guide, state, moment_of(beat.looked)).date()
    undone = beat.changed(
        looked=beat.before or beat.looked,
        sent=tuple(day for day in beat.sent if day != gone),
        unanswered=max(beat.unanswered - 1, 0),
        fitted=None if beat.fitted == gone else beat.fitted,
        checked=None if beat.checked == gone else beat.checked,
        ended="" if beat.ended == "silent" else beat.ended,
        trial="" if beat.trial_day == gone else beat.trial,
        trial_day=None if beat.trial_day == gone else beat.trial_day,
    )
    return state.changed(beat=not_received(undone, gone))


def local(guide: Guide, state: State, now: datetime) -> datetime:
    """Return a moment on somebody's own clock: in the city they named, or where their chat has them; else in UTC."""
    return on_clock(zone_for(guide, state), now)
