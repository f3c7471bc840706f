"""The question on the table, and what is said when an answer to it cannot be taken."""

from __future__ import annotations

from bot.guide import Option, Question, Section
from bot.replies.parts import Offer
from bot.replies.reply import Reply


class Introduce(Reply, frozen=True):
    """The opening of a section."""

    section: Section


class AskQuestion(Reply, frozen=True):
    """The question on the table. `place` of `of` counts questions, skills or actions of the section."""

    question: Question
    text: str
    options: tuple[Option, ...]
    title: str
    place: int
    of: int
    again: bool = False
    first: bool = False


class Note(Reply, frozen=True):
    """A short word on an answer."""

    text: str


class Explain(Reply, frozen=True):
    """Why a question is asked."""

    text: str


class Unsure(Reply, frozen=True):
    """The words could mean more than one thing: the likeliest readings, all of which may be `topics`."""

    offers: tuple[Offer, ...]
    topics: bool = False


class DayRuledOut(Reply, frozen=True):
    """A day does not suit: `asks` which one does, where a day is asked for; else what it is about."""

    day: str
    asks: bool
    offers: tuple[Offer, ...] = ()


class NotUnderstood(Reply, frozen=True):
    """The words meant nothing the guide knows, for the first, second or third time in a row (`times`).

    `asks` is the kind of question on the table, empty at the menu, and `hint` its hint; `example` is a question to ask.
    """

    asks: str = ""
    hint: str = ""
    times: int = 1
    example: str = ""


class NotADate(Reply, frozen=True):
    """A day was wanted that lies ahead."""


class TooMany(Reply, frozen=True):
    """More options were picked than may be."""

    most: int


class TooLong(Reply, frozen=True):
    """The words were longer than is kept (in characters)."""

    most: int


class Stale(Reply, frozen=True):
    """A button from an earlier step was pressed."""


class NothingBefore(Reply, frozen=True):
    """There is no earlier question to go back to."""


class NeedsWords(Reply, frozen=True):
    """Words of a person's own are asked for, and what was typed had none: "done", "ok", or a mere number in a plan."""


class AllRight(Reply, frozen=True):
    """A no at the menu: nothing now, and nothing changed."""
