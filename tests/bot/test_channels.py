"""When a channel gets a post, and which: the rules, over any zone, plan, rest and day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels import choose, due_now, keep_up, may_post, moments, next_due, posted, take_back
from bot.errors import RecordTooNew, RecordUnreadable
from bot.guide import Guide, Nudge
from bot.guide_text.entries.texts import CHANNEL_MOMENTS
from bot.subscription import FIRST, RHYTHMS, Subscription, from_record, to_record
from bot.working_time import MON_FRI, SUN_THU, Week, is_quiet, is_working_day, wall, zone_of

BERLIN = ZoneInfo("Europe/Berlin")
WEDNESDAY = datetime(2026, 11, 25, 10, 0, tzinfo=BERLIN)
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Australia/Lord_Howe", "+03:00", "")


def plan(**parts: object) -> Subscription:
    """A post each Monday at 09:30 in Berlin, set up on a Wednesday, with these parts of it another."""
    made = int(WEDNESDAY.timestamp() // 60)
    usual = {"rhythm": "week", "day": 0, "minute": 570, "week": Week("Europe/Berlin"), "since": made, "looked": made}
    return Subscription(**{**usual, **parts})  # type: ignore[arg-type]


def live(
    guide: Guide, sub: Subscription, until: datetime, start: datetime = WEDNESDAY
) -> list[tuple[datetime, Nudge, Subscription]]:
    """Let time pass, waking just when something is due; return each post with its moment and what it was decided on."""
    found: list[tuple[datetime, Nudge, Subscription]] = []
    sub = keep_up(guide, sub, start)
    for _ in range(400):
        if not sub.due or sub.due * 60 > until.timestamp():
            return found
        now = datetime.fromtimestamp(sub.due * 60, UTC)
        nudge = due_now(guide, sub, now)
        assert nudge is not None, "woken for nothing"
        found.append((now, nudge, sub))
        sub = from_record(to_record(keep_up(guide, posted(sub, nudge, now), now)))
        assert sub.due == 0 or sub.due * 60 > now.timestamp()
    raise AssertionError("it never ends")


def days_of(guide: Guide, sub: Subscription, until: date) -> list[date]:
    end = datetime(until.year, until.month, until.day, tzinfo=UTC)
    return [now.astimezone(zone_of(sub.week.zone)).date() for now, _, _ in live(guide, sub, end)]


def test_it_comes_each_week_on_its_day_at_its_hour(guide: Guide):
    posts = live(guide, plan(), WEDNESDAY + timedelta(days=20))
    assert [now.astimezone(BERLIN).isoformat() for now, _, _ in posts] == [
        "2026-11-30T09:30:00+01:00",
        "2026-12-07T09:30:00+01:00",
        "2026-12-14T09:30:00+01:00",
    ]


def test_its_hour_stays_the_same_on_the_wall_when_clocks_change(guide: Guide):
    march = datetime(2027, 3, 18, 8, 0, tzinfo=BERLIN)
    made = int(march.timestamp() // 60)
    posts = live(guide, plan(since=made, looked=made), march + timedelta(days=14), march)
    assert [now.isoformat() for now, _, _ in posts] == ["2027-03-22T08:30:00+00:00", "2027-03-29T07:30:00+00:00"]


def test_a_week_whose_day_is_a_holiday_is_left_out(guide: Guide):
    sub = plan(week=Week("Europe/Berlin", MON_FRI, "DE"))
    easter = date(2027, 3, 29)
    assert easter not in days_of(guide, sub, date(2027, 5, 1))
    assert date(2027, 3, 22) in days_of(guide, sub, date(2027, 5, 1))
    assert date(2027, 3, 30) not in days_of(guide, sub, date(2027, 5, 1))


def test_every_two_weeks_means_the_first_such_day_and_then_each_second(guide: Guide):
    assert days_of(guide, plan(rhythm="fortnight", day=3), date(2027, 1, 1)) == [
        date(2026, 11, 26),
        date(2026, 12, 10),
        date(2026, 12, 24),
    ]


def test_once_a_month_means_its_first_working_day_or_its_first_such_weekday_that_is_one(guide: Guide):
    german = Week("Europe/Berlin", MON_FRI, "DE")
    first = days_of(guide, plan(rhythm="month", day=FIRST, week=german), date(2027, 3, 2))
    assert first == [date(2026, 12, 1), date(2027, 1, 4), date(2027, 2, 1), date(2027, 3, 1)]
    fridays = days_of(guide, plan(rhythm="month", day=4, week=german), date(2027, 4, 30))
    assert fridays == [date(2026, 12, 4), date(2027, 1, 8), date(2027, 2, 5), date(2027, 3, 5), date(2027, 4, 2)]


def test_a_rest_silences_and_ends_by_itself(guide: Guide):
    sub = plan().resting(date(2026, 12, 1), date(2026, 12, 15))
    assert days_of(guide, sub, date(2026, 12, 30)) == [date(2026, 11, 30), date(2026, 12, 21), date(2026, 12, 28)]
    assert not may_post(sub, datetime(2026, 12, 7, 10, 0, tzinfo=BERLIN))
    assert may_post(sub, datetime(2026, 12, 15, 10, 0, tzinfo=BERLIN))


def test_what_was_left_out_by_a_rest_is_not_caught_up_with_when_it_ends(guide: Guide):
    sub = plan(rhythm="fortnight", day=0).resting(date(2026, 11, 28), date(2026, 12, 2))
    wednesday = datetime(2026, 12, 2, 12, 0, tzinfo=BERLIN)
    kept = keep_up(guide, sub, wednesday)
    assert next_due(guide, kept, wednesday) == datetime(2026, 12, 14, 9, 30, tzinfo=BERLIN)
    assert keep_up(guide, sub, wednesday + timedelta(days=8)).rests == ()


def test_a_stop_ends_it(guide: Guide):
    assert live(guide, plan(stopped=True), WEDNESDAY + timedelta(days=400)) == []
    assert due_now(guide, plan(stopped=True), datetime(2026, 11, 30, 9, 30, tzinfo=BERLIN)) is None


def test_what_missed_its_hour_comes_later_that_day_in_working_hours(guide: Guide):
    late = datetime(2026, 11, 30, 15, 10, tzinfo=BERLIN)
    assert next_due(guide, plan(), late) == late
    assert due_now(guide, plan(), late) is not None


def test_a_weekly_post_that_missed_its_day_is_left_out(guide: Guide):
    evening = datetime(2026, 11, 30, 21, 0, tzinfo=BERLIN)
    assert due_now(guide, plan(), evening) is None
    assert next_due(guide, plan(), evening) == datetime(2026, 12, 7, 9, 30, tzinfo=BERLIN)


def test_after_weeks_of_silence_of_ours_nothing_comes_in_a_burst_or_at_another_hour(guide: Guide):
    back = datetime(2027, 1, 13, 3, 0, tzinfo=BERLIN)
    posts = live(guide, plan(), back + timedelta(days=14), back)
    assert [now.astimezone(BERLIN).isoformat() for now, _, _ in posts] == [
        "2027-01-18T09:30:00+01:00",
        "2027-01-25T09:30:00+01:00",
    ]


def test_a_rarer_post_that_missed_its_day_comes_once_at_its_hour_on_the_next_working_day(guide: Guide):
    sub = plan(rhythm="month", day=FIRST)
    back = datetime(2027, 1, 2, 12, 0, tzinfo=BERLIN)
    posts = live(guide, sub, back + timedelta(days=45), back)
    assert [now.astimezone(BERLIN).isoformat() for now, _, _ in posts] == [
        "2027-01-04T09:30:00+01:00",
        "2027-02-01T09:30:00+01:00",
    ]
    far = datetime(2027, 1, 12, 12, 0, tzinfo=BERLIN)
    assert next_due(guide, sub, far) == datetime(2027, 2, 1, 9, 30, tzinfo=BERLIN)


def test_moving_the_day_never_makes_two_in_seven_days(guide: Guide):
    monday = datetime(2026, 11, 30, 9, 30, tzinfo=BERLIN)
    sub = plan()
    nudge = due_now(guide, sub, monday)
    assert nudge is not None
    moved = posted(sub, nudge, monday).changed(day=3)
    assert next_due(guide, moved, monday) == datetime(2026, 12, 10, 9, 30, tzinfo=BERLIN)


def test_a_post_that_came_back_is_due_again_and_has_not_been_used(guide: Guide):
    monday = datetime(2026, 11, 30, 9, 30, tzinfo=BERLIN)
    nudge = due_now(guide, plan(), monday)
    assert nudge is not None
    back = take_back(posted(plan(), nudge, monday), nudge.id)
    assert (back.looked, back.sent, back.used) == (plan().looked, (), ())
    assert due_now(guide, back, monday + timedelta(hours=1)) == nudge
    other = posted(plan(), nudge, monday)
    assert take_back(other, "another") == other


def test_what_fits_the_calendar_comes_first(guide: Guide):
    assert choose(guide, plan(), date(2026, 12, 14)) == guide.nudge_by_id["N03"]
    assert choose(guide, plan(used=("N03",)), date(2026, 12, 21)) == guide.nudge_by_id["N20"]
    new_year = choose(guide, plan(used=("N01",)), date(2027, 1, 4))
    assert new_year is not None
    assert new_year.when == "quarter-start"


def test_what_asks_for_a_fact_comes_only_where_it_holds(guide: Guide):
    without = {nudge.id for _, nudge, _ in live(guide, plan(), WEDNESDAY + timedelta(days=730))}
    among = {nudge.id for _, nudge, _ in live(guide, plan(facts=("gate",)), WEDNESDAY + timedelta(days=730))}
    asking = {nudge.id for nudge in guide.nudges if nudge.only_if}
    assert without.isdisjoint(asking)
    assert among & asking == {"N05"}


def test_two_channels_begin_at_different_places(guide: Guide):
    day = date(2026, 11, 23)
    assert choose(guide, plan(turn=0), day) != choose(guide, plan(turn=13), day)


def test_the_moments_of_the_rules_are_those_a_guide_may_name():
    year = [date(2027, 1, 1) + timedelta(days=number) for number in range(365)]
    found = {name for day in year for name in moments(Week(), day)}
    assert found == {"any", *CHANNEL_MOMENTS}


def test_a_record_of_a_later_version_is_refused():
    later = msgspec.json.encode({**msgspec.json.decode(to_record(plan())), "v": 99})
    with pytest.raises(RecordTooNew):
        from_record(later)


@pytest.mark.parametrize("record", [b"", b"[]", b"{}", b'{"v":1}', b'{"v":"x"}'])
def test_what_is_no_record_of_a_plan_is_told_of(record: bytes):
    with pytest.raises(RecordUnreadable, match="cannot be read"):
        from_record(record)


weeks = st.builds(
    Week, st.sampled_from(ZONES), st.sampled_from((MON_FRI, SUN_THU)), st.sampled_from(("", "DE", "IL", "US"))
)
starts = st.datetimes(datetime(2024, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))


@st.composite
def plans(draw: st.DrawFn) -> tuple[Subscription, datetime]:
    week, start = draw(weeks), draw(starts)
    rhythm = draw(st.sampled_from(RHYTHMS))
    day = draw(st.sampled_from((*week.workdays, *((FIRST,) if rhythm == "month" else ()))))
    made = int(start.timestamp() // 60)
    sub = Subscription(
        rhythm, day, draw(st.integers(9 * 60, 17 * 60 - 1)), week, made, made, turn=draw(st.integers(0, 2**32))
    )
    facts = draw(st.sets(st.sampled_from(("gate", "closing", "learning"))))
    sub = sub.changed(facts=tuple(sorted(facts)))
    for begin, length in draw(st.lists(st.tuples(st.integers(0, 200), st.integers(1, 40)), max_size=3)):
        first = start.date() + timedelta(days=begin)
        sub = sub.resting(first, first + timedelta(days=length))
    return sub, start


@settings(max_examples=60)
@given(plans())
def test_no_post_ever_breaks_a_rule(guide: Guide, planned: tuple[Subscription, datetime]):
    sub, start = planned
    posts = live(guide, sub, start + timedelta(days=500), start)
    zone = zone_of(sub.week.zone)
    days = [now.astimezone(zone).date() for now, _, _ in posts]
    assert all(not is_quiet(sub.week, now) for now, _, _ in posts)
    assert all(is_working_day(sub.week, day) and not sub.rests_on(day) for day in days)
    assert all((later - sooner).days >= 7 for sooner, later in pairwise(days))
    assert all(now == wall(sub.week.zone, day, sub.minute) for (now, _, _), day in zip(posts, days, strict=True))
    assert posts, "always eventually"


@settings(max_examples=40)
@given(plans())
def test_none_comes_again_before_every_other_that_fits(guide: Guide, planned: tuple[Subscription, datetime]):
    sub, start = planned
    last: dict[str, int] = {}
    for number, (now, nudge, then) in enumerate(live(guide, sub, start + timedelta(days=600), start)):
        if nudge.id in last:
            fits = moments(then.week, now.astimezone(zone_of(then.week.zone)).date())
            fitting = {
                each.id
                for each in guide.nudges
                if each.to == "channel" and each.when in fits and (not each.only_if or each.only_if in then.facts)
            }
            assert {name for name in fitting if last.get(name, -1) < last[nudge.id]} == set()
        last[nudge.id] = number


@settings(max_examples=60)
@given(plans(), st.integers(0, 400 * 24 * 60))
def test_after_any_downtime_there_is_one_post_at_the_most_and_in_working_hours(
    guide: Guide, planned: tuple[Subscription, datetime], down: int
):
    sub, start = planned
    back = start + timedelta(minutes=down)
    posts = live(guide, sub, back + timedelta(days=6), back)
    assert len(posts) <= 1
    assert all(not is_quiet(sub.week, now) and now >= back - timedelta(minutes=1) for now, _, _ in posts)
    assert all(now.astimezone(zone_of(sub.week.zone)).weekday() in sub.week.workdays for now, _, _ in posts)


@settings(max_examples=60)
@given(plans())
def test_a_record_holds_all_of_it(planned: tuple[Subscription, datetime]):
    sub, _ = planned
    assert from_record(to_record(sub)) == sub


@settings(max_examples=60)
@given(plans(), starts)
def test_what_is_due_next_never_lies_behind(guide: Guide, planned: tuple[Subscription, datetime], now: datetime):
    due = next_due(guide, planned[0], now)
    assert due is None or due >= now
