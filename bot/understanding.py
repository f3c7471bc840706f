"""Typed words to an event: an answer to what was asked, a wish by name, or an honest "I am not sure".

`Understanding.hear` looks first for an answer to the question on the table, then for a wish. Sentences come
from the guide's phrases; `bot.ranking` finds those most like the typed words. Where two meanings are
close, the event is `Puzzled` and carries both.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.answers import Row, by_ladder, by_words
from bot.dates import Finding, find_days
from bot.events import Answered, Event, Puzzled, Wanted
from bot.guide import Guide, Option
from bot.numbering import Picked, Reading, Torn, by_place
from bot.ranking import Likeness
from bot.wishes import Wishes, ancestry
from bot.words import clean

Context = Literal["idle", "scale", "confirm", "date", "text", "choice", "multi"]
Detail = str | int | list[int] | None

_NUMBERED = {"1": "yes", "2": "no"}
"""A yes-or-no question is drawn with yes first."""
_KEEPING_QUIET = frozenset(("pause", "snooze", "mute", "hold", "quiet"))
"""Words that make a date the end of a pause, even where a date is asked for."""
_SURE = 0.8
_LOOSE = 0.6
"""Below this likeness a sentence is tried clause by clause."""
_ROWS_KEPT = 256
_IN_TEXT = 5
"""Most words a command may have where free text is asked for; longer ones are the answer."""
_OVER_PLACE = 0.7
"""How like a command words must be to outweigh a number among other words."""


@dataclass(frozen=True, slots=True)
class Expects:
    """What the talk is waiting for: a context, the options on the table, and how many may be picked."""

    context: Context
    options: tuple[Option, ...] = ()
    most: int = 1


class Understanding:
    """A guide's sentences, indexed once, and the reading of typed words against them."""

    def __init__(self, guide: Guide) -> None:
        self._wishes = Wishes(guide)
        self._places = self._wishes.small.places
        self._rows: dict[tuple[tuple[Option, ...], int], Row] = {}

    def hear(self, text: str, expects: Expects, now: datetime) -> Event:
        """Return the event that `text` stands for; never raises, whatever the text.

        Args:
            text: What was typed, of any length; only the first few hundred characters are read.
            expects: What was asked, and the options on the table.
            now: The person's local time; days are counted from it.

        Returns:
            `Answered`, `Wanted`, or `Puzzled` (with readings where two meanings are likely, else with none).
        """
        words = self._wishes.lexicon.read(text)
        if not words:
            return Answered(text=text) if expects.context == "text" and text.strip() else Puzzled((), text)
        heard = _Heard(text, words, expects, now)
        if expects.context == "text":
            return self._free_text(heard)
        if expects.context == "confirm":
            return self._confirmation(heard)
        if expects.context == "date":
            return self._day(heard)
        return self._answer(heard) or self._doubt(heard) or self._wish(heard)

    def _free_text(self, heard: _Heard) -> Event:
        label = self._command(heard.words) if len(heard.words) <= _IN_TEXT else ""
        if label and not label.startswith(("ask:", "done:", "unknown")):
            return self._wanted(label, heard)
        return Answered(text=heard.text)

    def _command(self, words: list[str]) -> str:
        return self._wishes.exactly(words) or self._wishes.nearly(words)

    def _confirmation(self, heard: _Heard) -> Event:
        verdict = _NUMBERED.get(heard.words[0], "") if len(heard.words) == 1 else ""
        verdict = verdict or self._verdict(heard)
        if verdict == "unsure":
            return Puzzled(("yes:", "no:"), heard.text)
        if verdict:
            return Wanted(verdict, text=heard.text)
        return self._answer(heard) or self._wish(heard)

    def _verdict(self, heard: _Heard) -> str:
        """Return the verdict of the whole, or else of its last clause that has one ("on second thought, no")."""
        small = self._wishes.small
        clauses = (small.verdict(words, whole=True) for words in self._wishes.clauses(heard.text))
        return small.verdict(heard.words) or next((verdict for verdict in clauses if verdict), "")

    def _day(self, heard: _Heard) -> Event:
        label = self._wishes.exactly(heard.words)
        small = self._wishes.small
        if small.is_vague(heard.words):
            return Puzzled(("skip:", "pause:"), heard.text)
        finding = self._days(heard)
        if finding and _KEEPING_QUIET.isdisjoint(heard.words):
            if len(finding.days) == 1 and not small.denies(heard.words):
                return Answered(day=finding.days[0])
            days = finding.days[:2]
            return Puzzled(tuple(f"date:{day.isoformat()}" for day in days) or ("skip:", "pause:"), heard.text)
        if label:
            return self._wanted(label, heard)
        if small.is_vague(heard.words, within=True):
            return Puzzled(("skip:", "pause:"), heard.text)
        return self._answer(heard) or self._wish(heard)

    def _days(self, heard: _Heard) -> Finding:
        return find_days(self._wishes.lexicon.dated(clean(heard.text)), heard.now)

    def _answer(self, heard: _Heard) -> Event | None:
        """Return the answer to the options on the table, a doubt between them, or None."""
        options = heard.expects.options
        if not options:
            return None
        words, most = heard.words, heard.expects.most
        row = self._row(options, most)
        placed = by_place(words, len(options), most, self._places)
        worded = by_words(words, row, self._places)
        for reading in (worded, placed):
            if reading is not None and reading.sure:
                return self._picked(reading, heard)
        known = self._wishes.exactly(words)
        if known and not (worded and known.startswith("ask:")):
            return None
        loose = self._loosely(heard, row)
        if loose is not None:
            return self._picked(loose, heard)
        unsure = placed if isinstance(placed, Torn) else worded or placed
        if unsure is None:
            return None
        best = next(iter(self._wishes.ranked(words, asked=True)), None)
        if best is not None and best.near >= _OVER_PLACE and not best.label.startswith("ask:"):
            return None
        if worded and best is not None and best.label.startswith("ask:") and heard.asks:
            return None
        return self._picked(unsure, heard)

    def _loosely(self, heard: _Heard, row: Row) -> Reading:
        """Read a bare yes or no as the one option that begins so, and "often" as a rung of a scale."""
        small = self._wishes.small
        verdict = small.verdict(heard.words)
        if verdict in ("yes", "no") and len(heard.words) <= _IN_TEXT:
            meant = [place for place, ways in enumerate(row.ways) if any(small.verdict(way) == verdict for way in ways)]
            if len(meant) == 1:
                return Picked((meant[0],))
        scale = heard.expects.context == "scale"
        return by_ladder(heard.words, len(row.ways), self._places) if scale else None

    def _doubt(self, heard: _Heard) -> Event | None:
        """Return a doubt for "it depends", or for a yes where no option is one; None elsewhere."""
        verdict = self._wishes.small.verdict(heard.words, whole=True)
        if not verdict or heard.expects.context == "idle" or self._wishes.exactly(heard.words):
            return None
        ids = tuple(option.id for option in heard.expects.options)
        return Puzzled(("skip:", "help:") if verdict == "unsure" else ids[:2], heard.text)

    def _picked(self, reading: Picked | Torn, heard: _Heard) -> Event:
        chosen = tuple(heard.expects.options[place].id for place in reading.places)
        return Answered(options=chosen) if isinstance(reading, Picked) else Puzzled(chosen, heard.text)

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

    def _wish(self, heard: _Heard) -> Event:
        label = self._wishes.exactly(heard.words)
        if label:
            return Puzzled((), heard.text) if label == "unknown" else self._wanted(label, heard)
        verdict = self._wishes.small.verdict(heard.words, whole=True)
        if verdict in ("yes", "no"):
            return Wanted(verdict, text=heard.text)
        asked = heard.expects.context != "idle"
        ranked = self._wishes.ranked(heard.words, asked=asked)
        near = ranked[0].near if ranked else 0.0
        if near < _LOOSE:
            clause = self._wishes.clause(heard.text)
            if clause:
                return self._wanted(clause, heard)
            ranked = max(ranked, self._wishes.best_clause(heard.text, asked=asked), key=_nearest)
        if asked and near < _SURE and self._wishes.small.hints_doubt(heard.words):
            return Puzzled(("skip:", "help:"), heard.text)
        if not ranked or ranked[0].label == "unknown":
            return self._unclear(heard)
        if self._wishes.is_close(ranked):
            return Puzzled(tuple(_reading(likeness) for likeness in ranked[:2]), heard.text)
        return self._wanted(ranked[0].label, heard)

    def _unclear(self, heard: _Heard) -> Event:
        """Ask what a bare day is for, and own up to the rest."""
        days = self._days(heard).days[:1] if len(heard.words) <= _IN_TEXT else ()
        readings = tuple(f"{wish}:{day.isoformat()}" for day in days for wish in ("remind", "pause"))
        return Puzzled(readings, heard.text)

    def _wanted(self, label: str, heard: _Heard) -> Event:
        intent, _, detail = label.partition(":")
        if intent in ("remind", "pause", "stop"):
            days = self._days(heard).days
            if intent == "stop" and days and {"until", "till", "til", "for"} & set(heard.words):
                intent = "pause"
            detail = days[0].isoformat() if days and intent != "stop" else ""
        if intent == "tip" and not detail:
            detail = self._wishes.tip_topic(heard.words)
        if intent == "done" and not detail:
            detail = self._wishes.action_done(heard.words)
        return Wanted(intent, detail, heard.text)


@dataclass(frozen=True, slots=True)
class _Heard:
    """One message on its way through the readings."""

    text: str
    words: list[str]
    expects: Expects
    now: datetime

    @property
    def asks(self) -> bool:
        return "?" in self.text or self.words[0] in (
            "what",
            "why",
            "how",
            "who",
            "which",
            "does",
            "is",
            "will",
        )


def _nearest(ranked: list[Likeness]) -> float:
    return ranked[0].near if ranked else 0.0


def _reading(likeness: Likeness) -> str:
    return likeness.label if ":" in likeness.label else f"{likeness.label}:"


_HEARD_AS = {"review": "back", "menu": "help"}
_ALSO_TOPICS = ("privacy", "cv")
"""Intents that a guide may also write topics about (`cv-lines`); those are heard as the intent."""


def heard(event: Event, expects: Expects, guide: Guide | None = None) -> tuple[str, Detail]:
    """Return the stable intent and detail of an event.

    Args:
        event: What `Understanding.hear` returned.
        expects: What was expected when it was heard; it gives options their numbers.
        guide: Where given, a topic within another is reported as the outermost one.

    Returns:
        The intent, and a topic id, an action id, an option's number (from 1; a list where several were picked),
        an ISO date, or None.
    """
    if isinstance(event, Answered):
        if event.day is not None:
            return "date", event.day.isoformat()
        numbers = [place for place, option in enumerate(expects.options, 1) if option.id in event.options]
        return "answer", numbers[0] if len(numbers) == 1 else numbers or None
    if isinstance(event, Wanted):
        line = ancestry(event.detail, guide)
        named = next((topic.partition("-")[0] for topic in line if topic.partition("-")[0] in _ALSO_TOPICS), "")
        if event.intent == "ask" and named:
            return named, None
        return _HEARD_AS.get(event.intent, event.intent), line[-1] or None
    if isinstance(event, Puzzled) and event.readings:
        return "clarify", None
    return "unknown", None
