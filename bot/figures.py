"""What a turn adds to the anonymous counts, seen from a person's state before it and after it.

What somebody was counted for, and when last, stands in their own record, so that nobody is counted twice in four weeks.
What goes into the counts is a week, a kind and a number.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.counts import WEEKS, Count, week_named
from bot.guide import Guide
from bot.holdouts import under_trial
from bot.note_wishes import KINDS, WEEKLY, wishes_of
from bot.plan import steps_taken
from bot.state import Beat, State

RECEIVERS, MUTED = "receivers", "muted"
ALL = "all"
"""The kind under which steps and proof of everybody who ever said yes are counted."""

KIND_OF = {
    **{kind: kind for kind in KINDS},
    "near": "reminders",
    "look-back": "reminders",
    "fit": "steps",
    "misfit": "steps",
    "fresh": "steps",
}
"""What a person said yes to, by the kind of note that came of it. The last question belongs to none."""

_DAYS = 7 * WEEKS


def received(beat: Beat, note: str, today: date) -> Beat:
    """Return the beat of somebody who gets a note of that kind today."""
    kind = KIND_OF.get(note, "")
    if not kind:
        return beat
    return _count_once(beat if beat.latest == kind else beat.changed(latest=kind), RECEIVERS, kind, today)


def not_received(beat: Beat, day: date) -> Beat:
    """Return the beat as if the latest note, of that day, had not been received."""
    taken = (f"{RECEIVERS}:{beat.latest}", day)
    return beat.changed(counted=tuple(entry for entry in beat.counted if entry != taken))


def mute(guide: Guide, before: State, after: State, today: date) -> State:
    """Return the state after a turn, counting what the person muted in it.

    Where everything was stopped at once, it is the kind that came last: that is the one they had enough of.
    """
    beat = after.beat
    if beat is None or before.beat is None or (before.answers is after.answers and before.rest == after.rest):
        return after
    lost = _wanted(guide, before) - _wanted(guide, after)
    lately = {kind for kind in lost if _is_lately(beat, RECEIVERS, kind, today)}
    for kind in sorted({beat.latest} & lately or lately):
        beat = _count_once(beat, MUTED, kind, today)
    return after if beat is after.beat else after.changed(beat=beat)


def _wanted(guide: Guide, state: State) -> set[str]:
    wishes = wishes_of(guide, state)
    if wishes is None or state.rest == "stopped":
        return set()
    return {kind for kind in wishes.kinds if wishes.often or kind not in WEEKLY}


def _is_lately(beat: Beat, what: str, kind: str, today: date) -> bool:
    return any(name == f"{what}:{kind}" and (today - day).days < _DAYS for name, day in beat.counted)


def _count_once(beat: Beat, what: str, kind: str, today: date) -> Beat:
    if _is_lately(beat, what, kind, today):
        return beat
    name = f"{what}:{kind}"
    kept = tuple(entry for entry in beat.counted if entry[0] != name)
    return beat.changed(counted=(*kept, (name, today)))


def counts_of(before: State, after: State, today: date) -> tuple[Count, ...]:
    """Return what a turn adds to the counts, or takes back from them."""
    if after.beat is None:
        return ()
    was = before.beat or after.beat
    return (*_of_notes(was, after.beat), *_of_weeks(was, after.beat), *_of_deeds(before, after, after.beat, today))


def _of_notes(was: Beat, now: Beat) -> Iterator[Count]:
    if was.counted == now.counted:
        return
    before, after = dict(was.counted), dict(now.counted)
    for name in sorted({*before, *after}):
        what, _, kind = name.partition(":")
        if name not in after:
            yield Count(week_named(before[name]), kind, what, -1)
        elif after[name] != before.get(name):
            yield Count(week_named(after[name]), kind, what)


def _of_weeks(was: Beat, now: Beat) -> Iterator[Count]:
    if (was.trial, was.trial_day) == (now.trial, now.trial_day):
        return
    if now.trial_day:
        yield Count(week_named(now.trial_day), now.trial, "weeks")
    elif was.trial_day:
        yield Count(week_named(was.trial_day), was.trial, "weeks", -1)


def _of_deeds(before: State, after: State, beat: Beat, today: date) -> Iterator[Count]:
    """Yield one step more or less, and one line of proof more; whatever changes more at once is no deed."""
    if before.commitments is after.commitments and before.evidence is after.evidence:
        return
    deeds = {"done": steps_taken(after) - steps_taken(before), "proof": len(after.evidence) - len(before.evidence)}
    trial = under_trial(beat, today)
    for what, number in deeds.items():
        if abs(number) == 1:
            yield Count(week_named(today), ALL, what, number)
            if trial and beat.trial_day:
                yield Count(week_named(beat.trial_day), trial, what, number)
