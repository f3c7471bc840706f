"""A worry in the middle of a question finds its answer, and the question is asked again."""

from __future__ import annotations

import pytest

from bot.events import Answered, Wanted
from bot.typed.hearing import Expects
from tests.bot.test_understanding_hit_rate import NOW
from tests.talking import Conversing

WORRIES = [
    ("im scared of losing my chargeability", "billability"),
    ("worried this costs me billable time", "billability"),
    ("my utilisation target wont allow it", "billability"),
    ("people will think im overhead", "seen-as-overhead"),
    ("i'd lose my standing", "seen-as-overhead"),
    ("afraid i forget how to run a project", "delivery-skills"),
    ("what if my boss hates it", "tell-my-manager"),
    ("im on a visa, is it risky", "visa"),
    ("my permit is tied to my job", "visa"),
    ("im too old for this", "little-experience"),
    ("worried i earn less", "pay"),
    ("am i too old for that at 50", "little-experience"),
    ("i'm 58 and afraid i'm too old", "little-experience"),
]


@pytest.mark.parametrize("answers", [(), ("1",), ("1", "1")])
@pytest.mark.parametrize(("words", "topic"), WORRIES)
def test_a_worry_is_answered_and_the_question_asked_again(
    talk: Conversing, answers: tuple[str, ...], words: str, topic: str
):
    talk.start()
    talk.say(*answers)
    asked = talk.question
    said = talk.say(words)
    assert said.startswith(talk.guide.topic_by_id[topic].answer.split("\n")[0])
    assert talk.question == asked
    assert dict(talk.state.answers).keys() == dict(zip(("pmo", "kind"), answers, strict=False)).keys()


def test_i_am_afraid_beside_a_number_is_only_polite(understanding, guide):
    options = guide.question_by_id["pull"].options
    assert understanding.hear("3 I'm afraid", Expects("choice", options), NOW) == Answered(options=("little",))


def test_an_answer_in_words_stays_one_though_it_names_what_is_feared(understanding, guide):
    options = guide.question_by_id["grade"].options
    event = understanding.hear("a higher grade", Expects("choice", options), NOW)
    assert event == Answered(options=("higher",))
    assert isinstance(understanding.hear("i do not want to earn less", Expects("choice", options), NOW), Wanted)
