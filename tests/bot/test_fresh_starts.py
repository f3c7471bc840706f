"""Fresh starts are offered at the right moment, to the right people, and never forced."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.beat import keep_up
from bot.dialogue import step
from bot.events import Chose, Said
from bot.fresh_starts import beginning, fresh_start
from bot.guide import Guide
from bot.note_wishes import wishes_of
from bot.replies import FollowUpNote, FreshStart
from bot.state import Beat, Commitment, State
from bot.working_time import MON_FRI, Week, is_first_working_day, zone_of
from tests.bot.test_nudges import MONDAY, live, opted_in

BERLIN = ZoneInfo("Europe/Berlin")


def wanting(guide: Guide, now: datetime, **beat: object) -> State:
    state = opted_in(guide, "steps", now=now)
    assert state.beat is not None
    return state.changed(beat=state.beat.changed(**beat))


@pytest.mark.parametrize(
    ("start", "moment"),
    [
        ("2026-11-23T09:00:00+01:00", "month-start"),
        ("2026-12-28T09:00:00+01:00", "new-year"),
        ("2026-09-28T09:00:00+02:00", "quarter-start"),
    ],
)
def test_the_first_note_of_a_month_speaks_of_the_new_month_quarter_or_year(guide: Guide, start: str, moment: str):
    now = datetime.fromisoformat(start).astimezone(BERLIN)
    notes = live(guide, opted_in(guide, "steps", now=now), now + timedelta(days=20))
    fresh = [(at.date(), note) for at, note in notes if note.kind == "fresh"]
    assert len(fresh) == 1
    assert fresh[0][1].nudge in {nudge.text for nudge in guide.nudges if nudge.when == moment}
    assert fresh[0][0].day <= 8


def test_it_stands_in_the_weekly_note_and_adds_none(guide: Guide):
    without = replace(guide, nudges=tuple(n for n in guide.nudges if n.when != "month-start"))
    days = [
        [at for at, _ in live(each, opted_in(each, "steps"), MONDAY + timedelta(days=60))] for each in (guide, without)
    ]
    assert days[0] == days[1]


def test_who_said_no_to_small_steps_hears_of_none(guide: Guide):
    notes = live(guide, opted_in(guide, "tips", "reminders"), MONDAY + timedelta(days=60))
    assert {note.kind for _, note in notes} <= {"tips", "silence"}


def test_who_is_doing_something_just_now_needs_no_new_start(guide: Guide):
    today = date(2026, 12, 1)
    done = Commitment("", "ask Sam", done=date(2026, 11, 24))
    for state, found in (
        (wanting(guide, MONDAY), "month-start"),
        (wanting(guide, MONDAY).changed(commitments=(done,)), ""),
    ):
        wishes = wishes_of(guide, state)
        assert wishes is not None
        assert fresh_start(guide, state, wishes, today) == found


def test_two_months_in_a_row_are_worded_in_two_ways(guide: Guide):
    state = wanting(guide, MONDAY, used=("P14",))
    notes = live(guide, state, MONDAY + timedelta(days=14))
    assert [note.nudge for _, note in notes if note.kind == "fresh"] == [guide.nudge_by_id["P15"].text]


def test_the_button_opens_the_fitting_place(guide: Guide):
    notes = live(guide, opted_in(guide, "steps"), MONDAY + timedelta(days=14))
    [note] = [note for _, note in notes if note.kind == "fresh"]
    opened = step(guide, opted_in(guide, "steps"), Chose(note.offers[0].id), MONDAY).state
    assert (note.offers[0].id, opened.section) == ("open:plan", "plan")


@pytest.mark.parametrize(
    ("said", "offer"),
    [
        ("my project closed", "do:document:shadow-request"),
        ("my project has just closed", "do:document:shadow-request"),
        ("I have a new role", "do:review"),
        ("new beginning", "open:plan"),
    ],
)
def test_it_can_be_said_and_is_met_with_an_offer(guide: Guide, said: str, offer: str):
    made = step(guide, opted_in(guide, "reminders"), Said(said), MONDAY)
    [reply] = [reply for reply in made.replies if isinstance(reply, FreshStart)]
    assert offer in [each.id for each in reply.offers]
    assert made.state.commitments == ()


@pytest.mark.parametrize(
    ("day", "said", "moment"),
    [
        ("2026-11-29", "new year", "new-year"),
        ("2026-11-29", "new year's resolution", "new-year"),
        ("2026-11-29", "new month", "fresh-start"),
        ("2026-11-29", "new quarter", "fresh-start"),
        ("2026-11-29", "new beginning", "fresh-start"),
        ("2026-11-02", "new month", "month-start"),
        ("2026-11-02", "new quarter", "fresh-start"),
        ("2026-11-02", "new beginning", "month-start"),
        ("2026-10-05", "a new quarter has begun", "quarter-start"),
        ("2026-10-05", "new month", "month-start"),
        ("2027-01-04", "new beginning", "new-year"),
        ("2027-01-04", "new month", "month-start"),
        ("2026-11-29", "my project closed", "project-closed"),
    ],
)
def test_what_is_said_of_a_beginning_fits_what_was_named_and_the_day(guide: Guide, day: str, said: str, moment: str):
    now = datetime.fromisoformat(f"{day}T10:00:00+01:00")
    made = step(guide, opted_in(guide, "reminders", now=now), Said(said), now)
    [reply] = [reply for reply in made.replies if isinstance(reply, FreshStart)]
    assert reply.text in {nudge.text for nudge in guide.nudges if nudge.when == moment}


def test_a_guide_without_words_for_any_time_speaks_of_the_month(guide: Guide):
    bare = replace(guide, nudges=tuple(nudge for nudge in guide.nudges if nudge.when != "fresh-start"))
    made = step(bare, opted_in(bare, "reminders"), Said("new beginning"), MONDAY)
    [reply] = [reply for reply in made.replies if isinstance(reply, FreshStart)]
    assert reply.text in {nudge.text for nudge in bare.nudges if nudge.when == "month-start"}


def test_it_works_without_a_yes_to_notes_for_it_is_an_answer(guide: Guide):
    made = step(guide, State(guide.id, answers={"pmo": "near"}), Said("my project closed"), MONDAY)
    assert [type(reply) for reply in made.replies if isinstance(reply, FreshStart)] == [FreshStart]
    assert made.state.beat is None


def test_a_step_that_was_tied_to_the_closing_has_its_turn(guide: Guide):
    tied = Commitment("shadowing", "ask for a shadow day", "my project closes")
    other = Commitment("", "ask Sam", "my weekly team meeting ends")
    state = opted_in(guide, "reminders").changed(commitments=(other, tied))
    [reply] = [
        each for each in step(guide, state, Said("my project closed"), MONDAY).replies if isinstance(each, FreshStart)
    ]
    assert [line.number for line in reply.lines] == [2]
    assert reply.offers[0].id == "do:plan"


@pytest.mark.parametrize("cue", ["my project closes", "when my project closed", "the project has closed"])
def test_a_cue_of_the_plan_is_still_a_cue(guide: Guide, cue: str):
    state = State(guide.id, section="plan", answers={"wish": "x", "better": "y", "picks": ("shadowing",)})
    for words in ("keep", "no time", cue, "in a week", "yes"):
        state = step(guide, state, Said(words), MONDAY).state
    assert [line.cue.lower() for line in state.commitments] == [cue]


@settings(max_examples=200)
@given(st.dates(date(2024, 1, 1), date(2031, 12, 31)), st.lists(st.integers(0, 40), max_size=4))
def test_it_is_only_the_first_note_within_a_week_of_the_first_working_day(guide: Guide, today: date, ago: list[int]):
    sent = tuple(sorted(today - timedelta(days=days) for days in ago))
    state = State(guide.id, answers={guide.follow_up.kinds: ("steps",)}, beat=Beat(today, 0, sent=sent))
    wishes = wishes_of(guide, state)
    assert wishes is not None
    month = [today.replace(day=number) for number in range(1, today.day + 1)]
    first = next((day for day in month if is_first_working_day(Week("", MON_FRI), day)), None)
    fits = first is not None and (today - first).days < 7 and not any(day >= first for day in sent)
    assert fresh_start(guide, state, wishes, today) == (beginning(today) if fits else "")


@pytest.mark.parametrize("words", ["pause 2 weeks", "pause until 7 december", "pause for two weeks"])
def test_a_pause_with_a_day_is_heard_even_where_free_text_is_asked_for(guide: Guide, words: str):
    state = keep_up(guide, opted_in(guide, "tips").changed(section="plan"), MONDAY, spoke=True)
    paused = step(guide, state, Said(words), MONDAY).state
    assert (paused.rest, paused.until) == ("paused", date(2026, 12, 7))
    moment = datetime(2026, 12, 1, 10, tzinfo=UTC).astimezone(zone_of("Europe/Berlin"))
    assert not [note for note in step(guide, paused, Said("thanks"), moment).replies if isinstance(note, FollowUpNote)]
