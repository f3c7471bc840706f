"""Commitments: what is suggested, how a line reads, what is due."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.guide import Guide
from bot.lines import move, tick_off
from bot.plan import (
    MOST_OPEN,
    add_commitments,
    due_lines,
    if_then,
    in_words,
    open_lines,
    put_in,
    show_line,
    steps_taken,
    suggest_actions,
)
from bot.plan.saying import _with_capital_i
from bot.records import MOST_NOTES, from_record, to_record
from bot.state import Commitment, State
from bot.working_time import Week

DAY = date(2026, 12, 7)


def test_what_was_done_counts_though_only_so_many_lines_are_kept():
    done = tuple(Commitment("", f"step {number}", done=DAY) for number in range(MOST_NOTES))
    state = put_in(State("g", commitments=done), Commitment("", "one more"))
    again = from_record(to_record(state))
    assert (len(again.commitments), again.carried, steps_taken(again)) == (MOST_NOTES, 1, MOST_NOTES)


def test_a_next_step_for_each_gap_comes_before_the_cards(guide: Guide):
    answers = {"C9.2": "n", "C9.1": "y", "C11.2": "o"}
    suggested = [action.id for action in suggest_actions(guide, State(guide.id, answers=answers))]
    assert suggested[:2] == ["C11.1.1", "C9.1.1"]
    assert set(suggested[2:]) == {"process-improvement", "data-visualisation", "shadowing"}


def test_the_card_on_the_topic_of_a_gap_comes_first(guide: Guide):
    suggested = [action.id for action in suggest_actions(guide, State(guide.id, answers={"C11.2": "o"}))]
    assert suggested[1] == "data-visualisation"


@pytest.mark.parametrize(("minutes", "said"), [(15, "15 min"), (60, "1 h"), (120, "2 h"), (420, "1 day")])
def test_a_length_of_time_is_said_as_people_say_it(guide: Guide, minutes: int, said: str):
    assert in_words(guide, minutes) == said


@pytest.mark.parametrize(
    ("words", "cue", "line"),
    [
        (
            "Ask Sam for an hour",
            "my weekly team meeting ends",
            "**If** my weekly team meeting ends, **then** I will ask Sam for an hour.",
        ),
        ("I will ask Sam.", "if it is Monday", "**If** it is Monday, **then** I will ask Sam."),
        ("I'll call", "when I sit down", "**If** I sit down, **then** I will call."),
        ("to map risks", "after stand-up", "**If** it is after stand\\-up, **then** I will map risks."),
        ("PMO visit", "", "I will PMO visit."),
    ],
)
def test_a_line_reads_as_one_sentence_however_it_was_typed(guide: Guide, words: str, cue: str, line: str):
    assert if_then(guide, show_line(guide, 1, Commitment("", words, cue))).replace("\\'", "'") == line


def test_a_line_is_due_from_its_day_until_it_is_done(guide: Guide):
    state = State(guide.id, commitments=(Commitment("", "a", day=DAY), Commitment("", "b")))
    assert [line.number for line in due_lines(guide, state, date(2026, 12, 6))] == []
    assert [line.number for line in due_lines(guide, state, DAY)] == [1]
    assert due_lines(guide, tick_off(state, 1, DAY, Week()), DAY) == ()
    assert due_lines(guide, move(state, 1, date(2027, 1, 1)), DAY) == ()


def test_a_plan_keeps_a_bounded_number_of_open_lines(guide: Guide):
    old = tuple(Commitment("", str(number)) for number in range(MOST_OPEN))
    section = guide.section_by_id["plan"]
    answers = {"picks": ("shadowing",), "words.1": "keep", "day.1": "2026-12-07"}
    state = add_commitments(guide, State(guide.id, answers=answers, commitments=old), section)
    assert len(open_lines(guide, state)) == MOST_OPEN
    assert state.commitments[-1].action == "shadowing"


def test_making_a_plan_spends_its_answers_and_keeps_the_wish(guide: Guide):
    answers = {"wish": "learn", "picks": ("shadowing",), "words.1": "small", "cue.1": "report", "fits.1": "yes"}
    state = add_commitments(guide, State(guide.id, answers=answers), guide.section_by_id["plan"])
    assert dict(state.answers) == {"wish": "learn"}
    assert state.commitments[0].words.startswith("Write the request for a shadow day")
    assert state.commitments[0].cue == "I have sent my status report"


def test_a_line_whose_action_is_gone_from_the_guide_still_shows(guide: Guide):
    line = Commitment("gone", "Do the thing").changed(day=DAY)
    assert str(show_line(guide, 1, line).words) == "do the thing"


@given(st.text("iIm'’-. aé\n", max_size=24))
def test_a_lone_i_is_written_large_and_no_other(words: str):
    assert _with_capital_i(words) == re.sub(r"\bi\b", "I", words)
