"""The guide's rules of follow-up that no other test holds, one by one: how often, in what words, and what is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from bot.beat import keep_up
from bot.dialogue import step
from bot.events import Chose, Returned, Said
from bot.guide import Guide
from bot.replies import AskQuestion, FollowUpNote, NotesChanged, ShowPlan, ShowProgress, WelcomeBack
from bot.state import Commitment, Evidence, State
from bot.wording import Wording
from bot.working_time import zone_of
from tests.bot.test_nudges import MONDAY, live, opted_in, tick

LINE = Commitment("", "ask Sam", "stand-up ends", "no time")


def planning(guide: Guide, *kinds: str, line: Commitment = LINE) -> State:
    return keep_up(guide, opted_in(guide, *kinds).changed(commitments=(line,)), MONDAY, spoke=True)


def notes_in(made) -> list[FollowUpNote]:
    return [reply for reply in made.replies if isinstance(reply, FollowUpNote)]


# 5: one message


def test_a_reminder_takes_the_place_of_a_question_that_falls_with_it_and_the_question_comes_the_week_after(
    guide: Guide,
):
    tuesday = date(2026, 12, 8)
    notes = live(
        guide, planning(guide, "reminders", "steps", line=LINE.changed(day=tuesday)), MONDAY + timedelta(days=30)
    )
    kinds = {now.date(): note.kind for now, note in notes}
    assert kinds[tuesday] == "reminders"
    assert kinds[tuesday + timedelta(days=7)] == "fit"


# 6: back off, then silence


def test_after_four_unanswered_the_next_of_any_kind_asks_names_what_was_due_and_is_the_last(guide: Guide):
    lines = tuple(Commitment("", f"step {n}", day=date(2026, 11, 24) + timedelta(days=n)) for n in range(8))
    state = keep_up(guide, opted_in(guide, "reminders").changed(commitments=lines), MONDAY, spoke=True)
    notes = [note for _, note in live(guide, state, MONDAY + timedelta(days=200))]
    assert [note.kind for note in notes] == ["reminders"] * 4 + ["silence"]
    assert [line.number for line in notes[-1].lines] == [5, 6, 7], "Saturday's, Sunday's and Monday's"


# 15: other words, own words


def test_the_same_words_come_again_only_when_all_that_fit_were_used(guide: Guide):
    state, said = opted_in(guide, "steps"), []
    for week in range(6):
        moment = datetime(2026, 11, 24, 9, tzinfo=UTC) + timedelta(weeks=week)
        made = tick(guide, state, moment)
        said += [note.step or note.nudge for note in notes_in(made)]
        state = step(guide, made.state, Said("thanks"), moment.astimezone(zone_of("Europe/Berlin"))).state
    assert len(said) >= 4
    assert all(sooner != later for sooner, later in pairwise(said))
    assert len(set(said)) >= 3


def test_a_note_about_a_plan_shows_the_plan_in_the_persons_own_words(guide: Guide, wording: Wording):
    made = tick(guide, planning(guide, "steps"), datetime(2026, 11, 24, 9, tzinfo=UTC))
    [message] = wording.word(notes_in(made), asking=True)
    assert "If stand-up ends, then I will ask Sam." in message.plain


# 14: a kept tip comes back as a question, after equal gaps


def test_a_kept_tip_comes_back_as_a_question_after_equal_gaps(guide: Guide):
    state, shown = opted_in(guide, "tips"), []
    for week in range(8):
        moment = (datetime(2026, 11, 24, 9, tzinfo=UTC) + timedelta(weeks=week)).astimezone(zone_of("Europe/Berlin"))
        made = tick(guide, state.changed(beat=state.beat.changed(held_out=0)) if state.beat else state, moment)
        [note] = notes_in(made)
        if note.kept:
            shown.append(week)
        words = Said("thanks") if week else Chose(f"do:save:{note.tip.id if note.tip else ''}")
        state = step(guide, made.state, words, moment).state
    assert shown == [2, 4, 6]


# 13: four questions, as a talk


def test_the_plan_asks_four_things_what_is_wanted_what_would_be_better_what_is_in_the_way_and_if_then(guide: Guide):
    section = next(each for each in guide.sections if each.shows == "closing")
    asked = [question.part or question.id for question in section.questions if question.slot < 2]
    wanted = ["wish", "better", "obstacle", "cue"]
    assert [name for name in asked if name in wanted] == wanted
    assert all(
        question.kind in ("text", "choice")
        for question in section.questions
        if (question.part or question.id) in wanted
    )


# 12: if-then, said once more


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("If my weekly team meeting ends, then I will ask to follow the PMO leader through a day of work.", True),
        ("if my weekly team meeting ends i will ask to follow the pmo leader thru a day of work", True),
        ("yes", True),
        ("If I sit down on Monday morning, then I will write to Sam.", False),
    ],
)
def test_the_line_typed_once_more_is_a_yes_to_it(guide: Guide, typed: str, kept: bool):
    state = State(guide.id, section="plan", answers={"wish": "x", "better": "y", "picks": ("shadowing",)})
    for words in ("keep", "no time", "my weekly team meeting ends", "in a week"):
        made = step(guide, state, Said(words), MONDAY)
        state = made.state
    [asked] = [reply for reply in made.replies if isinstance(reply, AskQuestion)]
    assert "type it once more" in asked.text
    done = step(guide, state, Said(typed), MONDAY)
    assert any(isinstance(reply, ShowPlan) for reply in done.replies) is kept


# 16: things done and proof, and no chain of days


def test_progress_shows_things_done_and_proof_collected(guide: Guide, wording: Wording):
    line = LINE.changed(partly=MONDAY.date(), parts=2)
    state = State(guide.id, answers={"pmo": "near"}, commitments=(line,), evidence=(Evidence("x", "", MONDAY.date()),))
    [shown] = [each for each in step(guide, state, Said("progress"), MONDAY).replies if isinstance(each, ShowProgress)]
    assert (shown.finished, shown.proof) == (2, 1)
    [message] = wording.word((shown,))
    assert "Things done: 2. Proof collected: 1 line." in message.plain


def test_nothing_that_is_said_speaks_of_streaks_scores_or_days_in_a_row(guide: Guide, templates: dict[str, str]):
    texts = [nudge.text for nudge in guide.nudges] + [tip.text for tip in guide.tips] + list(templates.values())
    for text in texts:
        assert not any(word in text.lower() for word in ("streak", "in a row", "leader board", "badge", "keep it up"))


# 17: the return gets the thanks


@pytest.mark.parametrize(("days", "thanked"), [(13, False), (14, True), (90, True)])
def test_after_a_gap_the_return_gets_the_thanks_and_one_five_minute_step(guide: Guide, days: int, thanked: bool):
    state = State(guide.id, answers={"pmo": "near"}, day=MONDAY.date())
    replies = step(guide, state.changed(section=""), Said("hi"), MONDAY + timedelta(days=days)).replies
    [hello] = [reply for reply in replies if isinstance(reply, WelcomeBack)]
    assert (hello.gap, "five minutes" in hello.step) == (thanked, thanked)


# 18: a part counts, a miss is passed over


def test_a_day_that_was_missed_brings_no_second_note(guide: Guide):
    notes = live(
        guide, planning(guide, "reminders", line=LINE.changed(day=date(2026, 12, 1))), MONDAY + timedelta(days=90)
    )
    assert [note.kind for _, note in notes] == ["reminders"]


# 19: every two weeks, does it fit?


def test_it_is_asked_every_two_weeks_and_a_second_no_leads_to_smaller_or_another(guide: Guide):
    state = planning(guide, "steps")
    first = step(guide, state, Chose("do:fit:no"), MONDAY)
    second = step(guide, first.state, Chose("do:fit:no"), MONDAY)
    offers = [[o.id for o in r.offers] for made in (first, second) for r in made.replies if isinstance(r, NotesChanged)]
    assert offers == [["do:plan", "do:menu"], ["do:shrink:#1", "do:swap:#1", "do:menu"]]


def test_a_question_that_came_back_unread_is_asked_again(guide: Guide):
    state = planning(guide, "steps")
    assert state.beat is not None
    due = state.changed(beat=state.beat.changed(fitted=date(2026, 11, 3), held_out=0))
    tuesday = datetime(2026, 11, 24, 10, tzinfo=zone_of("Europe/Berlin"))
    sent = tick(guide, due, tuesday)
    assert [note.kind for note in notes_in(sent)] == ["fit"]
    back = step(guide, sent.state, Returned(), tuesday + timedelta(hours=9)).state
    assert back.beat is not None
    assert back.beat.fitted is None


def test_a_guide_without_words_for_the_last_question_still_reminds(guide: Guide):
    mute = replace(guide, nudges=tuple(nudge for nudge in guide.nudges if nudge.when != "silence"))
    state = planning(mute, "reminders", line=LINE.changed(day=date(2026, 12, 1)))
    assert state.beat is not None
    waiting = state.changed(beat=state.beat.changed(unanswered=4))
    assert [note.kind for note in notes_in(tick(mute, waiting, datetime(2026, 12, 1, 9, tzinfo=UTC)))] == ["reminders"]
