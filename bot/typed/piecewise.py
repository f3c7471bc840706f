"""Options named a piece at a time: "the chart, not the form", "ties and operations", "Three. I ran two projects"."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.typed.answers import Row, by_words
from bot.typed.numbering import Picked, Reading, Torn, by_place
from bot.typed.small_words import SmallWords
from bot.typed.takings_back import TakingsBack

_PAUSE = re.compile(r"[,.;:!?\n]+(?!\d)|\s[-\u2013\u2014]\s")
LIST = re.compile(r"[,;+&/\n]+|\b(?:and|plus)\b", re.IGNORECASE)
"""What stands between the pieces of a list."""
_OR = re.compile(r"[,;/\n]+|\bor\b", re.IGNORECASE)


class Piecewise:
    """Reads the words on options clause by clause, where the whole message names too few of them."""

    def __init__(self, small: SmallWords, takings_back: TakingsBack, read: Callable[[str], list[str]]) -> None:
        self._small = small
        self._takings_back = takings_back
        self._read = read

    def named(self, text: str, row: Row, whole: Reading) -> Reading:
        """Return the options that the pieces of `text` name, or `whole`, what the message says as one piece."""
        if whole is not None and whole.sure:
            return whole
        torn = self._torn(text, row)
        if torn is not None:
            return torn
        words = self._read(text)
        if self._small.denies(words) and not isinstance(whole, Picked):
            return self._affirmed(text, row) or whole
        return self._listed(text, row) or whole

    def placed_first(self, text: str, row: Row) -> Reading:
        """Return a place that is said first and alone, before a story of it: "Three. I ran two projects"."""
        pieces = [words for piece in _PAUSE.split(text) if (words := self._read(piece))]
        each = [by_place(words, len(row.ways), row.most, self._small.places) for words in pieces]
        if len(each) < 2 or not isinstance(each[0], Picked) or not each[0].sure or self._small.denies(pieces[0]):
            return None
        taken = any(self._takes_back(words) for words in pieces[1:])
        again = any(one is not None and one.sure for one in each[1:])
        return None if taken or again else each[0]

    def _takes_back(self, words: list[str]) -> bool:
        """Tell whether words after an answer take it back, or say yes, no or "not sure"."""
        return self._takings_back.after_taking_back(words) is not None or bool(self._small.verdict(words, whole=True))

    def _torn(self, text: str, row: Row) -> Reading:
        """Return the doubt between several options of which one is wanted: "data or shadowing"."""
        if row.most > 1:
            return None
        pieces = [self._small.without_doubt(self._read(piece)) for piece in _OR.split(text)]
        each = [by_words(words, row, self._small.places) for words in pieces if words]
        places = {place for one in each if isinstance(one, Picked) for place in one.places}
        every = len(each) > 1 and all(isinstance(one, Picked) for one in each)
        return Torn(tuple(sorted(places)), sure=False) if every and len(places) > 1 and _says_or(text) else None

    def _affirmed(self, text: str, row: Row) -> Reading:
        """Return the option named by a clause without a "not", beside one with it: "not the form, the chart".

        One that is named with the "not" as well is none: "not four hours, that is too much".
        """
        clauses = [words for piece in _PAUSE.split(text) if (words := self._read(piece))]
        denied = {place for words in clauses if self._small.denies(words) for place in self._denied(words, row)}
        for words in clauses:
            found = None if self._small.denies(words) else by_words(words, row, self._small.places)
            if isinstance(found, Picked):
                return None if denied.intersection(found.places) else found
        return None

    def _denied(self, words: list[str], row: Row) -> tuple[int, ...]:
        named = by_words([word for word in words if not self._small.denies([word])], row, self._small.places)
        return named.places if named is not None else ()

    def _listed(self, text: str, row: Row) -> Reading:
        """Return the options of a list, if every piece of it names one and no more are named than may be picked."""
        pieces = [words for piece in LIST.split(text) if (words := self._read(piece))] if row.most > 1 else []
        each = [by_words(words, row, self._small.places) for words in pieces]
        places = {place for one in each if isinstance(one, Picked) for place in one.places}
        listed = len(each) > 1 and all(isinstance(one, Picked) for one in each) and len(places) <= row.most
        return Picked(tuple(sorted(places))) if listed else None


def _says_or(text: str) -> bool:
    return bool(re.search(r"\bor\b", text, re.IGNORECASE))
