"""Wishes that end, rest or clear a talk are heard where they are meant, and not in sentences about somebody else."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.guide import Option
from bot.typed.hearing import Context, Expects, heard
from bot.understanding import Understanding

NOW = datetime(2026, 3, 4, 10)
SCALE = tuple(Option(id=f"rung-{place}", label=str(place)) for place in range(1, 6))

ABOUT_OTHERS = [
    "my boss would hate this", "they deleted my project", "our project was paused", "we restarted the project",
    "projects stop and start all the time here", "my manager would try to stop that", "they never stop asking",
    "my colleague quit last year", "the sponsor stopped answering", "people leave the pmo quickly",
]  # fmt: skip
MEANT = {
    "please stop writing to me": "stop",
    "could you stop all this": "stop",
    "i would like a break until friday": "pause",
    "wipe all that you have about me": "delete",
    "please start everything again": "restart",
}


def intent_of(understanding: Understanding, text: str, context: Context) -> str:
    expects = Expects(context, SCALE if context == "scale" else ())
    return heard(understanding.hear(text, expects, NOW), expects)[0]


@pytest.mark.parametrize("text", ABOUT_OTHERS)
@pytest.mark.parametrize("context", ["idle", "scale"])
def test_a_sentence_about_somebody_else_ends_nothing(understanding, text, context):
    ending = {"stop", "quiet", "pause", "restart", "delete", "resume", "skip", "back"}
    assert intent_of(understanding, text, context) not in ending


@pytest.mark.parametrize(("text", "meant"), MEANT.items())
def test_what_is_meant_is_heard(understanding, text, meant):
    assert intent_of(understanding, text, "idle") == meant


@pytest.mark.parametrize("text", ["im 52, is it too late for me?", "can i do it with 2 kids at home?"])
def test_a_figure_in_a_whole_question_is_no_answer(understanding, text):
    assert intent_of(understanding, text, "scale") == "ask"
