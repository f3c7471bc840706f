"""How a step comes round: month ends, weekdays, late and early turns."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.repeats import Every, parse_every
from bot.typed.turns import Turns, find_turns, wanted_turns

NOW = datetime(2026, 11, 23, 9)
days = st.dates(date(2020, 1, 1), date(2090, 12, 31))
evers = st.builds(Every, st.integers(1, 12), st.sampled_from(["day", "week", "month"]))


def test_the_last_of_january_comes_round_at_each_months_end():
    monthly = Every(1, "month").kept_to(date(2027, 1, 31))
    february = monthly.after(date(2027, 1, 31), date(2027, 1, 31))
    march = monthly.after(february, february)
    assert (february, march) == (date(2027, 2, 28), date(2027, 3, 31))


def test_the_last_of_january_meets_the_leap_day():
    monthly = Every(1, "month").kept_to(date(2028, 1, 31))
    assert monthly.after(date(2028, 1, 31), date(2028, 1, 31)) == date(2028, 2, 29)


def test_a_turn_moved_to_monday_is_followed_by_a_friday():
    fridays = parse_every("1w4")
    assert fridays.after(date(2026, 11, 30), date(2026, 11, 30)) == date(2026, 12, 4)


def test_a_turn_done_early_does_not_come_round_twice():
    weekly = Every(1, "week").kept_to(date(2026, 11, 27))
    assert weekly.after(date(2026, 11, 27), date(2026, 11, 25)) == date(2026, 12, 4)


def test_turns_that_were_missed_are_not_made_up_for():
    monthly = Every(1, "month").kept_to(date(2026, 1, 15))
    assert monthly.after(date(2026, 1, 15), date(2026, 11, 23)) == date(2026, 12, 15)


def test_a_turn_done_so_late_that_the_next_stands_at_the_door_counts_for_it():
    monthly = Every(1, "month").kept_to(date(2026, 10, 25))
    assert monthly.after(date(2026, 10, 25), date(2026, 11, 23)) == date(2026, 12, 25)


@given(evers, days, days)
def test_the_next_turn_lies_ahead_and_keeps_its_day(every: Every, day: date, today: date):
    kept = every.kept_to(day)
    following = kept.after(day, today)
    assert following > max(day, today)
    if every.unit == "week":
        assert following.weekday() == day.weekday()
    if every.unit == "month":
        assert following.day == day.day or (following.day < day.day and following.month != _tomorrow(following).month)


def _tomorrow(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


@given(evers, days)
def test_a_span_survives_its_code(every: Every, day: date):
    kept = every.kept_to(day)
    assert (parse_every(str(every)), parse_every(str(kept))) == (every, kept)


@pytest.mark.parametrize("code", ["", "w", "0w", "1x", "1m32x", "-1d", "100w"])
def test_a_code_of_nothing_is_none(code: str):
    assert parse_every(code) is None


@pytest.mark.parametrize("code", ["1w9", "1m0", "1m77", "2d5"])
def test_a_day_that_no_span_has_is_left_out(code: str):
    assert parse_every(code).on == -1


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("one day a month", "1m"),
        ("monthly", "1m"),
        ("once a month please", "1m"),
        ("every month", "1m"),
        ("every week", "1w"),
        ("weekly", "1w"),
        ("each Friday", "1w4"),
        ("every other friday", "2w4"),
        ("on Mondays", "1w0"),
        ("fortnightly", "2w"),
        ("every two weeks", "2w"),
        ("every 3 days", "3d"),
        ("every working day", "1d"),
        ("twice a month", "2w"),
        ("quarterly", "3m"),
        ("once a year", "12m"),
        ("the first monday of the month", "1m"),
    ],
)
def test_how_often_is_understood(typed: str, code: str):
    assert str(find_turns(typed, NOW).every) == code


def test_a_day_may_be_named_with_it():
    assert find_turns("monthly from 15 december", NOW) == Turns(Every(1, "month"), date(2026, 12, 15))


@pytest.mark.parametrize(
    ("typed", "detail"),
    [
        ("make it monthly", "1m"),
        ("repeat 2 every week", "1w"),
        ("can you make step 2 weekly", "1w"),
        ("let it repeat every other week", "2w"),
        ("I want to do this every month", "1m"),
        ("make it monthly from 15 december", "1m@2026-12-15"),
        ("monthly", "1m"),
        ("every Friday please", "1w4"),
        ("no longer repeat", "never"),
        ("stop repeating it", "never"),
        ("do not repeat 2", "never"),
        ("repeat no more, just once", "never"),
    ],
)
def test_a_step_is_asked_to_come_round(typed: str, detail: str):
    assert str(wanted_turns(typed, NOW)) == detail


@pytest.mark.parametrize(
    "typed",
    [
        "what does a PMO do every month?",
        "how do I write a monthly report",
        "remind me every week",
        "change my reminders to once a week",
        "I fill in the weekly report on Monday morning and hate it",
        "a tip every day",
        "hello",
        "",
    ],
)
def test_words_that_only_hold_a_span_ask_for_nothing(typed: str):
    assert wanted_turns(typed, NOW) is None


words_of_turns = st.sampled_from(
    [
        "make it",
        "the step",
        "every",
        "other",
        "2",
        "99",
        "second",
        "friday",
        "month",
        "once a",
        "week",
        "on fridays",
        "no",
    ]
)


@given(st.text(max_size=80) | st.lists(words_of_turns, max_size=12).map(" ".join))
def test_no_text_is_too_strange_and_what_is_wanted_is_what_is_found(text: str):
    assert wanted_turns(text, NOW) in (None, find_turns(text, NOW))
