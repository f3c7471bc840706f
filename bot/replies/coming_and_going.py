"""What is said when somebody comes, rests, goes, or takes their data along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.replies.parts import Given, PlanLine, Words
from bot.replies.reply import Reply


@dataclass(frozen=True, slots=True)
class Welcome(Reply):
    """The first words to someone new."""

    text: str


@dataclass(frozen=True, slots=True)
class TellPrivacy(Reply):
    """What happens with a person's data."""

    text: str
    asked: bool = False


@dataclass(frozen=True, slots=True)
class WelcomeBack(Reply):
    """A greeting after a rest. After a gap the return itself gets the thanks; `step` is then a small offer."""

    asking: bool
    title: str = ""
    gap: bool = False
    step: str = ""


@dataclass(frozen=True, slots=True)
class YouAreWelcome(Reply):
    """The answer to thanks."""


@dataclass(frozen=True, slots=True)
class Paused(Reply):
    """The talk rests, until a day or until the person is back."""

    until: date | None


@dataclass(frozen=True, slots=True)
class Stopped(Reply):
    """The talk ended at the person's word."""


@dataclass(frozen=True, slots=True)
class Restarted(Reply):
    """The answers are gone and the talk begins anew."""


@dataclass(frozen=True, slots=True)
class Confirm(Reply):
    """A question before something that cannot be undone: `delete` or `restart`."""

    what: str


@dataclass(frozen=True, slots=True)
class Kept(Reply):
    """The answer was no: nothing was changed."""


@dataclass(frozen=True, slots=True)
class Forgotten(Reply):
    """The receipt for a deletion."""


@dataclass(frozen=True, slots=True)
class ShowExport(Reply):
    """Everything kept about a person, to read and keep; `carried` counts things done in steps that left the plan."""

    answers: tuple[tuple[str, tuple[Given, ...]], ...]
    plan: tuple[PlanLine, ...]
    evidence: tuple[tuple[date, Words, Words, str], ...]
    tips: int
    carried: int = 0
    since: str = ""
