"""Who is not understood several times in a row hears something else each time, and the second time what works here."""

from __future__ import annotations

from itertools import pairwise

import pytest

from bot.events import Ticked
from tests.talking import Conversing

NONSENSE = ("flibber flobber", "wibble wobble", "xyzzy plugh", "glork", "blarg zork", "frotz")
FIRST = "I did not catch that."
SECOND = "I did not get that one either. Here is what works:"
THIRD = "Sorry, I do not know what that means."


def opening(said: str) -> str:
    """Return the first of the three ways that a reply begins with."""
    return next(way for way in (FIRST, SECOND, THIRD) if said.startswith(way))


@pytest.mark.parametrize("asked", ["pmo", "menu", "bring"])
def test_nobody_hears_the_same_twice_running(talk: Conversing, asked: str):
    talk.start()
    if asked != "pmo":
        talk.say("menu")
    if asked == "bring":
        talk.press("open:bring")
    said = [talk.say(words) for words in NONSENSE]
    assert [FIRST, SECOND, THIRD, SECOND, THIRD, SECOND] == [opening(words) for words in said]
    assert all(before != after for before, after in pairwise(said))


def test_at_a_question_the_second_time_says_how_to_answer_to_ask_and_to_stop(talk: Conversing):
    talk.start()
    said = talk.say(*NONSENSE[:2])
    for way in ("An answer: press one, or type its number", "A question of your own", "skip, pause or stop"):
        assert way in said
    assert talk.question == "pmo"
    assert "Do you work with one today?" in said


def test_at_the_menu_it_says_so_too_and_the_numbers_mean_its_lines(talk: Conversing):
    talk.start()
    talk.say("menu")
    said = talk.say(*NONSENSE[:2])
    assert "A line below: press it, or type its number" in said
    assert "pause or stop" in said
    assert "skip" not in said
    talk.say("1")
    assert talk.question == "pmo"


def test_where_several_answers_may_be_given_it_names_them(talk: Conversing):
    talk.start()
    talk.press("do:add")
    while talk.question != "picks":
        talk.say("1" if talk.phase == "question" else "See how projects are picked")
    assert "press what fits, or type the numbers, such as 1, 2" in talk.say(*NONSENSE[:2])


def test_where_a_day_is_asked_for_it_names_one(talk: Conversing):
    talk.start()
    talk.press("do:add:shadowing")
    while talk.phase != "date":
        talk.say("1" if talk.phase != "text" else "After the Monday stand-up")
    first, second, third = (talk.say(words) for words in NONSENSE[:3])
    assert (FIRST, SECOND, THIRD) == (opening(first), opening(second), opening(third))
    assert "A day: press one, or type it, such as next Friday" in second
    assert "A day like next Friday always works" in third


@pytest.mark.parametrize("between", ["why", "1", "what are the downsides?", "progress", "back"])
def test_whatever_is_understood_in_between_begins_anew(talk: Conversing, between: str):
    talk.start()
    talk.say(*NONSENSE[:2])
    talk.say(between)
    assert opening(talk.say(NONSENSE[2])) == FIRST


def test_a_note_that_comes_in_between_is_no_word_of_theirs(talk: Conversing):
    talk.start()
    talk.say(NONSENSE[0])
    talk.take(Ticked())
    assert opening(talk.say(NONSENSE[1])) == SECOND


def test_nothing_of_it_is_remembered_once_something_was_understood(talk: Conversing):
    talk.start()
    talk.say(NONSENSE[0])
    assert talk.state.missed == 1
    talk.say("1")
    assert talk.state.missed == 0
