"""A line in the making: what the answers about one chosen action come to so far."""

from __future__ import annotations

from datetime import date

from bot.days import parse_day
from bot.guide import Action, Guide, Question, Section
from bot.plan.saying import act_of, if_then, show_line
from bot.repeats import Every, parse_every
from bot.replies import Words
from bot.routing import picked_actions
from bot.state import Commitment, State

NOTHING = "nothing"
"""The option that says nothing is in the way."""


def draft(guide: Guide, state: State, section: Section, slot: int) -> Commitment:
    """Return the commitment that a slot's answers make so far."""
    picks = picked_actions(state, section)
    action = guide.find_action(picks[slot - 1]) if 0 < slot <= len(picks) else None
    said = {
        question.part: state.answers.get(question.id, "") for question in section.questions if question.slot == slot
    }
    day, every = parse_turn(str(said.get("day", "")))
    questions = {question.part: question for question in section.questions if question.slot == slot}
    return Commitment(
        action=action.id if action else "",
        words=act_of(guide, action, str(said.get("words", ""))),
        cue=_label(questions.get("cue"), str(said.get("cue", ""))),
        obstacle=""
        if said.get("obstacle") == NOTHING
        else _label(questions.get("obstacle"), str(said.get("obstacle", ""))),
        day=day,
        every=every,
    )


def slot_action(guide: Guide, state: State, question: Question) -> Action | None:
    """Return the action a slot's question is about; None for a step of one's own."""
    picks = picked_actions(state, guide.section_of[question.id])
    if not 0 < question.slot <= len(picks):
        return None
    return guide.find_action(picks[question.slot - 1])


def slot_values(guide: Guide, state: State, question: Question) -> dict[str, Words | str]:
    """Return what a slot's question may name: the action, the cue, the obstacle, and the whole line."""
    action = slot_action(guide, state, question)
    section = guide.section_of[question.id]
    line = draft(guide, state, section, question.slot)
    shown = show_line(guide, 1, line)
    return {
        "action": action.label if action else guide.phrases.labels["own_step"],
        "cue": shown.cue,
        "obstacle": shown.obstacle,
        "line": if_then(guide, shown),
    }


def turn_code(day: date, every: Every | None) -> str:
    """Return a day, and how the step comes round from there, as an answer keeps it."""
    return f"{day.isoformat()} {every.kept_to(day)}" if every else day.isoformat()


def parse_turn(answer: str) -> tuple[date | None, Every | None]:
    """Return the day an answer holds, and how the step comes round, where it does."""
    day, _, code = answer.partition(" ")
    return parse_day(day), parse_every(code)


def _label(question: Question | None, said: str) -> str:
    option = question.option(said) if question else None
    return option.label if option else said
