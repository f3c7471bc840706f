"""A date, typed where a day of the week is asked for, means the day of the week that it falls on."""

from __future__ import annotations

import pytest

from tests.talking import Conversing


def asked_for_the_day(talk: Conversing) -> Conversing:
    talk.through_intake()
    talk.press("do:notes")
    talk.submit({"notes": ("tips",)})
    talk.press("choose", "notes-usual")
    talk.press("1", "notes-often")
    return talk


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("the 15 of december", "1"),
        ("15 december", "1"),
        ("tuesday the 15th", "1"),
        ("the 15th", "1"),
        ("3 dec pls", "3"),
        ("tomorrow", "1"),
        ("next friday", "4"),
        ("wednesday", "2"),
        ("5", "4"),
        ("the 2nd", "1"),
    ],
)
def test_a_date_is_its_weekday(talk: Conversing, words: str, day: str):
    asked_for_the_day(talk).say(words)
    assert (talk.state.answers["notes-day"], talk.question) == (day, "notes-time")


@pytest.mark.parametrize("words", ["5 december", "i have a holiday on 3 december", "15"])
def test_a_saturday_or_a_story_is_none(talk: Conversing, words: str):
    asked_for_the_day(talk).say(words)
    assert talk.question == "notes-day"
