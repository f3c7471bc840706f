"""A talk goes on after the guide's content was changed in between."""

from __future__ import annotations

from dataclasses import replace

from bot.guide import Guide, Question
from bot.wording import Wording
from tests.talking import Conversing


def changed(guide: Guide, questions: tuple[Question, ...]) -> Guide:
    """Return the guide with other intake questions."""
    names = [field for field in Guide.__dataclass_fields__ if Guide.__dataclass_fields__[field].init]
    parts = {name: getattr(guide, name) for name in names}
    return Guide(**{**parts, "sections": (replace(guide.sections[0], questions=questions), *guide.sections[1:])})


def moved_to(talk: Conversing, guide: Guide, templates: dict[str, str]) -> Conversing:
    other = Conversing(guide, Wording(guide, templates), talk.now)
    other.state = talk.state
    return other


def test_what_is_new_is_asked_and_old_answers_are_kept(talk: Conversing, guide: Guide, templates):
    talk.through_intake()
    new = replace(guide.question_by_id["hours"], id="commute", text="How far do you travel?")
    later = moved_to(talk, changed(guide, (*guide.sections[0].questions, new)), templates)
    heard = later.say("hello")
    assert "Welcome back" in heard
    assert "How far do you travel?" in later.say("1")
    assert later.state.answers["rung"] == "manager"


def test_what_is_gone_is_dropped_without_a_word(talk: Conversing, guide: Guide, templates):
    talk.start()
    talk.say("1", "2")
    assert talk.question == "pull"
    kept = tuple(question for question in guide.sections[0].questions if question.id != "pull")
    later = moved_to(talk, changed(guide, kept), templates)
    later.start()
    assert later.question == "rung"


def test_words_may_change_and_the_answer_stays(talk: Conversing, guide: Guide, templates):
    talk.start()
    talk.say("1")
    first, *rest = guide.sections[0].questions
    later = moved_to(talk, changed(guide, (replace(first, text="Do you have a PMO?"), *rest)), templates)
    later.start()
    assert (later.state.answers["pmo"], later.question) == ("near", "kind")
