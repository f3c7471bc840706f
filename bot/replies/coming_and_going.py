"""What is said when somebody comes, rests, goes, or takes their data along."""

from __future__ import annotations

from datetime import date

from bot.replies.parts import Given, PlanLine, Words
from bot.replies.reply import Reply


class Welcome(Reply, frozen=True):
    """The first words to someone new."""

    text: str


class TellPrivacy(Reply, frozen=True):
    """What happens with a person's data."""

    text: str
    asked: bool = False


class WelcomeBack(Reply, frozen=True):
    """A greeting after a rest. After a gap the return itself gets the thanks; `step` is then a small offer."""

    asking: bool
    title: str = ""
    gap: bool = False
    step: str = ""


class YouAreWelcome(Reply, frozen=True):
    """The answer to thanks."""


class Paused(Reply, frozen=True):
    """The talk rests, until a day or until the person is back."""

    until: date | None


class Stopped(Reply, frozen=True):
    """The talk ended at the person's word."""


class Restarted(Reply, frozen=True):
    """The answers are gone and the talk begins anew."""


class Confirm(Reply, frozen=True):
    """A question before something that cannot be undone: `delete` or `restart`."""

    what: str


class Kept(Reply, frozen=True):
    """The answer was no: nothing was changed."""


class Forgotten(Reply, frozen=True):
    """The receipt for a deletion."""


class ShowExport(Reply, frozen=True):
    """Everything kept about a person, to read and keep; `carried` counts things done in steps that left the plan."""

    answers: tuple[tuple[str, tuple[Given, ...]], ...]
    plan: tuple[PlanLine, ...]
    evidence: tuple[tuple[date, Words, Words, str], ...]
    tips: int
    carried: int = 0
    since: str = ""
