"""A guide is built from what was read: ladders for each skill, `each` for each action, phrases joined."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters import content_files
from bot.guide import Guide, Option
from bot.guide_text.record import from_record, to_record

GUIDES = Path(__file__).parents[1] / "guides"


@pytest.fixture(scope="module")
def tea() -> Guide:
    return content_files.load(GUIDES / "valid" / "tea.yml", shared=GUIDES)


@pytest.fixture(scope="module")
def plot() -> Guide:
    return content_files.load(GUIDES / "valid" / "plot", shared=GUIDES)


def test_a_ladder_is_asked_for_every_skill_in_turn(tea):
    expected = ["S1.2", "S1.3", "S1.1", "S1.sure", "S1.proof", "S2.2", "S2.3", "S2.1", "S2.sure", "S2.proof"]
    assert expected == [question.id for question in tea.section_by_id["first"].questions]


def test_a_rung_speaks_in_the_words_of_its_skill(tea):
    question = tea.question_by_id["S1.2"]
    assert question.text == "**Brewing for many**\n\n“I brew for ten guests at home.”\n\nIs that you?"
    assert question.why == "Making good tea for a queue. A queue waits two minutes at most."
    assert (question.skill, question.part, question.serves) == ("S1", "2", ("K7",))


def test_the_routes_of_a_rung_stay_within_its_skill(tea):
    question = tea.question_by_id["S2.2"]
    assert [option.then for option in question.options] == ["S2.3", "S2.1", ""]
    assert question.then == "end"


def test_questions_for_each_action_are_asked_once_a_slot(tea):
    expected = [
        "wish",
        "picks",
        *(f"{name}.{slot}" for slot in (1, 2) for name in ("cue", "obstacle", "day", "fits")),
    ]
    assert expected == [question.id for question in tea.section_by_id["plan"].questions]
    assert (tea.question_by_id["cue.2"].slot, tea.question_by_id["cue.2"].part) == (2, "cue")


def test_a_route_between_them_stays_within_the_slot(tea):
    assert [option.then for option in tea.question_by_id["fits.2"].options] == ["", "cue.2"]
    assert tea.question_by_id["fits.2"].then == "end"


def test_gaps_that_a_talk_fills_are_left_in_place(tea):
    assert tea.question_by_id["cue.1"].text == "When will you start “{action}”?"


def test_phrases_of_a_topic_and_an_action_join_their_own(plot):
    assert plot.topic_by_id["soil"].asks == ("what is good soil", "is my soil any good", "earth")
    assert plot.action_by_id["dig"].says == ("digging",)


def test_phrases_of_a_guide_join_those_it_shares(plot):
    assert plot.phrases.intents["tip"] == ("a gardener's hint",)
    assert plot.phrases.intents["back"] == ("go back",)
    assert plot.phrases.labels["back"] == "Back"


def test_the_checklist_is_written_out(tea):
    assert tuple(f"K{number}" for number in range(1, 13)) == tea.items


def test_what_welcome_privacy_and_closing_serve_is_kept(tea):
    assert dict(tea.serves) == {"welcome": ("K1",), "closing": ("K12",)}


def test_what_is_left_out_has_its_default(plot):
    assert Option(id="yes", label="Yes") == plot.question_by_id["sun"].options[0]


@pytest.mark.parametrize("name", ["tea", "plot"])
def test_a_guide_survives_its_record(name, request):
    guide = request.getfixturevalue(name)
    again = from_record(to_record(guide))
    for field in guide.__dataclass_fields__:
        assert getattr(guide, field) == getattr(again, field)
