"""Answers to the options on the table: by their words, their place, in doubt, or several at once."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.events import Answered, Puzzled
from bot.guide import Option
from bot.typed.hearing import Expects, heard
from tests.bot.options import OFTEN, SCALE, WORK

NOW = datetime(2026, 3, 4, 10)
READY = (Option(id="me", label="That's me", says=("yes",)), Option(id="not-yet", label="Not yet", says=("no",)))


@pytest.mark.parametrize(
    ("typed", "picked"),
    [
        ("every week, really", "weekly"),
        ("every week", "weekly"),
        ("I'd say once a week", "weekly"),
        ("evry weeek", "weekly"),
        ("every mnth", "monthly"),
        ("um, the second one I guess", "monthly"),
        ("option c", "weekly"),
        ("3", "weekly"),
        ("the middle one", "monthly"),
        ("hardly ever", "never"),
        ("the last one", "weekly"),
    ],
)
def test_an_option_can_be_named_by_its_words_or_its_place(understanding, typed, picked):
    assert understanding.hear(typed, Expects("choice", OFTEN), NOW) == Answered(options=(picked,))


@pytest.mark.parametrize(("typed", "picked"), [("yep", "me"), ("nope", "not-yet"), ("not yet", "not-yet")])
def test_a_bare_yes_or_no_means_the_option_that_says_so(understanding, typed, picked):
    assert understanding.hear(typed, Expects("choice", READY), NOW) == Answered(options=(picked,))


@pytest.mark.parametrize(("typed", "rung"), [("never", 1), ("now and then", 3), ("mostly", 4), ("always", 5)])
def test_a_scale_understands_how_often(understanding, typed, rung):
    event = understanding.hear(typed, Expects("scale", SCALE), NOW)

    assert heard(event, Expects("scale", SCALE)) == ("answer", rung)


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("2 or 3", ("rung-2", "rung-3")),
        ("9", ("rung-5", "rung-4")),
        ("0", ("rung-1", "rung-2")),
        ("3.5", ("rung-3", "rung-4")),
        ("it depends", ("undecided:",)),
    ],
)
def test_a_doubt_carries_the_two_likeliest_readings(understanding, typed, readings):
    assert understanding.hear(typed, Expects("scale", SCALE), NOW) == Puzzled(readings, typed)


@pytest.mark.parametrize(
    ("typed", "picked"),
    [
        ("1, 3 and 4", ("fix", "visit", "read")),
        ("the first two", ("fix", "chart")),
        ("last two", ("visit", "read")),
        ("2 to 4", ("chart", "visit", "read")),
        ("a and c", ("fix", "visit")),
        ("mend a process and visit the office", ("fix", "visit")),
        ("none of them", ()),
    ],
)
def test_several_options_can_be_named_at_once(understanding, typed, picked):
    assert understanding.hear(typed, Expects("multi", WORK, most=3), NOW) == Answered(options=picked)


def test_more_options_than_allowed_are_asked_about(understanding):
    event = understanding.hear("all of them", Expects("multi", WORK, most=3), NOW)

    assert event == Puzzled(("many:",), "all of them")
