"""What can arrive in a turn: facts in the past tense, from a platform or read out of typed words.

An adapter makes `Started`, `Said`, `Chose`, `Submitted` and `Ticked`. `bot.understanding` turns `Said`
into one of the others, so that a button and a typed word become the same event.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import field

from bot.repeats import Every
from bot.value import Value


class Started(Value, frozen=True):
    """A person opened the talk, or said hello."""


class Said(Value, frozen=True):
    """A person typed words, not yet understood."""

    text: str


class Chose(Value, frozen=True):
    """A person pressed a button. `question` and `revision` say which drawing it stood on, where known."""

    option: str
    question: str | None = None
    revision: int | None = None


class Submitted(Value, frozen=True):
    """A person sent a form: field id to what was entered (text, an option id, or several option ids)."""

    fields: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    revision: int | None = None


class Ticked(Value, frozen=True):
    """Time passed; nobody said anything. `stopped` names the kinds of note that go to nobody just now."""

    stopped: tuple[str, ...] = ()


class Returned(Value, frozen=True):
    """A note that was owed could not be given to the person. `final`: none ever can, for they are out of reach."""

    final: bool = False


class Noted(Value, frozen=True):
    """A person kept a line as evidence, with the address it came from, if any."""

    text: str
    link: str = ""


class Answered(Value, frozen=True):
    """A question was answered: option ids, free text, or a date, and how it comes round from there.

    It is the one on the table, or the earlier one named by its id in `question`, whose answer is changed.
    """

    options: tuple[str, ...] = ()
    text: str = ""
    day: date | None = None
    every: Every | None = None
    question: str = ""


class Wanted(Value, frozen=True):
    """A person wants something by name: one of the intents, with its detail.

    `intent` is one of the stable names (`back`, `skip`, `why`, `tip`, `pause`, ...). `detail` is a topic
    id, an action id or an ISO date, or empty. `text` keeps what was typed, for a free question. `near` names
    the topics that may be meant instead, or those nearest to one that nobody wrote about.
    """

    intent: str
    detail: str = ""
    text: str = ""
    near: tuple[str, ...] = ()


class Puzzled(Value, frozen=True):
    """The words had no clear meaning.

    `readings` holds the likeliest option ids or `intent:detail` pairs, best first.
    """

    readings: tuple[str, ...] = ()
    text: str = ""


Event = Started | Said | Chose | Submitted | Ticked | Returned | Noted | Answered | Wanted | Puzzled
