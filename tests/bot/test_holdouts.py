"""One week of the first eight is held out: always the same one, never the first, never a reminder, and it is said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.beat import keep_up
from bot.dialogue import step
from bot.events import Returned, Said, Ticked
from bot.guide import Guide
from bot.holdouts import COMPARED, FIRST, HOLD_OUTS, LAST, is_held_out, week_to_hold_out
from bot.note_wishes import wishes_of
from bot.replies import FollowUpNote, SayWhyNote
from bot.state import Beat, Commitment, State
from bot.wording import Wording
from bot.working_time import Week, week_of, zone_of
from tests.bot.test_nudges import MONDAY, opted_in


def kept_busy(guide: Guide, state: State, weeks: int) -> dict[int, list[str]]:
    """Let weeks pass with an answer to each note; return by the number of the week what was sent or counted."""
    found: dict[int, list[str]] = {}
    wishes = wishes_of(guide, state)
    assert wishes is not None
    assert state.beat is not None
    first = week_of(wishes.week, state.beat.since)
    until = MONDAY + timedelta(weeks=weeks)
    while state.beat and 0 < state.beat.due * 60 < until.timestamp():
        now = datetime.fromtimestamp(state.beat.due * 60, UTC).astimezone(zone_of(state.beat.zone))
        made = step(guide, state, Ticked(), now)
        number = (week_of(wishes.week, now.date()) - first).days // 7
        found.setdefault(number, []).extend(r.kind for r in made.replies if isinstance(r, FollowUpNote))
        found[number] += [f"{count.kind} {count.what}" for count in made.counts if count.what == "weeks"]
        state = step(guide, made.state, Said("thanks"), now + timedelta(minutes=5)).state
    return found


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.sampled_from(("1", "2")))
def test_exactly_one_of_the_weeks_two_to_eight_has_no_weekly_note_and_all_of_them_are_counted(
    guide: Guide, minutes: int, often: str
):
    now = MONDAY + timedelta(minutes=minutes % 600)
    found = kept_busy(guide, opted_in(guide, "tips", now=now, often=often), 8)
    without = [number for number, what in found.items() if "without weeks" in what]
    assert len(without) == 1
    assert FIRST <= without[0] <= LAST
    assert "tips" not in found[without[0]]
    assert all("with weeks" in found[number] for number in range(FIRST, LAST + 1) if number not in without)
    assert not any("weeks" in each for each in found.get(0, []))


def test_which_week_it_is_depends_on_the_minute_of_the_yes_alone_and_is_spread_evenly():
    weeks = [week_to_hold_out(minute) for minute in range(700)]
    assert {week: weeks.count(week) for week in range(FIRST, LAST + 1)} == dict.fromkeys(range(FIRST, LAST + 1), 100)


def test_a_reminder_for_a_day_that_was_set_is_never_held_out(guide: Guide):
    for minute in range(7):
        now = MONDAY + timedelta(minutes=minute)
        days = [date(2026, 12, 2) + timedelta(weeks=week) for week in range(8)]
        lines = tuple(Commitment("", f"step {n}", day=day) for n, day in enumerate(days))
        state = opted_in(guide, "reminders", "tips", now=now).changed(commitments=lines)
        found = kept_busy(guide, keep_up(guide, state, now, spoke=True), 9)
        assert sum(what.count("reminders") for what in found.values()) == 8


@given(st.sampled_from(("reminders", "near", "look-back", "checks", "silence", *COMPARED)), st.integers(0, 500))
def test_only_weekly_kinds_and_only_in_the_first_eight_weeks(kind: str, days: int):
    since = date(2026, 11, 23)
    beat = Beat(since, 0, held_out=week_to_hold_out(3))
    out = is_held_out(beat, kind, Week(), since + timedelta(days=days))
    assert out == (kind in COMPARED and days // 7 == 4)


def test_an_operator_can_do_without_them(guide: Guide):
    state = opted_in(guide, "tips")
    assert state.beat is not None
    out = state.changed(beat=state.beat.changed(held_out=1))
    tuesday = datetime(2026, 12, 1, 10, tzinfo=zone_of("Europe/Berlin"))
    assert step(guide, out, Ticked(), tuesday).replies == ()
    sent = step(guide, out, Ticked((HOLD_OUTS,)), tuesday).replies
    assert [reply.kind for reply in sent if isinstance(reply, FollowUpNote)] == ["tips"]


def test_a_held_out_note_is_not_waited_for(guide: Guide):
    state = opted_in(guide, "tips")
    assert state.beat is not None
    out = state.changed(beat=state.beat.changed(held_out=1, unanswered=1))
    made = step(guide, out, Ticked(), datetime(2026, 12, 1, 10, tzinfo=zone_of("Europe/Berlin")))
    assert made.state.beat is not None
    assert made.state.beat.unanswered == 1
    assert made.state.beat.due * 60 == datetime(2026, 12, 8, 9, tzinfo=UTC).timestamp()


def test_steps_and_proof_count_for_the_week_they_fall_in(guide: Guide):
    line = Commitment("", "ask Sam", "stand-up ends")
    state = opted_in(guide, "tips").changed(commitments=(line,))
    assert state.beat is not None
    out = state.changed(beat=state.beat.changed(held_out=1))
    tuesday = datetime(2026, 12, 1, 10, tzinfo=zone_of("Europe/Berlin"))
    made = step(guide, out, Ticked(), tuesday)
    assert made.counts == (("2026-W49", "without", "weeks", 1),)
    done = step(guide, made.state, Said("done"), tuesday + timedelta(days=6))
    assert done.counts == (("2026-W50", "all", "done", 1), ("2026-W49", "without", "done", 1))
    undone = step(guide, done.state, Said("undo"), tuesday + timedelta(days=6))
    assert undone.counts == (("2026-W50", "all", "done", -1), ("2026-W49", "without", "done", -1))
    late = step(guide, made.state, Said("done"), tuesday + timedelta(days=7))
    assert late.counts == (("2026-W50", "all", "done", 1),)


def test_a_note_that_never_went_is_taken_out_of_the_comparison(guide: Guide):
    state = opted_in(guide, "tips")
    assert state.beat is not None
    first = state.changed(beat=state.beat.changed(held_out=7))
    tuesday = datetime(2026, 12, 1, 10, tzinfo=zone_of("Europe/Berlin"))
    sent = step(guide, first, Ticked(), tuesday)
    back = step(guide, sent.state, Returned(), tuesday + timedelta(hours=9))
    assert sorted(sent.counts) == [("2026-W49", "tips", "receivers", 1), ("2026-W49", "with", "weeks", 1)]
    assert sorted(back.counts) == [("2026-W49", "tips", "receivers", -1), ("2026-W49", "with", "weeks", -1)]


def test_it_is_said_in_one_plain_line(guide: Guide, wording: Wording):
    for kinds, days, said in (("tips",), 55, True), (("tips",), 56, False), (("reminders",), 1, False):
        made = step(guide, opted_in(guide, *kinds), Said("why am I getting this"), MONDAY + timedelta(days=days))
        [reply] = [each for each in made.replies if isinstance(each, SayWhyNote)]
        [message] = wording.word((reply,), asking=True)
        assert ("In one of your first eight weeks" in message.plain) is said
