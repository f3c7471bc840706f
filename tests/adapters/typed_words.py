"""Words as people could type them: any text between fragments that a platform might obey; and any message."""

from __future__ import annotations

import string
from collections.abc import Sequence
from typing import Literal

from hypothesis import strategies as st

from bot.messages import Control, Message, Pick


def typed_words(fragments: Sequence[str]) -> st.SearchStrategy[str]:
    """Return words with any of these fragments among them."""
    text = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
    return st.lists(st.sampled_from(fragments) | text, min_size=1, max_size=8).map(" ".join)


def ids(marks: str) -> st.SearchStrategy[str]:
    """Return ids of letters, digits and these marks."""
    return st.text(string.ascii_letters + string.digits + marks, min_size=1, max_size=75)


def labels(*left_out: Literal["Cs"]) -> st.SearchStrategy[str]:
    """Return words for buttons, without controls, blanks, and where it is said, halves of surrogate pairs (Cs)."""
    shown = st.characters(exclude_categories=("Cc", "Zs", "Zl", "Zp", *left_out))
    return st.text(shown, min_size=1, max_size=90)


@st.composite
def any_message(
    draw: st.DrawFn, words: st.SearchStrategy[str], named: st.SearchStrategy[str], on: st.SearchStrategy[str], most: int
) -> Message:
    """Any message: some text, one control that asks, and so many buttons at the most, each with words on it."""
    kind = draw(st.sampled_from(("choice", "multi", "text", "date")))
    names = draw(st.lists(named, min_size=kind in ("choice", "multi"), max_size=14, unique=True))
    picks = tuple(Pick(name, draw(on)) for name in names)
    beside = tuple(Control("button", f"do:{n}", draw(on)) for n in range(draw(st.integers(0, most))))
    asked = draw(st.none() | named)
    return Message(draw(words), (Control(kind, asked or "menu", "", picks, 3), *beside), question=asked)
