"""Answers to strengths and gaps, each explained by the answers behind it.

Never a total, never a verdict. A skill claimed without an example is counted no higher than the guide's cap.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from bot.guide import Guide, Question, Skill
from bot.replies import Standing, Words
from bot.state import State
from bot.value import Value

RUNGS = ("1", "2", "3", "4")
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
    answers = state.answers
    if not answers.get(f"{skill.id}.2"):
        return None
    level = _level(state, skill)
    proof = answers.get(f"{skill.id}.proof")
    words = Words(proof) if isinstance(proof, str) and proof else None
    counted = level or 0
    return Standing(
        skill=skill,
        level=level,
        counted=counted if words else min(counted, guide.scoring.cap),
        line=skill.levels[level - 1] if level else "",
        sure=str(answers.get(f"{skill.id}.sure", "")),
        proof=words,
        lately=skill.id in (skills_spoken_for(guide, state) if lately is None else lately),
    )


def _level(state: State, skill: Skill) -> int | None:
    """Read the ladder: the second rung first, then up or down."""
    said = {rung: state.answers.get(f"{skill.id}.{rung}") for rung in RUNGS}
    if said["2"] == NO_CHANCE:
        return None
    if said["2"] != YES:
        return 1 if said["1"] == YES else 0
    if said["3"] != YES:
        return 2
    return 4 if said["4"] == YES else 3


def skills_spoken_for(guide: Guide, state: State) -> frozenset[str]:
    """Return the skills spoken for by options picked elsewhere."""
    picked: set[str] = set()
    for question_id, answer in state.answers.items():
        question: Question | None = guide.question_by_id.get(question_id)
        if question is not None and question.kind == "multi" and isinstance(answer, tuple):
            picked.update(option.skill for option in question.options if option.id in answer)
    return frozenset(picked - {""})


@lru_cache(maxsize=256)
def _ranks(guide: Guide, aim: str) -> Mapping[str, int]:
    """Rank the skills: those that matter for that aim first, then as the guide lists them."""
    first = guide.scoring.priorities.get(aim, ())
    names = [*first, *(skill.id for skill in guide.skills if skill.id not in first)]
    return {name: number for number, name in enumerate(names)}
