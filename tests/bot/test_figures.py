"""What is counted of notes: nobody twice in four weeks, nobody by name, each mute for the kind it was meant for."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.counts import (
    LEAST_TO_DECIDE,
    LEAST_WEEKS,
    Arm,
    Count,
    compare,
    first_of,
    is_muted_too_often,
    week_named,
)
from bot.dialogue import step
from bot.events import Chose, Said, Ticked
from bot.guide import Guide
from bot.holdouts import HOLD_OUTS
from bot.records import from_record, to_record
from bot.replies import FollowUpNote
from bot.state import State
from bot.talk import Step
from bot.working_time import zone_of
from tests.bot.test_nudges import MONDAY, opted_in

TUESDAY = datetime(2026, 11, 24, 10, tzinfo=zone_of("Europe/Berlin"))
ALL_NOTES = Ticked((HOLD_OUTS,))


def tick(guide: Guide, state: State, weeks: int = 0) -> Step:
    made = step(guide, state, ALL_NOTES, TUESDAY + timedelta(weeks=weeks))
    return made.changed(state=from_record(to_record(made.state)))


def of(made: Step, what: str) -> list[Count]:
    return [count for count in made.counts if count.what == what]


def test_a_receiver_is_counted_once_in_four_weeks(guide: Guide):
    state, counted = opted_in(guide, "tips"), []
    for week in range(6):
        made = tick(guide, state, week)
        counted.append(len(of(made, "receivers")))
        state = step(guide, made.state, Said("thanks"), TUESDAY + timedelta(weeks=week, hours=1)).state
    assert counted == [1, 0, 0, 0, 1, 0]


def test_one_tap_to_stop_all_counts_against_the_kind_that_came_last(guide: Guide):
    state = tick(guide, opted_in(guide, "tips", "reminders", "checks")).state
    assert of(step(guide, state, Chose("do:quiet"), TUESDAY), "muted") == [Count("2026-W48", "tips", "muted")]


@pytest.mark.parametrize("words", ["stop", "less"])
def test_a_stop_and_the_last_less_are_mutes_too(guide: Guide, words: str):
    state = tick(guide, opted_in(guide, "tips")).state
    assert of(step(guide, state, Said(words), TUESDAY), "muted") == [Count("2026-W48", "tips", "muted")]


def test_to_delete_everything_is_a_mute_and_leaves_a_number_alone(guide: Guide):
    state = step(guide, tick(guide, opted_in(guide, "tips")).state, Said("delete"), TUESDAY).state
    made = step(guide, state, Chose("yes", "confirm"), TUESDAY)
    assert (made.erase, made.state.beat, of(made, "muted")) == (True, None, [Count("2026-W48", "tips", "muted")])


def test_a_pause_is_no_mute_nor_is_a_stop_before_any_note(guide: Guide):
    state = tick(guide, opted_in(guide, "tips")).state
    assert of(step(guide, state, Said("pause until 14 december"), TUESDAY), "muted") == []
    assert of(step(guide, opted_in(guide, "tips"), Said("stop"), TUESDAY), "muted") == []


def test_one_person_cannot_mute_a_kind_twice_in_four_weeks(guide: Guide):
    state = tick(guide, opted_in(guide, "tips")).state
    muted = 0
    for _ in range(5):
        off = step(guide, state, Chose("do:quiet"), TUESDAY)
        muted += len(of(off, "muted"))
        state = off.state.changed(answers={**off.state.answers, guide.follow_up.kinds: ("tips",)})
    assert muted == 1


def test_a_kind_that_is_stopped_comes_to_nobody_and_the_others_still_do(guide: Guide):
    both = opted_in(guide, "steps", "tips")
    for stopped, kinds in ((), ["steps"]), (("steps",), ["tips"]), (("steps", "tips"), []):
        made = step(guide, both, Ticked((*stopped, HOLD_OUTS)), TUESDAY)
        assert [reply.kind for reply in made.replies if isinstance(reply, FollowUpNote)] == kinds
        assert made.state.beat is not None
        assert made.state.beat.due * 60 > TUESDAY.timestamp()


def test_without_a_yes_nothing_is_counted(guide: Guide):
    made = step(guide, State(guide.id), Said("note: I asked Sam"), MONDAY)
    assert made.counts == ()


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_a_handful_decides_nothing_and_five_in_a_hundred_is_the_most(receivers: int, muted: int):
    too_often = is_muted_too_often(receivers, muted)
    assert too_often == (receivers >= LEAST_TO_DECIDE and muted * 20 > receivers)
    assert not (too_often and muted < 3)


@given(st.dates(date(2024, 1, 1), date(2032, 12, 31)), st.integers(0, 300))
def test_weeks_sort_as_they_come(day: date, ahead: int):
    assert week_named(day) <= week_named(day + timedelta(days=ahead))
    assert first_of(1, day) == week_named(day)
    assert first_of(4, day) == week_named(day - timedelta(days=21))


def test_a_comparison_says_when_there_is_too_little_to_say_and_when_there_is_no_difference():
    enough = LEAST_WEEKS
    assert compare(Arm(enough - 1, 50), Arm(enough, 10)) == "few"
    assert compare(Arm(enough, 0), Arm(enough, 0)) == "none"
    assert compare(Arm(700, 140), Arm(100, 18)) == "none"
    assert compare(Arm(7000, 1800), Arm(1000, 180)) == "more"
    assert compare(Arm(7000, 1000), Arm(1000, 220)) == "less"
