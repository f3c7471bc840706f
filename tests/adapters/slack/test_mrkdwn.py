"""Escaping loses nothing and leaves nothing to obey; splitting keeps words whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.mrkdwn import escape, shorten, split, unescape, weight
from tests.adapters.slack import hostile


@given(hostile.words)
def test_escaped_words_hold_no_angle_bracket_and_come_back_as_typed(words: str):
    escaped = escape(words)
    assert set("<>") & set(escaped) == set()
    assert (unescape(escaped), len(escaped)) == (words, weight(words))


def test_a_mention_and_a_link_are_escaped():
    assert escape("<!channel> & <http://a.example|b>") == "&lt;!channel&gt; &amp; &lt;http://a.example|b&gt;"


@given(st.text(max_size=400), st.integers(5, 60))
def test_parts_of_a_text_are_within_the_limit_and_join_to_the_text(text: str, limit: int):
    parts = split(text, limit)
    assert "".join(parts) == text
    assert all(weight(part) <= limit for part in parts)


@given(st.lists(st.text("abc<&", min_size=1, max_size=4), max_size=60), st.integers(20, 40))
def test_a_word_that_fits_into_a_part_is_never_cut(words: list[str], limit: int):
    parts = split(" ".join(words), limit)
    assert [word for part in parts for word in part.split()] == words


def test_a_text_is_split_after_a_line_rather_than_after_a_word():
    assert split("one two\nthree four five", 14) == ["one two\n", "three four ", "five"]


def test_a_word_longer_than_a_part_is_cut():
    assert split("a" * 12, 5) == ["aaaaa", "aaaaa", "aa"]


def test_text_at_the_limit_stays_whole_and_one_over_does_not():
    assert (split("x" * 10, 10), split("x" * 11, 10)) == (["x" * 10], ["x" * 10, "x"])


def test_a_limit_that_holds_nothing_is_refused():
    with pytest.raises(ValueError, match="holds nothing"):
        split("words", 4)


@pytest.mark.parametrize(
    ("label", "limit", "shortened"),
    [
        ("Keep it", 7, "Keep it"),
        ("Keep it as it is", 12, "Keep it as…"),
        ("Supercalifragilistic", 10, "Supercali…"),
        ("two\nlines", 20, "two lines"),
    ],
)
def test_a_label_is_shortened_at_a_word(label: str, limit: int, shortened: str):
    assert shorten(label, limit) == shortened


@given(st.text(max_size=120), st.integers(2, 80))
def test_a_shortened_label_is_within_the_limit(label: str, limit: int):
    assert len(shorten(label, limit)) <= limit
