"""The plan and its lines: shown, asked about, changed and done."""

from __future__ import annotations

from bot.guide import Action, Document
from bot.replies.parts import Offer, PlanLine
from bot.replies.reply import Reply


class ShowAction(Reply, frozen=True):
    """An action card: what to do, why, how long it takes, and the text that helps with it."""

    action: Action
    size: str
    document: Document | None = None


class ShowPlan(Reply, frozen=True):
    """The plan, line by line."""

    lines: tuple[PlanLine, ...]
    new: bool = False


class ShowDue(Reply, frozen=True):
    """Plan lines whose day has come."""

    lines: tuple[PlanLine, ...]


class Prepare(Reply, frozen=True):
    """A plan line whose day is near, and the document to look at before it."""

    line: PlanLine
    document: Document


class Close(Reply, frozen=True):
    """The closing words, when a plan was made."""

    text: str


class TellOne(Reply, frozen=True):
    """An invitation, made once, to tell one trusted person of the plan; and the text that helps with it."""

    text: str
    document: Document | None = None
    offers: tuple[Offer, ...] = ()


class ShowBuddy(Reply, frozen=True):
    """How to swap a line with a buddy, and what one's own line could be; or (`noted`) that it is in the plan now."""

    action: Action
    mine: PlanLine | None = None
    noted: PlanLine | None = None
    offers: tuple[Offer, ...] = ()


class WhichOne(Reply, frozen=True):
    """More than one plan line could be meant."""

    offers: tuple[Offer, ...]


class Done(Reply, frozen=True):
    """A plan line was ticked off."""

    line: PlanLine


class Dropped(Reply, frozen=True):
    """A plan line was taken out."""

    line: PlanLine
    offers: tuple[Offer, ...] = ()


class AskLine(Reply, frozen=True):
    """A question about one plan line: what to `change`, to `swap` it for, how often to `repeat` it, ..."""

    what: str
    line: PlanLine
    offers: tuple[Offer, ...]


class LineChanged(Reply, frozen=True):
    """A plan line is another now: `how` says what was done to it; `writes`, that reminders come for it unasked.

    `before` is how many things had been done of the step that it took the place of.
    """

    how: str
    line: PlanLine
    offers: tuple[Offer, ...] = ()
    document: Document | None = None
    writes: bool = False
    before: int = 0


class AskDay(Reply, frozen=True):
    """A plan line is to get another day: which one?"""

    offers: tuple[Offer, ...]


class DayMoved(Reply, frozen=True):
    """A plan line has a new day; `often`: not for the first time, so it may not fit; `writes`: a reminder comes."""

    line: PlanLine
    often: bool = False
    writes: bool = False
    offers: tuple[Offer, ...] = ()
