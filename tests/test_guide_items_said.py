"""Each item of the guide's checklist (G1 to G71) is really said in a talk a person can have.

Six people talk with the engine by words and presses only. What was said is compared with the guide's own texts:
an item counts when a text that serves it was heard, word for word.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from bot.guide import Guide, Serves
from bot.messages import to_plain
from bot.wording import Wording
from tests.talking import Conversing

HEADLINES = ("process-improvement", "data-visualisation", "shadowing")


def texts_that_serve(guide: Guide) -> Iterator[tuple[str, Serves]]:
    """Yield each text of the guide a person can hear in a talk, with the items it serves."""
    yield guide.welcome, guide.serves.get("welcome", ())
    yield guide.closing, guide.serves.get("closing", ())
    for item in guide.menu:
        yield item.label, item.serves
    for section in guide.sections:
        yield section.intro, section.serves
        for question in section.questions:
            if not question.skill:
                yield question.text, question.serves
            for option in question.options:
                yield option.reply or option.label, option.serves
    for gain in guide.gains:
        yield gain.gives, gain.serves
    for action in guide.actions:
        yield action.text, action.serves
    for skill in guide.skills:
        yield skill.levels[1], skill.serves
    for topic in guide.topics:
        yield topic.answer, topic.serves
    for tip in guide.tips:
        yield tip.text, tip.serves
    for document in guide.documents:
        yield document.body, document.serves
    for prompt in guide.prompts:
        yield prompt.question, prompt.serves


class Listener(Conversing):
    """A talk whose every message is kept, as plain text."""

    heard: str = ""

    def take(self, event: object) -> str:
        said = super().take(event)
        self.heard += "\n" + said + "\n" + "\n".join(self.picks.values())
        return said


@pytest.fixture(scope="module")
def heard(guide: Guide, wording: Wording) -> str:
    """All that six people heard."""
    from tests.conftest import MONDAY  # noqa: PLC0415 - a plain constant, not a fixture

    people = [Listener(guide, wording, MONDAY) for _ in range(6)]
    near, none, asker, tipster, reader, planner = people
    near.through_quick_six()
    talk_through_gains(near)
    none.start()
    none.say("3", "1", "2", "1")
    for topic in guide.topics:
        asker.press(f"do:ask:{topic.id}")
    for _ in guide.tips:
        tipster.say("tip")
    for document in guide.documents:
        reader.press(f"do:document:{document.id}")
    for number in range(1, len(guide.prompts) + 1):
        reader.press(f"do:practice:{number}")
    planner.through_intake()
    planner.press("open:plan")
    planner.say("skip", "skip")
    planner.submit({"picks": HEADLINES})
    while planner.phase != "idle":
        planner.say("tomorrow") if planner.phase == "date" else planner.press(*first_option(planner))
    return "\n".join(person.heard for person in people)


def first_option(talk: Listener) -> tuple[str, str]:
    question = talk.guide.question_by_id[talk.question]
    return question.options[0].id, question.id


def talk_through_gains(talk: Listener) -> None:
    names = [gain.id for gain in talk.guide.gains]
    for start in range(0, len(names), 3):
        talk.press("edit:wanted") if start else talk.press("open:gains")
        talk.submit({"wanted": tuple(names[start : start + 3])})
        if talk.question == "worth":
            talk.press("yes", "worth")


def test_there_are_seventy_one_items(guide: Guide):
    assert guide.items == tuple(f"G{number}" for number in range(1, 72))


def test_each_item_is_said_in_a_talk_people_can_have(guide: Guide, heard: str):
    said = {item for text, serves in texts_that_serve(guide) if serves and to_plain(text) in heard for item in serves}
    assert [item for item in guide.items if item not in said] == []


def test_every_tip_gets_its_turn_before_one_comes_twice(guide: Guide, wording: Wording, now):
    talk = Conversing(guide, wording, now)
    given = [talk.say("tip") for _ in guide.tips]
    assert len(set(given)) == len(guide.tips)
    assert all(one != other for one, other in pairwise([*given, talk.say("tip")]))


def test_every_topic_is_answered_when_asked_in_its_own_words(guide: Guide, wording: Wording, now):
    missed = []
    for topic in guide.topics:
        talk = Conversing(guide, wording, now)
        if to_plain(topic.answer) not in talk.say(topic.asks[0]):
            missed.append(topic.asks[0])
    assert missed == []
