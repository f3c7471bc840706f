"""Who is due for a note, and when: the rules, over any zone, day, wish and rest."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.beat import keep_up, local
from bot.dialogue import step
from bot.events import Chose, Returned, Said, Ticked
from bot.guide import Guide
from bot.note_wishes import MOST_A_WEEK, Wishes, wishes_of
from bot.nudges import due_now, next_due
from bot.records import from_record, to_record
from bot.replies import DayMoved, FollowUpNote
from bot.state import Beat, Commitment, State
from bot.talk import Step
from bot.working_time import MON_FRI, SUN_THU, Week, is_quiet, is_working_day, wall, zone_of

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Australia/Lord_Howe", "+03:00", "")


def opted_in(guide: Guide, *kinds: str, now: datetime = MONDAY, **answers: str) -> State:
    said = guide.follow_up
    named = {getattr(said, name): answer for name, answer in answers.items()}
    state = State(guide.id, answers={said.kinds: kinds, **named}, day=now.date())
    return keep_up(guide, state, now, spoke=True)


def tick(guide: Guide, state: State, now: datetime) -> Step:
    made = step(guide, state, Ticked(), local(guide, state, now))
    return made.changed(state=from_record(to_record(made.state)))


def live(guide: Guide, state: State, until: datetime) -> list[tuple[datetime, FollowUpNote]]:
    """Let time pass, waking just when something is due, and return the notes with their moments."""
    found: list[tuple[datetime, FollowUpNote]] = []
    for _ in range(400):
        if state.beat is None or not state.beat.due or state.beat.due * 60 > until.timestamp():
            return found
        now = datetime.fromtimestamp(state.beat.due * 60, UTC)
        made = tick(guide, state, now)
        found += [(now, reply) for reply in made.replies if isinstance(reply, FollowUpNote)]
        assert made.state.beat is not None
        assert made.state.beat.due == 0 or made.state.beat.due * 60 > now.timestamp()
        state = made.state
    raise AssertionError("it never ends")


def test_nothing_comes_before_a_yes(guide: Guide):
    assert keep_up(guide, State(guide.id), MONDAY, spoke=True).beat is None
    assert opted_in(guide, "none").beat is None
    assert step(guide, State(guide.id), Ticked(), MONDAY).replies == ()


def test_the_first_weekly_note_comes_on_the_next_usual_day_at_ten_local_time(guide: Guide):
    state = opted_in(guide, "tips")
    assert state.beat is not None
    assert datetime.fromtimestamp(state.beat.due * 60, ZoneInfo("Europe/Berlin")).isoformat() == (
        "2026-11-24T10:00:00+01:00"
    )


def test_a_reminder_comes_on_the_day_that_was_set_and_only_once(guide: Guide):
    line = Commitment("", "ask Sam", "stand-up ends", day=date(2026, 12, 3))
    state = keep_up(guide, opted_in(guide, "reminders").changed(commitments=(line,)), MONDAY, spoke=True)
    notes = live(guide, state, MONDAY + timedelta(days=120))
    assert [now.isoformat() for now, _ in notes] == ["2026-12-03T09:00:00+00:00"]
    assert [shown.number for shown in notes[0][1].lines] == [1]


def test_a_reminder_for_a_day_off_comes_on_the_next_working_day(guide: Guide):
    line = Commitment("", "ask Sam", day=date(2026, 12, 25))
    wished = opted_in(guide, "reminders", country="Germany").changed(commitments=(line,))
    state = keep_up(guide, wished, MONDAY, spoke=True)
    assert state.beat is not None
    assert datetime.fromtimestamp(state.beat.due * 60, UTC).date() == date(2026, 12, 28)


def test_two_without_an_answer_slow_it_down_and_four_end_it_with_one_question(guide: Guide):
    notes = live(guide, opted_in(guide, "tips"), MONDAY + timedelta(days=365))
    days = [now.date() for now, _ in notes]
    gaps = [(later - sooner).days for sooner, later in pairwise(days)]
    assert [note.kind for _, note in notes] == ["tips", "tips", "tips", "tips", "silence"]
    assert gaps[0] == 7
    assert min(gaps[1:]) >= 14


def test_an_answer_to_the_last_question_brings_them_back(guide: Guide):
    state = opted_in(guide, "tips")
    for _ in range(5):
        assert state.beat is not None
        state = tick(guide, state, datetime.fromtimestamp(state.beat.due * 60, UTC)).state
    assert state.beat is not None
    assert (state.beat.ended, state.beat.due) == ("silent", 0)
    kept = step(guide, state, Chose("do:more:keep"), MONDAY + timedelta(days=90)).state
    assert kept.beat is not None
    assert kept.beat.ended == ""
    assert kept.beat.due > 0


def test_a_pause_until_a_day_ends_by_itself(guide: Guide):
    state = step(guide, opted_in(guide, "tips"), Said("pause until 14 December"), MONDAY).state
    assert state.rest == "paused"
    notes = live(guide, state, MONDAY + timedelta(days=24))
    assert [now.date() for now, _ in notes] == [date(2026, 12, 15)]


def test_a_pause_that_ends_with_nothing_to_say_does_not_stay_due_for_ever(guide: Guide):
    state = step(guide, opted_in(guide, "checks"), Said("pause until 14 December"), MONDAY).state
    assert live(guide, state, MONDAY + timedelta(days=60)) == []


def test_a_reminder_that_came_before_a_pause_does_not_come_again_after_it(guide: Guide):
    lines = (Commitment("", "ask Sam", day=date(2026, 11, 24)), Commitment("", "ask Kim", day=date(2026, 12, 8)))
    state = keep_up(guide, opted_in(guide, "reminders").changed(commitments=lines), MONDAY, spoke=True)
    state = tick(guide, state, datetime(2026, 11, 24, 9, 0, tzinfo=UTC)).state
    state = step(guide, state, Said("pause until 14 December"), MONDAY + timedelta(days=2)).state
    state = step(guide, state, Said("thanks"), MONDAY + timedelta(days=17)).state
    notes = live(guide, state, MONDAY + timedelta(days=60))
    assert [(now.date(), [line.number for line in note.lines]) for now, note in notes] == [(date(2026, 12, 14), [2])]


def test_a_note_counts_for_the_day_it_has_where_the_person_named_their_clock(guide: Guide):
    now = MONDAY.astimezone(ZoneInfo("America/Los_Angeles"))
    state = opted_in(guide, "tips", now=now, zone="Auckland", day="0", time="09.30")
    assert state.beat is not None
    state = state.changed(beat=state.beat.changed(held_out=0))
    notes = live(guide, state, MONDAY + timedelta(days=100))
    assert [now.astimezone(ZoneInfo("Pacific/Auckland")).weekday() for now, _ in notes][:3] == [0, 0, 0]
    assert [(later - sooner).days for (sooner, _), (later, _) in pairwise(notes)][1:3] == [14, 14]


def test_a_weekly_note_that_catches_up_is_the_only_one_that_day(guide: Guide):
    state = opted_in(guide, "tips", often="2", time="16.59")
    first = tick(guide, state, datetime(2026, 12, 1, 8, 0, tzinfo=UTC))
    assert [reply.kind for reply in first.replies if isinstance(reply, FollowUpNote)] == ["tips"]
    assert first.state.beat is not None
    assert datetime.fromtimestamp(first.state.beat.due * 60, UTC).date() > date(2026, 12, 1)


def test_stop_silences_everything_at_once(guide: Guide):
    stopped = step(guide, opted_in(guide, "reminders", "tips"), Said("stop"), MONDAY).state
    assert stopped.beat is not None
    assert stopped.beat.due == 0
    assert due_now(guide, stopped, wishes_of(guide, stopped), MONDAY + timedelta(days=8, hours=2)).weekly == ""


def test_one_tap_stops_notes_but_not_the_talk(guide: Guide):
    quiet = step(guide, opted_in(guide, "reminders", "tips"), Chose("do:quiet"), MONDAY).state
    assert quiet.beat is not None
    assert (quiet.beat.due, quiet.rest, wishes_of(guide, quiet)) == (0, "", None)


def test_after_a_long_silence_of_ours_there_is_one_note_not_a_burst(guide: Guide):
    lines = tuple(Commitment("", f"step {n}", day=date(2026, 11, 24 + n)) for n in range(1, 4))
    state = keep_up(guide, opted_in(guide, "reminders", "tips").changed(commitments=lines), MONDAY, spoke=True)
    late = datetime(2026, 12, 16, 21, 30, tzinfo=UTC)
    held = tick(guide, state, late)
    assert held.replies == ()
    assert held.state.beat is not None
    morning = datetime.fromtimestamp(held.state.beat.due * 60, UTC)
    assert morning == datetime(2026, 12, 17, 9, 0, tzinfo=UTC)
    note = tick(guide, held.state, morning)
    assert [len(reply.lines) for reply in note.replies if isinstance(reply, FollowUpNote)] == [3]
    assert note.state.beat is not None
    assert note.state.beat.due * 60 > morning.timestamp() + 86400


@pytest.mark.parametrize("kinds", [("reminders",), ("reminders", "tips")])
def test_a_note_that_is_late_takes_with_it_what_is_due_later_that_day(guide: Guide, kinds: tuple[str, ...]):
    lines = (Commitment("", "ask Sam", day=date(2026, 11, 30)), Commitment("", "ask Kim", day=date(2026, 12, 1)))
    state = keep_up(guide, opted_in(guide, *kinds).changed(commitments=lines), MONDAY, spoke=True)
    half_an_hour_before = datetime(2026, 12, 1, 9, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    note = tick(guide, state, half_an_hour_before)
    assert [[line.number for line in reply.lines] for reply in note.replies if isinstance(reply, FollowUpNote)] == [
        [1, 2]
    ]
    assert note.state.beat is not None
    assert note.state.beat.due == 0 or note.state.beat.due * 60 >= datetime(2026, 12, 2, tzinfo=UTC).timestamp()


def test_a_note_that_came_back_is_due_again_and_one_that_can_never_arrive_ends_them(guide: Guide):
    line = Commitment("", "ask Sam", day=date(2026, 12, 3))
    state = keep_up(guide, opted_in(guide, "reminders").changed(commitments=(line,)), MONDAY, spoke=True)
    now = datetime(2026, 12, 3, 9, 0, tzinfo=UTC)
    sent = tick(guide, state, now).state
    evening = datetime(2026, 12, 3, 19, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    back = step(guide, sent, Returned(), evening).state
    assert back.beat is not None
    assert datetime.fromtimestamp(back.beat.due * 60, UTC) == datetime(2026, 12, 4, 9, 0, tzinfo=UTC)
    gone = step(guide, sent, Returned(final=True), evening).state
    assert gone.beat is not None
    assert (gone.beat.ended, gone.beat.due) == ("blocked", 0)


def test_after_eight_weeks_a_note_comes_every_four(guide: Guide):
    state = opted_in(guide, "tips")
    days: list[date] = []
    while state.beat is not None and len(days) < 12:
        now = datetime.fromtimestamp(state.beat.due * 60, UTC)
        made = tick(guide, state, now)
        days += [now.date() for reply in made.replies if isinstance(reply, FollowUpNote)]
        state = step(guide, made.state, Said("thanks"), now + timedelta(minutes=5)).state
    gaps = [(later - sooner).days for sooner, later in pairwise(days)]
    assert sorted(gaps[:6]) == [7, 7, 7, 7, 7, 14], "one week is held out"
    assert gaps[-2:] == [28, 28]


wishes = st.fixed_dictionaries(
    {
        "kinds": st.lists(st.sampled_from(("reminders", "steps", "tips", "checks")), min_size=1, unique=True),
        "often": st.sampled_from(("", "0", "1", "2")),
        "day": st.sampled_from(("", "0", "1", "2", "3", "4", "5", "6")),
        "time": st.sampled_from(("", "09.30", "16.59", "23.00", "07.15", "lunch")),
        "week": st.sampled_from(("", "mon-fri", "sun-thu")),
        "country": st.sampled_from(("", "Germany", "US", "Israel", "nowhere")),
    }
)


@settings(max_examples=150)
@given(
    wishes,
    st.sampled_from(ZONES),
    st.datetimes(datetime(2024, 2, 1), datetime(2030, 12, 31)),
    st.lists(st.integers(-3, 120), max_size=4),
    st.booleans(),
)
def test_no_note_in_quiet_hours_or_over_the_cap_and_something_always_follows(
    guide: Guide, wished: dict, zone: str, start: datetime, days: list[int], talks: bool
):
    now = start.replace(tzinfo=zone_of(zone))
    answers = {name: value for name, value in wished.items() if name != "kinds" and value}
    lines = tuple(Commitment("", "a step", day=now.date() + timedelta(days=ahead)) for ahead in days)
    state = opted_in(guide, *wished["kinds"], now=now, **answers).changed(commitments=lines)
    state = keep_up(guide, state, now, spoke=True)
    meant = wishes_of(guide, state)
    assert isinstance(meant, Wishes)
    sent: list[date] = []
    for _ in range(14):
        assert state.beat is not None
        if not state.beat.due:
            break
        moment = datetime.fromtimestamp(state.beat.due * 60, UTC)
        assert moment.timestamp() >= now.timestamp() - 60
        made = tick(guide, state, moment)
        notes = [reply for reply in made.replies if isinstance(reply, FollowUpNote)]
        assert len(notes) <= 1
        if notes:
            assert not is_quiet(meant.week, moment)
            local = moment.astimezone(zone_of(meant.week.zone)).date()
            if notes[0].kind != "reminders":
                sent.append(local)
                assert sum(1 for day in sent if (local - day).days < 7) <= MOST_A_WEEK
        state, now = made.state, moment
        if talks:
            state = step(guide, state, Said("thanks"), moment.astimezone(zone_of(state.beat.zone))).state
    if meant.often and set(meant.kinds) & {"steps", "tips"} and state.beat and state.beat.ended != "silent":
        assert state.beat.due > 0


@given(st.sampled_from(ZONES), st.dates(date(2024, 1, 1), date(2031, 1, 1)), st.integers(0, 1439))
def test_a_moment_on_the_wall_is_never_before_the_one_an_hour_earlier(zone: str, day: date, minute: int):
    moment = wall(zone, day, minute)
    assert moment.astimezone(UTC) >= wall(zone, day, max(minute - 60, 0)).astimezone(UTC)
    assert moment.astimezone(UTC).astimezone(moment.tzinfo).replace(tzinfo=None) == moment.replace(tzinfo=None)


def test_clocks_that_change(guide: Guide):
    assert wall("Europe/Berlin", date(2026, 3, 29), 150).isoformat() == "2026-03-29T03:00:00+02:00"
    assert wall("Europe/Berlin", date(2026, 10, 25), 150).isoformat() == "2026-10-25T02:30:00+02:00"
    assert wall("Pacific/Apia", date(2011, 12, 30), 600).isoformat() == "2011-12-31T00:00:00+14:00"
    assert wall("Europe/Berlin", date(2028, 2, 29), 600).isoformat() == "2028-02-29T10:00:00+01:00"


def test_working_days_know_the_week_and_the_holidays():
    assert not is_working_day(Week("", MON_FRI), date(2026, 11, 29))
    assert is_working_day(Week("", SUN_THU), date(2026, 11, 29))
    assert not is_working_day(Week("", MON_FRI, "DE"), date(2026, 12, 25))
    assert is_working_day(Week("", MON_FRI), date(2026, 12, 25))


def test_a_state_with_a_beat_survives_its_record():
    beat = Beat(
        date(2026, 11, 23), 29_000_000, "Europe/Berlin", 28_000_000, 29_000_100, (date(2026, 11, 24),), 3, 1,
        date(2026, 11, 20), 1, date(2026, 9, 1), ("P1",), (("T01", date(2026, 11, 1)),), "silent",
    )  # fmt: skip
    assert from_record(to_record(State("g", beat=beat))).beat == beat


def test_next_due_is_never_in_the_past(guide: Guide):
    state = opted_in(guide, "tips", "reminders")
    late = MONDAY + timedelta(days=40)
    due = next_due(guide, state, late)
    assert due is not None
    assert due >= late


def test_a_day_that_is_moved_says_whether_a_note_comes_then(guide: Guide):
    line = Commitment("", "ask Sam", "stand-up ends", day=date(2026, 12, 3))
    for kinds, comes in (("reminders",), True), (("tips",), False):
        state = opted_in(guide, *kinds).changed(commitments=(line,))
        moved = step(guide, state, Said("remind me on 10 december"), MONDAY)
        assert [reply.writes for reply in moved.replies if isinstance(reply, DayMoved)] == [comes]
