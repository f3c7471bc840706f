"""Asking to make a plan in the middle of something else, and keeping an answer as it is."""

from __future__ import annotations

import pytest

from tests.talking import Conversing

WAYS = ["make a plan", "let's make a plan", "I want to make a plan", "help me build a plan", "start planning"]
ELSEWHERE = "I keep your place in “Where you stand”."


@pytest.mark.parametrize("words", WAYS)
def test_a_plan_is_begun_in_the_middle_of_a_question(talk: Conversing, words: str):
    talk.start()
    talk.say("1")
    assert ELSEWHERE in talk.say(words)
    assert (talk.intent, talk.question) == ("plan", "wish")


def test_back_returns_to_the_question_that_was_left(talk: Conversing):
    talk.start()
    talk.say("1", "make a plan", "back")
    assert (talk.question, dict(talk.state.answers)) == ("kind", {"pmo": "near"})


def test_after_the_plan_the_menu_leads_back_to_what_was_left(talk: Conversing):
    talk.start()
    talk.say("1", "make a plan", "skip", "skip")
    talk.submit({"picks": ("shadowing",)})
    talk.say("keep", "no time", "after our team meeting", "in two weeks", "yes")
    assert "Next could be “Where you stand”" in talk.press("none", "notes")
    talk.say("yes")
    assert talk.question == "kind"


def test_to_ask_for_the_plan_that_is_being_made_says_so_and_goes_on(talk: Conversing):
    talk.start()
    talk.say("1", "make a plan")
    assert talk.say("make a plan").startswith("You are making your plan right now.")
    assert talk.question == "wish"


def test_to_ask_for_a_plan_to_look_at_begins_none_and_says_how_to(talk: Conversing):
    talk.start()
    talk.say("1")
    assert talk.say("show me my plan").startswith(
        "You have no plan yet. It takes a few minutes to make a small one: say make a plan."
    )
    assert talk.question == "kind"


def test_a_plan_that_is_there_is_shown(talk: Conversing):
    talk.through_intake()
    talk.through_plan()
    talk.press("open:carry")
    asked = talk.question
    talk.say("I want to make a plan")
    assert (talk.messages[0].about, talk.question) == ("show_plan", asked)


def test_a_rest_ends_where_a_plan_is_begun(talk: Conversing):
    talk.start()
    talk.say("1", "pause", "make a plan")
    assert (talk.phase, talk.question) == ("text", "wish")


@pytest.mark.parametrize("words", ["keep it", "keep it that way", "save it", "never mind", "forget it"])
@pytest.mark.parametrize("place", [0, 2, 3, 4], ids=["pmo", "pull", "rung", "grade"])
def test_words_that_leave_things_as_they_are_pick_no_answer(talk: Conversing, words: str, place: int):
    talk.start()
    talk.say(*["1", "2", "1", "2"][:place])
    before = dict(talk.state.answers)
    asked = talk.question
    talk.say(words)
    assert (talk.question, dict(talk.state.answers)) == (asked, before)


@pytest.mark.parametrize("words", ["keep it", "keep it that way", "save it"])
def test_nor_are_they_a_claim_to_a_skill(talk: Conversing, words: str):
    talk.through_intake()
    talk.press("open:carry")
    talk.say("1 and 2")
    asked = talk.question
    talk.say(words)
    assert (talk.question, asked in talk.state.answers) == (asked, False)


@pytest.mark.parametrize("words", ["keep it", "leave it as it is", "same as before"])
def test_at_a_question_opened_again_they_keep_its_answer(talk: Conversing, words: str):
    talk.through_intake()
    before = dict(talk.state.answers)
    talk.say("review", "1", "4")
    asked = talk.question
    assert "Changed" not in talk.say(words)
    assert (asked, talk.question, dict(talk.state.answers)) == ("rung", None, before)


def test_to_keep_an_answer_after_going_back_leads_forward(talk: Conversing):
    talk.start()
    talk.say("1", "2", "back")
    assert talk.question == "kind"
    talk.say("keep it")
    assert (talk.question, talk.state.answers["kind"]) == ("pull", "controlling")


def test_keeping_something_where_no_tip_was_shown_opens_nothing(talk: Conversing):
    talk.start()
    talk.say("1", "keep that")
    assert talk.question == "kind"


def test_a_plan_that_was_made_is_told_as_done(talk: Conversing):
    talk.through_intake()
    talk.through_plan()
    assert "A small plan: done" in talk.say("progress")
