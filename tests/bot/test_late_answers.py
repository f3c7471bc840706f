"""What belongs to an earlier question changes that one, is said back, and the talk goes on from there."""

from __future__ import annotations

import pytest

from tests.talking import Conversing


@pytest.mark.parametrize("answers", [("2",), ("2", "1"), ("2", "1", "1"), ("2", "1", "1", "2")])
@pytest.mark.parametrize(
    "words", ["we dont have one", "there is no pmo here", "hang on, we have no pmo", "sorry, no pmo"]
)
def test_having_none_after_all_leads_the_way_of_somebody_without_one(
    talk: Conversing, answers: tuple[str, ...], words: str
):
    talk.start()
    talk.say(*answers)
    said = talk.say(words)
    assert said.startswith("Changed to “No, we have none”.")
    assert "your PMO" not in said
    asked = "grade" if len(answers) > 3 else "rung"
    assert (talk.intent, talk.state.answers["pmo"], talk.question) == ("back", "none", asked)


def test_having_one_after_all_leads_back_to_what_was_passed_by(talk: Conversing):
    talk.start()
    talk.say("3", "1")
    assert talk.say("oh we do have one, i talk to them often").startswith("Changed to “Yes, I deal with it often”.")
    assert (talk.question, talk.state.answers["rung"]) == ("kind", "analyst")


@pytest.mark.parametrize(
    ("words", "question", "answer"),
    [
        ("not really", "pull", "little"),
        ("sometimes", "pull", "partly"),
        ("yes interesting, but they closed it", "pull", "drawn"),
    ],
)
def test_what_answers_the_question_on_the_table_is_its_answer(talk: Conversing, words: str, question: str, answer: str):
    talk.start()
    talk.say("2", "1", words)
    assert (talk.state.answers["pmo"], talk.state.answers[question]) == ("far", answer)


@pytest.mark.parametrize("words", ["Actually we do have a pmo", "btw we have a pmo", "oh we do have one actually"])
@pytest.mark.parametrize("later", [(), ("2",), ("2", "1")])
def test_having_one_after_all_is_heard_by_the_name_of_it_and_in_another_part(
    talk: Conversing, words: str, later: tuple[str, ...]
):
    talk.start()
    talk.say("3", "1", "1", *later)
    assert talk.say(words).startswith("Changed to “Yes, I deal with it often”.")
    assert talk.question == "kind"


@pytest.mark.parametrize(
    "words", ["we dont have one", "actually we have no pmo", "we do not have a pmo btw", "no pmo anymore obviously"]
)
@pytest.mark.parametrize(("part", "question"), [("", None), ("carry", "assets"), ("gains", "wanted")])
def test_having_none_after_all_is_heard_in_another_part_which_then_goes_on(
    talk: Conversing, words: str, part: str, question: str | None
):
    talk.through_intake()
    if part:
        talk.press(f"open:{part}")
    assert talk.say(words).startswith("Changed to “No, we have none”.")
    assert (talk.state.answers["pmo"], talk.question) == ("none", question)


@pytest.mark.parametrize(
    ("words", "answer"),
    [("we dont have a pmo", "none"), ("i am a contractor btw", "client"), ("we dont have one", "near"), ("no", "near")],
)
def test_where_a_skill_is_asked_about_it_has_to_be_named(talk: Conversing, words: str, answer: str):
    talk.through_intake()
    talk.press("open:carry")
    talk.say("1", words)
    assert talk.state.answers["pmo"] == answer


@pytest.mark.parametrize("words", ["we do have one", "actually we have a pmo", "we have a small one"])
def test_that_there_is_one_takes_back_nothing_but_that_there_is_none(talk: Conversing, words: str):
    talk.start()
    talk.say("2", "1", words)
    assert talk.state.answers["pmo"] == "far"


@pytest.mark.parametrize("words", ["what if we dont have one?", "not often", "do we have one?"])
def test_a_question_or_words_that_fit_anywhere_change_nothing_earlier(talk: Conversing, words: str):
    talk.start()
    talk.say("1", "1", words)
    assert talk.state.answers["pmo"] == "near"


def test_what_may_be_said_of_anything_changes_no_earlier_answer(talk: Conversing):
    talk.start()
    talk.say("3", "1", "a higher grade", "i do not mind")
    assert talk.state.answers["grade"] == "higher"


def test_the_same_answer_said_again_changes_nothing(talk: Conversing):
    talk.start()
    talk.say("3")
    assert not talk.say("there is no pmo here").startswith("Changed to")
    assert talk.question == "rung"
