"""What is read rather than answered: topics, tips, nudges, facts, patterns, prompts, documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.guide.checklist import Serves


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Something people ask about, and the guide's answer. `facts` are shown beneath with source and year.

    `rests`: the talk rests after this answer, as some things matter more than the next question.
    """

    id: str
    title: str
    answer: str
    asks: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    document: str = ""
    within: str = ""
    rests: bool = False
    serves: Serves = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tip:
    """A quick tip. `level` 1 to 3 is the reach it suits; 0 suits anyone."""

    id: str
    text: str
    topic: str
    skill: str = ""
    level: int = 0
    serves: Serves = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Nudge:
    """A line sent unasked to those who said yes: to a channel, or to one person.

    `moment` says in plain words when it fits; `when` is the same for the scheduler, one of `bot.nudges`' or
    `bot.channels`' moments. `only_if` names something that must be true of a channel before it is posted there.
    `offers` is the label of its own button, which opens a section or does what an intent does, as in a menu.
    Steps tied to `cue` are shown with it.
    """

    id: str
    text: str
    to: Literal["channel", "person"]
    moment: str
    when: str = "any"
    only_if: str = ""
    offers: str = ""
    opens: str = ""
    does: str = ""
    detail: str = ""
    cue: str = ""
    topic: str = ""
    serves: Serves = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A checked statement with where it was found, when, and by when to look again (a local date)."""

    id: str
    text: str
    source: str
    year: int
    review_by: date
    serves: Serves = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A CV line with gaps in square brackets; `fits` names the actions or skills it grows from."""

    id: str
    situation: str
    line: str
    fits: tuple[str, ...] = ()
    serves: Serves = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """An interview question to practise with, what a good answer shows, and a coach's question."""

    id: str
    question: str
    shows: str
    coach: str
    serves: Serves = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A longer text to copy or work through: a template, a checklist, a plan for the first months."""

    id: str
    title: str
    body: str
    asks: tuple[str, ...] = ()
    serves: Serves = ()
