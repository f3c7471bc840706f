"""Typed words as an answer to the options on the table: picked, in doubt between two, or no answer at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.events import Answered, Event, Puzzled
from bot.typed.answers import Row, by_amount, by_ladder, by_words
from bot.typed.doubts import Doubts
from bot.typed.hearing import TOO_MANY, Heard
from bot.typed.numbering import CARDINALS, ORDINALS, Picked, Reading, Torn, by_place
from bot.typed.option_rows import OptionRows
from bot.typed.piecewise import Piecewise
from bot.typed.plan_lines import numbered_wish, plan_number
from bot.typed.turns import wanted_turns
from bot.typed.wishes import Wishes

_MARK_UP = re.compile(r"</?[a-z][^>]*>|\w[(\[{=_]\d", re.IGNORECASE)
"""Code and mark-up: a figure in it is no number of an option."""
_MOST = 200
"""Characters of the longest answer that is read a piece at a time."""
_WH = frozenset(("why", "how", "what", "who", "where", "when", "is", "are", "does", "question"))
"""Words that open a question; a number within it is no answer."""
_IN_A_ROW = ("choice", "multi")
_BEFORE_BUT = frozenset(("anything", "everything", "all"))
"""Before "but", these leave out what follows."""
_FEW = 3
"""Up to how many words a bare yes or no is not weighed against a wish."""
_SHORT = 5
"""Most words a bare yes or no may come in."""
_TIMES = frozenset(("night", "week", "weekend", "month", "quarter", "year", "spring", "summer", "autumn", "winter"))
"""Times that "last" may stand before."""
_NODS = frozenset(("ok", "okay", "k", "right", "alright"))
"""Said alone these may only take note of what was said; to a question about oneself they are no answer yet."""
_OVER_PLACE = 0.7
"""How like a command words must be to outweigh a number among other words."""


class Picking:
    """Reads answers against options; the words on options seen before are kept ready."""

    def __init__(self, wishes: Wishes) -> None:
        self._wishes = wishes
        self._small = wishes.small
        self._piecewise = Piecewise(wishes.small, wishes.takings_back, wishes.lexicon.read)
        self._rows = OptionRows(wishes.small, wishes.lexicon.read)
        self._doubts = Doubts(wishes, self._rows)

    def answer(self, heard: Heard) -> Event | None:
        """Return the answer, a doubt between options, or None where the words are about something else."""
        options = heard.expects.options
        if not options or _MARK_UP.search(heard.text) or self._of_a_line(heard):
            return None
        row = self._rows.of(options, heard.expects.most)
        if self._refuses_all(heard, row):
            return Puzzled((), heard.text)
        if self._doubts.only_doubts(heard, row) or self._doubts.leaves_open_which(heard, row):
            return None
        if (lost := self._doubts.open_to_doubt(heard, row)) is not None:
            return _event(lost, heard)
        worded = self._worded(heard, row)
        if heard.expects.context in _IN_A_ROW and all(word in self._small.days for word in heard.words):
            return _event(worded, heard) if worded is not None and worded.sure else None
        placed = self._placed(heard, row)
        if placed is not None and len(heard.words) == 1:
            placed = self._or_amount(placed, heard, row)
        reading = self._weighed(heard, row, worded, placed) or self._doubts.doubt_first(heard, row)
        return None if reading is None else _event(reading, heard)

    def _weighed(self, heard: Heard, row: Row, worded: Reading, placed: Reading) -> Reading:
        """Return what is picked by words, by place or loosely; None where the words are rather a wish or a question."""
        sure = next((reading for reading in (worded, placed) if reading is not None and reading.sure), None)
        several = heard.expects.context == "multi" and isinstance(worded, Picked) and len(worded.places) > 1
        known = self._wishes.exactly(heard.words)
        if known and not known.startswith("ask:") and not several:
            return sure if isinstance(placed, Picked) or self._rows.hold(heard.words, row) else None
        if sure is not None:
            return sure
        beyond = isinstance(placed, Torn) and placed.beyond
        if (placed is None or beyond) and self._small.worries(heard.words):
            return None
        loosely = None if known else self._loosely(heard, row)
        if loosely is not None:
            said = len(heard.words) <= _FEW or self._small.clear_verdict(heard.words)
            return loosely if said or not self._outweighed(heard, None) else None
        vague = worded is None or (isinstance(worded, Torn) and not worded.places)
        if (known and vague) or (not several and self._outweighed(heard, worded)):
            return None
        return placed if isinstance(placed, Torn) else worded or placed

    def _refuses_all(self, heard: Heard, row: Row) -> bool:
        """Tell whether it is a bare "no" beside options none of which says so; "no idea" is not it, however alike.

        Where several may be picked, it picks none.
        """
        if heard.expects.context != "choice" or self._small.verdict(heard.words, whole=True) != "no":
            return False
        return len(heard.words) == 1 and not self._rows.hold(heard.words, row) and self._loosely(heard, row) is None

    @staticmethod
    def _of_a_line(heard: Heard) -> bool:
        """Tell whether the number in the words is that of a plan line: "done 2", "make 2 monthly"."""
        if not plan_number(heard.text):
            return False
        return bool(numbered_wish(heard.text)[0]) or wanted_turns(heard.text, heard.now) is not None

    def _or_amount(self, placed: Picked | Torn, heard: Heard, row: Row) -> Reading:
        """Read a bare "4" as a doubt where the fourth option is one thing and four hours, or "four", another."""
        figure = heard.words[0]
        spelled = [word for value, word in enumerate(CARDINALS, 1) if figure == str(value)]
        amounts = (by_amount([figure, unit], row) for unit in ("minute", "hour"))
        readings = (*amounts, by_words(spelled, row, self._small.places) if spelled else None)
        amount = next((read for read in readings if isinstance(read, Picked) and read.sure), None)
        if amount is None or not figure.isdecimal():
            return placed
        if isinstance(placed, Torn):
            return amount if placed.beyond else placed
        return placed if amount.places == placed.places else Torn((*placed.places, *amount.places))

    def says_words_of_options(self, heard: Heard) -> bool:
        """Tell whether what follows a taking back names an option in its own words."""
        rest = self._wishes.takings_back.after_taking_back(heard.words) or ()
        row = self._rows.of(heard.expects.options, heard.expects.most) if heard.expects.options and rest else None
        return row is not None and isinstance(by_words(rest, row, self._small.places), Picked)

    def _placed(self, heard: Heard, row: Row) -> Reading:
        """Read a place; a number with other words on both sides of it, or before "kids", counts something else.

        So does one in a whole question ("I am 52, is it too late?"), and "the second release" in a sentence.
        """
        placed = by_place(heard.words, len(row.ways), row.most, self._small.places)
        if row.most == 1 and (not isinstance(placed, Picked) or not placed.sure):
            placed = self._piecewise.placed_first(heard.text[:_MOST], row) or placed
        asks = heard.asks or (self._small.asks(heard.words) and not self._small.denies(heard.words[:2]))
        if placed is not None and asks and len(heard.words) > _SHORT and _is_loose(placed):
            return None
        if placed is not None and _is_loose(placed) and heard.words[0] in _WH and heard.words[1:2] != ["about"]:
            return None
        if placed is not None and _is_loose(placed) and _tells_when(heard.words):
            return None
        if not isinstance(placed, Picked) or placed.sure or heard.expects.context not in _IN_A_ROW:
            return placed
        figures = [at for at, word in enumerate(heard.words) if word.isdecimal() or word in CARDINALS]
        figures = figures or [at for at, word in enumerate(heard.words) if word in ORDINALS]
        around = (heard.words[: figures[0]], heard.words[figures[-1] + 1 :]) if figures else ((), ())
        counts = any(word.endswith("s") and self._tells([word]) for word in around[1][:1])
        counts = counts or (figures != [] and self._is_adverb(heard.words, figures[0]))
        return None if counts or all(self._tells(words) for words in around) else placed

    def _is_adverb(self, words: Sequence[str], at: int) -> bool:
        """Tell whether an ordinal says when: "I would rather ask somebody first"."""
        return words[at] in ORDINALS and self._tells(words[:at]) and words[at - 1] != "the"

    def _tells(self, words: Sequence[str]) -> bool:
        return any(word not in self._small.places.filler for word in words)

    def _worded(self, heard: Heard, row: Row) -> Reading:
        """Read words and amounts; what comes after a "but" is what counts."""
        places = self._small.places
        worded = self._said(heard, row)
        if worded is not None and worded.sure:
            return worded
        last = max((at for at, word in enumerate(heard.words) if word == "but"), default=0)
        amount = by_amount(heard.words, row, after=last)
        if amount is not None:
            return amount
        late = by_words(heard.words[last + 1 :], row, places) if 0 < last < len(heard.words) - 1 else None
        if isinstance(late, Picked) and heard.words[last - 1] not in _BEFORE_BUT:
            return Picked(late.places, sure=False)
        return worded

    def _said(self, heard: Heard, row: Row) -> Reading:
        """Read the words on options: as a whole, or where options stood in a row, also a piece at a time."""
        whole = by_words(heard.words, row, self._small.places)
        in_a_row = heard.expects.context in _IN_A_ROW and len(heard.text) <= _MOST
        return self._piecewise.named(heard.text, row, whole) if in_a_row else whole

    def names(self, heard: Heard, chosen: Sequence[str]) -> bool:
        """Tell whether the words are mostly the places of options, or what stands on those that are chosen."""
        row = self._rows.of(heard.expects.options, heard.expects.most)
        placed = by_place(heard.words, len(row.ways), row.most, self._small.places)
        if isinstance(placed, Picked) and placed.sure:
            return True
        ways = (
            way
            for option, ways in zip(heard.expects.options, row.ways, strict=True)
            for way in ways
            if option.id in chosen
        )
        named = {word for way in ways if not self._small.verdict(way, whole=True) for word in way}
        said = [word for word in heard.words if self._tells([word])]
        return 2 * sum(word in named for word in said) >= max(len(said), 1)

    def stands(self, heard: Heard) -> bool:
        """Tell whether an option says these very words."""
        options = heard.expects.options
        row = self._rows.of(options, heard.expects.most)
        return bool(options and heard.words) and self._rows.hold(heard.words, row)

    def doubt(self, heard: Heard) -> Event | None:
        """Return what a doubt comes to that picks nothing; None where there is none."""
        return self._doubts.hear(heard)

    def _outweighed(self, heard: Heard, worded: Reading) -> bool:
        """Tell whether the words are more like a command, or a question, than like the answer they also hold."""
        if worded is not None and heard.asks and self._small.asks(heard.words):
            return True
        best = next(iter(self._wishes.ranked(heard.words, asked=True)), None)
        if best is None or self._is_named(best.label, worded, heard):
            return False
        if best.label.startswith("ask:"):
            return worded is not None and heard.asks
        return best.near >= _OVER_PLACE

    def _is_named(self, label: str, worded: Reading, heard: Heard) -> bool:
        """Tell whether a wish is about the very option that was picked, and nothing is reported done."""
        options = heard.expects.options
        picked = {options[place].id for place in worded.places} if isinstance(worded, Picked) else set()
        about = label.startswith("done:") and label.partition(":")[2] in picked
        return about and not self._wishes.told.tells_past(heard.words)

    def _loosely(self, heard: Heard, row: Row) -> Reading:
        """Read a bare yes, no or "not sure" as the one option that says so, and "often" as a rung of a scale."""
        small = self._small
        if small.stays(heard.words):
            return None
        verdict = "" if heard.asks else small.clear_verdict(heard.words)
        if not verdict and len(small.bare(heard.words)) <= _SHORT:
            verdict = small.verdict(heard.words)
        if verdict:
            meant = [place for place, ways in enumerate(row.ways) if self._rows.says(verdict, heard.words, ways)]
            if len(meant) > 1 and small.verdict(heard.words, whole=True):
                meant = [place for place in meant if (verdict,) in row.ways[place]]
            if len(meant) == 1:
                nods = heard.expects.about and len(heard.words) == 1 and heard.words[0] in _NODS
                return Torn((meant[0],), sure=False) if nods else Picked((meant[0],))
        scale = heard.expects.context == "scale"
        return by_ladder(heard.words, len(row.ways), small.places) if scale else None


def _tells_when(words: Sequence[str]) -> bool:
    """Tell whether a "last" says when, and is no place in a row: "we had a release last night"."""
    return any(word == "last" and after in _TIMES for word, after in pairwise(words))


def _is_loose(placed: Picked | Torn) -> bool:
    """Tell whether a number was read that is no place, or that stands among other words."""
    return placed.beyond if isinstance(placed, Torn) else not placed.sure


def _event(reading: Picked | Torn, heard: Heard) -> Event:
    chosen = tuple(heard.expects.options[place].id for place in reading.places)
    if isinstance(reading, Picked):
        too_many = len(chosen) > max(heard.expects.most, 1)
        return Puzzled((TOO_MANY,), heard.text) if too_many else Answered(options=chosen)
    return Puzzled(() if reading.beyond and heard.expects.context in _IN_A_ROW else chosen, heard.text)
