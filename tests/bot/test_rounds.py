"""A repeating step comes round on a day on which the person works."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guide import Guide
from bot.lines import tick_off
from bot.note_wishes import working_week
from bot.repeats import Every, parse_every
from bot.rounds import first_round, next_round
from bot.state import Commitment, State
from bot.working_time import MON_FRI, SUN_THU, Week, is_working_day
from tests.talking import Conversing

days = st.dates(date(2020, 1, 1), date(2090, 12, 31))
evers = st.builds(Every, st.integers(1, 12), st.sampled_from(["day", "week", "month"]))
weeks = st.builds(Week, st.just(""), st.sampled_from([MON_FRI, SUN_THU]), st.sampled_from(["", "GB", "IL"]))
SATURDAY = date(2026, 12, 26)


@given(evers, days, weeks)
def test_the_first_round_is_a_working_day_ahead(every: Every, today: date, week: Week):
    day, kept = first_round(every, today, week)
    assert day > today
    assert is_working_day(week, day)
    assert (kept.count, kept.unit) == (every.count, every.unit)


@given(evers, days, weeks, st.lists(st.integers(0, 40), min_size=1, max_size=6))
def test_so_is_every_round_after_it_however_late_each_is_done(every: Every, today: date, week: Week, late: list[int]):
    day, kept = first_round(every, today, week)
    for wait in late:
        done = day + timedelta(days=wait)
        following = next_round(kept, day, done, week)
        assert following > done
        assert is_working_day(week, following)
        day = following


def test_a_month_from_a_thursday_is_a_saturday_so_it_is_the_monday_and_stays_with_the_26th():
    day, kept = first_round(Every(1, "month"), date(2026, 11, 26), Week())
    assert (day, str(kept)) == (date(2026, 12, 28), "1m26")
    assert next_round(kept, day, day, Week()) == date(2027, 1, 26)


def test_whoever_works_from_sunday_to_thursday_has_it_on_sunday():
    assert first_round(Every(1, "month"), date(2026, 11, 26), Week("", SUN_THU))[0] == date(2026, 12, 27)


def test_a_public_holiday_moves_it_where_the_country_is_known():
    fridays = parse_every("1w4")
    assert next_round(fridays, date(2026, 12, 18), date(2026, 12, 18), Week()) == date(2026, 12, 25)
    assert next_round(fridays, date(2026, 12, 18), date(2026, 12, 18), Week(country="GB")) == date(2026, 12, 29)


def test_a_saturday_that_somebody_chose_stays_a_saturday():
    saturdays = parse_every("1w5")
    assert first_round(saturdays, date(2026, 11, 26), Week())[0].weekday() == 5
    assert next_round(saturdays, SATURDAY, SATURDAY, Week()) == date(2027, 1, 2)


@pytest.mark.parametrize(("week", "day"), [("mon-fri", date(2026, 12, 28)), ("sun-thu", date(2026, 12, 27))])
def test_a_tick_sets_the_next_round_by_the_week_somebody_told_us(guide: Guide, week: str, day: date):
    line = Commitment("", "ask Sam", day=date(2026, 11, 26), every=parse_every("1m26"))
    answers = {guide.follow_up.kinds: ("reminders",), guide.follow_up.week: week}
    state = State(guide.id, answers=answers, commitments=(line,))
    ticked = tick_off(state, 1, date(2026, 11, 26), working_week(guide, state))
    assert ticked.commitments[0].day == day


@pytest.mark.parametrize("later", range(7))
def test_the_days_offered_for_a_step_are_working_days_of_that_week(talk: Conversing, later: int):
    talk.through_intake()
    talk.through_plan()
    said, state = talk.guide.follow_up, talk.state
    talk.state = state.changed(answers={**state.answers, said.kinds: ("reminders",), said.week: "sun-thu"})
    talk.wait(days=later)
    talk.press("do:partly:#1")
    offered = [pick.removeprefix("do:remind:").removesuffix("#1") for pick in talk.picks if "do:remind:" in pick]
    assert offered
    assert all(is_working_day(Week("", SUN_THU), date.fromisoformat(day)) for day in offered)
