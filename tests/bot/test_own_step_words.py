"""Where a step may be put in one's own words: asking to do so is not the step, and a nod keeps it as it is."""

from __future__ import annotations

import pytest

from tests.talking import Conversing


@pytest.fixture
def wording_a_step(talk: Conversing) -> Conversing:
    talk.through_intake()
    talk.press("open:plan")
    talk.say("skip", "skip")
    talk.submit({"picks": ("shadowing",)})
    return talk


@pytest.mark.parametrize("words", ["change it", "my own words", "In my own words.", "something else"])
def test_to_want_own_words_asks_for_them(wording_a_step: Conversing, words: str):
    asked = wording_a_step.question
    assert wording_a_step.say(words).startswith("Type it the way you would say it.")
    assert wording_a_step.question == asked


@pytest.mark.parametrize("words", ["it is good", "is ok", "looks good", "that's fine"])
def test_a_nod_keeps_the_step(wording_a_step: Conversing, words: str):
    asked = wording_a_step.question
    wording_a_step.say(words)
    assert wording_a_step.state.answers[asked] == "keep"


def test_several_numbers_are_asked_about_where_one_answer_is_due(wording_a_step: Conversing):
    wording_a_step.say("keep")
    asked = wording_a_step.question
    assert wording_a_step.say("1 and 2").startswith("I am not sure which you mean")
    assert wording_a_step.question == asked
