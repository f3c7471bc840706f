"""What somebody can grow in, win and do: skills, gains and actions."""

from __future__ import annotations

from dataclasses import dataclass

from bot.guide.checklist import Serves


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """A competency: four levels of reach, and what to do to get from each to the next.

    `levels[0]` is the first level; `steps[0]` holds the actions that lead from level 1 to level 2.
    """

    id: str
    title: str
    topic: str
    means: str
    why: str
    levels: tuple[str, str, str, str]
    steps: tuple[tuple[str, ...], ...]
    proof: str
    cv: str
    serves: Serves = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """Something the move can give, and what it asks in return."""

    id: str
    label: str
    gives: str
    costs: str
    topic: str = ""
    says: tuple[str, ...] = ()
    serves: Serves = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something to do at work. `headline` marks the guide's own cards; the others come from a skill's step.

    `small` is its 15-minute form. `asks` says that somebody else has to say yes first. `before` is a document to look
    at shortly before the day; `after` is the section that asks how it went, in place of the guide's own.
    """

    id: str
    label: str
    text: str
    small: str = ""
    asks: bool = False
    before: str = ""
    after: str = ""
    why: str = ""
    minutes: int = 15
    topic: str = ""
    skill: str = ""
    document: str = ""
    headline: bool = False
    says: tuple[str, ...] = ()
    serves: Serves = ()
