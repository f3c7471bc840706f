"""What people tell in their own words beside options: heard as one, offered with another, or left alone."""

from __future__ import annotations

import pytest

from tests.talking import Conversing

TO_PULL = ("2", "1")
TO_HOURS = ("3", "1", "1")


@pytest.mark.parametrize(
    ("before", "told", "question", "answer"),
    [
        ((), "we work very closely with them, for years now", "pmo", "near"),
        ((), "I only ever see their templates, we have no direct contact", "pmo", "far"),
        ((), "everybody here just does their own thing", "pmo", "none"),
        ((), "I charge by the day through my own company", "pmo", "client"),
        ((), "there used to be one until the merger", "pmo", "none"),
        ((), "we never had one", "pmo", "none"),
        ((), "i'm a temp contracted in till june", "pmo", "client"),
        (TO_PULL, "I would miss the real work too much", "pull", "little"),
        (TO_PULL, "honestly I could see myself working there", "pull", "drawn"),
        (TO_HOURS, "I have two kids and three projects", "hours", "1"),
        (TO_HOURS, "things are calm at work, so plenty of time", "hours", "4"),
    ],
)
def test_what_is_told_is_heard_as_the_option_it_means(
    talk: Conversing, before: tuple[str, ...], told: str, question: str, answer: str
):
    talk.start()
    talk.say(*before)
    assert talk.question == question
    talk.say(told)
    assert talk.state.answers.get(question) == answer


@pytest.mark.parametrize(
    ("told", "hours"),
    [
        ("an hour a week is no problem", "4"),
        ("half an hour each week", "2"),
        ("one hour every other week", "2"),
        ("fifteen minutes a week", "1"),
        ("two hours per week", "4"),
        ("two hours a month", "2"),
    ],
)
def test_hours_a_week_count_four_times_where_hours_a_month_are_asked_for(talk: Conversing, told: str, hours: str):
    talk.start()
    talk.say(*TO_HOURS)
    talk.say(told)
    assert talk.state.answers.get("hours") == hours


def test_where_single_words_and_the_sentence_differ_both_options_are_offered(talk: Conversing):
    talk.start()
    said = talk.say("yes there's one but it's remote and we hardly cross paths")
    assert "pmo" not in talk.state.answers
    assert "Yes, I deal with it often" in said
    assert "Yes, but I rarely meet it" in said


@pytest.mark.parametrize(
    ("told", "intent"),
    [
        ("why do you ask me that", "why"),
        ("can we stop here", "stop"),
        ("let us pause for today", "pause"),
        ("please go back to the start", "restart"),
        ("what does a pmo do all day?", "ask"),
    ],
)
def test_a_wish_or_a_question_beside_options_is_no_answer(talk: Conversing, told: str, intent: str):
    talk.start()
    talk.say(*TO_PULL)
    talk.say(told)
    assert "pull" not in talk.state.answers
    assert talk.intent in (intent, "confirm")


@pytest.mark.parametrize(
    "told",
    [
        "bananas cost forty pence each in winter",
        "tell me something funny about penguins",
        "my boss might say no",
        "we had a release last night",
    ],
)
def test_what_is_like_no_sentence_is_not_guessed_at(talk: Conversing, told: str):
    talk.start()
    talk.say(*TO_PULL)
    talk.say(told)
    assert "pull" not in talk.state.answers
    assert talk.intent == "unknown"


def test_a_skills_question_is_answered_in_prose_with_the_options_it_has(talk: Conversing):
    talk.start()
    talk.say("3", "1", "1", "1", "1", "1")
    assert talk.question == "C1.2"
    talk.say("my boss keeps that to himself")
    assert talk.state.answers["C1.2"] == "o"


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("the second one", "controlling"),
        ("number two i think", "controlling"),
        ("i'd say the first", "supportive"),
        ("the last one please", "unsure"),
    ],
)
def test_a_place_in_the_row_is_that_option_whatever_the_sentence_is_like(talk: Conversing, typed: str, kind: str):
    talk.start()
    talk.say("1")
    assert talk.question == "kind"
    talk.say(typed)
    assert talk.state.answers.get("kind") == kind
