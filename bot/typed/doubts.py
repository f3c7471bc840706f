"""What a doubt comes to beside options: the one that says so, time to think, a question passed by, or "which ones?"."""

from __future__ import annotations

from bot.events import Answered, Event, Puzzled, Wanted
from bot.typed.answers import Row
from bot.typed.hearing import LOST, UNDECIDED, WHICH_ONES, Heard
from bot.typed.numbering import Picked, Reading
from bot.typed.option_rows import OptionRows
from bot.typed.wishes import Wishes

_NOES = frozenset(("no", "nope", "nah", "none"))
"""How a no begins that is one to everything on the table."""


class Doubts:
    """Reads doubts, and words that only say how much or how often."""

    def __init__(self, wishes: Wishes, rows: OptionRows) -> None:
        self._wishes = wishes
        self._small = wishes.small
        self._rows = rows

    def hear(self, heard: Heard) -> Event | None:
        """Return a skip for "no idea", a doubt for "it depends", and one without readings for a yes; else None.

        A measure such as "often" or "most of them" is a doubt as well, where no option says so. Where several may be
        picked, a plain "no" picks none.
        """
        if heard.asked and self._wishes.measures.is_all(heard.words):
            which = heard.expects.context == "multi" and self._wishes.measures.names_a_part(heard.words)
            return Puzzled((WHICH_ONES,) if which else (), heard.text)
        verdict = self._small.verdict(heard.words, whole=True)
        if not verdict or not heard.asked or self._wishes.exactly(heard.words):
            return None
        if self._small.cannot_tell(heard.words):
            return Wanted("skip", LOST, heard.text)
        if heard.expects.context == "multi" and verdict != "unsure":
            if heard.words[0] in _NOES:
                return Answered()
            return Puzzled((WHICH_ONES,) if verdict == "yes" else (), heard.text)
        return Puzzled((UNDECIDED,) if verdict == "unsure" else (), heard.text)

    def only_doubts(self, heard: Heard, row: Row) -> bool:
        """Tell whether the words are "not sure" and the like, and no option says so: it is no "not really"."""
        if self._small.verdict(heard.words, whole=True) != "unsure" or self._rows.hold(heard.words, row):
            return False
        return not any(self._rows.says("unsure", heard.words, ways) for ways in row.ways)

    def leaves_open_which(self, heard: Heard, row: Row) -> bool:
        """Tell whether some of several options are meant, and it is not said which: "most of them", "the first few"."""
        several = row.most > 1 and self._wishes.measures.names_a_part(heard.words)
        return several and not self._rows.hold(heard.words, row)

    def open_to_doubt(self, heard: Heard, row: Row) -> Reading:
        """Return the one option that says that a person cannot tell, for words that say no more than that."""
        if not self._small.cannot_tell(heard.words):
            return None
        meant = [place for place, ways in enumerate(row.ways) if self._rows.says("unsure", heard.words, ways)]
        return Picked((meant[0],)) if len(meant) == 1 else None

    def doubt_first(self, heard: Heard, row: Row) -> Reading:
        """Return the same where a doubt is said first, and then a reason: "no clue, it changes all the time"."""
        first, mark, _ = heard.text.partition(",")
        words = self._wishes.lexicon.read(first) if mark and not heard.asks else []
        return self.open_to_doubt(heard.changed(words=words), row) if words else None
