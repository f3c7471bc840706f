"""Sentences in a language that the guide does not read, told by their small words or by their script."""

from __future__ import annotations

from collections.abc import Iterable

from bot.typed.words import clean, split

_FEWEST = 3
"""From how many words on small words tell a language; "stop, bitte" is heard as "stop"."""
_SHARE = 0.4
"""Which share of the words they have to be."""
_OF_ANOTHER_SCRIPT = 0.5
"""From which share of words in another script on nothing can be read."""


class OtherLanguages:
    """The small words of languages that are not the guide's, as its author lists them."""

    def __init__(self, foreign: Iterable[str]) -> None:
        self._foreign = frozenset(word for said in foreign for word in split(clean(said)))

    def speak(self, text: str) -> bool:
        """Tell whether a text is in one of these languages, or in a script that no word of the guide is in."""
        words = split(clean(text))
        if not words or not self._foreign:
            return False
        others = sum(word.isalpha() and not _is_latin(word) for word in words)
        if others >= _OF_ANOTHER_SCRIPT * len(words):
            return others > 0
        told = [word for word in words if word in self._foreign]
        return len(words) >= _FEWEST and len(set(told)) > 1 and len(told) >= _SHARE * len(words)


def _is_latin(word: str) -> bool:
    """Tell whether a word is in Latin letters; these end at U+024F, before the Greek ones."""
    return all(letter <= "\u024f" for letter in word)
