"""A person's own answers: seen, changed, and handed over whole."""

from __future__ import annotations

from bot.events import Wanted
from bot.guide import Question, Section
from bot.plan import show_plan
from bot.replies import Given, Offer, Review, ReviewPart, ShowExport, Words
from bot.routing import walk
from bot.state import Answer
from bot.talk import Step, Talk, offering, options_of
from bot.telling import menu_offer, not_yet, then_return, walked_sections

SHORT = 60
"""How much of a question a review line shows, in characters."""


def review_offers(talk: Talk) -> tuple[Offer, ...]:
    """Return the parts that have answers."""
    return (
        *(Offer(f"do:review:{section.id}", section.title) for section in walked_sections(talk)),
        menu_offer(talk),
    )


def review(talk: Talk, event: Wanted) -> Step:
    """Show the parts with answers, or the answers of one part, each of which can be changed."""
    section = talk.guide.section_by_id.get(event.detail)
    resting = _set_down(talk)
    if section is None:
        offers = review_offers(resting)
        if len(offers) == 1:
            return not_yet(talk, "answers")
        return offering(resting, *offers).say(Review(offers))
    given = given_in(talk, section)
    offers = (*(Offer(line.id, str(number)) for number, line in enumerate(given, 1)), menu_offer(talk))
    return offering(resting, *offers).say(ReviewPart(section.title, given))


def _set_down(talk: Talk) -> Talk:
    """Leave the question on the table for a while; saying `go on` picks it up."""
    if talk.question is None:
        return talk
    return talk.having(section="", asking="", back_to=talk.state.section, offered=())


def given_in(talk: Talk, section: Section) -> tuple[Given, ...]:
    """Return the answers given in a section; of a skill's ladder, one line for the reach and one for the example."""
    lines: list[Given] = []
    for question in walk(talk.guide, talk.state, section)[0]:
        if question.part in ("3", "4", "1", "sure") and question.skill:
            continue
        lines.append(Given(f"edit:{question.id}", _asked(talk, question), said(talk, question)))
    return tuple(lines)


def _asked(talk: Talk, question: Question) -> str:
    if question.skill:
        title = talk.guide.skill_by_id[question.skill].title
        return title if question.part == "2" else f"{title}: {talk.label('example')}"
    first = question.text.replace("*", "").split("\n")[0]
    return first if len(first) <= SHORT else first[:SHORT].rsplit(" ", 1)[0] + " …"


def said(talk: Talk, question: Question) -> Words | str:
    """Return an answer as people say it: the labels chosen, or their own words."""
    answer: Answer = talk.state.answers.get(question.id, "")
    if not answer:
        return talk.label("skipped")
    labels = {option.id: option.label for option in options_of(talk.guide, talk.state, question)}
    if isinstance(answer, tuple):
        return ", ".join(labels.get(option, option) for option in answer)
    return labels.get(answer) or Words(answer)


def show_export(talk: Talk, _event: Wanted) -> Step:
    """Show everything that is kept about the person."""
    parts = tuple((section.title, _all_given(talk, section)) for section in talk.guide.sections)
    reply = ShowExport(
        answers=tuple((title, given) for title, given in parts if given),
        plan=show_plan(talk.guide, talk.state),
        evidence=tuple((note.day, Words(note.text)) for note in talk.state.evidence),
        tips=len(talk.state.seen),
    )
    return then_return(talk, reply, offers=(Offer("do:delete", talk.label("delete")), menu_offer(talk)))


def _all_given(talk: Talk, section: Section) -> tuple[Given, ...]:
    answered = [question for question in section.questions if question.id in talk.state.answers]
    return tuple(Given(question.id, _export_label(talk, question), said(talk, question)) for question in answered)


def _export_label(talk: Talk, question: Question) -> str:
    asked = _asked(talk, question)
    return f"{asked} ({question.part})" if question.skill and question.part not in ("2", "proof") else asked
