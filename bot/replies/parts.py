"""The parts that replies are made of: words as typed, offers, plan lines, standings."""

from __future__ import annotations

from datetime import date

from bot.guide import Action, Skill
from bot.messages import escape
from bot.value import Value


class Words(Value, frozen=True):
    """A person's own words. `str()` gives them escaped; `.text` is what was typed."""

    text: str

    def __str__(self) -> str:
        """Return the words as CommonMark that shows them as typed."""
        return escape(self.text)

    def __bool__(self) -> bool:
        """Say whether there are any."""
        return bool(self.text)


class Offer(Value, frozen=True):
    """A choice beside a question: the id that comes back, and its label."""

    id: str
    label: str


class Standing(Value, frozen=True):
    """Where someone stands with one skill.

    `level` is what they said (0 to 4; None: no chance yet), `counted` what is counted of it.
    """

    skill: Skill
    level: int | None
    counted: int
    line: str
    sure: str = ""
    proof: Words | None = None
    lately: bool = False


class PlanLine(Value, frozen=True):
    """One line of the plan as it is shown. `number` counts from 1 in the stored order.

    `every` says how often it comes round and `times` how often it was done since; `partly` is the last day on which
    part of it was done; `stage` is how far it has come if it needs somebody's yes, since the day `staged`.
    """

    number: int
    words: Words | str
    cue: Words | str = ""
    obstacle: Words | str = ""
    day: date | None = None
    done: date | None = None
    action: Action | None = None
    every: str = ""
    times: int = 0
    partly: date | None = None
    stage: str = ""
    staged: date | None = None
    moved: int = 0


class Part(Value, frozen=True):
    """How far one part of the guide has come: things done, of how many."""

    title: str
    done: int
    of: int


class Given(Value, frozen=True):
    """One answer as the review shows it: what was asked, what was said, and the id that changes it."""

    id: str
    asked: str
    said: Words | str


class CvLine(Value, frozen=True):
    """A pattern for the CV beside the person's own evidence. The gaps in square brackets are theirs to fill.

    `known` is how they know; `whose` whose result it is, by their word (`mine`, `team`, empty: not yet said), and
    `key` names the evidence for saying so.
    """

    line: str
    proof: Words | None = None
    known: Words | None = None
    whose: str = ""
    key: str = ""
