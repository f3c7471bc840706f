"""What is wanted of a plan line in sentences the phrases do not hold word for word."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.events import Wanted
from bot.typed.hearing import Expects, heard
from bot.typed.plan_lines import numbered_wish

NOW = datetime(2026, 3, 4, 10)


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        *((typed, "partly") for typed in ("I did about half of it", "partly, sorry", "i only did half of it")),
        *((typed, "partly") for typed in ("I've made a start on it", "just started on it", "got about half way")),
        *((typed, "shrink") for typed in ("could you make it smaller", "pls make that smaller", "its too big for me")),
        *((typed, "shrink") for typed in ("give me a smaller version", "can we shrink it a bit", "way too big")),
        *(
            (typed, "swap")
            for typed in ("please swap it", "swap this for something else", "I'd prefer a different step")
        ),
        *((typed, "swap") for typed in ("give me another step instead please", "can you swap that one")),
        *((typed, "repeat") for typed in ("let it repeat please", "make it a regular thing", "make it monthly")),
        *((typed, "repeat") for typed in ("could you repeat it every week", "stop repeating it please")),
        *((typed, "change") for typed in ("change that step please", "i'd like to change the step", "edit my step")),
        *((typed, "snooze") for typed in ("postpone it please", "push it back a week", "put it off for now")),
        *((typed, "log") for typed in ("i want to log evidence", "please write it down", "add some evidence")),
        *((typed, "asked") for typed in ("i've asked the pmo lead", "I just sent the request", "asked my manager")),
        *((typed, "agreed") for typed in ("they said yes!", "my boss said yes", "the pmo lead has agreed")),
        *((typed, "refused") for typed in ("sadly they said no", "he said no", "they turned me down, oh well")),
        *((typed, "claim") for typed in ("that was a team effort", "it was my own work")),
    ],
)
def test_what_is_wanted_of_a_step(understanding, typed, wish):
    event = understanding.hear(typed, Expects("idle"), NOW)
    assert isinstance(event, Wanted), event
    assert event.intent == wish


@pytest.mark.parametrize(
    ("typed", "intent", "detail"),
    [
        ("they said yes for 12 march", "agreed", "2026-03-12"),
        ("agreed for next friday", "agreed", "2026-03-13"),
        ("she agreed to 20 March", "agreed", "2026-03-20"),
        ("postpone it to next week", "snooze", "2026-03-09"),
        ("later this month", "snooze", "2026-03-31"),
        ("snooze 2 for a week", "snooze", "2026-03-11#2"),
        ("not this week for step 2", "snooze", "2026-03-09#2"),
        ("make 2 monthly", "repeat", "1m"),
        ("move it to the 16th", "snooze", "2026-03-16"),
        ("move it to 16 march", "snooze", "2026-03-16"),
        ("reschedule it to the 9th", "snooze", "2026-03-09"),
        ("move the second to the 16th", "snooze", "2026-03-16#2"),
        ("move the 2nd one to the 6th", "snooze", "2026-03-06#2"),
        ("snooze the 2nd until the 11th", "snooze", "2026-03-11#2"),
        ("snooze the second", "snooze", "#2"),
    ],
)
def test_the_day_comes_with_the_wish(understanding, typed, intent, detail):
    event = understanding.hear(typed, Expects("idle"), NOW)
    assert isinstance(event, Wanted), event
    assert (event.intent, event.detail) == (intent, detail)


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("half of 2", ("partly", 2)),
        ("2 is partly done", ("partly", 2)),
        ("started 2", ("partly", 2)),
        ("swap 2 for something easier", ("swap", 2)),
        ("replace step 1", ("swap", 1)),
        ("make 2 smaller", ("shrink", 2)),
        ("step 2 is too big", ("shrink", 2)),
        ("change step 2", ("change", 2)),
        ("postpone 2 to friday", ("snooze", 2)),
        ("I started 2 projects", ("", 0)),
        ("half of the people", ("", 0)),
    ],
)
def test_a_line_is_named_by_its_number(typed, wish):
    assert numbered_wish(typed) == wish


@pytest.mark.parametrize(
    ("typed", "intent"),
    [
        ("next friday", "remind"),
        ("yes", "yes"),
        ("no", "no"),
        ("remind me on friday", "remind"),
        ("done", "done"),
        ("how do I ask for a shadow day?", "ask"),
        ("what is change management", "ask"),
        ("how do i get my manager to agree", "ask"),
    ],
)
def test_what_is_meant_otherwise_stays_so(understanding, guide, typed, intent):
    event = understanding.hear(typed, Expects("idle"), NOW)
    assert heard(event, Expects("idle"), guide)[0] == intent


@pytest.mark.parametrize("typed", ["make it smaller", "they said yes", "swap it", "partly done", "make it monthly"])
def test_a_deletion_is_not_confirmed_by_a_wish_for_the_plan(understanding, typed):
    event = understanding.hear(typed, Expects("confirm"), NOW)
    assert event != Wanted("yes", "", typed)
    assert not (isinstance(event, Wanted) and event.intent == "yes")


@pytest.mark.parametrize("wish", ["partly", "shrink", "swap", "repeat", "change", "asked", "agreed", "refused"])
def test_wishes_for_the_plan_are_reported_under_its_stable_name(wish):
    assert heard(Wanted(wish, "#2"), Expects("idle")) == ("plan", None)
