"""What somebody said of themselves, shown back: profile, gains, answers to change, lines for the CV."""

from __future__ import annotations

from dataclasses import dataclass

from bot.guide import Gain
from bot.replies.parts import CvLine, Given, Offer, Standing
from bot.replies.reply import Reply


@dataclass(frozen=True, slots=True)
class ShowProfile(Reply):
    """Strengths to carry over and gaps to work on, each explained by the answers behind it."""

    strengths: tuple[Standing, ...]
    gaps: tuple[Standing, ...]
    rated: int
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class ShowGains(Reply):
    """The gains someone picked, each with its price."""

    gains: tuple[Gain, ...]


@dataclass(frozen=True, slots=True)
class Review(Reply):
    """The parts whose answers can be seen and changed."""

    offers: tuple[Offer, ...]
    changed: bool = False


@dataclass(frozen=True, slots=True)
class ReviewPart(Reply):
    """The answers of one part, each of which can be changed."""

    title: str
    given: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class ShowCv(Reply):
    """Lines for the CV. `asks` is the number of the line that the offers are about; 0: of none."""

    lines: tuple[CvLine, ...]
    own: bool
    asks: int = 0
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class Claimed(Reply):
    """A person said whose result a CV line is: `mine`, `team`, or `none` to leave it out. `following`: the next one."""

    line: CvLine
    following: CvLine | None
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceKept(Reply):
    """A line of evidence was kept. `cv`: the guide can make a line for a CV of it."""

    cv: bool = False
