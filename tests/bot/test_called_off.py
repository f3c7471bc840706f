"""A step that came to nothing is not ticked off: it stays open, and another day, another step or none is offered."""

from __future__ import annotations

import pytest

from tests.talking import Conversing

CALLED_OFF = [
    *(
        "the shadowing is off",
        "shadow day is off",
        "shadowing off",
        "the visit is off sadly",
        "my shadow day was called off",
    ),
    *("the shadowing is cancelled", "the shadow day got cancelled", "they cancelled the shadow day", "it's off"),
    *("they called off the shadowing", "shadowing fell through", "the shadowing isn't happening", "its cancelled"),
    *("the shadowing never happened", "the shadowing is postponed", "they postponed it", "that fell through"),
]
DONE = ["shadowing is done", "i ticked off the shadowing", "tick off the shadowing", "the shadow day is off my list"]


def with_a_plan(talk: Conversing) -> Conversing:
    talk.through_intake()
    talk.through_plan()
    return talk


@pytest.mark.parametrize("words", CALLED_OFF)
def test_a_step_called_off_stays_open_and_is_asked_about(talk: Conversing, words: str):
    said = with_a_plan(talk).say(words)
    assert said.startswith("That happens, and it says nothing about you. The step stays open.")
    assert [line.done for line in talk.state.commitments] == [None]
    assert list(talk.picks) == ["do:snooze:#1", "do:swap:#1", "do:drop:#1", "do:undo", "do:menu"]


@pytest.mark.parametrize("words", ["the shadowing is off", "shadow day got cancelled", "it fell through"])
def test_in_the_middle_of_a_question_it_is_heard_as_well(talk: Conversing, words: str):
    with_a_plan(talk).press("open:carry")
    assert talk.say(words).startswith("That happens")
    assert talk.question == "assets"


@pytest.mark.parametrize("words", ["the shadowing is cancelled", "my shadow day is off"])
def test_of_several_steps_the_one_that_is_named_is_meant(talk: Conversing, words: str):
    talk.through_intake()
    talk.press("open:plan")
    talk.say("skip", "skip")
    talk.submit({"picks": ("data-visualisation", "shadowing")})
    talk.say("keep", "no time", "after lunch", "in two weeks", "yes")
    talk.say("keep", "no time", "after lunch", "in two weeks", "yes")
    talk.press("none", "notes")
    talk.say(words)
    shadowing = next(at for at, line in enumerate(talk.state.commitments, 1) if line.action == "shadowing")
    assert f"do:drop:#{shadowing}" in talk.picks


@pytest.mark.parametrize("words", DONE)
def test_what_is_off_the_list_is_done(talk: Conversing, words: str):
    with_a_plan(talk).say(words)
    assert talk.state.commitments[0].done == talk.now.date()


def test_with_another_day_it_is_moved_there(talk: Conversing):
    with_a_plan(talk).say("shadow day was moved to 15 january")
    assert talk.state.commitments[0].day is not None
    assert talk.state.commitments[0].day.isoformat() == "2027-01-15"


def test_without_a_plan_it_is_a_question_about_it(talk: Conversing):
    talk.through_intake()
    talk.say("the shadowing is off")
    assert talk.intent == "ask"


@pytest.mark.parametrize("words", ["what if the shadowing is cancelled?", "did they cancel the shadowing?"])
def test_a_question_about_it_changes_nothing(talk: Conversing, words: str):
    with_a_plan(talk).say(words)
    assert talk.intent == "ask"
