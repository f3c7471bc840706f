"""What is told of work is no wish for a plan: "my weekly report is late" is not about a step, "my step is late" is."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.events import Wanted
from bot.understanding import Expects, Understanding
from tests.talking import Conversing

NOW = datetime(2026, 3, 4, 10)
OF_THE_PLAN = ("plan", "progress", "profile", "remind", "snooze")


def wish(understanding: Understanding, typed: str) -> str:
    event = understanding.hear(typed, Expects("idle"), NOW)
    return event.intent if isinstance(event, Wanted) else ""


@pytest.mark.parametrize(
    "typed",
    [
        "my weekly report is late",
        "my weekly status report is due",
        "my weekly meeting is late",
        "my status report is overdue",
        "my budget is due",
        "my timesheet is due tomorrow",
        "our release is overdue",
        "the quarterly review is due next week",
        "my exam is next week",
    ],
)
def test_a_statement_about_work_is_no_wish_for_what_is_kept_here(understanding, typed: str):
    assert wish(understanding, typed) not in OF_THE_PLAN


@pytest.mark.parametrize(
    "typed",
    [
        "my plan is late",
        "my next step is due",
        "my action is overdue",
        "my task is due",
        "my to do list is long",
        "what is due",
        "am I late",
        "the due date is past",
    ],
)
def test_a_statement_about_the_plan_still_is(understanding, typed: str):
    assert wish(understanding, typed) == "plan"


@pytest.mark.parametrize(
    "typed", ["I was turned down", "they turned me down", "it was turned down", "i was turned down."]
)
def test_whoever_is_turned_down_and_has_no_plan_is_answered_on_that(talk: Conversing, typed: str):
    talk.start()
    talk.say("menu")
    assert "I am sorry; that stings." in talk.say(typed)


def test_with_a_step_that_is_open_it_is_that_step_that_was_refused(talk: Conversing):
    talk.through_intake()
    talk.through_plan()
    talk.say("I was turned down")
    assert [(reply.how, reply.line.number) for reply in talk.step.replies] == [("refused", 1)]


def test_once_the_step_is_done_it_is_about_the_person_again(talk: Conversing):
    talk.through_intake()
    talk.through_plan()
    talk.press("do:done:#1")
    talk.say("skip", "skip", "menu")
    assert "that stings" in talk.say("I was turned down")


def test_where_nothing_is_known_about_it_there_is_no_plan_yet(talk: Conversing):
    talk.start()
    talk.say("menu", "the answer was no")
    assert talk.step.heard == ("plan", None)


@pytest.mark.parametrize(
    "typed",
    [
        "my shadow day is next week",
        "my shadow day is on friday",
        "shadow day tomorrow",
        "I have my shadow day tomorrow",
        "the shadow day is cancelled",
        "my shadow day is moved to friday",
        "the automation is live next week",
    ],
)
def test_what_is_to_come_or_came_to_nothing_is_not_ticked_off(understanding, typed: str):
    assert wish(understanding, typed) != "done"


@pytest.mark.parametrize(
    "typed",
    [
        "my shadow day is over",
        "the shadow day is behind me",
        "my shadow day was on friday",
        "shadow day on friday was great",
        "I shadowed him, tomorrow the next one",
        "my dashboard is out",
    ],
)
def test_what_is_over_still_is(understanding, typed: str):
    assert wish(understanding, typed) == "done"


@pytest.mark.parametrize("words", ["i did my prince2 last year. is that enough?", "is that enough?", "was that all?"])
def test_a_question_that_sounds_like_an_end_ends_nothing(talk: Conversing, words: str):
    talk.through_intake()
    talk.press("open:carry")
    talk.say(words)
    assert talk.state.rest == ""


def test_asking_if_somebody_is_there_is_no_answer(talk: Conversing):
    talk.start()
    talk.say("1", "stop", "are you still there")
    assert (talk.intent, talk.question, "kind" in talk.state.answers) == ("greet", "kind", False)
