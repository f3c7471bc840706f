"""Which of the guide's private nudges, or of its small steps, fits how things stand."""

from __future__ import annotations

from datetime import date

from bot.fresh_starts import nudges_for
from bot.guide import Action, Guide, Nudge
from bot.nudges import GAP_DAYS
from bot.plan import suggest_actions
from bot.state import State


def choose_step(guide: Guide, state: State, today: date) -> Action | None:
    """Return a step that fits a person's gaps and was neither sent nor planned before; None: no such step is wanted.

    Whoever has an open step needs no other; whoever was away is met with less.
    """
    if is_away(state, today) or any(line.done is None for line in state.commitments):
        return None
    known = {*(state.beat.used if state.beat else ()), *(line.action for line in state.commitments)}
    return next((action for action in suggest_actions(guide, state) if action.id not in known), None)


def choose_nudge(guide: Guide, state: State, moments: tuple[str, ...]) -> Nudge | None:
    """Return the private nudge for the first of these moments that has one; the one used longest ago."""
    used = state.beat.used if state.beat else ()
    when = {name: place for place, name in enumerate(used, 1)}
    fitting = (nudge for moment in moments for nudge in nudges_for(guide, moment))
    # The first of those used longest ago, and so that of the most telling moment.
    return min(fitting, key=lambda each: when.get(each.id, 0), default=None)


def fitting_moments(guide: Guide, state: State, today: date) -> tuple[str, ...]:
    """Return the moments that fit how things stand, the most telling first."""
    lines = tuple(line for line in state.commitments if line.done is None)
    old = tuple(line for line in state.commitments if line.done and (today - line.done).days >= 14)
    found = {
        "gap": is_away(state, today),
        "shadowed": any(_is_shadow(guide, line.action) for line in old),
        "obstacle": state.beat is not None
        and (today - state.beat.since).days >= 14
        and any(line.obstacle for line in lines),
        "cue": any(line.cue for line in lines),
        "open": bool(lines),
        "fixes": len(state.evidence) >= 3,
        "any": True,
    }
    return tuple(name for name, holds in found.items() if holds)


def is_away(state: State, today: date) -> bool:
    """Say whether the person's last word lies so far back that they are welcomed as someone returning."""
    return state.day is not None and (today - state.day).days >= GAP_DAYS


def _is_shadow(guide: Guide, action: str) -> bool:
    found = guide.find_action(action)
    return found is not None and any(found.topic == nudge.topic for nudge in guide.nudges if nudge.when == "shadowed")
