"""Talks to measure with: walked through the engine itself, so that they fit whatever the guide says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from benchmarks.setting import NOW
from bot.dialogue import step
from bot.events import Chose, Event, Said, Started, Submitted, Wanted
from bot.guide import Guide, Question, Section
from bot.state import State
from bot.talk import Talk, options_of

CARRY = "open:carry"
"""The line of the menu that leads through what people bring to the quick six skills."""


@dataclass(frozen=True, slots=True)
class Beat:
    """One turn of a talk: what was remembered, the question on the table, and what arrived."""

    state: State | None
    question: Question | None
    event: Event


def quick_six(guide: Guide) -> tuple[list[Beat], State]:
    """Return the turns from hello to the end of the quick six, and what is remembered then.

    Every question is answered with its first option, every option that may be picked is picked, and what asks
    for the person's own words is skipped. The first option leads up the whole ladder, so this is the longest way.
    """
    beats = [Beat(None, None, Started())]
    state = step(guide, None, Started(), NOW).state
    carried = False
    while True:
        question = Talk(guide, state, NOW).question
        if question is None and carried:
            return beats, state
        event = Chose(CARRY) if question is None else _press(guide, state, question)
        carried = carried or question is None
        beats.append(Beat(state, question, event))
        state = step(guide, state, event, NOW).state


def _press(guide: Guide, state: State, question: Question) -> Event:
    options = options_of(guide, state, question)
    if question.kind == "choice":
        return Chose(options[0].id, question.id)
    if question.kind == "multi":
        return Submitted({question.id: tuple(option.id for option in options[: question.most])})
    return Wanted("skip")


def pressed(beats: list[Beat]) -> list[Beat]:
    """Return the turns in which a question was answered with a button."""
    return [beat for beat in beats if beat.question and beat.question.kind == "choice"]


def typed(beats: list[Beat]) -> list[Beat]:
    """Return the same answers in words: each by its label, by another way to say it, by number and by place."""
    return [replace(beat, event=Said(text)) for beat in pressed(beats) for text in _ways(beat)]


def _ways(beat: Beat) -> Iterator[str]:
    if beat.question is None:
        return
    option = beat.question.options[0]
    yield option.label
    yield f"{option.says[0]}, really" if option.says else option.label.lower()
    yield "1"
    yield "the first one"


def twelve_questions(guide: Guide) -> Guide:
    """Return a guide of nothing but the first twelve choice questions that a talk in this one meets.

    They follow one another whatever the answer, so that any dialogue library can ask the same.
    """
    met = [beat.question for beat in pressed(quick_six(guide)[0]) if beat.question is not None]
    questions = tuple(_plainly(question) for question in met[:12])
    return replace(guide, id="twelve", sections=(Section(id="twelve", title="Twelve questions", questions=questions),))


def _plainly(question: Question) -> Question:
    options = tuple(replace(option, then="", reply="") for option in question.options)
    return replace(question, then="", part="", skill="", options=options)
