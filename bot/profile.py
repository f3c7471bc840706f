"""Answers to strengths and gaps, each explained by the answers behind it.

Never a total, never a verdict. A skill claimed without an example is counted no higher than the guide's cap.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from bot.guide import Guide, Skill
from bot.replies import Standing, Words
from bot.state import Answer, State
from bot.value import Value

YES = "y"
NO_CHANCE = "o"


class Profile(Value, frozen=True):
    """Strengths to carry over and gaps to work on. `rated` counts the skills looked at."""

    strengths: tuple[Standing, ...]
    gaps: tuple[Standing, ...]
    rated: int


def make_profile(guide: Guide, state: State) -> Profile:
    """Return the profile that the answers give so far.

    Strengths are skills at level 2 or wider, the widest first; gaps are the narrowest among the rest. Skills
    that matter for the person's aim come first among equals.
    """
    aim = state.answers.get(guide.scoring.aim, "")
    rank = _ranks(guide, aim if isinstance(aim, str) else "")
    lately = skills_spoken_for(guide, state)
    standings = [standing for skill in guide.skills if (standing := stand(guide, state, skill, lately))]
    widest = sorted(standings, key=lambda s: (-s.counted, not s.lately, rank[s.skill.id]))
    strengths = tuple(s for s in widest if s.counted >= 2)[: guide.scoring.strengths]
    rest = [s for s in standings if s not in strengths and s.counted < 4]
    narrowest = sorted(rest, key=lambda s: (s.counted, rank[s.skill.id]))
    return Profile(strengths, tuple(narrowest[: guide.scoring.gaps]), len(standings))


def stand(guide: Guide, state: State, skill: Skill, lately: frozenset[str] | None = None) -> Standing | None:
    """Return where the person stands with a skill, or None when it was not looked at.

    `lately` are the skills spoken for by what they picked elsewhere, where that is known already.
    """
    answers, asked = state.answers, _asked_about(skill.id)
    if not answers.get(asked.second):
        return None
    level = _level(answers, asked)
    proof = answers.get(asked.proof)
    words = Words(proof) if isinstance(proof, str) and proof else None
    counted = level or 0
    return Standing(
        skill=skill,
        level=level,
        counted=counted if words else min(counted, guide.scoring.cap),
        line=skill.levels[level - 1] if level else "",
        sure=str(answers.get(asked.sure, "")),
        proof=words,
        lately=skill.id in (skills_spoken_for(guide, state) if lately is None else lately),
    )


class _Asked(NamedTuple):
    """The ids of the questions about a skill: the rungs of its ladder, its proof, how sure one is."""

    first: str
    second: str
    third: str
    fourth: str
    proof: str
    sure: str


@lru_cache(maxsize=1024)
def _asked_about(skill: str) -> _Asked:
    return _Asked(*(f"{skill}.{part}" for part in ("1", "2", "3", "4", "proof", "sure")))


def _level(answers: Mapping[str, Answer], asked: _Asked) -> int | None:
    """Read the ladder: the second rung first, then up or down."""
    second = answers.get(asked.second)
    if second == NO_CHANCE:
        return None
    if second != YES:
        return 1 if answers.get(asked.first) == YES else 0
    if answers.get(asked.third) != YES:
        return 2
    return 4 if answers.get(asked.fourth) == YES else 3


def skills_spoken_for(guide: Guide, state: State) -> frozenset[str]:
    """Return the skills spoken for by options picked elsewhere."""
    picked: set[str] = set()
    for question_id, skills in _speaking(guide):
        answer = state.answers.get(question_id, ())
        if isinstance(answer, tuple):
            picked.update(skills[option] for option in answer if option in skills)
    return frozenset(picked)


@lru_cache(maxsize=16)
def _speaking(guide: Guide) -> tuple[tuple[str, Mapping[str, str]], ...]:
    """Work out once which questions have options that speak for a skill: each with option id to skill id."""
    several = (question for question in guide.question_by_id.values() if question.kind == "multi")
    skills = ((question.id, {each.id: each.skill for each in question.options if each.skill}) for question in several)
    return tuple((question_id, found) for question_id, found in skills if found)


@lru_cache(maxsize=256)
def _ranks(guide: Guide, aim: str) -> Mapping[str, int]:
    """Rank the skills: those that matter for that aim first, then as the guide lists them."""
    first = guide.scoring.priorities.get(aim, ())
    names = [*first, *(skill.id for skill in guide.skills if skill.id not in first)]
    return {name: number for number, name in enumerate(names)}
