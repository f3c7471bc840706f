"""Answers to strengths and gaps: by what was said, with the cap, and no verdict."""

from __future__ import annotations

import pytest

from bot.guide import Guide
from bot.profile import make_profile, stand
from bot.state import State


def climbed(guide: Guide, **answers: str) -> State:
    """Answers of one ladder, such as C1_2='y'."""
    return State(guide.id, answers={name.replace("_", "."): answer for name, answer in answers.items()})


@pytest.mark.parametrize(
    ("answers", "level", "counted"),
    [
        ({"C1_2": "n", "C1_1": "n"}, 0, 0),
        ({"C1_2": "n", "C1_1": "y"}, 1, 1),
        ({"C1_2": "y", "C1_3": "n"}, 2, 2),
        ({"C1_2": "y", "C1_3": "y", "C1_4": "n"}, 3, 2),
        ({"C1_2": "y", "C1_3": "y", "C1_4": "y"}, 4, 2),
        ({"C1_2": "y", "C1_3": "y", "C1_4": "n", "C1_proof": "a fix"}, 3, 3),
        ({"C1_2": "y", "C1_3": "y", "C1_4": "y", "C1_proof": "a fix"}, 4, 4),
        ({"C1_2": "o"}, None, 0),
    ],
)
def test_the_ladder_gives_a_level_and_the_cap_holds_without_an_example(guide: Guide, answers, level, counted):
    found = stand(guide, climbed(guide, **answers), guide.skill_by_id["C1"])
    assert (found.level, found.counted) == (level, counted)


def test_a_skill_not_looked_at_or_skipped_has_no_standing(guide: Guide):
    assert stand(guide, State(guide.id), guide.skill_by_id["C1"]) is None
    assert stand(guide, climbed(guide, C1_2=""), guide.skill_by_id["C1"]) is None


def test_answers_left_over_from_another_path_are_not_counted(guide: Guide):
    found = stand(guide, climbed(guide, C1_2="n", C1_1="y", C1_3="y", C1_4="y"), guide.skill_by_id["C1"])
    assert found.level == 1


def many(guide: Guide, **levels: int) -> State:
    rungs = {
        0: {"2": "n", "1": "n"},
        1: {"2": "n", "1": "y"},
        2: {"2": "y", "3": "n"},
        3: {"2": "y", "3": "y", "4": "n"},
    }
    answers = {f"{skill}.{part}": said for skill, level in levels.items() for part, said in rungs[level].items()}
    return State(guide.id, answers={**answers, **{f"{skill}.proof": "x" for skill in levels}, "rung": "manager"})


def test_three_strengths_the_widest_first_and_two_gaps_the_narrowest_first(guide: Guide):
    found = make_profile(guide, many(guide, C1=2, C2=3, C9=0, C10=2, C11=1, C13=2))
    assert [s.skill.id for s in found.strengths] == ["C2", "C1", "C10"]
    assert [s.skill.id for s in found.gaps] == ["C9", "C11"]


def test_among_equals_the_skills_that_matter_for_the_aim_come_first(guide: Guide):
    state = many(guide, C1=2, C2=2, C9=2, C10=2, C11=2, C13=2)
    analyst = State(guide.id, answers={**state.answers, "rung": "analyst"})
    assert [s.skill.id for s in make_profile(guide, analyst).strengths] == ["C11", "C13", "C2"]
    assert [s.skill.id for s in make_profile(guide, state).strengths] == ["C1", "C10", "C13"]


def test_a_skill_shown_lately_comes_first_among_equals(guide: Guide):
    state = many(guide, C1=2, C2=2, C10=2, C13=2)
    lately = State(guide.id, answers={**state.answers, "assets": ("tell",)})
    first = make_profile(guide, lately).strengths[0]
    assert (first.skill.id, first.lately) == ("C2", True)


def test_a_claim_below_the_second_level_is_no_strength(guide: Guide):
    assert make_profile(guide, many(guide, C1=1, C2=0)).strengths == ()


def test_no_skill_is_strength_and_gap_at_once(guide: Guide):
    found = make_profile(guide, many(guide, C1=2, C2=2))
    assert {s.skill.id for s in found.strengths} & {s.skill.id for s in found.gaps} == set()
