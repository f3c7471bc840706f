"""Typed words as an answer to the options on the table: picked, in doubt between two, or no answer at all."""

from __future__ import annotations

from bot.answers import Row, by_ladder, by_words
from bot.events import Answered, Event, Puzzled
from bot.guide import Option
from bot.hearing import Heard
from bot.numbering import Picked, Reading, Torn, by_place
from bot.wishes import Wishes

_ROWS_KEPT = 256
_SHORT = 5
"""Most words a bare yes or no may come in."""
_OVER_PLACE = 0.7
"""How like a command words must be to outweigh a number among other words."""


class Picking:
    """Reads answers against options; the words on options seen before are kept ready."""

    def __init__(self, wishes: Wishes) -> None:
        self._wishes = wishes
        self._small = wishes.small
        self._rows: dict[tuple[tuple[Option, ...], int], Row] = {}

    def answer(self, heard: Heard) -> Event | None:
        """Return the answer, a doubt between options, or None where the words are about something else."""
        options = heard.expects.options
        if not options:
            return None
        row = self._row(options, heard.expects.most)
        placed = by_place(heard.words, len(options), row.most, self._small.places)
        worded = by_words(heard.words, row, self._small.places)
        for reading in (worded, placed):
            if reading is not None and reading.sure:
                return _event(reading, heard)
        known = self._wishes.exactly(heard.words)
        if known and not (worded and known.startswith("ask:")):
            return None
        unsure = placed if isinstance(placed, Torn) else worded or placed
        reading = self._loosely(heard, row) or (None if self._outweighed(heard, worded) else unsure)
        return None if reading is None else _event(reading, heard)

    def doubt(self, heard: Heard) -> Event | None:
        """Return a doubt for "it depends", or for a yes where no option is one; None elsewhere."""
        verdict = self._small.verdict(heard.words, whole=True)
        if not verdict or not heard.asked or self._wishes.exactly(heard.words):
            return None
        ids = tuple(option.id for option in heard.expects.options)
        return Puzzled(("skip:", "help:") if verdict == "unsure" else ids[:2], heard.text)

    def _outweighed(self, heard: Heard, worded: Reading) -> bool:
        """Tell whether the words are more like a command, or a question, than like the answer they also hold."""
        best = next(iter(self._wishes.ranked(heard.words, asked=True)), None)
        if best is None:
            return False
        if best.label.startswith("ask:"):
            return worded is not None and heard.asks
        return best.near >= _OVER_PLACE

    def _loosely(self, heard: Heard, row: Row) -> Reading:
        """Read a bare yes, no or "not sure" as the one option that says so, and "often" as a rung of a scale."""
        small = self._small
        verdict = small.verdict(heard.words)
        if verdict and len(heard.words) <= _SHORT:
            meant = [place for place, ways in enumerate(row.ways) if any(small.verdict(way) == verdict for way in ways)]
            if len(meant) == 1:
                return Picked((meant[0],))
        scale = heard.expects.context == "scale"
        return by_ladder(heard.words, len(row.ways), small.places) if scale else None

    def _row(self, options: tuple[Option, ...], most: int) -> Row:
        row = self._rows.get((options, most))
        if row is None:
            if len(self._rows) >= _ROWS_KEPT:
                self._rows.clear()
            row = self._rows[options, most] = Row(tuple(self._ways(option) for option in options), most)
        return row

    def _ways(self, option: Option) -> tuple[tuple[str, ...], ...]:
        """Return the words for an option; a label that is only a number says no more than its place."""
        read = self._wishes.lexicon.read
        return tuple(tuple(read(way)) for way in (option.label, *option.says) if not way.strip().isdecimal())


def _event(reading: Picked | Torn, heard: Heard) -> Event:
    chosen = tuple(heard.expects.options[place].id for place in reading.places)
    return Answered(options=chosen) if isinstance(reading, Picked) else Puzzled(chosen, heard.text)
