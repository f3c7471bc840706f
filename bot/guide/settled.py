"""What stands once in a guide and holds for all of it: its promise, scoring, wishes about notes, and phrases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.guide.checklist import Serves


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What is said once when the first plan stands, and the document that goes with it: telling one person of it.

    `buddy` is the action of swapping a line with somebody, every so often.
    """

    text: str
    document: str = ""
    buddy: str = ""
    serves: Serves = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """How answers become a profile: how many strengths and gaps, and which skills matter for which aim.

    `cap` is the highest level counted without an example. `aim` is the question whose answer picks the
    list in `priorities`. `minutes` sizes the actions of a skill's three steps. `cards_by` is the question whose
    answer picks the action cards in `cards`; any other answer gets the headline ones.
    """

    strengths: int = 3
    gaps: int = 2
    cap: int = 2
    minutes: tuple[int, int, int] = (30, 60, 120)
    aim: str = ""
    priorities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cards_by: str = ""
    cards: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """Where a person's wishes about notes stand: the section that asks, and the question for each wish.

    `kinds` is a `multi` with options among `reminders`, `steps`, `tips`, `checks` and `none`; nothing is sent
    before it was answered with one of the first four. `often` has the options 0, 1 and 2 (notes a week), `day`
    those from 0 (Monday) to 6, `time` times such as `09.30`, `week` has `mon-fri` and `sun-thu`;
    `country` and `zone` are typed.
    """

    section: str = ""
    kinds: str = ""
    often: str = ""
    day: str = ""
    time: str = ""
    week: str = ""
    country: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """Words people type, as the author collected them: intent to sentences, and small words by meaning.

    `words` holds lists such as `yes`, `no`, `lowest`, `highest`, `filler`; `labels` the words on the buttons
    that every talk has (`back`, `skip`, `why`, ...). `answers` holds, under a question's name and an option's
    (`grade.same`), what people say for it in their own words.
    """

    intents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
