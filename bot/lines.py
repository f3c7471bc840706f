"""Changes to one line of the plan: ticked off, partly done, moved, made smaller, swapped; each can be taken back."""

from __future__ import annotations

from datetime import date

from bot.guide import Guide
from bot.plan import MOST_OPEN, act_of, deeds_in
from bot.repeats import Every
from bot.rounds import next_round
from bot.state import Change, Commitment, State
from bot.working_time import Week

ASKED, AGREED = "asked", "agreed"
"""How far a step has come that needs somebody's yes."""

MOVES = 2
"""From how many new days on, a smaller step or another one is offered."""


def tick_off(state: State, number: int, today: date, week: Week) -> State:
    """Return the state with that line done on that day; one that repeats gets its next day and stays open.

    `week` says on which days the person works.
    """
    line = state.commitments[number - 1]
    following = _next_turn(line, today, week)
    if following is None:
        return _put(state, "done", number, line.changed(done=today))
    turned = line.changed(day=following, times=line.times + 1, partly=None, parts=0, moved=0, stage="", staged=None)
    return _put(state, "done", number, turned, carried=line.parts)


def _next_turn(line: Commitment, today: date, week: Week) -> date | None:
    if line.every is None:
        return None
    try:
        return next_round(line.every, line.day or today, today, week)
    except (ValueError, OverflowError):
        return None


def reopen(state: State, number: int) -> State:
    """Return the state with that line open again."""
    return _put(state, "undo", number, state.commitments[number - 1].changed(done=None))


def partly_done(state: State, number: int, today: date) -> State:
    """Return the state with part of that line done today: a step taken, and the line stays open."""
    line = state.commitments[number - 1]
    return _put(state, "partly", number, line.changed(partly=today, parts=line.parts + 1, moved=0))


def move(state: State, number: int, day: date) -> State:
    """Return the state with that line moved to another day; what was agreed for the old one is open again."""
    line = state.commitments[number - 1]
    moved = line.moved + (line.day is not None and line.day != day)
    stage = ASKED if line.stage == AGREED and line.day != day else line.stage
    return _put(state, "remind", number, line.changed(day=day, moved=moved, stage=stage))


def repeat(state: State, number: int, every: Every, day: date) -> State:
    """Return the state with that line coming round so often, next by that day."""
    line = state.commitments[number - 1]
    return _put(state, "repeat", number, line.changed(every=every.kept_to(day), day=day))


def repeat_no_more(state: State, number: int) -> State:
    """Return the state with that line coming round no longer."""
    return _put(state, "repeat", number, state.commitments[number - 1].changed(every=None))


def day_to_begin(line: Commitment, every: Every, today: date) -> date | None:
    """Return the line's own day, where a step can come round from there: it lies ahead, and no other was named."""
    return line.day if line.day and line.day >= today and every.on < 0 else None


def take_out(state: State, number: int) -> State:
    """Return the state without that line."""
    kept = tuple(line for place, line in enumerate(state.commitments, 1) if place != number)
    line = state.commitments[number - 1]
    change = Change("drop", number, line, state.carried)
    return state.changed(commitments=kept, change=change, carried=state.carried + deeds_in(line))


def has_small_form(guide: Guide, line: Commitment) -> bool:
    """Say whether the guide knows a smaller form of that line that is not the line already."""
    action = guide.find_action(line.action)
    return action is not None and line.words == act_of(guide, action)


def shrink(guide: Guide, state: State, number: int) -> State:
    """Return the state with the guide's 15-minute form of that line; its cue and day stay."""
    line = state.commitments[number - 1]
    small = act_of(guide, guide.find_action(line.action), "small")
    return _put(state, "shrink", number, line.changed(words=small, moved=0))


def reword(state: State, number: int, words: str) -> State:
    """Return the state with that line in the person's own, smaller words; its action, cue and day stay."""
    return _put(state, "shrink", number, state.commitments[number - 1].changed(words=words, moved=0))


def swap(state: State, number: int, action: str, words: str, today: date) -> State:
    """Return the state with another step in place of that line; its cue stays, and its day if that lies ahead.

    The other step begins with nothing done; what was done of the one before is carried on.
    """
    line = state.commitments[number - 1]
    day = line.day if line.day and line.day >= today else None
    other = Commitment(action, words, line.cue, line.obstacle, day)
    return _put(state, "swap", number, other, carried=deeds_in(line))


def done_before(state: State) -> int:
    """Return how many things had been done in the line that was changed last, as it was before."""
    return deeds_in(state.change.line) if state.change else 0


def set_stage(state: State, number: int, stage: str, today: date, day: date | None = None) -> State:
    """Return the state with that line asked for, or agreed to for a day; if it repeats, it does so from that day."""
    line = state.commitments[number - 1]
    every = Every(line.every.count, line.every.unit).kept_to(day) if line.every and day else line.every
    staged = today if stage else None
    return _put(state, stage, number, line.changed(stage=stage, staged=staged, day=day or line.day, every=every))


def take_back(state: State) -> State:
    """Return the state as it was before the last change to its plan."""
    change = state.change
    if change is None:
        return state
    lines = list(state.commitments)
    if change.wish == "drop":
        lines.insert(change.number - 1, change.line)
    elif change.number <= len(lines):
        lines[change.number - 1] = change.line
    open_lines = sum(1 for line in lines if line.done is None)
    if open_lines > MOST_OPEN:
        return state.changed(change=None)
    return state.changed(commitments=tuple(lines), change=None, carried=change.carried)


def _put(state: State, wish: str, number: int, line: Commitment, *, carried: int = 0) -> State:
    """Return the state with another line in that place; `carried` is what the line itself tells no longer."""
    lines = list(state.commitments)
    change = Change(wish, number, lines[number - 1], state.carried)
    lines[number - 1] = line
    return state.changed(commitments=tuple(lines), change=change, carried=state.carried + carried)
