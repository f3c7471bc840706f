"""The plan as it is lived: repeated, partly done, put off, made smaller, swapped, agreed on, and taken back."""

from __future__ import annotations

from datetime import date

import pytest

from bot.buttons import due_buttons, plan_buttons
from bot.plan import MOST_OPEN, show_plan
from bot.state import Commitment
from tests.talking import Conversing

WAYS = ["do:partly:#1", "do:remind:2026-12-30#1", "do:shrink:#1", "do:swap:data-visualisation#1", "do:repeat:1w#1"]
WAYS += ["do:repeat:never#1", "do:asked:#1", "do:agreed:2026-12-30#1", "do:drop:#1"]


def planned(talk: Conversing, action: str = "shadowing") -> Conversing:
    talk.through_intake()
    talk.through_plan(action)
    return talk


def twice(talk: Conversing) -> Conversing:
    """Make a plan of two steps: a process fix, and the shadow day."""
    talk.through_intake()
    talk.press("open:plan")
    talk.say("skip", "skip")
    talk.submit({"picks": ("process-improvement", "shadowing")})
    for _ in range(2):
        talk.say("keep", "no time", "monday", "in a week", "yes")
    talk.press("none", "notes")
    return talk


def added(talk: Conversing, action: str) -> str:
    """Put one more step on the plan."""
    talk.press("do:add")
    talk.submit({"picks": (action,)})
    return talk.say("keep", "no time", "monday", "in a week", "yes")


def line(talk: Conversing, number: int = 1) -> Commitment:
    return talk.state.commitments[number - 1]


def test_one_day_a_month_is_an_answer_to_the_day_question_and_a_button(talk: Conversing):
    talk.through_intake()
    talk.press("open:plan")
    talk.say("skip", "skip")
    talk.submit({"picks": ("shadowing",)})
    talk.say("keep", "skip", "skip")
    assert "every-1m" in talk.picks
    talk.say("one day a month")
    heard = talk.say("yes")
    assert "Every month, next by Wednesday 23 December 2026." in heard
    assert (str(line(talk).every), line(talk).day) == ("1m23", date(2026, 12, 23))


def test_a_press_lets_a_step_come_round_as_well(talk: Conversing):
    talk.through_intake()
    talk.press("open:plan")
    talk.say("skip", "skip")
    talk.submit({"picks": ("shadowing",)})
    talk.say("keep", "skip", "skip")
    talk.press("every-1w", "day.1")
    talk.say("yes")
    assert (str(line(talk).every), line(talk).day) == ("1w0", date(2026, 11, 30))


def test_a_step_that_repeats_is_ticked_off_counted_and_stays_open(talk: Conversing):
    planned(talk, "process-improvement")
    talk.say("make it monthly")
    talk.wait(days=14)
    assert "next by Thursday 7 January 2027" in talk.say("done")
    assert talk.question == "evidence"
    talk.say("Two forms became one, as the log shows")
    assert (line(talk).times, line(talk).done, line(talk).day) == (1, None, date(2027, 1, 7))
    assert "Done once." in talk.say("my plan")


def test_an_old_turn_is_no_debt(talk: Conversing):
    planned(talk)
    talk.say("make it every week")
    talk.wait(days=60)
    heard = talk.say("hello")
    assert heard.count("You set") == 1
    for word in ("missed", "late", "overdue", "streak", "behind"):
        assert word not in heard.lower()


def test_how_often_is_asked_and_may_be_typed(talk: Conversing):
    planned(talk)
    assert "How often?" in talk.say("make it repeat")
    talk.say("every other friday")
    assert (str(line(talk).every), line(talk).day) == ("2w4", date(2026, 12, 4))
    talk.say("no longer repeat")
    assert line(talk).every is None


def test_a_numbered_step_repeats_and_no_other(talk: Conversing):
    twice(talk).say("repeat 2 every week")
    assert [str(each.every) for each in talk.state.commitments] == ["None", "1w0"]


def test_not_this_week_means_the_next(talk: Conversing):
    planned(talk)
    talk.wait(days=14)
    talk.say("hi")
    talk.say("not this week")
    assert line(talk).day == date(2026, 12, 14)


def test_not_now_offers_days_and_a_day_may_be_typed(talk: Conversing):
    planned(talk)
    talk.wait(days=14)
    talk.say("hi")
    assert "Which day?" in talk.press("do:snooze:#1")
    talk.say("10 december")
    assert line(talk).day == date(2026, 12, 10)


def test_snooze_three_days(talk: Conversing):
    planned(talk)
    talk.wait(days=14)
    talk.say("hi", "snooze 3 days")
    assert (line(talk).day, talk.phase) == (date(2026, 12, 10), "idle")


def test_without_a_step_to_put_off_a_snooze_is_a_pause(talk: Conversing):
    talk.through_intake()
    talk.say("snooze for a week")
    assert talk.phase == "paused"


def test_no_offered_day_falls_on_a_weekend(talk: Conversing):
    planned(talk)
    talk.wait(days=4)
    talk.press("do:snooze:#1")
    assert [pick for pick in talk.picks.values() if pick.startswith(("Saturday", "Sunday"))] == []


def test_a_step_moved_twice_may_be_made_smaller_or_swapped(talk: Conversing):
    planned(talk)
    assert "do:shrink:#1" not in (talk.say("remind me on friday") and talk.picks)
    talk.say("remind me on 4 december")
    assert {"do:shrink:#1", "do:swap:#1"} <= set(talk.picks)


def test_a_new_day_after_a_part_is_no_miss(talk: Conversing):
    planned(talk).say("remind me on friday", "partly", "4 december")
    assert "do:shrink:#1" not in talk.picks


def test_the_guides_small_form_keeps_cue_and_day(talk: Conversing):
    planned(talk)
    before = line(talk)
    talk.say("make it smaller")
    assert line(talk).words == "Write the request for a shadow day, and ask your manager."
    assert (line(talk).cue, line(talk).day, line(talk).action) == (before.cue, before.day, before.action)


def test_a_step_already_small_is_made_smaller_in_own_words(talk: Conversing):
    planned(talk).say("make it smaller", "make it smaller")
    assert talk.question == "smaller-words"
    heard = talk.say("Write one line to Ana")
    assert "then I will write one line to Ana" in heard
    assert (line(talk).action, line(talk).day, talk.phase) == ("shadowing", date(2026, 12, 7), "idle")


def test_a_step_is_swapped_for_one_that_fits(talk: Conversing):
    planned(talk).say("swap it")
    assert 2 <= len([pick for pick in talk.picks if pick.startswith("do:swap:")]) <= 4
    talk.say("1")
    assert (line(talk).action, line(talk).cue) == ("process-improvement", "after our team meeting")
    assert line(talk).day == date(2026, 12, 7)


def test_a_step_is_swapped_for_own_words(talk: Conversing):
    planned(talk).say("swap it", "a step of my own")
    assert talk.question == "other-words"
    talk.say("Ask which report is read most")
    assert (line(talk).action, line(talk).words) == ("", "Ask which report is read most")


def done_so_far(talk: Conversing) -> int:
    """Say progress, and return how many things it says were done."""
    return int(talk.say("progress").partition("Things done: ")[2].partition(".")[0])


def repeated(talk: Conversing) -> Conversing:
    """Make a plan of one step, let it come round each week, and do it once and half of it again."""
    planned(talk, "process-improvement").press("do:repeat:1w#1")
    talk.press("do:done:#1")
    talk.say("skip", "skip", "skip", "menu")
    talk.press("do:partly:#1")
    assert done_so_far(talk) == 2
    return talk


@pytest.mark.parametrize("way", ["do:swap:shadowing#1", "do:drop:#1", "do:done:#1"])
def test_what_was_done_still_counts_when_its_step_goes_and_when_that_is_taken_back(talk: Conversing, way: str):
    repeated(talk).press(way)
    ticked = 1 if way == "do:done:#1" else 0
    talk.say("menu")
    assert done_so_far(talk) == 2 + ticked
    talk.press("do:undo")
    assert done_so_far(talk) == 2


def test_the_other_step_begins_with_nothing_done_and_it_is_said_what_becomes_of_the_one_before(talk: Conversing):
    heard = repeated(talk).press("do:swap:shadowing#1")
    assert "What you did of the step before still counts in your progress." in heard
    assert (line(talk).times, line(talk).parts, line(talk).every) == (0, 0, None)
    assert "Done 1 time" not in talk.say("my plan")
    assert "Things done in steps that have left your plan: 2." in talk.say("export")


def test_so_it_is_for_a_step_of_ones_own(talk: Conversing):
    repeated(talk).press("do:swap:own#1")
    heard = talk.say("Ask which report is read most")
    assert "What you did of the step before still counts in your progress." in heard
    assert done_so_far(talk) == 2


def test_a_step_of_which_nothing_was_done_is_swapped_without_more_words(talk: Conversing):
    assert "still counts" not in planned(talk).press("do:swap:process-improvement#1")


def test_what_was_done_in_a_plan_that_is_too_long_still_counts(talk: Conversing):
    repeated(talk)
    for _ in range(MOST_OPEN):
        added(talk, "shadowing")
    assert "process-improvement" not in {each.action for each in talk.state.commitments}
    assert done_so_far(talk) == 2


def test_half_of_it_counts_as_a_step_and_the_line_stays(talk: Conversing):
    planned(talk)
    heard = talk.say("did half of it")
    assert "counts as a step" in heard
    assert (line(talk).partly, line(talk).parts, line(talk).done) == (date(2026, 11, 23), 1, None)
    talk.say("friday")
    assert line(talk).day == date(2026, 11, 27)
    assert "Things done: 1." in talk.say("progress")
    assert "Partly done on Monday 23 November 2026" in talk.say("my plan")


def test_part_of_a_step_may_leave_evidence(talk: Conversing):
    planned(talk, "process-improvement").say("2 started", "partly")
    talk.press("do:log:#1")
    talk.say("Found three forms filled in twice, said two colleagues")
    assert [note.about for note in talk.state.evidence] == ["process-improvement"]
    assert line(talk).done is None


@pytest.mark.parametrize("way", WAYS)
def test_the_last_change_is_taken_back_by_a_word_or_a_press(guide, wording, now, way: str):
    for back in ("said", "pressed"):
        talk = planned(Conversing(guide, wording, now))
        before = talk.state.commitments
        talk.press(way)
        assert talk.state.commitments != before or way == "do:repeat:never#1"
        talk.say("undo") if back == "said" else talk.press("do:undo")
        assert talk.state.commitments == before


def test_a_tick_taken_back_takes_its_question_with_it(talk: Conversing):
    planned(talk).press("do:done:#1")
    talk.say("undo")
    assert (line(talk).done, talk.question) == (None, None)


def test_with_nothing_to_take_back_that_is_said(talk: Conversing):
    talk.through_intake()
    assert "nothing to take back" in talk.say("undo")


def test_a_line_taken_out_comes_back_in_its_place(talk: Conversing):
    twice(talk).press("do:drop:#1")
    talk.say("undo")
    assert [each.action for each in talk.state.commitments] == ["process-improvement", "shadowing"]


def test_it_is_the_step_changed_just_now(talk: Conversing):
    twice(talk).say("make 2 monthly", "make it weekly")
    assert [str(each.every) for each in talk.state.commitments] == ["None", "1w0"]


def test_taking_it_out_by_pointing_still_asks_which(talk: Conversing):
    twice(talk).say("make 2 monthly")
    talk.say("drop an action")
    assert len(talk.state.commitments) == 2


def test_a_shadow_day_is_asked_for_agreed_prepared_and_debriefed(talk: Conversing):
    planned(talk)
    assert "asked on Monday 23 November 2026" in talk.say("I sent the request")
    assert "agreed for Friday 18 December 2026" in talk.say("they said yes for 18 december")
    assert "do:document:before-shadow-day" in talk.picks
    assert "Agreed for Friday 18 December 2026" in talk.say("my plan")
    talk.wait(days=22)
    assert "is near" in talk.say("hi")
    assert "do:document:before-shadow-day" in talk.picks
    talk.wait(days=3)
    assert "Agreed for Friday 18 December 2026" in talk.say("hi")
    talk.press("do:done:#1")
    assert talk.question == "saw"
    talk.say("Two board papers", "A shorter agenda, they took it", "skip", "more")
    (note,) = talk.state.evidence
    assert (note.text, note.about) == ("Two board papers · A shorter agenda, they took it", "shadowing")
    assert talk.state.answers.keys().isdisjoint(("saw", "gave", "met", "want"))


def test_a_no_is_taken_kindly_and_other_ways_are_offered(talk: Conversing):
    planned(talk).say("i have asked")
    assert "good to ask" in talk.say("they said no")
    assert {"do:shrink:#1", "do:swap:#1"} <= set(talk.picks)
    assert line(talk).stage == ""


def test_a_day_agreed_is_open_again_when_it_moves(talk: Conversing):
    planned(talk).say("they said yes for 18 december", "remind me on 22 december")
    assert (line(talk).stage, line(talk).day) == ("asked", date(2026, 12, 22))


def test_they_said_yes_without_a_day_asks_for_it(talk: Conversing):
    planned(talk)
    assert "For which day?" in talk.say("they said yes")
    talk.say("12 march")
    assert (line(talk).stage, line(talk).day) == ("agreed", date(2027, 3, 12))


def test_a_monthly_day_that_was_agreed_comes_round_from_there(talk: Conversing):
    planned(talk).say("make it monthly", "they said yes for 18 december")
    talk.wait(days=25)
    talk.press("do:done:#1")
    assert (line(talk).times, line(talk).day) == (1, date(2027, 1, 18))


def test_of_several_steps_the_yes_is_for_the_one_that_needs_it(talk: Conversing):
    twice(talk).say("they agreed")
    talk.say("18 december")
    assert [each.stage for each in talk.state.commitments] == ["", "agreed"]


def test_an_answer_with_a_figure_and_a_witness_asks_nothing_more(talk: Conversing):
    planned(talk, "process-improvement").say("done", "Six hours became two, by the time log")
    assert (talk.phase, len(talk.state.evidence)) == ("idle", 1)


def test_a_bare_answer_gets_one_short_question_that_can_be_skipped(talk: Conversing):
    planned(talk, "process-improvement").say("done", "It went well")
    assert talk.question == "known"
    talk.say("skip")
    assert [(note.text, note.known) for note in talk.state.evidence] == [("It went well", "")]


def test_back_from_the_follow_up_keeps_what_was_typed_until_it_is_typed_again(talk: Conversing):
    planned(talk, "process-improvement").say("done", "It went well", "back")
    assert (talk.question, talk.state.answers["evidence"]) == ("evidence", "It went well")
    talk.say("It went very well", "skip")
    assert [note.text for note in talk.state.evidence] == ["It went very well"]


def test_skipping_how_it_went_skips_the_follow_up(talk: Conversing):
    planned(talk, "process-improvement").say("done", "skip")
    assert (talk.phase, talk.state.evidence) == ("idle", ())


def test_each_cv_line_is_confirmed_as_mine_or_a_teams(talk: Conversing):
    planned(talk, "process-improvement").say("done", "Six hours became two, by the time log")
    assert "your own work, or a team’s?" in talk.say("cv")
    heard = talk.say("it was a team result")
    assert "As part of a team: cut double entry" in heard
    assert talk.state.evidence[0].whose == "team"
    assert "As part of a team: cut double entry" in talk.say("cv")


@pytest.mark.parametrize(
    ("typed", "whose"),
    [("mine", "mine"), ("that was a team effort", "team"), ("i only contributed", "team"), ("not for my cv", "none")],
)
def test_whose_a_cv_line_is_can_be_said(talk: Conversing, typed: str, whose: str):
    planned(talk, "process-improvement").say("done", "Six hours became two, by the time log", "cv", typed)
    assert [note.whose for note in talk.state.evidence] == [whose]


def test_a_cv_line_may_be_left_out_and_the_note_stays(talk: Conversing):
    planned(talk, "process-improvement").say("done", "Six hours became two, by the time log", "cv")
    talk.press("do:claim:none#1")
    assert "Six hours" not in talk.say("cv")
    assert "Six hours" in talk.say("export")


def test_an_example_for_a_skill_is_confirmed_as_well(talk: Conversing):
    talk.through_quick_six()
    talk.say("cv")
    talk.press("do:claim:mine#C1")
    assert [(note.about, note.whose) for note in talk.state.evidence] == [("C1", "mine")]
    assert talk.say("cv").count("I got two vendors") == 1


def test_telling_one_person_is_offered_once(talk: Conversing):
    talk.through_intake()
    assert "tell one person you trust" in talk.through_plan()
    assert "do:document:tell-one-person" in talk.offered_with_plan
    heard = added(talk, "data-visualisation")
    assert "That is a plan." in heard
    assert "tell one person you trust" not in heard


def test_a_single_line_has_a_handful_of_buttons_and_several_have_two_each(talk: Conversing, guide):
    planned(talk, "process-improvement")
    labels = guide.phrases.labels
    one = plan_buttons(show_plan(guide, talk.state), labels)
    assert [button.label for button in one] == ["Done", "Partly", "Not now", "Change"]
    added(talk, "data-visualisation")
    lines = show_plan(guide, talk.state)
    assert [b.label for b in plan_buttons(lines, labels)] == ["Done: 1", "Change: 1", "Done: 2", "Change: 2"]
    assert len(due_buttons(lines, labels)) == 8
    assert len(due_buttons((*lines, *lines), labels)) == 8


def test_change_opens_a_small_choice(talk: Conversing):
    planned(talk, "process-improvement").say("change step 1")
    assert list(talk.picks.values()) == [
        *("Partly", "Another day", "Make it smaller", "Swap it", "Let it repeat", "Take it out")
    ]
    talk.say("take it out")
    assert talk.state.commitments == ()


@pytest.mark.parametrize(
    "wish", ["partly", "shrink", "swap", "repeat:1m", "change", "log", "asked", "agreed", "refused"]
)
def test_without_a_plan_each_wish_leads_to_making_one(talk: Conversing, wish: str):
    talk.through_intake()
    assert "no plan yet" in talk.press(f"do:{wish}")


def test_with_every_step_done_that_is_said(talk: Conversing):
    planned(talk, "process-improvement").say("done", "skip")
    assert "Every step in your plan is done" in talk.say("make it smaller")


def test_a_number_nobody_has_asks_which(talk: Conversing):
    twice(talk)
    for wish in ("shrink", "partly", "change", "repeat:1m"):
        assert "Which one" in talk.press(f"do:{wish}:#7")


def test_a_press_on_a_step_that_is_no_action_offers_others(talk: Conversing):
    planned(talk)
    assert "what would fit better?" in talk.press("do:swap:no-such-action#1")


def test_an_open_question_is_asked_again_after_a_change(talk: Conversing):
    planned(talk)
    talk.press("open:carry")
    talk.say("make it monthly")
    assert talk.question == "assets"
    talk.press("do:shrink:#1")
    talk.press("do:shrink:#1")
    assert talk.question == "smaller-words"
    talk.say("Write one line")
    assert talk.question == "assets"


def test_a_guide_without_these_parts_lives_its_plan_too(tea_talk: Conversing):
    talk = tea_talk
    talk.start()
    talk.press("open:plan")
    talk.say("a stall in June")
    talk.submit({"picks": ("visit",)})
    talk.say("market day", "rain", "every friday", "yes")
    assert (str(line(talk).every), line(talk).day) == ("1w4", date(2026, 11, 27))
    talk.say("make it smaller")
    assert line(talk).words.startswith("spend 15 minutes on this: stand near")
    assert "smallest form" in talk.say("make it smaller")
    talk.say("they said yes for friday")
    talk.say("partly", "done")
    assert talk.question == "evidence"
    talk.say("Counted forty cups")
    assert [note.text for note in talk.state.evidence] == ["Counted forty cups"]
    talk.press("do:swap:own#1")
    assert talk.phase == "idle"
