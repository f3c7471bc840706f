"""The question on the table, and what is said when an answer to it cannot be taken."""

from __future__ import annotations

from dataclasses import dataclass

from bot.guide import Option, Question, Section
from bot.replies.parts import Offer
from bot.replies.reply import Reply


@dataclass(frozen=True, slots=True)
class Introduce(Reply):
    """The opening of a section."""

    section: Section


@dataclass(frozen=True, slots=True)
class AskQuestion(Reply):
    """The question on the table. `place` of `of` counts questions, skills or actions of the section."""

    question: Question
    text: str
    options: tuple[Option, ...]
    title: str
    place: int
    of: int
    again: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class Note(Reply):
    """A short word on an answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Explain(Reply):
    """Why a question is asked."""

    text: str


@dataclass(frozen=True, slots=True)
class Unsure(Reply):
    """The words could mean more than one thing: the likeliest readings."""

    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class DayRuledOut(Reply):
    """A day does not suit: `asks` which one does, where a day is asked for; else what it is about."""

    day: str
    asks: bool
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class NotUnderstood(Reply):
    """The words meant nothing the guide knows."""

    asking: bool
    hint: str = ""


@dataclass(frozen=True, slots=True)
class NotADate(Reply):
    """A day was wanted that lies ahead."""


@dataclass(frozen=True, slots=True)
class TooMany(Reply):
    """More options were picked than may be."""

    most: int


@dataclass(frozen=True, slots=True)
class TooLong(Reply):
    """The words were longer than is kept (in characters)."""

    most: int


@dataclass(frozen=True, slots=True)
class Stale(Reply):
    """A button from an earlier step was pressed."""


@dataclass(frozen=True, slots=True)
class NothingBefore(Reply):
    """There is no earlier question to go back to."""


@dataclass(frozen=True, slots=True)
class NeedsWords(Reply):
    """A plan line needs words, and what was typed had none."""


@dataclass(frozen=True, slots=True)
class AllRight(Reply):
    """A no at the menu: nothing now, and nothing changed."""
