"""The dialogue, one rule a test: what a person can do at any point, and what it leads to."""

from __future__ import annotations

from datetime import date

import pytest

from bot.events import Chose, Started, Ticked
from bot.guide import Guide
from bot.table import PHASES, TABLE, row_for
from tests.talking import Conversing


def test_someone_new_gets_a_welcome_and_a_first_question(talk: Conversing, guide: Guide):
    heard = talk.start()
    assert heard.startswith("Hello, I am Lateral.")
    assert talk.question == guide.sections[0].questions[0].id


@pytest.mark.parametrize("words", ["hello", "1", "qwerty", "yes", "back", "skip", ""])
def test_whatever_the_first_words_are_the_first_answer_is_a_welcome(talk: Conversing, words: str):
    assert talk.say(words).startswith("Hello, I am Lateral.")
    assert talk.state is not None
    assert dict(talk.state.answers) == {}


@pytest.mark.parametrize("words", ["1", "a", "one", "the first one", "yes, often", "Yes, I deal with it often"])
def test_a_press_and_the_same_answer_typed_lead_to_the_same_state(guide, wording, now, words: str):
    pressed, typed = Conversing(guide, wording, now), Conversing(guide, wording, now)
    pressed.start()
    typed.start()
    assert pressed.press("near", "pmo") == typed.say(words)
    assert pressed.state == typed.state


def test_an_answer_is_kept_under_its_question(talk: Conversing):
    talk.start()
    talk.say("the third one")
    assert talk.state.answers == {"pmo": "none"}


def test_having_no_pmo_passes_over_the_questions_about_it(talk: Conversing):
    talk.start()
    assert "PMO of one" in talk.say("no, we have none")
    assert talk.question == "rung"


def test_back_asks_the_earlier_question_and_a_new_answer_replaces_the_old(talk: Conversing):
    talk.start()
    talk.say("1", "2")
    talk.say("back")
    assert talk.question == "kind"
    talk.say("back")
    assert talk.question == "pmo"
    talk.say("3")
    assert (talk.state.answers["pmo"], talk.question) == ("none", "rung")


def test_back_keeps_the_old_answer_until_a_new_one_is_given(talk: Conversing):
    talk.start()
    talk.say("1", "2", "back")
    assert talk.state.answers["kind"] == "controlling"


def test_back_at_the_very_first_question_says_so(talk: Conversing):
    talk.start()
    assert "nothing before it" in talk.say("back")
    assert talk.question == "pmo"


def test_back_goes_from_the_skills_to_the_question_before_them(talk: Conversing):
    talk.through_intake()
    talk.press("open:carry")
    talk.say("1")
    assert talk.question == "C1.2"
    talk.say("back")
    assert talk.question == "assets"
    talk.say("2")
    assert talk.question == "C1.2"
    assert talk.state.answers["assets"] == ("tell",)


def test_skip_leaves_a_question_open_and_goes_on(talk: Conversing):
    talk.start()
    talk.say("skip")
    assert (talk.state.answers["pmo"], talk.question) == ("", "kind")


def test_why_explains_and_asks_again(talk: Conversing, guide: Guide):
    talk.start()
    heard = talk.say("why do you ask?")
    assert guide.question_by_id["pmo"].why in heard
    assert guide.question_by_id["pmo"].text in heard
    assert talk.question == "pmo"


def test_a_free_question_is_answered_and_the_talk_returns(talk: Conversing):
    talk.start()
    talk.say("1")
    heard = talk.say("what are the downsides?")
    assert "less hands-on delivery" in heard
    assert "Which of these sounds most like your PMO?" in heard
    assert talk.question == "kind"


def test_progress_is_told_in_parts_not_percentages(talk: Conversing):
    talk.start()
    talk.say("1", "2")
    heard = talk.say("how far am I?")
    assert "Where you stand: 2 of 6" in heard
    assert "%" not in heard


def test_a_pause_until_a_day_keeps_the_place(talk: Conversing):
    talk.start()
    talk.say("1")
    heard = talk.say("pause until Friday")
    assert "Friday 27 November 2026" in heard
    assert (talk.phase, talk.state.until) == ("paused", date(2026, 11, 27))
    talk.wait(days=9)
    heard = talk.say("hello")
    assert heard.startswith("Welcome back.")
    assert talk.question == "kind"


def test_an_answer_ends_a_pause_by_itself(talk: Conversing):
    talk.start()
    talk.say("1", "later")
    assert talk.phase == "paused"
    talk.say("2")
    assert (talk.state.answers["kind"], talk.phase) == ("controlling", "question")


def test_stop_stops_at_once_and_a_question_aside_does_not_undo_it(talk: Conversing):
    talk.start()
    assert "Stopped." in talk.say("stop")
    assert "less hands-on delivery" in talk.say("what are the downsides?")
    assert talk.phase == "stopped"
    talk.say("start")
    assert talk.question == "pmo"


def test_restart_asks_once_and_begins_anew(talk: Conversing):
    talk.start()
    talk.say("1", "2", "start over")
    assert talk.phase == "confirm"
    talk.say("yes")
    assert (dict(talk.state.answers), talk.question) == ({}, "pmo")


def test_no_to_a_deletion_changes_nothing(talk: Conversing):
    talk.start()
    talk.say("1")
    before = dict(talk.state.answers)
    talk.say("delete my data", "no")
    assert (dict(talk.state.answers), talk.question) == (before, "kind")


def test_yes_to_a_deletion_erases_with_a_receipt(talk: Conversing):
    talk.start()
    talk.say("1", "delete my data")
    heard = talk.say("yes")
    assert talk.step.erase
    assert heard.startswith("Done. I removed your answers")
    assert talk.say("hi").startswith("Hello, I am Lateral.")


def test_a_press_on_an_earlier_question_changes_nothing_and_says_so(talk: Conversing):
    talk.start()
    talk.press("near", "pmo")
    before = talk.state.answers
    heard = talk.press("none", "pmo")
    assert "changed nothing" in heard
    assert talk.state.answers == before


@pytest.mark.parametrize("option", ["nonsense", "do:", "open:nowhere", "edit:nothing", "do:document:nothing", ""])
def test_a_press_nobody_offered_changes_nothing(talk: Conversing, option: str):
    talk.start()
    talk.say("1")
    before = talk.state.answers
    assert talk.press(option)
    assert talk.state.answers == before
    assert talk.question in ("kind", None)


def test_more_than_may_be_picked_is_said_kindly(talk: Conversing):
    talk.through_intake()
    talk.press("open:gains")
    heard = talk.submit({"wanted": ("managing", "business-sense", "big-picture", "operations")})
    assert "more than 3" in heard
    assert talk.question == "wanted"


def test_a_day_that_has_passed_is_asked_for_again(talk: Conversing):
    talk.through_intake()
    talk.press("open:plan")
    talk.say("skip", "skip")
    talk.submit({"picks": ("shadowing",)})
    talk.say("keep", "skip", "skip")
    assert talk.phase == "date"
    assert "lies ahead" in talk.submit({"day.1": "2020-01-01"})
    talk.submit({"day.1": "2026-12-24"})
    assert talk.state.answers["day.1"] == "2026-12-24"


def test_each_gain_comes_with_its_price(talk: Conversing, guide: Guide):
    talk.through_intake()
    talk.press("open:gains")
    heard = talk.say("1 and 3")
    for gain in (guide.gains[0], guide.gains[2]):
        assert gain.gives in heard
        assert gain.costs in heard


def test_the_quick_six_end_in_a_profile_with_reasons(talk: Conversing):
    heard = talk.through_quick_six()
    assert "What you carry over" in heard
    assert "I got two vendors to agree one date" in heard
    assert "What to work on" in heard
    assert "You had no chance to try it yet" in heard


def test_a_profile_holds_no_number_grade_and_never_says_ready(talk: Conversing):
    heard = talk.through_quick_six().lower()
    assert "ready" not in heard
    assert "score" not in heard
    assert " out of " not in heard


def test_a_plan_becomes_one_if_then_line_with_a_day(talk: Conversing):
    talk.through_intake()
    heard = talk.through_plan()
    assert "If it is after our team meeting, then I will ask to follow the PMO leader through a day of work." in heard
    assert "By Monday 7 December 2026." in heard
    assert talk.state.commitments[0].day == date(2026, 12, 7)


def test_change_it_asks_the_words_again_and_keeps_nothing_half_done(talk: Conversing):
    talk.through_intake()
    talk.press("open:plan")
    talk.say("skip", "skip")
    talk.submit({"picks": ("shadowing",)})
    talk.say("keep", "skip", "Monday", "in a week", "change it")
    assert talk.question == "words.1"
    heard = talk.say("Ask Sam for an hour", "skip", "Monday", "in a week")
    assert "then I will ask Sam for an hour" in heard


def test_words_of_ones_own_become_the_step(talk: Conversing):
    talk.through_intake()
    talk.press("open:plan")
    talk.say("skip", "skip")
    talk.say("I want to write a one page guide for new project managers")
    assert talk.question == "obstacle.1"
    heard = talk.say("skip", "skip", "tomorrow")
    assert "I will write a one page guide for new project managers" in heard


def test_a_step_ticked_off_leads_to_evidence_and_a_cv_line(talk: Conversing):
    talk.through_intake()
    talk.through_plan("process-improvement")
    talk.wait(days=14)
    heard = talk.say("done with the process fix")
    assert "How was it before" in heard
    talk.say("We entered hours twice, now once")
    talk.say("The time log says two hours a month less")
    (note,) = talk.state.evidence
    assert (note.text, note.known) == ("We entered hours twice, now once", "The time log says two hours a month less")
    heard = talk.say("cv")
    assert "Cut double entry in [" in heard
    assert "We entered hours twice, now once" in heard


def test_a_plan_line_that_is_due_is_shown_on_coming_back(talk: Conversing):
    talk.through_intake()
    talk.through_plan()
    talk.wait(days=15)
    assert "You set Monday 7 December 2026 for this" in talk.say("hello")


def test_an_answer_can_be_changed_from_the_review(talk: Conversing):
    talk.through_intake()
    talk.say("review my answers")
    assert "Where you stand" in talk.picks.values()
    talk.say("1")
    talk.say("4")
    assert talk.question == "rung"
    heard = talk.press("head", "rung")
    assert "Changed." in heard
    assert talk.state.answers["rung"] == "head"


def test_a_change_in_mid_section_returns_to_where_it_was(talk: Conversing):
    talk.through_intake()
    talk.press("open:carry")
    talk.say("1")
    assert talk.question == "C1.2"
    talk.say("review")
    talk.press("edit:grade")
    talk.press("higher", "grade")
    assert (talk.state.answers["grade"], talk.question) == ("higher", "C1.2")


def test_a_menu_line_can_be_chosen_by_number_label_or_press(guide, wording, now):
    questions = []
    for way in (lambda t: t.say("2"), lambda t: t.say("what would I gain"), lambda t: t.press("open:gains")):
        talk = Conversing(guide, wording, now)
        talk.through_intake()
        way(talk)
        questions.append(talk.question)
    assert questions == ["wanted", "wanted", "wanted"]


def test_yes_at_the_menu_goes_on_with_what_comes_next(talk: Conversing):
    talk.through_intake()
    talk.say("yes")
    assert talk.question == "assets"


def test_words_that_mean_nothing_get_help_and_change_nothing(talk: Conversing):
    talk.start()
    talk.say("1")
    before = talk.state.answers
    assert "I did not catch that" in talk.say("flibbertigibbet zork")
    assert talk.state.answers == before


def test_between_two_options_the_talk_asks_which(talk: Conversing):
    talk.start()
    heard = talk.say("2 or 3")
    assert "I am not sure which you mean" in heard
    assert talk.intent == "clarify"
    assert talk.question == "pmo"


def test_a_very_long_answer_is_refused_kindly(talk: Conversing):
    talk.through_intake()
    talk.press("open:plan")
    assert "longer than I can keep" in talk.say("word " * 1000)
    assert talk.question == "wish"


def test_time_passing_says_nothing_and_changes_nothing_else(talk: Conversing):
    talk.start()
    before = talk.state.answers
    assert talk.take(Ticked()) == ""
    assert (talk.state.answers, talk.question) == (before, "pmo")


def test_saying_hello_again_asks_the_same_question_again(talk: Conversing):
    talk.start()
    talk.say("1")
    talk.take(Started())
    assert talk.question == "kind"


def test_every_phase_has_a_row_for_every_event():
    events = {event for row in TABLE for event in row.events}
    assert [(p, e) for p in PHASES for e in events if row_for(p, e) is None] == []


def test_a_press_that_says_yes_confirms(talk: Conversing):
    talk.start()
    talk.say("1", "delete everything")
    talk.take(Chose("yes"))
    assert talk.step.erase


def test_a_question_as_first_words_is_answered_after_the_welcome(talk: Conversing):
    heard = talk.say("what are the downsides?")
    assert heard.startswith("Hello, I am Lateral.")
    assert "less hands-on delivery" in heard
    talk.say("start")
    assert talk.question == "pmo"


def test_the_welcome_is_said_once(talk: Conversing):
    talk.start()
    assert "Hello, I am Lateral" not in talk.say("hi")
    assert talk.question == "pmo"


@pytest.mark.parametrize("first", ["privacy", "stop", "pause"])
def test_the_welcome_comes_with_what_is_wanted_next_where_something_else_came_first(talk: Conversing, first: str):
    assert "Hello, I am Lateral" not in talk.say(first)
    assert talk.say("hi").startswith("Hello, I am Lateral")
    assert talk.question == "pmo"
    assert "Hello, I am Lateral" not in talk.say("hi")


def two_steps(talk: Conversing) -> None:
    """Make a plan of two steps: the shadow day, and a process fix."""
    talk.through_intake()
    talk.press("open:plan")
    talk.say("skip", "skip")
    talk.submit({"picks": ("process-improvement", "shadowing")})
    for _ in range(2):
        talk.say("keep", "no time", "monday", "in a week", "yes")
    assert len(talk.state.commitments) == 2


def test_done_with_two_open_steps_asks_which(talk: Conversing):
    two_steps(talk)
    assert "Which one do you mean?" in talk.say("done")
    assert [line.done for line in talk.state.commitments] == [None, None]


def test_a_step_is_ticked_off_by_its_number_and_no_other(talk: Conversing):
    two_steps(talk)
    talk.press("do:done:#2")
    assert [line.done is None for line in talk.state.commitments] == [True, False]


def test_the_number_of_a_step_already_done_ticks_nothing_else(talk: Conversing):
    two_steps(talk)
    talk.press("do:done:#1")
    talk.say("It saved an hour")
    talk.press("do:done:#1")
    assert [line.done is None for line in talk.state.commitments] == [False, True]


def test_a_tick_can_be_taken_back(talk: Conversing):
    two_steps(talk)
    talk.press("do:done:#1")
    talk.say("skip")
    talk.press("do:undo")
    assert [line.done for line in talk.state.commitments] == [None, None]


def test_a_step_can_be_taken_out_and_another_added(talk: Conversing):
    two_steps(talk)
    talk.press("do:drop:#1")
    assert [line.action for line in talk.state.commitments] == ["shadowing"]
    talk.press("do:add")
    assert talk.question == "picks"


def test_ticking_in_mid_question_asks_how_it_went_and_comes_back(talk: Conversing):
    two_steps(talk)
    talk.press("open:carry")
    talk.press("do:done:#1")
    assert talk.question == "evidence"
    talk.say("It saved the team four hours a week, by the time log")
    assert (talk.question, len(talk.state.evidence)) == ("assets", 1)


def test_remind_me_without_a_day_asks_for_one(talk: Conversing):
    talk.through_intake()
    talk.through_plan()
    assert "Which day?" in talk.say("remind me")
    talk.say("1")
    assert talk.state.commitments[0].day == date(2026, 11, 24)


def test_a_numbered_step_gets_the_day_meant_for_it(talk: Conversing):
    two_steps(talk)
    talk.say("remind me about 2 on friday")
    assert [line.day for line in talk.state.commitments] == [date(2026, 11, 30), date(2026, 11, 27)]


def test_without_a_pmo_the_actions_are_ones_that_can_be_done(talk: Conversing):
    talk.start()
    talk.say("3", "1", "1", "1")
    talk.press("open:plan")
    talk.say("skip", "skip")
    assert "shared-risk-list" in talk.picks
    assert "shadowing" not in talk.picks


def test_no_words_make_no_plan_line(talk: Conversing):
    talk.through_intake()
    talk.press("open:plan")
    talk.say("skip", "skip")
    talk.submit({"picks": ("own",)})
    assert "A few words of your own" in talk.say("2")
    assert talk.question == "words.1"


def test_after_a_misunderstanding_the_menu_can_still_be_numbered(talk: Conversing):
    talk.through_intake()
    talk.say("flibber zork")
    talk.say("1")
    assert talk.question == "assets"


def test_no_at_the_menu_changes_nothing(talk: Conversing):
    talk.through_intake()
    assert talk.say("no").startswith("All right.")
    assert talk.phase == "idle"


def test_not_yet_about_a_due_step_asks_for_another_day(talk: Conversing):
    talk.through_intake()
    talk.through_plan()
    talk.wait(days=15)
    talk.start()
    assert "Which day?" in talk.say("no")


def test_a_line_of_the_menu_is_heard_as_an_answer(talk: Conversing):
    talk.through_intake()
    talk.say("2")
    assert talk.step.heard == ("answer", 2)


@pytest.mark.parametrize("rest", ["pause", "stop"])
def test_who_comes_back_the_same_day_is_welcomed(talk: Conversing, rest: str):
    talk.start()
    talk.say("1", rest)
    assert talk.say("hello").startswith("Welcome back. We were in “Where you stand”.")
    assert talk.question == "kind"


@pytest.mark.parametrize("words", ["nothing", "none", "nothing really"])
def test_nothing_is_no_example_and_no_wish(talk: Conversing, words: str):
    talk.press("open:plan")
    talk.say(words)
    assert (talk.question, talk.state.answers["wish"]) == ("better", "")


@pytest.mark.parametrize("words", ["not sure", "I am not sure", "dunno", "no idea tbh", "i dont really know"])
def test_who_cannot_tell_where_no_option_says_so_is_let_past_gently(talk: Conversing, words: str):
    talk.start()
    talk.say("1", "1")
    assert talk.say(words).startswith("That is fine. I leave this one open.")
    assert (talk.question, talk.state.answers["pull"], talk.intent) == ("rung", "", "skip")


def test_who_cannot_tell_is_taken_at_their_word_where_an_option_says_so(talk: Conversing):
    talk.start()
    talk.say("1", "no idea tbh")
    assert (talk.question, talk.state.answers["kind"]) == ("pull", "unsure")


@pytest.mark.parametrize("words", ["skip", "it depends", "you tell me"])
def test_what_is_no_i_do_not_know_is_not_taken_for_one(talk: Conversing, words: str):
    talk.start()
    talk.say("1", "1")
    assert "I leave this one open" not in talk.say(words)
