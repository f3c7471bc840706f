"""Days named in typed words, seen from a Wednesday."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.events import Answered, Puzzled
from bot.typed.calendar_days import add_working_days, nth, weekday_in_month
from bot.typed.dates import Finding, find_days
from bot.typed.hearing import Expects

NOW = datetime(2026, 3, 4, 10)


def days(words: str) -> list[str]:
    return [day.isoformat() for day in find_days(words, NOW, asked=True).days]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", "2026-03-04"),
        ("tomorrow", "2026-03-05"),
        ("the day after tomorrow", "2026-03-06"),
        ("friday", "2026-03-06"),
        ("next monday", "2026-03-09"),
        ("next friday", "2026-03-13"),
        ("wednesday", "2026-03-11"),
        ("friday next week", "2026-03-13"),
        ("monday week", "2026-03-16"),
        ("in 3 days", "2026-03-07"),
        ("in three days", "2026-03-07"),
        ("in two weeks", "2026-03-18"),
        ("two weeks please", "2026-03-18"),
        ("a fortnight from now", "2026-03-18"),
        ("in a couple of weeks", "2026-03-18"),
        ("a week tomorrow", "2026-03-12"),
        ("two weeks on monday", "2026-03-23"),
        ("in ten working days", "2026-03-18"),
        ("in a month", "2026-04-04"),
        ("in half a year", "2026-09-04"),
        ("next week", "2026-03-09"),
        ("next month", "2026-04-01"),
        ("the weekend", "2026-03-07"),
        ("by the end of the week", "2026-03-06"),
        ("end of the month", "2026-03-31"),
        ("end of next month", "2026-04-30"),
        ("mid april", "2026-04-15"),
        ("last friday of the month", "2026-03-27"),
        ("end of q3", "2026-09-30"),
        ("eom", "2026-03-31"),
        ("christmas", "2026-12-25"),
        ("12 march", "2026-03-12"),
        ("1 march", "2027-03-01"),
        ("june 3rd", "2026-06-03"),
        ("the third of june", "2026-06-03"),
        ("twenty third of july", "2026-07-23"),
        ("friday 13 november", "2026-11-13"),
        ("3/11", "2026-11-03"),
        ("15.4.2026", "2026-04-15"),
        ("2027-01-15", "2027-01-15"),
        ("the 15th", "2026-03-15"),
        ("the 3rd", "2026-04-03"),
        ("3rd of next month", "2026-04-03"),
        ("15", "2026-03-15"),
        ("in january", "2027-01-01"),
    ],
)
def test_words_name_a_day_to_come(words, day):
    assert days(words) == [day]


@pytest.mark.parametrize("words", ["yesterday", "last week", "two days ago", "last monday", "5 may 2019", "2020-01-01"])
def test_a_day_gone_by_is_known_as_past(words):
    assert find_days(words, NOW) == Finding(past=True)


@pytest.mark.parametrize("words", ["31 february", "99/99", "in 999999999999 days", "in 99999 years"])
def test_a_day_that_no_calendar_has_is_unreal(words):
    assert find_days(words, NOW) == Finding(unreal=True)


def test_two_days_are_both_found():
    assert days("monday or tuesday") == ["2026-03-09", "2026-03-10"]


def test_a_span_without_in_counts_only_where_a_date_is_asked_for():
    assert (bool(find_days("two weeks", NOW)), bool(find_days("two weeks", NOW, asked=True))) == (False, True)


@pytest.mark.parametrize(
    ("typed", "event"),
    [
        ("next Monday", Answered(day=date(2026, 3, 9))),
        ("how about friday?", Answered(day=date(2026, 3, 6))),
        ("tmrw", Answered(day=date(2026, 3, 5))),
        ("Wensday", Answered(day=date(2026, 3, 11))),
        ("monday or tuesday", Puzzled(("date:2026-03-09", "date:2026-03-10"), "monday or tuesday")),
        ("not friday", Puzzled(("not:Friday",), "not friday")),
        ("last week", Puzzled(("date:",), "last week")),
        ("31 february", Puzzled(("date:",), "31 february")),
        ("after the holidays", Puzzled(("skip:", "pause:"), "after the holidays")),
        ("soon", Puzzled(("skip:", "pause:"), "soon")),
    ],
)
def test_a_question_for_a_date_takes_one_day_and_asks_about_the_rest(understanding, typed, event):
    assert understanding.hear(typed, Expects("date"), NOW) == event


def test_working_days_leave_out_the_weekend():
    friday = date(2026, 3, 6)

    assert [add_working_days(friday, count) for count in (1, 5, 6)] == [
        date(2026, 3, 9),
        date(2026, 3, 13),
        date(2026, 3, 16),
    ]


def test_the_31st_passes_over_months_that_end_sooner():
    assert nth(31, "", date(2026, 4, 30)) == date(2026, 5, 31)


def test_the_first_monday_that_has_passed_means_the_next_months():
    assert weekday_in_month(1, "monday", 0, date(2026, 3, 4)) == date(2026, 4, 6)
