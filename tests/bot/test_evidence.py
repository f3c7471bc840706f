"""Evidence: when one more question is worth asking, and whose result it was."""

from __future__ import annotations

from datetime import date

import pytest

from bot.cv import cv_lines
from bot.evidence import claim, keep_evidence, needs_no_proof, told
from bot.guide import Guide
from bot.state import Evidence, State
from tests.talking import Conversing

DAY = date(2026, 12, 4)


@pytest.mark.parametrize(
    ("text", "enough"),
    [
        ("", True),
        ("It went well", False),
        ("It took six hours, now two", False),
        ("They thanked me", False),
        ("Six hours became two, by the time log", True),
        ("40 people read it, the mail log shows it", True),
        ("Two colleagues told me they use it", True),
    ],
)
def test_a_figure_and_a_witness_are_enough(guide: Guide, text: str, *, enough: bool):
    assert needs_no_proof(guide, text) is enough


def test_several_answers_become_one_line_and_how_it_is_known_stands_apart(guide: Guide):
    debrief, after = guide.section_by_id["after-shadow-day"], guide.section_by_id["after-action"]
    said = {"saw": "Two boards", "gave": "", "met": "An analyst", "want": "more"}
    assert told(debrief, State(guide.id, answers=said)) == ("Two boards · An analyst", "")
    assert told(after, State(guide.id, answers={"evidence": "Fewer forms", "known": "I counted"})) == (
        "Fewer forms",
        "I counted",
    )


def test_a_claim_changes_that_line_and_no_other():
    state = State("g", evidence=(Evidence("a", "", DAY), Evidence("b", "", DAY)))
    assert [note.whose for note in claim(state, "2", "team", DAY).evidence] == ["", "team"]


def test_how_it_is_known_stands_beside_the_cv_line_and_fills_no_gap(guide: Guide):
    state = keep_evidence(State(guide.id), "Two hours saved", "process-improvement", DAY, "the time log")
    (line,) = cv_lines(guide, state)
    assert (line.proof.text, line.known.text, line.whose) == ("Two hours saved", "the time log", "")
    assert "[hours]" in line.line


@pytest.mark.parametrize("said", ["add evidence: the board took my report", "Log a result: the board took my report"])
def test_what_is_told_with_the_wish_to_log_it_is_kept(talk: Conversing, said: str):
    talk.start()
    talk.say(said)
    kept = [each.text for each in talk.state.evidence]
    assert kept == ["the board took my report"]
    assert talk.question == "pmo"


def test_what_is_only_named_after_a_colon_is_still_asked_about(talk: Conversing):
    talk.start()
    talk.say("add evidence: now")
    assert talk.state.evidence == ()


@pytest.mark.parametrize("asked", ["what evidence do I have", "what did i write as evidence?"])
def test_evidence_is_shown_to_whoever_asks_for_it(talk: Conversing, asked: str):
    talk.start()
    talk.say("add evidence: the board took my report")
    assert "the board took my report" in talk.say(asked)
