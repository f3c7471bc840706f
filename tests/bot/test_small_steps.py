"""Whoever said yes to small steps and has no plan gets one that fits, and a way to put it in a plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.dialogue import step
from bot.events import Chose, Said
from bot.guide import Guide
from bot.handlers.nudging import _make
from bot.moments import choose_step
from bot.nudges import Due
from bot.plan import suggest_actions
from bot.replies import AskQuestion, FollowUpNote
from bot.state import Commitment, State
from bot.talk import Talk
from bot.wording import Wording
from tests.bot.test_note_words import holds_the_rule
from tests.bot.test_nudges import MONDAY, live, opted_in, tick
from tests.talking import Conversing

GAPS = {"C9.1": "y", "C9.2": "n", "C11.2": "o"}


def willing(guide: Guide, *lines: Commitment) -> State:
    state = opted_in(guide, "steps")
    return state.changed(answers={**state.answers, **GAPS}, commitments=lines)


def first_note(guide: Guide, state: State) -> FollowUpNote:
    return live(guide, state, MONDAY + timedelta(days=7))[0][1]


def test_a_step_for_a_gap_comes_first_with_its_length_and_the_way_into_a_plan(guide: Guide, wording: Wording):
    note = first_note(guide, willing(guide))
    [action, *_] = suggest_actions(guide, willing(guide))
    assert (note.kind, note.step, action.skill) == ("steps", action.text, "C11")
    assert [each.id for each in note.offers] == [f"do:add:{action.id}", "do:reason", "do:quiet"]
    assert "of about 30 min" in wording.word((note,), asking=True)[0].plain


def test_each_comes_once_then_other_words(guide: Guide):
    state, sent = willing(guide), []
    while len(sent) < 10 and state.beat is not None:
        now = datetime.fromtimestamp(state.beat.due * 60, UTC)
        made = tick(guide, state, now)
        sent += [note.step or note.nudge for note in made.replies if isinstance(note, FollowUpNote)]
        state = step(guide, made.state, Said("thanks"), now).state
    suggested = [action.small or action.text for action in suggest_actions(guide, willing(guide))]
    assert set(suggested) <= set(sent)
    assert len(set(sent)) == len(sent)


def test_without_any_answer_about_skills_it_is_a_card_in_its_smallest_form(guide: Guide):
    note = first_note(guide, opted_in(guide, "steps"))
    assert note.step in [action.small for action in guide.actions if action.headline]
    assert note.size == "15 min"


@pytest.mark.parametrize(
    ("line", "away", "wanted"),
    [
        (Commitment("", "ask Sam"), 0, False),
        (Commitment("", "ask Sam", done=date(2026, 11, 20)), 0, True),
        (None, 0, True),
        (None, 14, False),
    ],
)
def test_who_gets_one(guide: Guide, line: Commitment | None, away: int, wanted: bool):
    state = willing(guide, *((line,) if line else ()))
    assert (choose_step(guide, state, MONDAY.date() + timedelta(days=away)) is not None) is wanted


def test_what_was_done_before_is_not_suggested_again(guide: Guide):
    [first, second, *_] = suggest_actions(guide, willing(guide))
    done = Commitment(first.id, first.text, done=date(2026, 11, 20))
    assert choose_step(guide, willing(guide, done), MONDAY.date()) == second


def test_its_button_makes_a_plan_of_it(talk: Conversing):
    talk.start()
    talk.press("open:notes")
    talk.press("do:add:C11.1.1")
    talk.say("skip", "skip")
    talk.say("keep it", "no time", "monday", "in a week", "yes")
    assert [line.action for line in talk.state.commitments] == ["C11.1.1"]


def test_a_step_that_is_no_more_opens_the_plan_as_ever(guide: Guide):
    made = step(guide, willing(guide), Chose("do:add:no-such-step"), MONDAY)
    assert any(isinstance(reply, AskQuestion) for reply in made.replies)
    assert "picks" not in made.state.answers


def test_every_step_of_the_guide_fits_a_note(guide: Guide, wording: Wording):
    for action in (*guide.actions, *guide.steps.values()):
        only = replace(guide, actions=(replace(action, headline=True),))
        due = Due((), "steps", (MONDAY + timedelta(hours=8)).timestamp())
        made = _make(Talk(only, opted_in(only, "steps"), MONDAY), due).note
        assert made is not None
        assert made.step in (action.small, action.text.split("\n")[0])
        holds_the_rule(made, wording)


def test_no_note_is_given_the_words_of_another(guide: Guide, templates: dict[str, str]):
    wording = Wording(guide, templates)
    notes = [FollowUpNote("steps", step=f"Do thing {n}.", size=f"{n} min") for n in (10, 20)]
    shown = [wording.word((note,), asking=True)[0].plain for note in notes * 2]
    assert [
        f"Do thing {n}." in text and f"{n} min" in text for n, text in zip((10, 20, 10, 20), shown, strict=True)
    ] == [True] * 4
