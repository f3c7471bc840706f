"""Plan lines are reminded of on their day; a day somebody agreed to is prepared for, and looked back on, unasked."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.beat import keep_up
from bot.dialogue import step
from bot.events import Chose, Said
from bot.guide import Guide
from bot.note_wishes import Wishes
from bot.reminders import BACK, DAY, NEAR, reminders
from bot.replies import AskQuestion, FollowUpNote, LineChanged, ShowDocument
from bot.state import Beat, Commitment, State
from bot.working_time import (
    MON_FRI,
    SUN_THU,
    Week,
    is_quiet,
    is_working_day,
    moment_of,
    on_clock,
    working_day_before,
)
from tests.bot.test_nudges import MONDAY, live, opted_in, tick

SHADOWING = Commitment("shadowing", "ask to follow the PMO leader through a day of work", day=date(2026, 12, 8))


def agreed(guide: Guide, *kinds: str, day: date = date(2026, 12, 8), **answers: str) -> State:
    line = Commitment("shadowing", "follow the PMO leader", day=day, stage="agreed", staged=MONDAY.date())
    return keep_up(guide, opted_in(guide, *kinds, **answers).changed(commitments=(line,)), MONDAY, spoke=True)


def test_an_agreed_day_is_prepared_for_two_working_days_before_and_looked_back_on_the_working_day_after(guide: Guide):
    notes = live(guide, agreed(guide, "reminders"), MONDAY + timedelta(days=60))
    assert [(now.date(), note.kind) for now, note in notes] == [
        (date(2026, 12, 4), "near"),
        (date(2026, 12, 9), "look-back"),
    ]


def test_nothing_of_it_comes_without_a_yes_to_reminders(guide: Guide):
    notes = live(guide, agreed(guide, "tips"), MONDAY + timedelta(days=28))
    assert {note.kind for _, note in notes} == {"tips"}


def test_a_step_that_nobody_agreed_to_yet_comes_on_its_own_day(guide: Guide):
    state = keep_up(guide, opted_in(guide, "reminders").changed(commitments=(SHADOWING,)), MONDAY, spoke=True)
    notes = live(guide, state, MONDAY + timedelta(days=60))
    assert [(now.date(), note.kind) for now, note in notes] == [(date(2026, 12, 8), "reminders")]


def test_the_note_before_opens_what_to_look_at_and_the_note_after_opens_the_questions(guide: Guide):
    notes = live(guide, agreed(guide, "reminders"), MONDAY + timedelta(days=60))
    [before, after] = [note.offers[0].id for _, note in notes]
    shown = step(guide, agreed(guide, "reminders"), Chose(before), MONDAY).replies
    assert [reply.document.id for reply in shown if isinstance(reply, ShowDocument)] == ["before-shadow-day"]
    asked = step(guide, agreed(guide, "reminders"), Chose(after), MONDAY).replies
    assert [reply.question.id for reply in asked if isinstance(reply, AskQuestion)] == ["saw"]


def test_a_day_agreed_to_for_tomorrow_is_only_looked_back_on(guide: Guide):
    line = Commitment("shadowing", "follow the PMO leader")
    state = keep_up(guide, opted_in(guide, "reminders").changed(commitments=(line,)), MONDAY, spoke=True)
    told = step(guide, state, Said("they said yes for 24 november"), MONDAY).state
    notes = live(guide, told, MONDAY + timedelta(days=30))
    assert [(now.date(), note.kind) for now, note in notes] == [(date(2026, 11, 25), "look-back")]


def test_after_downtime_over_both_there_is_one_note_and_it_looks_back(guide: Guide):
    state = agreed(guide, "reminders")
    late = datetime(2026, 12, 10, 10, 0, tzinfo=UTC)
    made = tick(guide, state, late)
    assert [reply.kind for reply in made.replies if isinstance(reply, FollowUpNote)] == ["look-back"]
    assert made.state.beat is not None
    assert made.state.beat.due == 0


def test_what_falls_on_one_day_comes_in_one_note(guide: Guide):
    other = Commitment("", "ask Sam", "stand-up ends", day=date(2026, 12, 4))
    both = agreed(guide, "reminders")
    state = keep_up(guide, both.changed(commitments=(*both.commitments, other)), MONDAY, spoke=True)
    notes = live(guide, state, datetime(2026, 12, 5, tzinfo=UTC))
    assert [(note.kind, [line.number for line in note.lines]) for _, note in notes] == [("reminders", [1, 2])]
    assert [offer.id for offer in notes[0][1].offers] == ["do:done:#2", "do:reason", "do:quiet"]


def test_the_second_working_day_before_skips_weekends_and_holidays():
    assert working_day_before(Week(), date(2026, 12, 8), 2) == date(2026, 12, 4)
    assert working_day_before(Week("", MON_FRI, "DE"), date(2026, 12, 28), 2) == date(2026, 12, 23)
    assert working_day_before(Week("", SUN_THU), date(2026, 12, 7), 2) == date(2026, 12, 3)


@settings(max_examples=200)
@given(
    st.dates(date(2024, 1, 2), date(2031, 1, 1)),
    st.sampled_from((MON_FRI, SUN_THU)),
    st.sampled_from(("", "DE", "IL", "US")),
    st.sampled_from(("Europe/Berlin", "Pacific/Apia", "America/New_York", "")),
    st.integers(9 * 60, 17 * 60 - 1),
    st.sampled_from(("", "asked", "agreed")),
)
def test_a_reminder_is_always_in_working_hours_and_on_the_right_side_of_its_day(
    guide: Guide, day: date, workdays: tuple[int, ...], country: str, zone: str, minute: int, stage: str
):
    wishes = Wishes(("reminders",), 1, workdays[0], minute, Week(zone, workdays, country))
    line = Commitment("shadowing", "follow", day=day, stage=stage)
    state = State(guide.id, commitments=(line,), beat=Beat(since=date(2023, 12, 1), looked=0))
    found = list(reminders(guide, state, wishes))
    assert [each.what for each in found] == ([NEAR, BACK] if stage == "agreed" else [DAY])
    for reminder in found:
        moment = on_clock(zone, moment_of(reminder.at))
        there = moment.date()
        assert not is_quiet(wishes.week, moment)
        assert is_working_day(wishes.week, there)
        between = [date.fromordinal(n) for n in range(there.toordinal(), day.toordinal())]
        if reminder.what == NEAR:
            assert sum(is_working_day(wishes.week, each) for each in between) == 2
        elif reminder.what == BACK:
            assert there > day
        else:
            assert there >= day


def test_what_had_come_before_a_pause_does_not_come_again_after_it(guide: Guide):
    lines = (Commitment("", "ask Sam", day=date(2026, 11, 24)), Commitment("", "write to Kim", day=date(2026, 12, 1)))
    state = keep_up(guide, opted_in(guide, "reminders").changed(commitments=lines), MONDAY, spoke=True)
    sent = tick(guide, state, datetime(2026, 11, 24, 9, tzinfo=UTC)).state
    paused = step(guide, sent, Said("pause until 7 december"), MONDAY + timedelta(days=2)).state
    notes = live(guide, paused, MONDAY + timedelta(days=30))
    assert [(now.date(), [line.number for line in note.lines]) for now, note in notes] == [(date(2026, 12, 7), [2])]


def test_a_word_during_a_pause_loses_nothing_that_falls_into_it(guide: Guide):
    line = Commitment("", "ask Sam", day=date(2026, 12, 1))
    state = keep_up(guide, opted_in(guide, "reminders").changed(commitments=(line,)), MONDAY, spoke=True)
    paused = step(guide, state, Said("pause until 7 december"), MONDAY).state
    spoke = step(guide, paused, Said("thanks"), MONDAY + timedelta(days=9)).state
    assert spoke.rest == "paused"
    assert [now.date() for now, _ in live(guide, spoke, MONDAY + timedelta(days=30))] == [date(2026, 12, 7)]


def test_an_agreed_day_says_what_will_come_unasked_to_whom(guide: Guide):
    for kinds, writes in (("reminders",), True), (("tips",), False):
        state = opted_in(guide, *kinds).changed(commitments=(SHADOWING,))
        made = step(guide, state, Said("they said yes for 10 december"), MONDAY)
        assert [reply.writes for reply in made.replies if isinstance(reply, LineChanged)] == [writes]
