"""Answers taken back in words: the question meant is opened, the last one is gone back to, and nothing is guessed."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.events import Answered, Puzzled, Wanted
from bot.guide import Guide
from bot.typed.hearing import Expects, heard
from tests.talking import Conversing

NOW = datetime(2026, 3, 4, 10)
IDLE = Expects("idle")


def at(guide: Guide, name: str) -> Expects:
    return Expects("choice", guide.question_by_id[name].options)


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("change my answer about hours", "hours"),
        ("I said 2 hours but it is 4", "hours"),
        ("change my hours", "hours"),
        ("edit my answer on the grade", "grade"),
        ("I picked higher grade but I meant the same", "grade"),
        ("can I change my answer about the PMO", "pmo"),
        ("i told you we have no pmo but we do have one", "pmo"),
        ("I want to correct what I said about communication", "C2.2"),
        ("can I change the role I picked", "rung"),
    ],
)
def test_a_named_answer_is_opened(understanding, guide, typed, question):
    event = understanding.hear(typed, IDLE, NOW)

    assert (event.intent, event.detail, heard(event, IDLE, guide)) == ("edit", question, ("back", None))


@pytest.mark.parametrize("typed", ["change my answers", "how do I change my answer", "my first answer was wrong"])
def test_an_answer_without_a_name_leads_to_the_review(understanding, typed):
    assert understanding.hear(typed, IDLE, NOW) == Wanted("review", text=typed)


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("change my plan", "add"),
        ("update my cv", "cv"),
        ("change management", "ask"),
        ("how do I change the process", "ask"),
        ("what was I meant to do this week", "plan"),
    ],
)
def test_other_changes_are_other_wishes(understanding, typed, wish):
    assert understanding.hear(typed, IDLE, NOW).intent == wish


@pytest.mark.parametrize(
    "typed", ["no I meant the first one", "wait no, that was wrong", "scratch that", "change that"]
)
def test_what_was_said_last_is_gone_back_to(understanding, guide, typed):
    assert understanding.hear(typed, at(guide, "worth"), NOW) == Wanted("back", text=typed)


def test_words_of_the_question_on_the_table_are_its_answer(understanding, guide):
    typed = "I meant we do have one but I rarely see it"

    assert understanding.hear(typed, at(guide, "pmo"), NOW) == Answered(options=("far",))


def test_what_comes_after_the_but_is_the_amount(understanding, guide):
    assert understanding.hear("I said 2 hours but it is 4", at(guide, "hours"), NOW) == Answered(options=("4",))


def test_a_bare_number_that_may_be_an_amount_is_asked_about(understanding, guide):
    assert understanding.hear("4", at(guide, "hours"), NOW) == Puzzled(("unsure", "4"), "4")


def test_the_old_answer_is_shown_and_the_change_is_told(talk: Conversing):
    talk.start()
    talk.say("yes, often", "they help", "some of it", "analyst", "same")
    assert "So far you said: Analyst (data and reports)" in talk.say("change my answer about the role")
    assert talk.say("head of PMO").startswith("Changed.")
    assert talk.step.question == "hours"


def test_a_name_without_an_answer_leads_to_the_review(talk: Conversing):
    talk.start()
    talk.say("yes, often")
    assert "Which part would you like to see or change?" in talk.say("change my answer about hours")
