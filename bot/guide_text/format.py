"""The kinds of value that a guide's files hold, and what each text is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Mark = Literal["none", "inline", "blocks"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What a text is for, and so what it may be.

    `most` counts characters and `words` words; `marks` is the mark-up it may carry; `judged` texts are held
    to the reading level; `shown` is false for what people type and we never say.
    """

    most: int
    words: int = 0
    marks: Mark = "inline"
    judged: bool = True
    shown: bool = True


# The tightest limits of the platforms we draw on leave room for all of these: a button or an option of
# Slack's holds 75 characters, a header 150, a placeholder 150, a section 3,000, an option's value 75
# (slack_sdk and @slack/types, 2026); a Teams card is bounded only as a whole (28 KB, its guide, 2026).
USES: Mapping[str, Use] = {
    "label": Use(most=60, marks="none", judged=False),
    "title": Use(most=100, marks="none", judged=False),
    "said": Use(most=200, judged=False),
    "hint": Use(most=150, marks="none", judged=False),
    "text": Use(most=1200, marks="blocks"),
    "line": Use(most=600),
    "pattern": Use(most=400, judged=False),
    "tip": Use(most=400, words=40),
    "channel nudge": Use(most=400, words=45),
    "private nudge": Use(most=500, words=59),
    "document": Use(most=2800, marks="blocks"),
    "source": Use(most=300, judged=False),
    "phrase": Use(most=120, marks="none", judged=False, shown=False),
    "words": Use(most=2000, marks="none", judged=False, shown=False),
    "name": Use(most=75, marks="none", judged=False, shown=False),
}


@dataclass(frozen=True, slots=True)
class Text:
    """Words, for one of the uses above."""

    use: str = "text"


@dataclass(frozen=True, slots=True)
class Id:
    """The name of an entry; the same name twice among its kind is a problem."""


@dataclass(frozen=True, slots=True)
class Ref:
    """The id of an entry of one of these kinds."""

    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """Where a talk goes on: a question, a section, `menu` or `end`."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few words."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number between two bounds, both included."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Day:
    """A date, written as 2027-05-31."""


@dataclass(frozen=True, slots=True)
class Flag:
    """`true` or `false`."""


@dataclass(frozen=True, slots=True)
class Serving:
    """Items of the guide's checklist; `G12-G15` stands for four of them."""


@dataclass(frozen=True, slots=True)
class Many:
    """A list of entries of one kind, with at least and at most so many."""

    of: Kind
    least: int = 1
    most: int = 0


@dataclass(frozen=True, slots=True)
class Named:
    """A mapping from names, free or ids of one kind, to entries of one kind."""

    of: Kind
    keys: Ref | None = None


@dataclass(frozen=True, slots=True)
class Key:
    """One key of an entry: its kind, what it means, and what it is when left out (`...`: it must be)."""

    kind: Kind
    about: str
    default: Any = ...


@dataclass(frozen=True, slots=True)
class Entry:
    """A mapping with known keys. `name` is for messages; `short` is the key that a bare text stands for."""

    name: str
    keys: Mapping[str, Key]
    short: str = ""


Kind = Text | Id | Ref | Route | OneOf | Number | Day | Flag | Serving | Many | Named | Entry
