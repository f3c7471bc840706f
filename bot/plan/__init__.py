"""Commitments: what was chosen, tied to a cue, with a day; and which of them are due."""

from __future__ import annotations

from bot.plan.drafting import parse_turn, slot_action, slot_values, turn_code
from bot.plan.keeping import MOST_OPEN, add_commitments, deeds_in, put_in, steps_taken
from bot.plan.saying import act_of, if_then, say_every, show_line
from bot.plan.showing import due_lines, near_lines, open_lines, show_plan
from bot.plan.suggesting import OWN, SMALL_MINUTES, action_options, in_words, suggest_actions

__all__ = [
    "MOST_OPEN",
    "OWN",
    "SMALL_MINUTES",
    "act_of",
    "action_options",
    "add_commitments",
    "deeds_in",
    "due_lines",
    "if_then",
    "in_words",
    "near_lines",
    "open_lines",
    "parse_turn",
    "put_in",
    "say_every",
    "show_line",
    "show_plan",
    "slot_action",
    "slot_values",
    "steps_taken",
    "suggest_actions",
    "turn_code",
]
