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
Counted = tuple[tuple[str, date], ...]
"""What somebody was counted for, such as `receivers:tips`, and when last."""

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


def with_receipt(beat: Beat, kind: str, today: date) -> Counted:
    """Return what somebody was counted for, once a note of that kind goes to them today (empty: of none)."""
    return _counted_once(beat.counted, RECEIVERS, kind, today) if kind else beat.counted


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
    lately = {kind for kind in lost if _is_lately(beat.counted, f"{RECEIVERS}:{kind}", today)}
    for kind in sorted({beat.latest} & lately or lately):
        beat = beat.changed(counted=_counted_once(beat.counted, MUTED, kind, today))
    return after if beat is after.beat else after.changed(beat=beat)


def _wanted(guide: Guide, state: State) -> set[str]:
    wishes = wishes_of(guide, state)
    if wishes is None or state.rest == "stopped":
        return set()
    return {kind for kind in wishes.kinds if wishes.often or kind not in WEEKLY}


def _is_lately(counted: Counted, name: str, today: date) -> bool:
    return (today - dict(counted).get(name, date.min)).days < _DAYS


def _counted_once(counted: Counted, what: str, kind: str, today: date) -> Counted:
    """Return what somebody was counted for, that kind among it: since today, unless it had been lately."""
    name = f"{what}:{kind}"
    if _is_lately(counted, name, today):
        return counted
    return (*(entry for entry in counted if entry[0] != name), (name, today))


def counts_of(before: State, after: State, today: date) -> tuple[Count, ...]:
    """Return what a turn adds to the counts, or takes back from them."""
    if after.beat is None:
        return ()
    was, now = before.beat or after.beat, after.beat
    found: list[Count] = []
    if was.counted != now.counted:
        found += _of_notes(was, now)
    if was.trial_day != now.trial_day or was.trial != now.trial:
        found += _of_weeks(was, now)
    if before.commitments is not after.commitments or before.evidence is not after.evidence:
        found += _of_deeds(before, after, now, today)
    return tuple(found)


def _of_notes(was: Beat, now: Beat) -> Iterator[Count]:
    before, after = dict(was.counted), dict(now.counted)
    for name in sorted({*before, *after}):
        what, _, kind = name.partition(":")
        if name not in after:
            yield Count(week_named(before[name]), kind, what, -1)
        elif after[name] != before.get(name):
            yield Count(week_named(after[name]), kind, what)


def _of_weeks(was: Beat, now: Beat) -> Iterator[Count]:
    if now.trial_day:
        yield Count(week_named(now.trial_day), now.trial, "weeks")
    elif was.trial_day:
        yield Count(week_named(was.trial_day), was.trial, "weeks", -1)


def _of_deeds(before: State, after: State, beat: Beat, today: date) -> Iterator[Count]:
    """Yield one step more or less, and one line of proof more; whatever changes more at once is no deed."""
    deeds = {"done": steps_taken(after) - steps_taken(before), "proof": len(after.evidence) - len(before.evidence)}
    trial = under_trial(beat, today)
    for what, number in deeds.items():
        if abs(number) == 1:
            yield Count(week_named(today), ALL, what, number)
            if trial and beat.trial_day:
                yield Count(week_named(beat.trial_day), trial, what, number)
