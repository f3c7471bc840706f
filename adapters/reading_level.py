"""The Flesch-Kincaid grade of a text, with the syllables counted by syllapy's word list and rule."""

from __future__ import annotations

import re

import syllapy  # type: ignore[import-untyped]  # it ships no types

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*|\d[\d.,]*")
_SENTENCE = re.compile(r"[.!?…]+(?:\s|$)|\n+")


def grade(text: str) -> float:
    """Return the school year that reads a plain text with ease; 0.0 for a text without words.

    The formula is that of Kincaid and others (1975): 0.39 words a sentence + 11.8 syllables a word - 15.59.
    """
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, sum(1 for part in _SENTENCE.split(text) if part and _WORD.search(part)))
    syllables = sum(max(1, int(syllapy.count(word.replace("\u2019", "'")))) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59
