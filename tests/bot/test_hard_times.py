"""Somebody whose job just ended, or who is in need: met with warmth, and not pushed back to the questions."""

from __future__ import annotations

import pytest

from bot.guide import Guide
from tests.talking import Conversing

QUIET = ("I hear you. There is nothing you have to do here now.", "I am still here. Take all the time you need.")


@pytest.mark.parametrize(
    "words",
    [
        "I just got laid off",
        "they let me go",
        "I lost my job",
        "I've been made redundant",
        "I don't have a job anymore",
    ],
)
def test_a_lost_job_is_met_first_of_all(talk: Conversing, words: str):
    heard = talk.say(words)
    assert heard.startswith("I am sorry. That is hard news")
    assert "Do you work with one today?" not in heard
    assert (talk.phase, list(talk.picks)) == ("paused", ["do:resume"])


@pytest.mark.parametrize(
    "words",
    [
        "they told me this morning",
        "why me",
        "I have two kids and a mortgage",
        "I don't know what to do",
        "help",
        "not really up for this",
        "everything feels so unfair",
    ],
)
@pytest.mark.parametrize("place", ["new", "question", "text"])
def test_what_is_told_next_is_heard_out(talk: Conversing, words: str, place: str):
    if place == "question":
        talk.start()
    if place == "text":
        talk.press("open:plan")
    talk.say("I just got laid off")
    before = dict(talk.state.answers)
    assert talk.say(words).startswith(QUIET)
    assert (talk.phase, dict(talk.state.answers)) == ("paused", before)


def test_it_is_not_said_twice_running_in_the_same_words(talk: Conversing):
    talk.say("I just got laid off")
    assert {talk.say("they told me this morning"), talk.say("why me")} == {talk.say("why me"), talk.say("why me")}


def test_the_welcome_comes_with_the_wish_to_go_on(talk: Conversing):
    assert "Hello, I am Lateral." not in talk.say("I want to die", "why me")
    assert "Hello, I am Lateral." in talk.say("go on")
    assert talk.question == "pmo"


def test_a_wish_to_go_on_is_followed(talk: Conversing):
    talk.start()
    talk.say("1", "I lost my job", "they told me this morning", "go on")
    assert talk.question == "kind"


def test_a_press_on_an_answer_is_taken(talk: Conversing):
    talk.start()
    talk.say("1", "I lost my job")
    talk.press("supportive", "kind")
    assert talk.question == "pull"


def test_a_number_means_what_is_offered_and_no_answer(talk: Conversing):
    talk.start()
    talk.say("1", "I lost my job", "1")
    assert (talk.question, "kind" in talk.state.answers) == ("kind", False)


def test_another_rest_ends_by_a_word_as_before(talk: Conversing):
    talk.start()
    talk.say("1", "pause", "blue whales sing")
    assert (talk.phase, talk.question) == ("question", "kind")


def test_need_comes_before_a_lost_job(talk: Conversing):
    assert "I am sorry it is this hard." in talk.say("I lost my job and I want to die")


@pytest.mark.parametrize("words", ["no we don't have one anymore", "we do not have one any more", "they closed it"])
def test_a_pmo_that_is_gone_stops_nothing(talk: Conversing, words: str):
    talk.start()
    talk.say(words)
    assert (talk.phase, talk.state.answers) == ("question", {"pmo": "none"})


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("how do I explain the gap", "job-gap"),
        ("what should I say to people", "job-gap"),
        ("can you help me find a job", "find-a-post"),
        ("can I write in German", "languages"),
        ("ich verstehe nicht", "languages"),
        ("are these numbers made up", "sources"),
        ("who else could help me", "mentor"),
        ("could I start one", "no-pmo"),
        ("what means PMO", "what-is-a-pmo"),
    ],
)
def test_these_get_their_own_answer(talk: Conversing, guide: Guide, words: str, topic: str):
    talk.start()
    answer = guide.topic_by_id[topic].answer.split("\n")[0].replace("**", "")
    assert talk.say(words).startswith(answer)
    assert talk.question == "pmo"


def test_a_story_is_followed_by_the_first_question(talk: Conversing):
    talk.say("Hello there, I have led building projects for eleven years and I keep wondering about a wider view")
    assert talk.question == "pmo"


def test_a_question_of_somebody_new_is_answered_alone(talk: Conversing):
    talk.say("which certificate should I take first?")
    assert talk.question is None


def test_a_question_of_somebody_new_shows_the_way_into_the_talk_as_well(talk: Conversing):
    talk.say("which certificate should I take first?")
    assert "open:intake" in talk.state.offered
    talk.say("ok")
    assert talk.question == "pmo"


def test_who_answered_already_is_not_shown_the_way_in_again(talk: Conversing):
    talk.start()
    talk.say("1", "menu", "which certificate should I take first?")
    assert "open:intake" not in talk.state.offered


@pytest.mark.parametrize("words", ["hi there, a colleague told me about this", "I have led two projects so far"])
def test_who_tells_how_they_came_here_is_asked_the_first_question(talk: Conversing, words: str):
    talk.say(words)
    assert talk.question == "pmo"


def test_a_pause_may_be_said_in_a_long_sentence(talk: Conversing):
    talk.start()
    talk.say("pause until after my holiday, which ends on 14 December")
    assert (talk.phase, talk.state.until.isoformat()) == ("paused", "2026-12-14")


def test_a_command_may_be_one_of_two_ideas(talk: Conversing):
    talk.start()
    talk.say("1", "make a plan, and remind me on Mondays")
    assert talk.question == "wish"
