"""An earlier answer changed in one sentence, which says what holds instead."""

from __future__ import annotations

import pytest

from tests.talking import Conversing


@pytest.mark.parametrize(
    "words",
    ["no wait, 2", "wait actually the second one", "no, I meant the second one", "oops I meant 2", "change that to 2"],
)
def test_the_last_answer_is_changed_and_the_question_after_it_asked_again(talk: Conversing, words: str):
    talk.start()
    talk.say("1")
    assert talk.say(words).startswith("Changed to “Yes, but I rarely meet it”.")
    assert (talk.question, dict(talk.state.answers), talk.intent) == ("kind", {"pmo": "far"}, "back")


def test_by_its_own_words_as_well(talk: Conversing):
    talk.start()
    talk.say("1", "2", "1", "head of pmo", "no wait, analyst")
    assert (talk.question, talk.state.answers["rung"]) == ("grade", "analyst")


@pytest.mark.parametrize(
    ("words", "answer"),
    [("no, lead", "manager"), ("no wait, lead", "manager"), ("hmm change that to not sure", "unsure")],
)
def test_a_no_before_words_of_the_question_before_changes_that(talk: Conversing, words: str, answer: str):
    talk.start()
    talk.say("1", "2", "1", "analyst")
    assert talk.say(words).startswith("Changed to “")
    assert (talk.question, talk.state.answers["rung"]) == ("grade", answer)


@pytest.mark.parametrize(
    ("words", "intent"), [("no wait, go back", "back"), ("no wait, stop", "stop"), ("no wait, skip", "skip")]
)
def test_a_command_after_a_taking_back_is_that_command_though_an_option_is_worded_alike(
    talk: Conversing, words: str, intent: str
):
    talk.start()
    talk.say("1", "2", "1", "2", "1", "2", "what do I gain?", "skip")
    assert "Go back to projects" in str(talk.guide.gains)
    assert not talk.say(words).startswith("Changed to")
    assert (talk.intent, talk.state.answers["wanted"]) == (intent, ())


@pytest.mark.parametrize("words", ["hmm change that to not really", "no wait, not really"])
def test_what_is_taken_back_for_other_words_of_the_same_question_is_changed(talk: Conversing, words: str):
    talk.start()
    talk.say("1", "2", "1")
    assert talk.say(words).startswith("Changed to “Not really”.")
    assert (talk.question, talk.state.answers["pull"]) == ("rung", "little")


def test_a_no_before_words_of_the_question_on_the_table_answers_that(talk: Conversing):
    talk.start()
    talk.say("1", "2", "1", "analyst", "no, not sure")
    assert (talk.question, talk.state.answers["rung"], talk.state.answers["grade"]) == ("hours", "analyst", "unsure")


def test_a_no_where_something_is_to_be_confirmed_changes_no_answer(talk: Conversing):
    talk.start()
    talk.say("1", "2", "1", "analyst", "delete", "no, lead")
    assert (talk.phase, talk.state.answers["rung"]) == ("question", "analyst")


def test_a_number_that_may_be_hours_or_a_place_changes_nothing(talk: Conversing):
    talk.through_intake()
    before = dict(talk.state.answers)
    talk.say("I said two hours but it is 4")
    assert (talk.question, dict(talk.state.answers)) == ("hours", before)


@pytest.mark.parametrize(
    "words",
    ["go back to the second question", "change my answer to the second question"],
)
def test_a_question_that_is_named_by_its_place_is_no_answer(talk: Conversing, words: str):
    talk.start()
    talk.say("1", "1", "1")
    before = dict(talk.state.answers)
    talk.say(words)
    assert dict(talk.state.answers) == before


def test_without_a_new_answer_the_question_is_opened_again(talk: Conversing):
    talk.start()
    talk.say("1", "change that")
    assert (talk.question, dict(talk.state.answers)) == ("pmo", {"pmo": "near"})


@pytest.mark.parametrize(
    ("words", "question", "answer"),
    [
        ("change the grade to higher", "grade", "higher"),
        ("change my grade to higher", "grade", "higher"),
        ("change my answer about hours to one hour", "hours", "1"),
    ],
)
def test_an_answer_is_changed_by_its_name(talk: Conversing, words: str, question: str, answer: str):
    talk.through_intake()
    talk.press("open:carry")
    asked = talk.question
    before = dict(talk.state.answers)
    assert talk.say(words).startswith("Changed to “")
    assert (talk.question, dict(talk.state.answers)) == (asked, {**before, question: answer})


def test_a_changed_mind_about_something_opens_it(talk: Conversing):
    talk.through_intake()
    talk.say("I changed my mind about the role")
    assert talk.question == "rung"


def test_what_was_answered_since_stays(talk: Conversing):
    talk.through_intake()
    talk.say("change the grade to higher")
    assert len(talk.state.answers) == 6


def test_back_from_the_times_of_notes_leads_to_the_question_before(talk: Conversing):
    talk.through_intake()
    talk.press("do:notes")
    talk.submit({"notes": ("steps",)})
    talk.press("choose", "notes-usual")
    talk.say("back")
    assert talk.question == "notes-usual"


@pytest.mark.parametrize(
    ("words", "grade"), [("change my grade to higher", "higher"), ("change the report to a chart", "same")]
)
def test_an_answer_named_with_its_new_words_is_changed_where_free_text_is_asked_for(
    talk: Conversing, words: str, grade: str
):
    talk.start()
    talk.say("1", "2", "1", "2", "1", "2", "make a plan", words)
    assert talk.state.answers["grade"] == grade
    assert talk.state.answers.get("wish") == (None if grade == "higher" else words)
