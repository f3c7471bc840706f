"""Answers in a person's own words: short ones, loose ones, and those in which a number counts something else."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.events import Answered, Puzzled
from bot.guide import Guide
from bot.typed.hearing import Expects
from bot.understanding import Understanding

NOW = datetime(2026, 3, 4, 10)
SAID = [
    ("pmo", "we used to, they closed it", "none"),
    ("pmo", "there is one at HQ", "far"),
    ("kind", "they mostly nag us about status reports", "controlling"),
    ("kind", "helpful bunch", "supportive"),
    ("pull", "the data side yes", "partly"),
    ("hours", "one afternoon", "4"),
    ("hours", "5", "4"),
    ("C1.2", "yes i ran three of these", "y"),
    ("C1.2", "in my last job yes", "y"),
    ("C1.2", "never needed to", "o"),
    ("C1.sure", "pretty confident", "m"),
    ("notes-day", "thurs", "3"),
    ("notes-often", "2", "2"),
    ("notes-time", "11 am", "11.00"),
]


@pytest.fixture(scope="module")
def understanding(guide: Guide) -> Understanding:
    return Understanding(guide)


def at(guide: Guide, question: str) -> Expects:
    return Expects("choice", guide.question_by_id[question].options)


@pytest.mark.parametrize(("question", "typed", "option"), SAID)
def test_it_is_heard_as_the_option_it_means(understanding, guide, question, typed, option):
    assert understanding.hear(typed, at(guide, question), NOW) == Answered(options=(option,))


def test_a_number_that_is_one_options_place_and_anothers_name_is_asked_about(understanding, guide):
    event = understanding.hear("2", at(guide, "notes-time"), NOW)
    assert event == Puzzled(("10.00", "14.00"), "2")
