"""Tips: each once before any twice. CV lines: a person's evidence beside a pattern, never a number of ours."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from zlib import crc32

import pytest

from adapters.storage.memory import MemoryStore
from bot.conversation import Conversation, Delivery
from bot.cv import cv_lines, sample_lines
from bot.dialogue import step
from bot.events import Wanted
from bot.guide import Guide
from bot.state import Commitment, Evidence, State
from bot.tips import choose_tip, fullest_topics, note_seen
from bot.wording import Wording
from tests.conftest import MONDAY
from tests.talking import Conversing


def after(guide: Guide, state: State, topic: str = "") -> tuple[str, State]:
    tip = choose_tip(guide, state, topic)
    return tip.id, state.changed(seen=note_seen(state, tip))


def test_all_tips_of_a_topic_come_before_one_comes_twice(guide: Guide):
    state, seen = State(guide.id), []
    of = [tip.id for tip in guide.tips if tip.topic == "risk-management"]
    for _ in range(2 * len(of)):
        tip_id, state = after(guide, state, "risk-management")
        seen.append(tip_id)
    assert sorted(seen[: len(of)]) == sorted(of)
    assert seen[: len(of)] == seen[len(of) :]


def test_the_same_state_gives_the_same_tip(guide: Guide):
    assert choose_tip(guide, State(guide.id)) == choose_tip(guide, State(guide.id))


def test_tips_for_a_persons_gaps_come_first(guide: Guide):
    state = State(guide.id, answers={"C9.2": "o"})
    assert choose_tip(guide, state).skill == "C9"


def test_not_everyone_begins_with_the_same_tip(guide: Guide):
    people = [State(guide.id, answers={"pmo": answer}) for answer in ("near", "far", "none", "client", "unsure")]
    assert len({choose_tip(guide, state).id for state in people}) > 1
    days = [date(2026, 3, day) for day in range(1, 6)]
    assert len({choose_tip(guide, State(guide.id), today=day).id for day in days}) > 1


def test_two_who_told_nothing_begin_with_tips_of_their_own_on_the_same_day(guide: Guide):
    def first(person: str) -> str:
        made = step(guide, None, Wanted("tip"), datetime(2026, 11, 25, 9, tzinfo=UTC), crc32(person.encode()))
        return made.state.seen[-1]

    people = [f"slack:T1:U{number}" for number in range(100)]
    tips = [first(person) for person in people]
    assert tips == [first(person) for person in people]
    assert max(Counter(tips).values()) <= 20


async def test_each_person_has_a_seed_of_their_own(guide: Guide, wording: Wording):
    talk = Conversation(guide, wording, MemoryStore())
    now = datetime(2026, 11, 25, 9, tzinfo=UTC)
    said = {
        (await talk.take(Delivery(f"console:{name}", Wanted("tip"), aside=True), now)).messages[0].text
        for name in ("ana", "ben", "cem", "dee", "eva", "fay")
    }
    assert len(said) > 1


def test_a_narrow_topic_without_tips_takes_those_of_the_wider_one(guide: Guide):
    assert choose_tip(guide, State(guide.id), "pfmp").topic == "certification"


def test_an_unknown_topic_has_no_tip(guide: Guide):
    assert choose_tip(guide, State(guide.id), "astrology") is None


def test_a_topic_nobody_wrote_about_is_said_so(talk: Conversing, guide: Guide):
    talk.start()
    heard = talk.say("a tip about my cat")
    assert heard.startswith("Nobody wrote a tip on “my cat” yet.")
    titles = {guide.topic_by_id[topic].title for topic in fullest_topics(guide)}
    assert titles <= {control.label for message in talk.messages for control in message.controls}


@pytest.mark.parametrize("words", ["tip", "a tip about reports"])
def test_a_guide_without_tips_promises_none(tea: Guide, templates: dict[str, str], words: str):
    bare = replace(tea, tips=())
    talk = Conversing(bare, Wording(bare, templates), MONDAY)
    talk.start()
    talk.say(words)
    assert talk.messages[0].plain == "This guide has no tips yet."


def test_another_gives_one_more_of_what_was_shown(talk: Conversing):
    talk.start()
    talk.say("menu", "tip")
    first = talk.state.seen
    talk.say("another")
    assert len(talk.state.seen) == len(first) + 1
    assert talk.say("mock interview").startswith("Question 1 of")
    assert talk.say("next one").startswith("Question 2 of")


def test_evidence_for_an_action_gets_the_pattern_for_it(guide: Guide):
    state = State(guide.id, evidence=(Evidence("Two hours a month saved", "process-improvement", date(2026, 12, 1)),))
    (line,) = cv_lines(guide, state)
    assert line.proof.text == "Two hours a month saved"
    assert "process-improvement" in next(p.fits for p in guide.patterns if p.line == line.line)


def test_evidence_for_a_step_of_ones_own_gets_a_line_too(guide: Guide):
    state = State(guide.id, evidence=(Evidence("Five reports became two", "#1", date(2026, 12, 1)),))
    (line,) = cv_lines(guide, state)
    assert line.proof.text == "Five reports became two"
    assert line.line == guide.phrases.labels["cv_line"]


def test_an_example_for_a_skill_counts_as_evidence(guide: Guide):
    (line,) = cv_lines(guide, State(guide.id, answers={"C6.proof": "We moved the launch in time"}))
    assert line.proof.text == "We moved the launch in time"


def test_no_line_holds_a_number_of_ours(guide: Guide):
    assert [p.line for p in guide.patterns if re.search(r"\d", re.sub(r"\[[^\]]*\]", "", p.line))] == []


def test_without_evidence_the_samples_fit_the_plan(guide: Guide):
    state = State(guide.id, commitments=(Commitment("shadowing", "Shadow"),))
    assert all(
        "shadowing" in next(p.fits for p in guide.patterns if p.line == s.line) for s in sample_lines(guide, state)
    )
    assert len(sample_lines(guide, State(guide.id))) == 3


@pytest.mark.parametrize("words", ["another", "another one", "one more please"])
def test_at_a_question_another_after_a_tip_is_one_more_tip(talk: Conversing, words: str):
    talk.start()
    first = talk.say("give me a tip")
    second = talk.say(words)
    assert (talk.intent, talk.question, second == first) == ("tip", "pmo", False)
