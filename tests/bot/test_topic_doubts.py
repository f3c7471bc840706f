"""A question that is only a little like the guide's is not answered by guess: topics are offered, or stand beside."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.events import Puzzled, Wanted
from bot.guide import Guide
from bot.handlers.clarifying import not_understood
from bot.replies import Unsure
from bot.state import State
from bot.talk import Talk
from bot.typed.hearing import Expects
from bot.typed.wanting import ALONE, GUESSED
from bot.understanding import Understanding
from tests.talking import Conversing

NOW = datetime(2026, 3, 4, 10)
FAR = "will my kids hate me for this"
STORY = "numbers and i were never friends"
HALF = "do i need to like numbers for that"
NEAR = "what does a pmo pay"


def heard(guide: Guide, typed: str) -> object:
    return Understanding(guide).hear(typed, Expects("idle"), NOW)


def likeness(guide: Guide, typed: str) -> float:
    wishes = Understanding(guide)._wishes
    return wishes.ranked(wishes.lexicon.read(typed), asked=False)[0].near


def test_far_from_all_topics_up_to_three_are_offered(guide: Guide):
    assert likeness(guide, FAR) < GUESSED
    event = heard(guide, FAR)
    assert isinstance(event, Puzzled)
    assert 1 <= len(event.readings) <= 3
    assert all(reading.startswith("ask:") for reading in event.readings)


def test_half_way_the_likeliest_is_answered_and_others_can_be_pressed(guide: Guide):
    assert GUESSED <= likeness(guide, HALF) < ALONE
    event = heard(guide, HALF)
    assert isinstance(event, Wanted)
    assert event.intent == "ask"
    assert event.near
    assert event.detail not in event.near


def test_near_to_a_topic_it_is_answered_alone(guide: Guide):
    assert likeness(guide, NEAR) >= ALONE
    assert heard(guide, NEAR) == Wanted("ask", "pay", NEAR)


def test_a_topic_that_was_offered_is_answered_when_it_is_pressed(talk: Conversing):
    talk.start()
    said = talk.say(FAR)
    assert "Is it about" in said
    offered = next(pick for pick in talk.picks if pick.startswith("do:ask:"))
    topic = talk.guide.topic_by_id[offered.removeprefix("do:ask:")]
    assert topic.title in said
    assert topic.answer.split(".")[0] in talk.press(offered)


def test_the_topic_that_stands_beside_an_answer_is_named_and_can_be_pressed(talk: Conversing):
    talk.start()
    talk.say("menu")
    said = talk.say(HALF)
    assert "Not what you asked?" in said
    other = next(pick for pick in talk.picks if pick.startswith("do:ask:"))
    assert talk.guide.topic_by_id[other.removeprefix("do:ask:")].title in said
    assert "Not what you asked?" not in talk.press(other)


@pytest.mark.parametrize(("typed", "begins"), [(STORY, True), (FAR, False)])
def test_somebody_new_is_offered_topics_for_a_question_and_begins_with_a_story(
    talk: Conversing, typed: str, begins: bool
):
    talk.say(typed)
    assert (talk.question is not None) is begins


def test_a_question_as_such_beside_a_topic_is_offered_as_what_it_is(guide: Guide):
    talk = Talk(guide, State(guide.id), NOW)
    made = not_understood(talk, Puzzled(("ask:pay", "ask:"), "a question"))
    [unsure] = [reply for reply in made.replies if isinstance(reply, Unsure)]
    assert [offer.id for offer in unsure.offers] == ["do:ask:pay", "do:ask"]
    assert not unsure.topics


def test_a_question_as_such_and_a_topic_in_one_breath_get_an_answer(talk: Conversing):
    talk.start()
    assert heard(talk.guide, "one question kpis") == Puzzled(("ask:", "ask:kpis"), "one question kpis")
    assert "KPIs" in talk.say("one question kpis")
