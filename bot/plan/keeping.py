"""What is kept of a plan: new lines are put in, the oldest leave, and what was done in them is carried on."""

from __future__ import annotations

from bot.guide import Guide, Section
from bot.plan.drafting import draft
from bot.records import MOST_NOTES
from bot.routing import picked_actions
from bot.state import Commitment, State

MOST_OPEN = 9
"""How many open plan lines are kept. A plan longer than that is a wish list."""


def add_commitments(guide: Guide, state: State, section: Section) -> State:
    """Turn a section's slots into plan lines and drop their answers, so that the section can be walked again."""
    slots = range(1, len(picked_actions(state, section)) + 1)
    made = tuple(line for slot in slots if (line := draft(guide, state, section, slot)).words)
    spent = frozenset(question.id for question in section.questions if question.slot or question.source == "actions")
    return _with_more(state.without(spent), made)


def put_in(state: State, line: Commitment) -> State:
    """Return the state with one more line in its plan."""
    return _with_more(state, (line,))


def deeds_in(line: Commitment) -> int:
    """Return how many things have been done in a line: the step, every turn of one that repeats, every part of one."""
    return (line.done is not None) + line.times + line.parts


def steps_taken(state: State) -> int:
    """Return how many things have been done, also in steps that have left the plan since."""
    return state.carried + sum(map(deeds_in, state.commitments))


def _with_more(state: State, lines: tuple[Commitment, ...]) -> State:
    """Return the state with these lines as well; what was done in those that leave for them is carried on."""
    wanted = (*state.commitments, *lines)
    kept = _bounded(wanted)[-MOST_NOTES:]
    carried = state.carried + sum(map(deeds_in, wanted)) - sum(map(deeds_in, kept))
    return state.changed(commitments=kept, carried=carried, change=None)


def _bounded(lines: tuple[Commitment, ...]) -> tuple[Commitment, ...]:
    surplus = sum(1 for line in lines if line.done is None) - MOST_OPEN
    kept: list[Commitment] = []
    for line in lines:
        if line.done is None and surplus > 0:
            surplus -= 1
            continue
        kept.append(line)
    return tuple(kept)
