"""Moments as whole minutes since 1970: the same as the clock on the wall says, in every zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.working_time import (
    MON_FRI,
    SUN_THU,
    Week,
    is_quiet,
    is_working_day,
    minute_of,
    moment_of,
    on_clock,
    wall,
    working_hours,
)

ZONES = st.sampled_from(("", "+05:45", "Europe/Berlin", "America/New_York", "Pacific/Apia", "Asia/Kathmandu"))
DAYS = st.dates(date(2000, 1, 1), date(2060, 1, 1))


@given(ZONES, DAYS, st.integers(0, 24 * 60 - 1), st.integers(0, 59))
def test_a_minute_is_the_one_that_a_moment_lies_in_whatever_its_zone(zone: str, day: date, minute: int, second: int):
    moment = wall(zone, day, minute) + timedelta(seconds=second)
    since = minute_of(moment)
    assert moment_of(since) <= moment < moment_of(since + 1)
    assert minute_of(moment.astimezone(UTC)) == since


@given(ZONES, DAYS, st.integers(0, 24 * 60 - 1))
def test_a_moment_on_somebodys_clock_is_the_same_moment(zone: str, day: date, minute: int):
    moment = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=UTC)
    there = on_clock(zone, moment)
    assert there == moment
    assert there.astimezone(UTC) == moment


@given(ZONES, DAYS, st.integers(0, 24 * 60 - 1), st.sampled_from((MON_FRI, SUN_THU)), st.sampled_from(("", "DE", "US")))
def test_working_hours_hold_the_minutes_that_are_not_quiet(
    zone: str, day: date, minute: int, workdays: tuple[int, ...], country: str
):
    week = Week(zone, workdays, country)
    opens, closes = working_hours(week, day)
    moment = wall(zone, day, minute)
    assert (opens <= minute_of(moment) < closes) == (not is_quiet(week, moment))
    assert (opens < closes) == is_working_day(week, day)
