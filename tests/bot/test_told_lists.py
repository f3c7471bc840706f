"""Several options told in one sentence: each piece is heard, by its option's own words or by what it tells."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.events import Answered, Puzzled
from bot.guide import Guide
from bot.talk import Talk, options_of
from bot.typed.hearing import Expects
from bot.understanding import Understanding
from tests.bot.test_understanding_hit_rate import standing_at

NOW = datetime(2026, 3, 4, 10)


def heard_at(guide: Guide, question_id: str, typed: str) -> object:
    question = guide.question_by_id[question_id]
    options = options_of(guide, Talk(guide, standing_at(guide, question_id), NOW).state, question)
    expects = Expects("multi", options, question.most, about=question_id)
    return Understanding(guide).hear(typed, expects, NOW)


@pytest.mark.parametrize(
    ("question", "typed", "options"),
    [
        ("assets", "leading people and talking to stakeholders", ("lead", "tell")),
        ("assets", "timelines, documents and I'm good at explaining things", ("tell", "papers", "dates")),
        ("assets", "I manage people, write clearly and know prince2", ("lead", "tell", "papers-held")),
        ("assets", "PMP, planning, people", ("lead", "dates", "papers-held")),
        ("wanted", "see the big picture and more money sense", ("business-sense", "big-picture")),
        ("wanted", "only for a year or two, and a new field", ("new-area", "back-to-projects")),
    ],
)
def test_every_piece_of_a_list_is_heard(guide: Guide, question: str, typed: str, options: tuple[str, ...]):
    assert heard_at(guide, question, typed) == Answered(options=options)


@pytest.mark.parametrize("typed", ["leading people but I do not write documents", "none of them and I am tired"])
def test_what_is_denied_adds_nothing(guide: Guide, typed: str):
    assert heard_at(guide, "assets", typed) == Puzzled((), typed)


def test_more_than_may_be_picked_is_not_taken(guide: Guide):
    typed = "see the big picture, more money sense, contacts, come back to projects later"
    assert isinstance(heard_at(guide, "wanted", typed), Puzzled)
