"""What holds for any text at all: hearing never fails, always answers alike, and never changes what was typed."""

from __future__ import annotations

from datetime import datetime
from time import perf_counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.events import Answered, Puzzled, Wanted
from bot.guide import Option
from bot.typed.dates import find_days
from bot.typed.hearing import Expects, heard
from bot.typed.numbering import Picked, by_place
from bot.typed.small_words import Places

NOW = datetime(2026, 3, 4, 10)
OPTIONS = tuple(
    Option(id=f"o{place}", label=label) for place, label in enumerate(("Never", "Some weeks", "Every week"))
)
EXPECTS = [
    *(Expects(context) for context in ("idle", "confirm", "date", "text")),
    Expects("scale", OPTIONS),
    Expects("choice", OPTIONS),
    Expects("multi", OPTIONS, most=2),
]
PIECES = st.sampled_from(
    ["skip", "why", "2", "or", "not", "every week", "tomorrow", "31.2.", "tip about", "risk", "a", "b)", "last but one",
     "in 9999999 years", "\u202e", "\u200d", "\x00", "👩‍👩‍👧", "yes", "no,", "1/0", "remind me", "until", "the 99th"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=8).map(" ".join))


@example(text="U:0;0;0", expects=EXPECTS[0])  # begins as a greeting does, and has no second word to go on with
@settings(max_examples=150)
@given(text=TEXTS, expects=st.sampled_from(EXPECTS))
def test_any_text_is_heard_alike_each_time_and_kept_as_typed(understanding, text, expects):
    event = understanding.hear(text, expects, NOW)

    assert event == understanding.hear(text, expects, NOW)
    assert isinstance(event, Answered) or event.text == text


@settings(max_examples=100)
@given(text=TEXTS, expects=st.sampled_from(EXPECTS))
def test_an_event_names_only_what_exists(understanding, guide, text, expects):
    event = understanding.hear(text, expects, NOW)
    known = {option.id for option in expects.options}

    if isinstance(event, Answered):
        assert set(event.options) <= known
        assert len(event.options) <= expects.most
        assert event.day is None or event.day >= NOW.date()
    elif isinstance(event, Puzzled):
        assert all(reading in known or ":" in reading for reading in event.readings)
    else:
        assert isinstance(event, Wanted)
        assert event.intent != "ask" or event.detail in {"", *guide.topic_by_id}


@settings(max_examples=60)
@given(text=TEXTS)
def test_days_found_are_never_in_the_past(text):
    assert all(day >= NOW.date() for day in find_days(text.lower(), NOW, asked=True).days)


@given(number=st.integers(min_value=1, max_value=9), count=st.integers(min_value=1, max_value=9))
def test_a_bare_number_is_a_place_exactly_when_it_is_there(number, count):
    reading = by_place([str(number)], count, 1, Places())

    assert (reading == Picked((number - 1,))) == (number <= count)


@pytest.mark.parametrize("text", ["a" * 100_000, "skip " * 20_000, "🦆" * 50_000, "\u200b" * 100_000, "9" * 100_000])
def test_a_huge_text_is_heard_as_quickly_as_its_opening(understanding, text):
    began = perf_counter()
    for expects in EXPECTS:
        heard(understanding.hear(text, expects, NOW), expects)

    assert perf_counter() - began < 2.0
