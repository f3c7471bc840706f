"""Notes that come unasked, and what a person settles about them."""

from __future__ import annotations

from datetime import date

from bot.guide import Tip
from bot.replies.parts import Given, Offer, PlanLine, Words
from bot.replies.reply import Reply


class FollowUpNote(Reply, frozen=True):
    """A note sent unasked to someone who said yes. `expires` is the POSIX second after which it is not to go.

    `step` is what one of the guide's steps asks for, and `size` how long it takes.
    """

    kind: str
    lines: tuple[PlanLine, ...] = ()
    more: int = 0
    nudge: str = ""
    line: PlanLine | None = None
    obstacle: Words | str = ""
    tip: Tip | None = None
    kept: bool = False
    step: str = ""
    size: str = ""
    offers: tuple[Offer, ...] = ()
    expires: float = 0.0


class FreshStart(Reply, frozen=True):
    """What suits a new beginning that a person spoke of, and the steps that were tied to it."""

    text: str
    lines: tuple[PlanLine, ...] = ()
    offers: tuple[Offer, ...] = ()


class SayWhyNote(Reply, frozen=True):
    """Why notes come: what the person said yes to, how many a week, since when, and if one may be held out."""

    kinds: tuple[str, ...] = ()
    often: int = 0
    since: date | None = None
    held_out: bool = False
    offers: tuple[Offer, ...] = ()


class NotesChanged(Reply, frozen=True):
    """What changed about notes: `none`, `often` (so many a week), `fit` or `misfit` (so many times)."""

    what: str
    number: int = 0
    offers: tuple[Offer, ...] = ()


class ShowFollowUp(Reply, frozen=True):
    """When notes come, once it was settled. `at` is the local time, `zone` the zone it is told in.

    `country` is the one whose public holidays are left out; `unknown` are a country and a city nobody knows.
    """

    kinds: tuple[str, ...]
    often: int
    day: str
    at: str
    zone: str
    next: date | None
    country: str = ""
    unknown: tuple[Words, ...] = ()


class ShowSettings(Reply, frozen=True):
    """What is settled about notes, each with what opens it; nothing where none are wanted. `rest` is how they rest.

    A rest ends on the day `until`, or when the person is back.
    """

    settings: tuple[Given, ...]
    rest: str = ""
    until: date | None = None
    offers: tuple[Offer, ...] = ()


class TipKept(Reply, frozen=True):
    """A tip was kept, to come back as a question."""
