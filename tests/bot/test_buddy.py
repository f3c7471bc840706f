"""A buddy is offered once the first plan stands, and is nobody's business but the two people's."""

from __future__ import annotations

from datetime import date

from bot.dialogue import step
from bot.events import Chose, Said
from bot.guide import Guide
from bot.records import to_record
from bot.replies import AskQuestion, ShowBuddy, TellOne
from bot.state import Commitment, State
from bot.talk import Step
from bot.wording import Wording
from tests.bot.test_nudges import MONDAY

MINE = Commitment("", "ask Sam", "stand-up ends", day=date(2026, 12, 3))


def shown(made: Step) -> ShowBuddy:
    [reply] = [reply for reply in made.replies if isinstance(reply, ShowBuddy)]
    return reply


def test_it_is_offered_when_the_first_plan_stands_and_not_again(guide: Guide):
    state = State(guide.id, section="plan", answers={"wish": "x", "better": "y", "picks": ("shadowing",)})
    for words in ("keep", "no time", "my weekly team meeting ends", "in a week", "yes"):
        made = step(guide, state, Said(words), MONDAY)
        state = made.state
    [invited] = [reply for reply in made.replies if isinstance(reply, TellOne)]
    assert [offer.id for offer in invited.offers] == ["do:buddy"]


def test_asking_changes_nothing_and_gives_a_line_of_ones_own_to_send(guide: Guide, wording: Wording):
    state = State(guide.id, answers={"pmo": "near"}, commitments=(MINE,))
    made = step(guide, state, Said("buddy"), MONDAY)
    assert made.state.commitments == (MINE,)
    [message] = wording.word((shown(made),))
    assert "If stand-up ends, then I will ask Sam. By Thursday 3 December 2026." in message.plain


def test_a_yes_puts_the_swap_into_the_plan_every_two_weeks_once(guide: Guide):
    state = State(guide.id, answers={"pmo": "near"}, commitments=(MINE,))
    for _ in range(2):
        made = step(guide, state, Chose("do:buddy:yes"), MONDAY)
        state = made.state
    assert [(line.action, str(line.every), line.day) for line in state.commitments[1:]] == [
        ("buddy", "2w0", date(2026, 12, 7))
    ]
    assert [offer.id for offer in shown(made).offers] == ["do:drop:#2", "do:plan", "do:menu"]


def test_a_swap_that_was_done_asks_one_question_that_can_be_skipped_and_comes_round(guide: Guide):
    planned = step(guide, State(guide.id, answers={"pmo": "near"}), Chose("do:buddy:yes"), MONDAY).state
    done = step(guide, planned, Said("done"), MONDAY)
    assert [reply.question.id for reply in done.replies if isinstance(reply, AskQuestion)] == ["swapped"]
    after = step(guide, done.state, Said("skip"), MONDAY).state
    assert [(line.times, line.done, line.day) for line in after.commitments] == [(1, None, date(2026, 12, 21))]
    assert after.evidence == ()


def test_nothing_of_another_person_is_asked_for_or_kept(guide: Guide):
    made = step(guide, State(guide.id, answers={"pmo": "near"}), Chose("do:buddy:yes"), MONDAY)
    assert not any(isinstance(reply, AskQuestion) for reply in made.replies)
    assert b"@" not in to_record(made.state)
