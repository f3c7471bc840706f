"""What is wanted by name: plan lines by their number, a bare "done", and wishes out of the blue."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.events import Event, Wanted
from bot.guide import Option
from bot.typed.hearing import Context, Expects, heard
from bot.typed.plan_lines import numbered_wish, plan_number
from tests.bot.options import SCALE

NOW = datetime(2026, 3, 4, 10)
CONTEXTS: tuple[Context, ...] = ("idle", "scale", "confirm", "date", "text")


def meaning(event: Event) -> tuple[str, str]:
    assert isinstance(event, Wanted), event
    return event.intent, event.detail


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("done 2", ("done", "#2")),
        ("done: 2", ("done", "#2")),
        ("tick off the second one", ("done", "#2")),
        ("number 2 is done", ("done", "#2")),
        ("drop 2", ("drop", "#2")),
        ("remove step 2", ("drop", "#2")),
        ("cancel action 2", ("drop", "#2")),
        ("undo 2", ("undo", "#2")),
        ("remind me about 2 on wednesday", ("remind", "2026-03-11")),
    ],
)
def test_a_plan_line_is_named_by_its_number(understanding, typed, wish):
    assert meaning(understanding.hear(typed, Expects("idle"), NOW)) == wish


def test_a_plan_lines_number_beats_an_offers_place(understanding, guide):
    offered = tuple(Option(id=item.id, label=item.label, says=item.says) for item in guide.menu)

    assert meaning(understanding.hear("done 2", Expects("choice", offered), NOW)) == ("done", "#2")


def test_heard_tells_no_line_number():
    assert heard(Wanted("done", "#2", "done 2"), Expects("idle")) == ("done", None)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("remind me about 2 on wednesday", 2),
        ("remind me about the second one in 3 days", 2),
        ("move step two to friday", 2),
        ("remind me in 2 days", 0),
        ("remind me on 2 december", 0),
        ("remind me on the 2nd", 0),
        ("remind me at 2 pm", 0),
        ("my second shadow day", 0),
        ("I did two interviews", 0),
        ("done", 0),
    ],
)
def test_days_and_amounts_are_no_line_numbers(typed, number):
    assert plan_number(typed) == number


def test_a_line_not_done_after_all_is_undone():
    assert numbered_wish("number 2 is not done") == ("undo", 2)


@pytest.mark.parametrize("typed", ["done", "I'm done", "finished", "all done", "finished it today", "it is done"])
def test_a_bare_done_names_no_action(understanding, typed):
    assert meaning(understanding.hear(typed, Expects("idle"), NOW)) == ("done", "")


@pytest.mark.parametrize(
    ("typed", "wish", "name"),
    [
        *((typed, ("practice", ""), "cv") for typed in ("practise", "practice", "interview questions")),
        *((typed, ("practice", ""), "cv") for typed in ("practise an interview question", "mock interview")),
        *((typed, ("document", ""), "help") for typed in ("templates", "show me templates")),
        *((typed, ("ask", "about-this-guide"), "help") for typed in ("are you a human", "who made you", "who are you")),
        *((typed, ("resume", ""), "resume") for typed in ("repeat", "say that again")),
        *((typed, ("undo", ""), "back") for typed in ("undo", "untick")),
        *((typed, ("add", ""), "plan") for typed in ("change my plan", "add a step", "add another action")),
        *((typed, ("ask", "other-roads"), "ask") for typed in ("I decided against it", "it's not for me")),
        *((typed, ("ask", "other-roads"), "ask") for typed in ("PMO is not for me", "I'll stay a PM")),
        ("drop it", ("drop", ""), "plan"),
        ("menu", ("menu", ""), "help"),
        ("am I ready?", ("profile", ""), "profile"),
        ("What does a PMO do?", ("ask", "day-in-a-pmo"), "ask"),
        ("thanks a lot", ("thanks", ""), "thanks"),
    ],
)
def test_wishes_out_of_the_blue(understanding, guide, typed, wish, name):
    event = understanding.hear(typed, Expects("idle"), NOW)

    assert (meaning(event), heard(event, Expects("idle"), guide)[0]) == (wish, name)


@pytest.mark.parametrize("typed", ["pause notes", "pause my notes", "pause the notes, please"])
def test_a_pause_of_the_notes_is_a_pause_and_no_wish_to_go_on(understanding, typed):
    assert meaning(understanding.hear(typed, Expects("idle"), NOW)) == ("pause", "")


@pytest.mark.parametrize("context", CONTEXTS)
def test_the_menu_is_one_word_away_everywhere(understanding, context):
    event = understanding.hear("menu", Expects(context, SCALE if context == "scale" else ()), NOW)

    assert event == Wanted("menu", "", "menu")


@pytest.mark.parametrize("typed", ["hmm kind of", "I forget stuff", "zero"])
def test_a_word_in_common_is_neither_thanks_nor_a_new_start(understanding, typed):
    event = understanding.hear(typed, Expects("idle"), NOW)

    assert heard(event, Expects("idle"))[0] not in ("thanks", "restart")
