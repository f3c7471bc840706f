"""What is meant beside asides, hedges and what is taken back, and options that are named a piece at a time."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.events import Answered, Puzzled, Wanted
from bot.guide import Option
from bot.typed.hearing import Expects, heard

NOW = datetime(2026, 3, 4, 10)
IDLE = Expects("idle")
SCALE = Expects("scale", tuple(Option(id=f"rung-{place}", label=str(place)) for place in range(1, 6)))
FRUIT = tuple(Option(id=name, label=label) for name, label in [("apple", "A red apple"), ("pear", "A ripe pear")])
FRUIT += (Option(id="nut", label="Hazel nuts and walnuts"),)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hang on, what is a PMO?", "ask"),
        ("quick question: who can read this", "privacy"),
        ("I guess I should start", "start"),
        ("show my plan if you don't mind", "plan"),
        ("sorry to be slow, but how do I stop the messages", "stop"),
        ("my plan, I mean my profile", "profile"),
        ("delete... no wait, export my data", "export"),
        ("I don't want a tip, just my plan", "plan"),
        ("hello, got this link from a neighbour", "greet"),
    ],
)
def test_what_stands_beside_the_wish_is_left_out(understanding, guide, typed, meant):
    assert heard(understanding.hear(typed, IDLE, NOW), IDLE, guide)[0] == meant


@pytest.mark.parametrize("typed", ["hold on until monday", "wait", "one moment"])
def test_an_aside_alone_asks_for_a_rest(understanding, typed):
    event = understanding.hear(typed, IDLE, NOW)

    assert isinstance(event, Wanted)
    assert event.intent == "pause"


@pytest.mark.parametrize("typed", ["do not delete me yet", "don't delete my answers", "never restart this"])
def test_a_command_whose_verb_is_denied_is_none(understanding, guide, typed):
    intent, _ = heard(understanding.hear(typed, IDLE, NOW), IDLE, guide)

    assert intent not in ("delete", "restart")


@pytest.mark.parametrize(
    ("typed", "verdict"),
    [
        ("yes, I am leaving the firm", "yes"),
        ("yeah go on, I won't need it", "yes"),
        ("yes... actually no", "no"),
        ("yes, I mean no", "no"),
        ("no sorry, I pressed the wrong one", "no"),
    ],
)
def test_a_reason_goes_with_a_yes_and_the_last_no_holds(understanding, typed, verdict):
    assert understanding.hear(typed, Expects("confirm"), NOW) == Wanted(verdict, text=typed)


@pytest.mark.parametrize(
    "typed", ["no wait, yes", "yes, I want to keep some", "yes, I have a question first", "yes, it can wait"]
)
def test_a_yes_that_takes_something_back_is_asked_about(understanding, typed):
    assert understanding.hear(typed, Expects("confirm"), NOW) == Puzzled(("yes:", "no:"), typed)


@pytest.mark.parametrize(
    ("typed", "rung"),
    [
        ("Three. I ran two projects", 3),
        ("3, I think, though my manager would say 4", 3),
        ("my boss would say 2, I say 4", 4),
        ("not a 1, more like a 2", 2),
        ("2 out of five", 2),
    ],
)
def test_the_number_of_ones_own_view_counts(understanding, typed, rung):
    assert understanding.hear(typed, SCALE, NOW) == Answered(options=(f"rung-{rung}",))


@pytest.mark.parametrize("typed", ["less than 3", "is 5 good or bad", "question 3 of how many?"])
def test_a_number_within_something_else_is_no_answer(understanding, typed):
    assert not isinstance(understanding.hear(typed, SCALE, NOW), Answered)


@pytest.mark.parametrize(
    ("typed", "picked"),
    [("not the apple, the pear", "pear"), ("apple, no, the pear", "pear"), ("a pear because I like none else", "pear")],
)
def test_one_option_is_picked_in_place_of_another(understanding, typed, picked):
    assert understanding.hear(typed, Expects("choice", FRUIT), NOW) == Answered(options=(picked,))


def test_a_choice_between_two_options_stays_open(understanding):
    event = understanding.hear("apple or pear, can't decide", Expects("choice", FRUIT), NOW)

    assert event == Puzzled(("apple", "pear"), "apple or pear, can't decide")


def test_a_list_names_one_option_a_piece(understanding):
    event = understanding.hear("ripe pear plus walnuts", Expects("multi", FRUIT, most=2), NOW)

    assert event == Answered(options=("pear", "nut"))


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("second tuesday of may", date(2026, 5, 12)),
        ("last friday of march", date(2026, 3, 27)),
        ("first monday of february", date(2027, 2, 1)),
        ("easter monday", date(2026, 4, 6)),
        ("good friday", date(2026, 4, 3)),
        ("christmas eve", date(2026, 12, 24)),
        ("how about thursday", date(2026, 3, 5)),
        ("Wednesday? no, make it friday", date(2026, 3, 6)),
        ("tuesday, because monday is a holiday", date(2026, 3, 10)),
        ("I am away until the 12th, so the 13th", date(2026, 3, 13)),
        ("this sat", date(2026, 3, 7)),
        ("before the week is out", date(2026, 3, 6)),
    ],
)
def test_the_day_that_is_meant_is_taken(understanding, typed, day):
    assert understanding.hear(typed, Expects("date"), NOW) == Answered(day=day)


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("can I come back to this later", "pause"),
        ("what do you mean by that?", "help"),
        ("who will read this?", "privacy"),
    ],
)
def test_a_request_to_the_guide_is_no_answer_in_own_words(understanding, typed, wish):
    event = understanding.hear(typed, Expects("text"), NOW)

    assert isinstance(event, Wanted)
    assert event.intent == wish
