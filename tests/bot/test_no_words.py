"""Where a person's own words are asked for, "done" and "ok" alone are none: they are asked for kindly, or left out."""

from __future__ import annotations

import pytest

from tests.talking import Conversing

ASKED_FOR = "A few words of your own are enough here. Or say skip to leave it out."
NONE = (
    *("done", "Done!", "all done", "I'm done", "finished", "it is done", "I did it", "that's it", "✅"),
    *("ok", "Okay.", "k", "yes", "yep", "sure", "of course", "got it", "👍", "hmm", "ok then", "...", "-", "5", "12"),
)
SOME = (
    *("done, and the board liked it", "I finished the report early", "ok with the PMO, less so with my boss"),
    *("good", "5 days", "12%", "Germany", "Да, получилось", "yes, two hours a month less"),
    *("line", "more time", "no more night shifts", "Lone", "a better line"),
)


@pytest.fixture
def asked(talk: Conversing) -> Conversing:
    """Somebody who is asked what they would like from the next months, in their own words."""
    talk.start()
    talk.press("do:add")
    assert (talk.question, talk.phase) == ("wish", "text")
    return talk


@pytest.mark.parametrize("typed", NONE)
def test_what_says_nothing_is_not_kept_and_words_are_asked_for(asked: Conversing, typed: str):
    said = asked.say(typed)
    assert said.startswith(ASKED_FOR)
    assert "what would you like from the next few months?" in said
    assert (asked.question, dict(asked.state.answers)) == ("wish", {})


@pytest.mark.parametrize("typed", SOME)
def test_whatever_says_something_is_kept_as_it_was_typed(asked: Conversing, typed: str):
    asked.say(typed)
    assert (asked.state.answers["wish"], asked.question) == (typed, "better")


@pytest.mark.parametrize("typed", ["no", "nope", "No.", "not really", "nothing"])
def test_a_plain_no_leaves_it_out(asked: Conversing, typed: str):
    asked.say(typed)
    assert (asked.state.answers["wish"], asked.question) == ("", "better")


def test_skip_goes_on_as_was_offered(asked: Conversing):
    asked.say("done", "skip")
    assert asked.question == "better"


@pytest.mark.parametrize("typed", ["done", "ok", "finished"])
def test_a_plan_line_is_not_called_done(talk: Conversing, typed: str):
    talk.start()
    talk.press("do:add:shadowing")
    while talk.question != "cue.1":
        talk.say("1" if talk.phase != "text" or talk.picks.keys() & {"keep", "time"} else "skip")
    assert talk.say(typed).startswith(ASKED_FOR)
    assert talk.question == "cue.1"
    talk.say("The status report is out")
    assert talk.state.answers["cue.1"] == "The status report is out"


def test_what_came_of_a_step_is_not_kept_as_done(talk: Conversing):
    talk.through_plan()
    talk.press("do:done:#1")
    while talk.phase != "text":
        talk.say("1")
    before = talk.state.evidence
    assert talk.say("done").startswith(ASKED_FOR)
    assert talk.state.evidence == before


def test_a_form_is_held_to_the_same(asked: Conversing):
    assert asked.submit({"wish": " done "}).startswith(ASKED_FOR)
    asked.submit({"wish": "Stop"})
    assert asked.state.answers["wish"] == "Stop"


@pytest.mark.parametrize("typed", ["stop asking", "stop asking me things", "no more questions"])
def test_whoever_is_tired_of_questions_is_let_go_where_words_are_asked_for(asked: Conversing, typed: str):
    asked.say(typed)
    assert asked.phase == "stopped"
