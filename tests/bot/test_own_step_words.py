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


@pytest.mark.parametrize(
    "words",
    [
        "it is good", "is ok", "looks good", "that's fine", "yes, keep it", "yes please", "keep it please", "I like it",
        "sure, let's do that",
    ],
)  # fmt: skip
def test_a_nod_keeps_the_step(wording_a_step: Conversing, words: str):
    asked = wording_a_step.question
    wording_a_step.say(words)
    assert wording_a_step.state.answers[asked] == "keep"


@pytest.mark.parametrize("words", ["smaller please", "can I make it smaller?", "too big", "the small one"])
def test_a_smaller_one_can_be_asked_for(wording_a_step: Conversing, words: str):
    asked = wording_a_step.question
    wording_a_step.say(words)
    assert wording_a_step.state.answers[asked] == "small"


def test_a_number_is_a_place_and_no_nod(wording_a_step: Conversing):
    asked = wording_a_step.question
    wording_a_step.say("2")
    assert wording_a_step.state.answers[asked] == "small"


def test_no_step_and_no_cue_is_called_no_or_yes(wording_a_step: Conversing):
    asked = wording_a_step.question
    wording_a_step.say("no thanks")
    assert (wording_a_step.question, asked in wording_a_step.state.answers) == (asked, False)
    wording_a_step.say("keep it", "skip")
    asked = wording_a_step.question
    wording_a_step.say("yes")
    assert (wording_a_step.question, asked in wording_a_step.state.answers) == (asked, False)


@pytest.mark.parametrize("words", ["the day is wrong", "I don't like the wording", "it is too big"])
def test_a_line_that_does_not_fit_is_changed(wording_a_step: Conversing, words: str):
    opened = wording_a_step.question
    wording_a_step.say("keep it", "skip", "skip", "in a week", words)
    assert wording_a_step.question == opened


def test_none_of_the_steps_is_no_step_of_ones_own(talk: Conversing):
    talk.through_intake()
    talk.press("open:plan")
    talk.say("skip", "skip", "none of them appeals to me")
    assert (talk.question, talk.state.commitments) == ("notes", ())


def test_first_at_the_end_of_a_sentence_is_not_the_first_answer(talk: Conversing):
    talk.through_intake()
    talk.press("open:plan")
    talk.say("skip", "skip", "I'd rather talk to someone in the PMO first")
    assert talk.state.answers["picks"] == ("own",)


def test_several_numbers_are_asked_about_where_one_answer_is_due(wording_a_step: Conversing):
    wording_a_step.say("keep")
    asked = wording_a_step.question
    assert wording_a_step.say("1 and 2").startswith("I am not sure which you mean")
    assert wording_a_step.question == asked
