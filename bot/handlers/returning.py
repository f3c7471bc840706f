"""The way back: to the question before, to a list, or to an earlier answer that is to be changed."""

from __future__ import annotations

from bot.events import Wanted
from bot.guide import ASIDE, MENU, Question, Section
from bot.handlers.changing import from_review, is_setting
from bot.handlers.reviewing import review, said, set_down
from bot.handlers.telling import tell_plan, then_return
from bot.replies import Note, NothingBefore, Stale
from bot.routing import leaves_to, previous, walk
from bot.talk import Step, Talk, ask, at_menu


def back(talk: Talk, event: Wanted) -> Step:
    """Go one step back: to the question before this one, or to the list from which this was chosen.

    An earlier answer stays until a new one is given; the questions after it are then asked again, one by one.
    """
    section = talk.section
    if talk.question is None or section is None:
        return _back_from_menu(talk, event)
    if from_review(talk):
        return review(talk, Wanted("review", section.id))
    if section.shows in ASIDE and not walk(talk.guide, talk.state, section)[0]:
        return _back_from_menu(set_down(talk).having(about="", offered=()), event)
    earlier = previous(talk.guide, talk.state)
    if earlier is None:
        left = _left_for(talk, section)
        return left.say(*ask(left, again=True)) if left else talk.say(NothingBefore(), *ask(talk, again=True))
    return reopen(talk, earlier, talk.state.back_to)


def _left_for(talk: Talk, section: Section) -> Talk | None:
    """Return the footing at the question that led to this section, or was left unanswered for it, if there is one."""
    last = talk.guide.question_by_id.get(talk.state.last)
    before = talk.guide.section_of[last.id] if last else None
    if last is None or before is None or before is section or before.shows in ASIDE:
        return None
    led_here = leaves_to(talk.guide, talk.state, before) == section.id
    there = talk.having(section=before.id, asking=last.id if led_here else "", offered=())
    return there if there.question is not None else None


def _back_from_menu(talk: Talk, event: Wanted) -> Step:
    """Go back from a list: to the list before it, to the question that was set down for it, or to the last one."""
    offered = talk.state.offered
    if any(offer.startswith("edit:") for offer in offered):
        return review(talk, Wanted("review"))
    home = talk.having(section=talk.state.back_to, back_to="", offered=())
    if home.question is not None:
        return home.say(*ask(home, again=True))
    if any(offer.startswith("do:review:") for offer in offered):
        return at_menu(talk)
    earlier = previous(talk.guide, talk.state)
    if earlier is not None:
        return reopen(talk, earlier)
    return tell_plan(talk, event) if talk.state.commitments else at_menu(talk)


def reopen(talk: Talk, question: Question, back_to: str = "") -> Step:
    """Ask a question again; `back_to` is where to return to after this one answer (empty: go on from here)."""
    section = talk.guide.section_of[question.id]
    there = talk.having(section=section.id, asking=question.id, back_to=back_to, offered=())
    return there.say(*ask(there, again=True))


def edit(talk: Talk, event: Wanted) -> Step:
    """Open a question named in the review or in words, and come back afterwards.

    Of several that the words may name, it is the first one answered. Where none is, the words meant the question on
    the table, or the review has to show what there is. The button of a setting about notes opens it
    before it was ever asked.
    """
    names = (event.detail, *event.near)
    answered = (name for name in names if name in talk.state.answers)
    question = talk.guide.question_by_id.get(next(answered, event.detail))
    if question is None:
        return at_menu(talk)
    if question.id not in talk.state.answers and (event.text or not is_setting(talk, question)):
        if not event.text:
            return then_return(talk, Stale())
        return talk.say(*ask(talk, again=True)) if talk.question is question else review(talk, Wanted("review"))
    there = reopen(talk, question, set_down(talk).state.back_to or MENU)
    before = Note(talk.label("you_said").format(about=said(talk, question)))
    return there.changed(replies=(before, *there.replies)) if event.text else there
