"""Every note that can be worded: fewer than sixty words, one thing to press beside the ways out, and these always."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.beat import keep_up
from bot.brevity import MOST_WORDS, count_words, cut, fit_lines
from bot.guide import Guide
from bot.handlers.nudging import _make
from bot.nudges import Due
from bot.plan import show_plan
from bot.reminders import BACK, DAY, NEAR, Reminder
from bot.replies import FollowUpNote, Words
from bot.state import Beat, Commitment, State
from bot.talk import Talk
from bot.wording import Wording
from tests.bot.test_nudges import MONDAY, opted_in

OUT = ["do:reason", "do:quiet"]
MOST_ANSWERS = {"reminders": 3, "look-back": 2, "fit": 3, "silence": 2}
"""How many answers there are to what a note asks; every other note has one thing to press."""

WEEKLY = ("steps", "tips", "checks", "fit", "misfit", "silence")
LONG = " ".join(f"word{n}" for n in range(300))

acts = st.sampled_from(("ask Sam", "write the first two lines of it and send them to the three others", LONG, "☃ ☃"))
lines = st.builds(
    Commitment,
    action=st.sampled_from(("", "shadowing", "process-improvement", "C1.1.1")),
    words=acts,
    cue=st.sampled_from(("", "my weekly team meeting ends", LONG)),
    obstacle=st.sampled_from(("", "no time", LONG)),
    day=st.just(date(2026, 11, 23)),
    stage=st.sampled_from(("", "agreed")),
)


def note(guide: Guide, state: State, due: Due) -> FollowUpNote | None:
    return _make(Talk(guide, state, MONDAY), due).note


def holds_the_rule(made: FollowUpNote, wording: Wording) -> None:
    [message] = wording.word((made,), asking=True)
    assert 0 < count_words(message.plain) <= MOST_WORDS, message.plain
    pressed = [control.id for control in message.controls]
    assert pressed[-2:] == OUT
    assert len(pressed) - 2 <= MOST_ANSWERS.get(made.kind, 1)
    assert all(control.label for control in message.controls)


@settings(max_examples=300)
@given(
    st.lists(lines, min_size=1, max_size=6),
    st.lists(st.sampled_from((DAY, NEAR, BACK)), min_size=6, max_size=6),
    st.sampled_from(("", "silence")),
)
def test_reminders_of_any_lines_keep_it_short(guide: Guide, wording: Wording, planned, kinds, weekly: str):
    state = opted_in(guide, "reminders").changed(commitments=tuple(planned))
    due = tuple(Reminder(n, what, MONDAY) for n, (_, what) in enumerate(zip(planned, kinds, strict=False), 1))
    made = note(guide, state, Due(due, weekly, (MONDAY + timedelta(hours=8)).timestamp()))
    assert made is not None
    holds_the_rule(made, wording)


@settings(max_examples=300)
@given(
    st.lists(lines, max_size=3),
    st.sampled_from(WEEKLY),
    st.integers(0, 400),
    st.lists(st.sampled_from(tuple(f"P{n}" for n in range(1, 20))), unique=True),
)
def test_weekly_notes_of_any_kind_keep_it_short(guide: Guide, wording: Wording, planned, weekly, since, used):
    state = opted_in(guide, "steps", "tips", "checks").changed(commitments=tuple(planned))
    beat = Beat(MONDAY.date() - timedelta(days=since), 0, "Europe/Berlin", used=tuple(used))
    made = note(guide, state.changed(beat=beat), Due((), weekly, (MONDAY + timedelta(hours=8)).timestamp()))
    assert made is not None
    holds_the_rule(made, wording)


def test_every_nudge_and_every_tip_of_the_guide_fits_a_note(guide: Guide, wording: Wording):
    line = Commitment("", LONG, LONG, obstacle=LONG, day=MONDAY.date())
    for nudge in (each for each in guide.nudges if each.to == "person"):
        only = replace(guide, nudges=(replace(nudge, when="any"),))
        state = opted_in(only, "steps").changed(commitments=(line,))
        made = note(only, state, Due((), "steps", MONDAY.timestamp()))
        assert made is not None
        assert made.nudge == nudge.text
        holds_the_rule(made, wording)
    for tip in guide.tips:
        for kept in (False, True):
            [message] = wording.word((FollowUpNote("tips", tip=tip, kept=kept),), asking=True)
            assert count_words(message.plain) <= MOST_WORDS


@pytest.mark.parametrize("weekly", WEEKLY)
def test_each_kind_of_note_has_its_one_press_or_its_answers(guide: Guide, weekly: str):
    state = opted_in(guide, "steps", "tips").changed(commitments=(Commitment("", "ask Sam"),))
    made = note(guide, keep_up(guide, state, MONDAY, spoke=True), Due((), weekly, MONDAY.timestamp()))
    assert made is not None
    ids = [offer.id.rpartition(":")[0] if "save" in offer.id else offer.id for offer in made.offers]
    wanted = {
        "tips": ["do:save"],
        "fit": ["do:fit:yes", "do:fit:no", "do:plan"],
        "silence": ["do:more:keep", "do:less"],
    }
    assert ids == [*wanted.get(weekly, ["do:plan"]), *OUT]


def test_lines_are_whole_where_there_is_room_then_lose_their_cue_then_are_cut(guide: Guide):
    state = State(guide.id, commitments=(Commitment("", "one two three", "four five"),))
    [line] = show_plan(guide, state)
    assert fit_lines(guide, (line,), 20) == (line,)
    assert fit_lines(guide, (line,), 7) == (line.changed(cue=""),)
    assert fit_lines(guide, (line,), 5)[0].words == Words("one …")


def test_what_is_cut_says_so_and_what_fits_stays_as_it_was():
    assert cut("one two three", 2) == "one two …"
    assert cut(Words("one two"), 2) == Words("one two")
