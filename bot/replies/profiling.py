"""What somebody said of themselves, shown back: profile, gains, answers to change, lines for the CV."""

from __future__ import annotations

from bot.guide import Gain
from bot.replies.parts import CvLine, Given, Offer, Standing
from bot.replies.reply import Reply


class ShowProfile(Reply, frozen=True):
    """Strengths to carry over and gaps to work on, each explained by the answers behind it."""

    strengths: tuple[Standing, ...]
    gaps: tuple[Standing, ...]
    rated: int
    offers: tuple[Offer, ...] = ()


class ShowGains(Reply, frozen=True):
    """The gains someone picked, each with its price."""

    gains: tuple[Gain, ...]


class Review(Reply, frozen=True):
    """The parts whose answers can be seen and changed; `again`: one just was."""

    offers: tuple[Offer, ...]
    again: bool = False


class ReviewPart(Reply, frozen=True):
    """The answers of one part, each of which can be changed."""

    title: str
    given: tuple[Given, ...]


class ShowCv(Reply, frozen=True):
    """Lines for the CV. `asks` is the number of the line that the offers are about; 0: of none."""

    lines: tuple[CvLine, ...]
    own: bool
    asks: int = 0
    offers: tuple[Offer, ...] = ()


class Claimed(Reply, frozen=True):
    """A person said whose result a CV line is: `mine`, `team`, or `none` to leave it out. `following`: the next one."""

    line: CvLine
    following: CvLine | None
    offers: tuple[Offer, ...] = ()


class EvidenceKept(Reply, frozen=True):
    """A line of evidence was kept. `cv`: the guide can make a line for a CV of it."""

    cv: bool = False
