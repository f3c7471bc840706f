"""Answers and the way onward: take one, skip one, go back to one, change one, finish a section."""

from __future__ import annotations

from dataclasses import replace

from bot.events import Answered, Wanted
from bot.guide import MENU, Question, Section
from bot.plan import OWN, add_commitments, keep_evidence, show_plan
from bot.profile import make_profile
from bot.replies import (
    Close,
    EvidenceKept,
    NotADate,
    Note,
    NothingBefore,
    Reply,
    Review,
    ShowGains,
    ShowPlan,
    ShowProfile,
    TooLong,
    TooMany,
)
from bot.reviewing import review_offers
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
    kept = talk.on(talk.state.with_answer(question.id, answer))
    if question.source == "actions" and event.text:
        first_slot = next(q for q in talk.guide.section_of[question.id].questions if q.slot == 1 and q.part == "words")
        kept = kept.on(kept.state.with_answer(first_slot.id, event.text))
    if round_ := goes_round(talk.guide, question, answer):
        kept = kept.on(kept.state.without(round_))
    return go_on(kept, _word_on(talk, question, answer))


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


def _word_on(talk: Talk, question: Question, answer: Answer) -> tuple[Reply, ...]:
    """Return what an answer itself calls for: the option's own words, or the price of the gains picked."""
    if question.source == "gains":
        gains = tuple(gain for gain in talk.guide.gains if gain.id in answer)
        return (ShowGains(gains),) if gains else ()
    option = question.option(answer) if isinstance(answer, str) else None
    return (Note(option.reply),) if option and option.reply else ()


def go_on(talk: Talk, before: tuple[Reply, ...] = ()) -> Step:
    """Ask the next question of the section, or finish the section."""
    if talk.question is not None:
        return talk.say(*before, *ask(talk))
    section = talk.section
    if section is None:
        return at_menu(talk, *before)
    if talk.state.back_to:
        return _return(talk, before)
    return finish(talk, section, before)


def _return(talk: Talk, before: tuple[Reply, ...]) -> Step:
    """Come back from a change of an earlier answer to where the person was."""
    home = talk.guide.section_by_id.get(talk.state.back_to)
    there = talk.having(back_to="", section=home.id if home else "")
    if there.question is not None:
        return there.say(*before, *ask(there))
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
    return (EvidenceKept(),) if section.shows == "evidence" and _said(talk, section) else ()


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
    """Leave the question on the table unanswered and go on."""
    question = talk.question
    if question is None:
        return at_menu(talk)
    empty: Answer = () if question.kind == "multi" else ""
    return go_on(talk.on(talk.state.with_answer(question.id, empty)))


def back(talk: Talk, _event: Wanted) -> Step:
    """Open the question before this one again; its answer stays until a new one is given."""
    earlier = previous(talk.guide, talk.state)
    if earlier is None:
        return talk.say(NothingBefore(), *ask(talk, again=True))
    return reopen(talk, earlier)


def reopen(talk: Talk, question: Question) -> Step:
    """Ask a question again, remembering where to come back to afterwards."""
    section = talk.guide.section_of[question.id]
    here = talk.state.section
    away = here != section.id
    back_to = (talk.state.back_to or here or MENU) if away else talk.state.back_to
    there = talk.having(section=section.id, asking=question.id, back_to=back_to, offered=())
    return there.say(*ask(there, again=True))


def edit(talk: Talk, event: Wanted) -> Step:
    """Open a question named in the review."""
    question = talk.guide.question_by_id.get(event.detail)
    if question is None:
        return at_menu(talk)
    return reopen(talk, question)


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
