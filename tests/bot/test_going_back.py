"""Going back: by steps through the questions, out of lists, and forward again to where the person was."""

from __future__ import annotations

import pytest

from tests.talking import Conversing

INTAKE = ["pmo", "kind", "pull", "rung", "grade", "hours"]


def asked_on(talk: Conversing, *words: str) -> list[str | None]:
    """Say these one after another; return the question each led to."""
    asked = []
    for text in words:
        talk.say(text)
        asked.append(talk.question)
    return asked


def test_six_times_back_walks_the_questions_in_turn(talk: Conversing):
    talk.through_intake()
    assert asked_on(talk, *["back"] * 6) == INTAKE[::-1]


def test_after_going_back_the_questions_that_follow_are_asked_again_one_by_one(talk: Conversing):
    talk.through_intake()
    talk.say(*["back"] * 6)
    assert asked_on(talk, "1", "2", "1", "2", "1", "2") == [*INTAKE[1:], None]
    assert "open:carry" in talk.picks


def test_old_answers_stay_until_new_ones_are_given(talk: Conversing):
    talk.through_intake()
    before = dict(talk.state.answers)
    talk.say("back", "back", "back")
    talk.say("4")
    assert (talk.question, dict(talk.state.answers)) == ("grade", {**before, "rung": "side"})


def test_skipping_onward_after_going_back_keeps_the_old_answers(talk: Conversing):
    talk.through_intake()
    before = dict(talk.state.answers)
    talk.say("back", "back", "back")
    assert asked_on(talk, "skip", "skip", "skip") == ["grade", "hours", None]
    assert dict(talk.state.answers) == before


def test_going_back_and_forward_in_mid_section_ends_where_the_person_was(talk: Conversing):
    talk.start()
    talk.say("1", "2", "1")
    talk.say("back", "back", "back")
    assert asked_on(talk, "2", "1", "2", "1") == ["kind", "pull", "rung", "grade"]


def test_an_answer_that_closes_a_way_passes_over_its_questions(talk: Conversing):
    talk.through_intake()
    talk.say(*["back"] * 6)
    assert asked_on(talk, "3", "1", "1", "1") == ["rung", "grade", "hours", None]


def test_back_and_forward_over_the_seam_of_two_sections(talk: Conversing):
    talk.through_intake()
    talk.press("open:carry")
    talk.say("1", "1", "2")
    assert talk.question == "C1.sure"
    assert asked_on(talk, "back", "back", "back") == ["C1.3", "C1.2", "assets"]
    talk.say("2")
    assert talk.question == "C1.sure"


def test_back_in_the_plan_and_other_actions_picked_asks_for_their_steps_anew(talk: Conversing):
    talk.through_intake()
    talk.press("open:plan")
    talk.say("skip", "skip")
    talk.submit({"picks": ("shadowing",)})
    talk.say("Ask Sam for an hour")
    talk.say("back", "back")
    assert talk.question == "picks"
    talk.submit({"picks": ("process-improvement",)})
    assert (talk.question, talk.state.answers.get("words.1")) == ("words.1", None)


def test_back_from_a_menu_opened_over_a_question_returns_to_the_question(talk: Conversing):
    talk.through_intake()
    talk.press("open:carry")
    assert asked_on(talk, "menu", "back") == [None, "assets"]


def test_back_from_the_answers_of_a_part_shows_the_parts(talk: Conversing):
    talk.through_intake()
    talk.say("review", "1")
    assert "Which part would you like to see or change?" in talk.say("back")
    assert "Next could be" in talk.say("back")


def test_back_from_a_question_opened_in_the_review_shows_that_list_again(talk: Conversing):
    talk.through_intake()
    talk.say("review", "1", "5")
    assert talk.question == "grade"
    assert "Give me a number to change that answer." in talk.say("back")
    assert talk.question is None
    talk.say("4")
    assert talk.question == "rung"


def test_back_from_the_review_ends_at_the_question_it_was_opened_over(talk: Conversing):
    talk.through_intake()
    talk.press("open:carry")
    talk.say("1")
    talk.say("review", "1", "5")
    assert asked_on(talk, "back", "back", "back") == [None, None, "C1.2"]


def test_an_answer_changed_over_an_open_question_of_its_own_part_does_not_cut_that_part_short(talk: Conversing):
    talk.start()
    talk.say("1", "2", "1")
    talk.say("review", "1", "1")
    assert talk.question == "pmo"
    assert asked_on(talk, "2", "2", "1") == ["rung", "grade", "hours"]
    assert "Next could be" in talk.say("2")


@pytest.mark.parametrize("words", ["Cut the status report to one page", "skip"])
def test_a_spent_evidence_question_is_never_gone_back_to(talk: Conversing, words: str):
    talk.through_intake()
    talk.through_plan("process-improvement")
    talk.say("done")
    assert talk.question == "evidence"
    talk.say(words, "skip")
    talk.say("back")
    assert talk.question != "evidence"
    assert "your step" not in talk.say("back")


def test_back_from_the_evidence_question_leaves_it(talk: Conversing):
    talk.through_intake()
    talk.through_plan("process-improvement")
    talk.press("open:carry")
    talk.say("done")
    assert talk.question == "evidence"
    assert asked_on(talk, "back") == ["assets"]


def test_back_after_a_finished_plan_shows_the_plan(talk: Conversing):
    talk.through_intake()
    talk.through_plan()
    assert "Would you like a short note" in talk.say("back")
    assert talk.question == "notes"
