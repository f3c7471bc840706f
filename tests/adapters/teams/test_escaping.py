"""Words for plain fields look as they were typed, and mean nothing on any client."""

from __future__ import annotations

import pytest
from hypothesis import given

from adapters.teams.escaping import literal, mend, neutral, runs, spoken
from tests.adapters.teams import card_words
from tests.adapters.teams.card_words import MARKS, marks, seen


@pytest.mark.parametrize("words", ["Yes, and no.", "A tip (15 min)", "Ben & Jo", "50% of 3 < 4", "a: b", "Why this?"])
def test_ordinary_words_stay_as_they_are(words: str):
    assert (literal(words), neutral(words)) == (words, words)


def test_a_date_a_template_and_a_mention_are_never_formed():
    assert literal("{{DATE(1)}} ${x} <at>Anna</at> &lt;") == (
        "{\u200b{DATE(1)}} $\u200b{x} <\u200bat>Anna<\u200b/at> &\u200blt;"
    )


def test_mark_up_is_replaced_by_what_looks_the_same():
    assert neutral("**b** _i_ `c`") == "\u2217\u2217b\u2217\u2217 \u02cdi\u02cd \u02cbc\u02cb"


def test_lines_that_would_open_something_do_not():
    assert neutral("- a\n1. b\n# c\n    d") == "\u200b- a\n\u200b1. b\n\u200b# c\n\u200b    d"


def test_what_is_spoken_has_no_tags():
    assert spoken("<break/> a & b").replace("\u200b", "").split() == ["break/", "a", "b"]


def test_runs_part_what_they_would_form_together():
    assert runs("{{DATE}} <at>") == ["{", "{DATE}} <", "at>"]


def test_two_halves_of_a_character_are_joined_and_one_is_replaced():
    assert (mend("\ud83d\ude00"), mend("\ud83d!")) == ("😀", "\ufffd!")


@given(card_words.words)
def test_any_words_are_seen_as_typed_and_mean_nothing(words: str):
    assert (marks(neutral(words)), MARKS.findall(neutral(words) + literal(words))) == (set(), [])
    assert seen(neutral(words)).rstrip() == seen(words).rstrip()
    assert [run for run in runs(words) if MARKS.search(run)] == []
    assert "".join(runs(words)) == words
    assert set(spoken(words)) & set("<>&") == set()
