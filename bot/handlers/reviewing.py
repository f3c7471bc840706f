"""A person's own answers: seen, changed, and handed over whole."""

from __future__ import annotations

from datetime import date

from bot.days import show_day
from bot.events import Wanted
from bot.guide import ASIDE, Question, Section
from bot.handlers.telling import menu_offer, not_yet, then_return
from bot.plan import parse_turn, say_every, show_plan, slot_values
from bot.profile import stand
from bot.replies import Given, Offer, Review, ReviewPart, ShowExport, Words
from bot.state import Answer, Evidence
from bot.talk import Step, Talk, asks_own_words, offering, options_of

SHORT = 60
"""How much of a question a review line shows, in characters."""

RUNGS = ("1", "3", "4")
"""The rungs of a ladder after the one it begins with; together they are one answer: how far a skill reaches."""


def review_offers(talk: Talk) -> tuple[Offer, ...]:
    """Return the parts that have answers."""
    sections = (section for section in talk.guide.sections if _answered(talk, section))
    return (*(Offer(f"do:review:{section.id}", section.title) for section in sections), menu_offer(talk))


def review(talk: Talk, event: Wanted) -> Step:
    """Show the parts with answers, or the answers of one part, each of which can be changed."""
    section = talk.guide.section_by_id.get(event.detail)
    resting = set_down(talk)
    if section is None:
        offers = review_offers(resting)
        if len(offers) == 1:
            return not_yet(talk, "answers")
        return offering(resting, *offers).say(Review(offers))
    given = given_in(talk, section)
    offers = (*(Offer(line.id, str(number)) for number, line in enumerate(given, 1)), menu_offer(talk))
    return offering(resting, *offers).say(ReviewPart(section.title, given))


def set_down(talk: Talk) -> Talk:
    """Leave the question on the table for a while; `go on` and `back` pick it up.

    From a detour, such as an answer being changed, what is picked up is the question before the detour.
    """
    section = talk.section
    if talk.question is None or section is None:
        return talk
    aside = section.shows in ASIDE or bool(talk.state.asking and talk.state.back_to)
    home = talk.state.back_to if aside else section.id
    return talk.having(section="", asking="", back_to=home, offered=())


def _answered(talk: Talk, section: Section) -> tuple[Question, ...]:
    """Return the questions of a section that have an answer or were skipped, in the guide's order."""
    return tuple(question for question in section.questions if question.id in talk.state.answers)


def given_in(talk: Talk, section: Section, *, whole: bool = False) -> tuple[Given, ...]:
    """Return every answer given in a section; `whole` asks for the questions in full.

    A skill's ladder has a line for how far it reaches, one for how sure the person is, and one for the example.
    """
    return tuple(
        Given(f"edit:{question.id}", _asked(talk, question, whole=whole), said(talk, question))
        for question in _answered(talk, section)
        if not (question.skill and question.part in RUNGS)
    )


def _asked(talk: Talk, question: Question, *, whole: bool) -> str:
    if question.skill:
        part = {"2": "reach", "sure": "how_sure", "proof": "example"}[question.part]
        return f"{talk.guide.skill_by_id[question.skill].title}, {talk.label(part)}"
    text = _text(talk, question)
    if whole:
        return " ".join(text.split())
    first = text.split("\n")[0]
    return first if len(first) <= SHORT else first[:SHORT].rsplit(" ", 1)[0] + " …"


def _text(talk: Talk, question: Question) -> str:
    """Return a question as it was asked, with what it names filled in; of a plan's step, with the step it is for."""
    if asks_own_words(talk.guide, talk.state, question):
        return talk.label("own_question")
    bare = question.text.replace("*", "")
    if not question.slot:
        return bare
    values = slot_values(talk.guide, talk.state, question)
    asked = bare.format_map(values)
    return asked if "{action}" in bare else f"{values['action']}: {asked}"


def said(talk: Talk, question: Question) -> Words | str:
    """Return an answer as people say it: the labels chosen, the level reached, or their own words."""
    answer: Answer = talk.state.answers.get(question.id, "")
    if not answer:
        return talk.label("skipped")
    if question.skill and question.part == "2":
        return _reached(talk, question)
    if question.kind == "date" and isinstance(answer, str):
        return _said_day(talk, answer)
    labels = {option.id: option.label for option in options_of(talk.guide, talk.state, question)}
    if isinstance(answer, tuple):
        return ", ".join(labels.get(option, option) for option in answer)
    return labels.get(answer) or Words(answer)


def _said_day(talk: Talk, answer: str) -> Words | str:
    """Return a day as people write it, and how the step comes round from there."""
    day, every = parse_turn(answer)
    if day is None:
        return Words(answer)
    return f"{show_day(day)}, {say_every(talk.guide, every)}" if every else show_day(day)


def _reached(talk: Talk, question: Question) -> str:
    """Return how far a skill reaches: the line of its level, or the answer that named none."""
    standing = stand(talk.guide, talk.state, talk.guide.skill_by_id[question.skill])
    if standing is not None and standing.line:
        return f"“{standing.line}”"
    option = question.option(str(talk.state.answers[question.id]))
    return option.label if option else talk.label("skipped")


def _evidence(note: Evidence) -> tuple[date, Words, Words, str]:
    return note.day, Words(note.text), Words(note.known), note.whose


def show_export(talk: Talk, _event: Wanted) -> Step:
    """Show everything that is kept about the person."""
    parts = tuple((section.title, given_in(talk, section, whole=True)) for section in talk.guide.sections)
    reply = ShowExport(
        answers=tuple((title, given) for title, given in parts if given),
        plan=show_plan(talk.guide, talk.state),
        evidence=tuple(_evidence(note) for note in talk.state.evidence),
        tips=len(talk.state.seen),
        carried=talk.state.carried,
    )
    return then_return(talk, reply, offers=(Offer("do:delete", talk.label("delete")), menu_offer(talk)))
