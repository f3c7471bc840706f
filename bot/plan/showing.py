"""Which lines of a plan are shown: all, those still open, and of these the ones that are near or due."""

from __future__ import annotations

from datetime import date, timedelta

from bot.guide import Guide
from bot.plan.saying import show_line
from bot.replies import PlanLine
from bot.state import State

NEAR = 4
"""From how many days before its day on a step is prepared for."""


def show_plan(guide: Guide, state: State) -> tuple[PlanLine, ...]:
    """Return all plan lines as they are shown."""
    return tuple(show_line(guide, number, line) for number, line in enumerate(state.commitments, 1))


def open_lines(guide: Guide, state: State) -> tuple[PlanLine, ...]:
    """Return the lines not yet ticked off."""
    return tuple(line for line in show_plan(guide, state) if line.done is None)


def near_lines(guide: Guide, state: State, today: date) -> tuple[PlanLine, ...]:
    """Return the open lines whose day is a few days ahead: the time to prepare."""
    last = today + timedelta(days=NEAR)
    return tuple(line for line in open_lines(guide, state) if line.day and today < line.day <= last)


def due_lines(guide: Guide, state: State, today: date) -> tuple[PlanLine, ...]:
    """Return the open lines whose day is here or past."""
    return tuple(line for line in open_lines(guide, state) if line.day and line.day <= today)
