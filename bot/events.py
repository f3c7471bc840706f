"""What can arrive in a turn: facts in the past tense, from a platform or read out of typed words.

An adapter makes `Started`, `Said`, `Chose`, `Submitted` and `Ticked`. `bot.understanding` turns `Said`
into one of the others, so that a button and a typed word become the same event.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.repeats import Every


@dataclass(frozen=True, slots=True)
class Started:
    """A person opened the talk, or said hello."""


@dataclass(frozen=True, slots=True)
class Said:
    """A person typed words, not yet understood."""

    text: str


@dataclass(frozen=True, slots=True)
class Chose:
    """A person pressed a button. `question` and `revision` say which drawing it stood on, where known."""

    option: str
    question: str | None = None
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Submitted:
    """A person sent a form: field id to what was entered (text, an option id, or several option ids)."""

    fields: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    revision: int | None = None


@dataclass(frozen=True, slots=True)
class Ticked:
    """Time passed; nobody said anything. `stopped` names the kinds of note that go to nobody just now."""

    stopped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Returned:
    """A note that was owed could not be given to the person. `final`: none ever can, for they are out of reach."""

    final: bool = False


@dataclass(frozen=True, slots=True)
class Noted:
    """A person kept a line as evidence, with the address it came from, if any."""

    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question was answered: option ids, free text, or a date, and how it comes round from there.

    It is the one on the table, or the earlier one named by its id in `question`, whose answer is changed.
    """

    options: tuple[str, ...] = ()
    text: str = ""
    day: date | None = None
    every: Every | None = None
    question: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A person wants something by name: one of the intents, with its detail.

    `intent` is one of the stable names (`back`, `skip`, `why`, `tip`, `pause`, ...). `detail` is a topic
    id, an action id or an ISO date, or empty. `text` keeps what was typed, for a free question. `near` names
    the topics nearest to one that nobody wrote about. `seed` is a number of the person's own, by which
    to choose among equals.
    """

    intent: str
    detail: str = ""
    text: str = ""
    near: tuple[str, ...] = ()
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Puzzled:
    """The words had no clear meaning.

    `readings` holds the likeliest option ids or `intent:detail` pairs, best first.
    """

    readings: tuple[str, ...] = ()
    text: str = ""


Event = Started | Said | Chose | Submitted | Ticked | Returned | Noted | Answered | Wanted | Puzzled
