"""The review and the export: every answer shown once, in words, and each one open to change."""

from __future__ import annotations

from bot.guide import Guide
from tests.talking import Conversing


def lines_of(heard: str) -> list[str]:
    return [line.partition(". ")[2] for line in heard.splitlines() if line[:1].isdigit()]


def reach_of(guide: Guide, skill: str, level: int) -> str:
    return f"“{guide.skill_by_id[skill].levels[level - 1]}”"


def test_a_ladder_is_shown_as_reach_certainty_and_example(talk: Conversing, guide: Guide):
    talk.through_quick_six()
    title = guide.skill_by_id["C1"].title
    assert lines_of(talk.press("do:review:quick"))[:3] == [
        f"{title}, what you do — {reach_of(guide, 'C1', 3)}",
        f"{title}, how sure you are — Very sure",
        f"{title}, your example — I got two vendors to agree one date",
    ]


def test_a_skill_not_reached_or_never_tried_is_told_in_words(talk: Conversing, guide: Guide):
    talk.through_quick_six()
    heard = lines_of(talk.press("do:review:quick"))
    assert f"{guide.skill_by_id['C11'].title}, what you do — No chance to try it yet" in heard
    assert f"{guide.skill_by_id['C9'].title}, what you do — {reach_of(guide, 'C9', 1)}" in heard
    talk.press("edit:C9.2")
    talk.press("n", "C9.2")
    talk.press("n", "C9.1")
    assert f"{guide.skill_by_id['C9'].title}, what you do — Not yet" in lines_of(talk.press("do:review:quick"))


def test_a_changed_skill_hides_no_other(talk: Conversing):
    talk.through_quick_six()
    before = len(lines_of(talk.press("do:review:quick")))
    talk.say("1")
    assert talk.question == "C1.2"
    talk.press("n", "C1.2")
    assert len(lines_of(talk.press("do:review:quick"))) == before


def test_changing_how_far_a_skill_reaches_asks_for_every_rung_of_it(talk: Conversing, guide: Guide):
    talk.through_quick_six()
    talk.press("do:review:quick")
    talk.press("edit:C1.2")
    asked = []
    for rung in ("C1.2", "C1.3", "C1.4"):
        asked.append(talk.question)
        heard = talk.press("y", rung)
    assert asked == ["C1.2", "C1.3", "C1.4"]
    assert "Changed." in heard
    assert reach_of(guide, "C1", 4) in talk.press("do:review:quick")


def test_a_skipped_answer_is_shown_as_skipped_and_can_be_given(talk: Conversing):
    talk.start()
    talk.say("1", "skip", "1", "2", "1", "2")
    assert lines_of(talk.press("do:review:intake"))[1] == "Which of these sounds most like your PMO? — (skipped)"
    talk.say("2", "1")
    assert talk.state.answers["kind"] == "supportive"


def test_skipping_from_the_review_takes_an_answer_back(talk: Conversing):
    talk.through_intake()
    talk.say("review", "1", "5", "skip")
    assert talk.state.answers["grade"] == ""


def test_a_part_without_answers_says_so_and_offers_the_menu(talk: Conversing, guide: Guide):
    talk.through_intake()
    heard = talk.press("do:review:gains")
    assert heard == f"{guide.section_by_id['gains'].title}\n\nThere are no answers in this part yet."
    assert list(talk.picks) == ["do:menu"]


def test_an_answer_never_given_cannot_be_changed(talk: Conversing):
    talk.through_intake()
    assert "changed nothing" in talk.press("edit:evidence")
    assert talk.question is None


def test_a_step_being_planned_is_named_in_the_review(talk: Conversing, guide: Guide):
    talk.through_intake()
    talk.press("open:plan")
    talk.say("skip", "skip")
    talk.submit({"picks": ("shadowing",)})
    talk.say("keep")
    heard = talk.press("do:review:plan")
    line = next(line for line in lines_of(heard) if line.endswith(" — Keep it as it is"))
    assert line.startswith(f"{guide.find_action('shadowing').label}: Keep it")
    assert "{" not in heard


def test_the_export_names_every_line_of_a_ladder_in_words(talk: Conversing, guide: Guide):
    talk.through_quick_six()
    heard = talk.say("export")
    title = guide.skill_by_id["C1"].title
    assert f"- {title}, what you do: {reach_of(guide, 'C1', 3)}\n" in heard
    assert f"- {title}, how sure you are: Very sure\n" in heard
    assert f"- {title}, your example: I got two vendors to agree one date\n" in heard
    assert "(3)" not in heard


def test_the_export_holds_every_question_whole(talk: Conversing, guide: Guide):
    talk.through_quick_six()
    heard = talk.say("export")
    texts = [guide.question_by_id[name].text for name in ("pmo", "kind", "pull", "rung", "grade", "hours", "assets")]
    assert [text for text in texts if text not in heard] == []
    assert "…" not in heard.replace("If …", "")


def test_typed_words_are_shown_as_typed_and_obeyed_nowhere(talk: Conversing):
    talk.through_intake()
    talk.press("open:plan")
    talk.submit({"wish": "**Bold** [x](http://example.org) {action}"})
    assert "**Bold** [x](http://example.org) {action}" in talk.press("do:review:plan")
    assert "**Bold** [x](http://example.org) {action}" in talk.say("export")


def test_changing_a_wish_after_a_finished_plan_begins_no_new_plan(talk: Conversing):
    talk.through_intake()
    talk.through_plan()
    talk.press("do:review:plan")
    talk.say("1")
    assert talk.question == "wish"
    assert "Changed." in talk.submit({"wish": "See how the PMO picks projects"})
    assert (talk.question, talk.state.answers["wish"]) == (None, "See how the PMO picks projects")


def test_a_change_that_opens_new_questions_asks_them_before_it_returns(talk: Conversing):
    talk.start()
    talk.say("3", "2", "1", "2")
    talk.press("do:review:intake")
    talk.say("1")
    asked = []
    for words in ("1", "2", "1"):
        heard = talk.say(words)
        asked.append(talk.question)
    assert asked == ["kind", "pull", None]
    assert "Changed." in heard
