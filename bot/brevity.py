"""Keeps a note short: plan lines and a person's own words are cut to the words there is room for."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.guide import Guide
from bot.messages import to_plain
from bot.plan import if_then
from bot.replies import PlanLine, Words

MOST_WORDS = 59
"""How many words a note may have: fewer than sixty."""

_A_WORD = re.compile(r"[^\W_]")
_FRAME = 4
"""How many words stand around what is done when a line is shown without its cue: its number, `I`, `will`."""


def count_words(text: str) -> int:
    """Return how many words a reader counts; bare signs are none."""
    return sum(1 for word in text.split() if _A_WORD.search(word))


def cut(words: Words | str, most: int) -> Words | str:
    """Return the words, or the first so many of them and a mark that there were more."""
    found = _text(words).split()
    if len(found) <= most:
        return words
    shorter = " ".join(found[:most]) + " …"
    return Words(shorter) if isinstance(words, Words) else shorter


def _most_words(guide: Guide, line: PlanLine) -> int:
    """Return how many words a line has at the most, without making a sentence of it."""
    labels = guide.phrases.labels
    frame = labels["if_then" if line.cue else "then_only"]
    return sum(len(_text(part).split()) for part in (frame, line.cue, line.words))


def _text(words: Words | str) -> str:
    return words.text if isinstance(words, Words) else words


def fit_lines(guide: Guide, lines: tuple[PlanLine, ...], most: int) -> tuple[PlanLine, ...]:
    """Return the lines so that all together have at most that many words.

    They are whole where there is room for it; else without what they are tied to; else cut.
    """
    if sum(_most_words(guide, line) + 1 for line in lines) <= most:
        return lines
    room = max(most // max(len(lines), 1) - _FRAME, 1)
    ways: tuple[Callable[[PlanLine], PlanLine], ...] = (
        lambda line: line,
        lambda line: line.changed(cue=""),
        lambda line: line.changed(cue="", words=cut(line.words, room)),
    )
    for way in ways:
        shown = tuple(way(line) for line in lines)
        texts = [if_then(guide, line) for line in shown]
        # Whatever stands between blanks is at most a word; only where that is too much does it pay to read the text.
        if sum(len(text.split()) + 1 for text in texts) <= most:
            return shown
        if sum(count_words(to_plain(text)) + 1 for text in texts) <= most:
            return shown
    return shown
