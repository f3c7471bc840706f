"""Places in a row of five options, by number, letter and position; and words as they are read."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.typed.numbering import Picked, Torn, by_place
from bot.typed.small_words import SmallWords
from bot.typed.words import LONGEST, Lexicon, clean, split, stem

PHRASES = Path(__file__).parents[2] / "content" / "phrases.yml"


@pytest.fixture(scope="module")
def small() -> SmallWords:
    words = yaml.load(PHRASES.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)["words"]  # noqa: S506 - strings only
    return SmallWords(words, Lexicon({}))


def place(typed: str, small: SmallWords, most: int = 1) -> object:
    return by_place(split(clean(typed)), 5, most, small.places)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("2", 2),
        ("2.", 2),
        ("#2", 2),
        ("(b)", 2),
        ("B", 2),
        ("option b", 2),
        ("letter b please", 2),
        ("number two", 2),
        ("the second one", 2),
        ("2nd", 2),
        ("one", 1),
        ("number one", 1),
        ("a", 1),
        ("the lowest", 1),
        ("the middle one", 3),
        ("3 out of 5", 3),
        ("3/5", 3),
        ("not 2 but 3", 3),
        ("2, no wait, 3", 3),
        ("second to last", 4),
        ("the one before the last", 4),
        ("last but one", 4),
        ("penultimate", 4),
        ("the second highest", 4),
        ("third from the top", 3),
        ("the last one", 5),
        ("the very last", 5),
        ("the highest", 5),
        ("a solid 4", 4),
        ("i am a five", 5),
        ("2ish", 2),
    ],
)
def test_a_place_can_be_said_in_many_ways(small, typed, number):
    assert place(typed, small) == Picked((number - 1,))


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("2 or 3", (1, 2)),
        ("between three and four", (2, 3)),
        ("b or c", (1, 2)),
        ("3.5", (2, 3)),
        ("two and a half", (1, 2)),
        ("9", (4, 3)),
        ("0", (0, 1)),
        ("-1", (4, 3)),
        ("option z", (4, 3)),
        ("all of them", (0, 4)),
    ],
)
def test_two_places_or_one_that_is_not_there_leave_a_doubt(small, typed, places):
    assert place(typed, small) == Torn(places)


@pytest.mark.parametrize("typed", ["2 minutes", "one tip please", "this one", "the one", "hello", "i", "why"])
def test_other_numbers_and_words_name_no_place(small, typed):
    assert place(typed, small) is None


def test_a_number_among_other_words_is_not_sure(small):
    assert place("3 because I chair them", small) == Picked((2,), sure=False)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Don't STOP", ["do", "not", "stop"]),
        ("I\u2019m sure", ["i", "am", "sure"]),
        ("whats that", ["what", "is", "that"]),
        ("n/a", ["not", "applicable"]),
        ("caf\u00e9\u200b", ["cafe"]),
        ("15.4.2026", ["15.4.2026"]),
        ("a\x00b", ["ab"]),
    ],
)
def test_text_is_split_into_plain_words(typed, words):
    assert split(clean(typed)) == words


def test_only_the_opening_of_a_long_text_is_read():
    assert len(clean("word " * 100_000)) == LONGEST


def test_endings_come_off_so_that_words_meet():
    assert {stem(word) for word in ("improve", "improves", "improved", "improving")} == {"improv"}


def test_a_slip_is_mended_towards_a_learnt_word_and_no_other_word_is():
    lexicon = Lexicon({"please": ["pls"]})
    lexicon.learn("skip the question")
    lexicon.know(["ship"])

    assert lexicon.read("pls skipp the qestion ship skips") == ["please", "skip", "the", "question", "ship", "skips"]
