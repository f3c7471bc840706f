"""Answers and the way onward: take one, skip one, go back to one, change one, finish a section."""

from __future__ import annotations

from dataclasses import replace

from bot.events import Answered, Wanted
from bot.guide import MENU, Question, Section
from bot.handlers.changing import forward, from_review, only_changed, outdated
from bot.handlers.reviewing import review, review_offers, said, set_down
from bot.handlers.telling import tell_plan, then_return
from bot.plan import OWN, add_commitments, keep_evidence, show_plan
from bot.profile import make_profile
from bot.replies import (
    Close,
    EvidenceKept,
    NeedsWords,
    NotADate,
    Note,
    NothingBefore,
    Reply,
    Review,
    ShowGains,
    ShowPlan,
    ShowProfile,
    Stale,
    TooLong,
    TooMany,
)
from bot.routing import goes_round, leaves_to, previous, walk
from bot.state import Answer
from bot.talk import Step, Talk, ask, at_menu, enter, offering, options_of

MOST_CHARACTERS = 2000
"""How long a typed answer may be. Long enough for a story, short enough to stay one."""


def take_answer(talk: Talk, event: Answered) -> Step:
    """Keep an answer and go on, or say kindly what was wrong with it and ask again."""
    question = talk.question
    if question is None:
        return at_menu(talk)
    if len(event.text) > MOST_CHARACTERS:
        return talk.say(TooLong(MOST_CHARACTERS), *ask(talk, again=True))
    if question.kind == "multi" and len(event.options) > question.most:
        return talk.say(TooMany(question.most), *ask(talk, again=True))
    answer = _answer(talk, question, event)
    if answer is None:
        return talk.say(NotADate(), *ask(talk, again=True))
    if question.slot and not _has_words(event):
        return talk.say(NeedsWords(), *ask(talk, again=True))
    kept = talk.on(talk.state.with_answer(question.id, answer).without(outdated(talk, question, answer)))
    if question.source == "actions" and event.text:
        first_slot = next(q for q in talk.guide.section_of[question.id].questions if q.slot == 1 and q.part == "words")
        kept = kept.on(kept.state.with_answer(first_slot.id, event.text))
    if round_ := goes_round(talk.guide, question, answer):
        kept = kept.on(kept.state.without(round_))
    word = _word_on(talk, question, answer)
    if only_changed(talk, kept):
        return _return(kept, word, changed=True)
    return go_on(forward(talk, question, kept), word)


def _answer(talk: Talk, question: Question, event: Answered) -> Answer | None:
    """Return what is kept of an answer; None when a date does not lie ahead."""
    if question.kind == "date":
        return event.day.isoformat() if event.day and event.day >= talk.today else None
    if question.kind == "multi":
        if question.source == "actions" and event.text:
            return (OWN,)
        order = [option.id for option in options_of(talk.guide, talk.state, question)]
        return tuple(sorted(set(event.options), key=order.index))
    return event.options[0] if event.options else event.text


def _has_words(event: Answered) -> bool:
    """Say whether an answer that becomes part of a plan line has any letters in it."""
    return bool(event.options or event.day) or any(letter.isalpha() for letter in event.text)


def _word_on(talk: Talk, question: Question, answer: Answer) -> tuple[Reply, ...]:
    """Return what an answer itself calls for: the option's own words, or the price of the gains picked."""
    if question.source == "gains":
        gains = tuple(gain for gain in talk.guide.gains if gain.id in answer)
        return (ShowGains(gains),) if gains else ()
    option = question.option(answer) if isinstance(answer, str) else None
    return (Note(option.reply),) if option and option.reply else ()


def go_on(talk: Talk, before: tuple[Reply, ...] = ()) -> Step:
    """Ask the next question of the section, or finish the section."""
    if talk.state.back_to == talk.state.section:
        talk = talk.having(back_to="")
    if talk.question is not None:
        return talk.say(*before, *ask(talk))
    section = talk.section
    if section is None:
        return at_menu(talk, *before)
    if talk.state.back_to and section.shows != "evidence":
        return _return(talk, before)
    return finish(talk, section, before)


def _return(talk: Talk, before: tuple[Reply, ...], *, changed: bool = False) -> Step:
    """Come back from a change of an earlier answer to where the person was; `changed` says that one was given."""
    home = talk.guide.section_by_id.get(talk.state.back_to)
    there = talk.having(back_to="", section=home.id if home else "")
    if there.question is not None:
        told = (Note(talk.label("changed")),) if changed else ()
        return there.say(*told, *before, *ask(there))
    offers = review_offers(there)
    return offering(there.having(section=""), *offers).say(*before, Review(offers, changed=True))


def finish(talk: Talk, section: Section, before: tuple[Reply, ...] = ()) -> Step:
    """Close a section: its last words, what it shows, and the section or the menu that follows."""
    target = leaves_to(talk.guide, talk.state, section)
    outro = (Note(section.outro),) if section.outro else ()
    after = talk
    if any(question.slot for question in section.questions):
        after = talk.on(add_commitments(talk.guide, talk.state, section))
    shown = _shown(after, section)
    if section.shows == "evidence":
        after = _keep_evidence(talk, section)
        if after.state.back_to in talk.guide.section_by_id:
            return _return(after, (*before, *outro, *shown))
    following = talk.guide.section_by_id.get(target)
    if following is None or target == MENU:
        return at_menu(after, *before, *outro, *shown)
    there, opening = enter(after, following)
    if there.question is None:
        return at_menu(there, *before, *outro, *shown)
    return there.say(*before, *outro, *shown, *opening)


def _shown(talk: Talk, section: Section) -> tuple[Reply, ...]:
    if section.shows == "profile":
        profile = make_profile(talk.guide, talk.state)
        return (ShowProfile(profile.strengths, profile.gaps, profile.rated),) if profile.rated else ()
    if section.shows in ("plan", "closing"):
        if not talk.state.commitments:
            return ()
        plan = ShowPlan(show_plan(talk.guide, talk.state), new=True)
        return (plan, Close(talk.guide.closing)) if section.shows == "closing" else (plan,)
    return (EvidenceKept(cv=bool(talk.guide.patterns)),) if section.shows == "evidence" and _said(talk, section) else ()


def _said(talk: Talk, section: Section) -> str:
    answer = talk.state.answers.get(section.questions[-1].id, "")
    return answer if isinstance(answer, str) else ""


def _keep_evidence(talk: Talk, section: Section) -> Talk:
    """Move the section's answer to the evidence, so that the section can be walked again."""
    state, text = talk.state, _said(talk, section)
    if text:
        state = keep_evidence(state, text, state.about, talk.today)
    spent = frozenset(question.id for question in section.questions)
    return talk.on(replace(state.without(spent), about=""))


def skip(talk: Talk, _event: Wanted) -> Step:
    """Leave the question on the table unanswered and go on; one gone back to by steps keeps its answer."""
    question = talk.question
    if question is None:
        return at_menu(talk)
    if talk.state.asking == question.id and not talk.state.back_to:
        return go_on(forward(talk, question, talk.having(asking="")))
    empty: Answer = () if question.kind == "multi" else ""
    kept = talk.on(talk.state.with_answer(question.id, empty))
    return _return(kept, ()) if only_changed(talk, kept) else go_on(kept)


def back(talk: Talk, event: Wanted) -> Step:
    """Go one step back: to the question before this one, or to the list from which this was chosen.

    An earlier answer stays until a new one is given; the questions after it are then asked again, one by one.
    """
    section = talk.section
    if talk.question is None or section is None:
        return _back_from_menu(talk, event)
    if from_review(talk):
        return review(talk, Wanted("review", section.id))
    if section.shows == "evidence":
        return _back_from_menu(set_down(talk).having(about="", offered=()), event)
    earlier = previous(talk.guide, talk.state)
    if earlier is None:
        return talk.say(NothingBefore(), *ask(talk, again=True))
    return reopen(talk, earlier, talk.state.back_to)


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
    the table, or the review has to show what there is.
    """
    names = (event.detail, *event.near)
    answered = (name for name in names if name in talk.state.answers)
    question = talk.guide.question_by_id.get(next(answered, event.detail))
    if question is None:
        return at_menu(talk)
    if question.id not in talk.state.answers:
        if not event.text:
            return then_return(talk, Stale())
        return talk.say(*ask(talk, again=True)) if talk.question is question else review(talk, Wanted("review"))
    there = reopen(talk, question, set_down(talk).state.back_to or MENU)
    before = Note(talk.label("you_said").format(about=said(talk, question)))
    return replace(there, replies=(before, *there.replies)) if event.text else there


def open_section(talk: Talk, event: Wanted) -> Step:
    """Open a section from the menu: at its next question, or at its results when it is done."""
    section = talk.guide.section_by_id.get(event.detail)
    if section is None:
        return at_menu(talk)
    talk = talk.having(back_to="")
    seen: set[str] = set()
    while section is not None and section.id not in seen:
        seen.add(section.id)
        if walk(talk.guide, talk.state, section)[1] is not None:
            there, opening = enter(talk, section)
            return there.say(*opening)
        last, section = section, talk.guide.section_by_id.get(section.then)
    return at_menu(talk, *_results(talk, last))


def _results(talk: Talk, section: Section) -> tuple[Reply, ...]:
    """Return what a finished section came to."""
    for question in section.questions:
        picked = talk.state.answers.get(question.id, ())
        if question.source == "gains" and picked:
            return (ShowGains(tuple(gain for gain in talk.guide.gains if gain.id in picked)),)
    return _shown(talk, section)
