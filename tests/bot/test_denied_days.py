"""A day that is ruled out is never taken for that day, and never for a wish to pause: it is asked which one suits."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.events import Answered, Puzzled
from bot.understanding import Expects
from tests.talking import Conversing

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)

RULED_OUT = [
    ("not monday", "Monday"),
    ("Not on Monday!", "Monday"),
    ("please not on a monday", "Monday"),
    ("any day but friday", "Friday"),
    ("every day except wednesday", "Wednesday"),
    ("anything but tuesday", "Tuesday"),
    ("never on mondays", "Monday"),
    ("no mondays please", "Monday"),
    ("not monday or friday", "Monday or Friday"),
    ("mondays are bad", "Monday"),
    ("fridays don't work for me", "Friday"),
    ("I can't do thursdays", "Thursday"),
    ("don't write to me on fridays", "Friday"),
    ("no notes on friday", "Friday"),
    ("not this week", "this week"),
    ("not next week", "next week"),
    ("not tomorrow", "tomorrow"),
]


def expecting(guide, question: str) -> Expects:
    asked = guide.question_by_id[question]
    return Expects(asked.kind, asked.options, asked.most)


@pytest.mark.parametrize(("typed", "day"), RULED_OUT)
@pytest.mark.parametrize("place", ["idle", "date", "notes-day", "notes", "kind", "C1.2"])
def test_it_is_heard_as_a_day_that_does_not_suit(understanding, guide, typed: str, day: str, place: str):
    expects = Expects(place) if place in ("idle", "date") else expecting(guide, place)
    assert understanding.hear(typed, expects, NOW) == Puzzled((f"not:{day}",), typed)


@pytest.mark.parametrize(("typed", "day"), RULED_OUT)
def test_where_another_day_can_be_chosen_that_is_what_it_means(understanding, guide, typed: str, day: str):
    assert understanding.hear(typed, expecting(guide, "notes-usual"), NOW) == Answered(options=("choose",))


@pytest.mark.parametrize("typed", ["not monday, tuesday please", "tuesday, not monday", "no, tuesday"])
def test_another_day_named_beside_it_is_the_one_that_counts(understanding, guide, typed: str):
    assert understanding.hear(typed, expecting(guide, "notes-day"), NOW) == Answered(options=("1",))


@pytest.mark.parametrize("typed", ["monday", "ok but friday", "not before monday", "not until monday", "no idea"])
def test_these_rule_out_no_day(understanding, typed: str):
    heard = understanding.hear(typed, Expects("idle"), NOW)
    assert not (isinstance(heard, Puzzled) and any(reading.startswith("not:") for reading in heard.readings))


def test_at_rest_in_the_menu_it_is_asked_what_the_day_is_about(talk: Conversing):
    talk.through_intake()
    assert talk.say("not monday").startswith("Not Monday. I am not sure what that is about, so nothing has changed.")
    assert (talk.phase, list(talk.picks)) == ("idle", ["do:pause"])


def test_with_a_plan_and_notes_it_may_be_about_either(talk: Conversing):
    talk.through_intake()
    talk.through_plan()
    talk.say("notes")
    talk.say("review", "menu")
    talk.press("edit:notes")
    talk.submit({"notes": ("steps",)})
    talk.say("yes", "menu", "never on tuesdays")
    assert list(talk.picks) == ["edit:notes-day", "do:snooze", "do:pause"]
    talk.press("edit:notes-day")
    assert talk.say("not tuesday").startswith("Not Tuesday, then. Which day suits you better?")
    talk.say("thursday")
    assert talk.state.answers["notes-day"] == "3"


def test_a_plan_steps_day_is_asked_for_again(talk: Conversing):
    talk.through_intake()
    talk.press("open:plan")
    talk.say("skip", "skip")
    talk.submit({"picks": ("shadowing",)})
    talk.say("keep", "no time", "after our team meeting")
    asked = talk.question
    assert talk.say("any day but friday").startswith("Not Friday, then. Which day suits you better?")
    assert (talk.question, talk.phase) == (asked, "date")


def test_beside_a_step_that_is_due_not_this_week_puts_the_step_off(talk: Conversing):
    talk.through_intake()
    talk.through_plan()
    talk.wait(days=15)
    talk.start()
    talk.say("not this week")
    assert talk.state.commitments[0].day.isoformat() == "2026-12-14"


def test_where_days_are_offered_for_a_step_they_stay_on_offer(talk: Conversing):
    talk.through_intake()
    talk.through_plan()
    talk.say("snooze")
    offered = talk.state.offered
    assert talk.say("not friday").startswith("Not Friday, then. Which day suits you better?")
    assert talk.state.offered == offered


@pytest.mark.parametrize("typed", ["no, tomorrow", "N:TAMO", "not monday, tuesday please"])
def test_what_was_typed_is_kept_as_it_was(understanding, typed: str):
    assert understanding.hear(typed, Expects("idle"), NOW).text == typed


def test_a_day_that_is_not_sure_is_named_once_and_asked_about(talk: Conversing):
    talk.start()
    talk.say("make a plan", "less firefighting", "skip", "1", "keep", "skip", "skip")
    assert talk.question == "day.1"
    assert talk.say("not yet, next friday").startswith("Do you mean “The day: Friday ")
