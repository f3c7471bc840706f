"""The words on options, read once and kept ready: what stands on them, and which of them say yes, no or a doubt."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.guide import Option
from bot.typed.answers import Row
from bot.typed.small_words import SmallWords

_ROWS_KEPT = 256
_AT_A_LOSS = frozenset(("know", "idea", "sure", "clue", "unsure", "tell", "matter", "depends"))
"""Words that tell "I do not know" from "more or less" among the doubts."""


class OptionRows:
    """The rows of options seen before, by their options."""

    def __init__(self, small: SmallWords, read: Callable[[str], list[str]]) -> None:
        self._small = small
        self._read = read
        self._rows: dict[tuple[tuple[Option, ...], int], Row] = {}

    def of(self, options: tuple[Option, ...], most: int) -> Row:
        """Return the words on these options."""
        row = self._rows.get((options, most))
        if row is None:
            if len(self._rows) >= _ROWS_KEPT:
                self._rows.clear()
            row = self._rows[options, most] = Row(tuple(self._ways(option) for option in options), most)
        return row

    def hold(self, words: Sequence[str], row: Row) -> bool:
        """Tell whether an option says these very words, politeness aside."""
        said = {tuple(words), tuple(self._small.bare(words))}
        return any(not said.isdisjoint(ways) for ways in row.ways)

    def says(self, verdict: str, words: Sequence[str], ways: Sequence[Sequence[str]]) -> bool:
        """Tell whether an option is such a yes, no or doubt; "I do not know" and "more or less" are two of them."""
        lost = _AT_A_LOSS.isdisjoint(words)
        alike = [way for way in ways if verdict != "unsure" or lost == _AT_A_LOSS.isdisjoint(way)]
        return any(self._small.verdict(way, whole=way is not ways[0]) == verdict for way in alike)

    def _ways(self, option: Option) -> tuple[tuple[str, ...], ...]:
        """Return the words for an option; a label that is only a number says no more than its place."""
        read = self._read
        return tuple(tuple(read(way)) for way in (option.label, *option.says) if not way.strip().isdecimal())
