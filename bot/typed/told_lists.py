"""Several options told in one sentence, a piece at a time: "I lead people, write clearly and know PRINCE2"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.events import Answered, Event, Puzzled
from bot.typed.answers import Row, by_words
from bot.typed.hearing import Heard
from bot.typed.numbering import Picked
from bot.typed.piecewise import LIST
from bot.typed.ranking import Likeness, lead_of
from bot.typed.small_words import SmallWords

_NEAR = 0.5
"""How like a sentence of an option a piece must be to stand for it;"""
_LEAD = 0.3
"""how far that option must lead;"""
_STRANGE = 0.4
"""and how large a share of its words no sentence of the options may hold."""

Rank = Callable[[Sequence[str]], list[Likeness]]
"""Returns the options that words are like, best first."""


class ToldLists:
    """Adds to the options that a list names by their own words those that its other pieces tell of."""

    def __init__(self, small: SmallWords, read: Callable[[str], list[str]]) -> None:
        self._small = small
        self._read = read

    def add(self, message: Heard, event: Event, row: Row, rank: Rank) -> Event:
        """Return the answer with all that the pieces of a list tell of, or `event` where that is no more.

        Args:
            message: What was typed where several options may be picked.
            event: What it was heard as: an answer, or nothing clear.
            row: The words on the options.
            rank: Finds the options that a piece is like.
        """
        pieces = [words for piece in LIST.split(message.text) if (words := self._read(piece))]
        if len(pieces) < 2 or self._small.denies(message.words) or not _is_open(event):
            return event
        told = [self._told_of(message, words, row, rank) for words in pieces]
        named = event.options if isinstance(event, Answered) else ()
        found = {option for options in told for option in options}
        if not all(told):
            found.update(named)
        if found == set(named) or not 1 < len(found) <= message.expects.most:
            return event
        return Answered(options=tuple(option.id for option in message.expects.options if option.id in found))

    def _told_of(self, message: Heard, words: list[str], row: Row, rank: Rank) -> tuple[str, ...]:
        named = by_words(words, row, self._small.places)
        if isinstance(named, Picked):
            return tuple(message.expects.options[place].id for place in named.places)
        ranked = rank(words)
        if len(words) < 2 or not ranked or ranked[0].near < _NEAR or ranked[0].strange > _STRANGE:
            return ()
        return (ranked[0].label,) if lead_of(ranked) >= _LEAD else ()


def _is_open(event: Event) -> bool:
    """Tell whether more may be told than was heard: options by name, or nothing clear."""
    if isinstance(event, Answered):
        return bool(event.options) and not event.question and not event.text
    return isinstance(event, Puzzled) and not event.readings
