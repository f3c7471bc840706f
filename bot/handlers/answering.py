"""Answers and the way onward: take one, skip one, go back to one, change one, finish a section."""

from __future__ import annotations

from dataclasses import replace

from bot.beat import keep_up
from bot.days import show_time
from bot.events import Answered, Wanted
from bot.evidence import asks_how_known, keep_evidence, needs_no_proof, told
from bot.guide import ASIDE, MENU, Question, Section
from bot.handlers.changing import forward, from_review, is_setting, only_changed, outdated
from bot.handlers.reviewing import review, review_offers, said, set_down
from bot.handlers.telling import tell_plan, then_return
from bot.lines import done_before, reword, swap
from bot.note_wishes import wishes_of
from bot.nudges import next_due
from bot.plan import OWN, add_commitments, show_plan, turn_code
from bot.profile import make_profile
from bot.replies import (
    Close,
    EvidenceKept,
    LineChanged,
    NeedsWords,
    NotADate,
    Note,
    NotesChanged,
    NothingBefore,
    Offer,
    Reply,
    Review,
    ShowFollowUp,
    ShowGains,
    ShowPlan,
    ShowProfile,
    Stale,
    TellOne,
    TooLong,
    TooMany,
)
from bot.routing import goes_round, leaves_to, previous, walk
from bot.state import Answer
from bot.talk import Step, Talk, ask, at_menu, enter, offering, options_of
from bot.working_time import WEEKDAYS, name_of_zone, zone_of

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
        settled = show_follow_up(kept) if is_setting(talk, question) else ()
        return _return(kept, (*word, *settled), changed=True)
    return go_on(forward(talk, question, kept), word)


def _answer(talk: Talk, question: Question, event: Answered) -> Answer | None:
    """Return what is kept of an answer; None when a date does not lie ahead."""
    if question.kind == "date":
        return turn_code(event.day, event.every) if event.day and event.day >= talk.today else None
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
    talk = _past_proof(talk)
    if talk.question is not None:
        return talk.say(*before, *ask(talk))
    section = talk.section
    if section is None:
        return at_menu(talk, *before)
    if talk.state.back_to and section.shows not in ASIDE:
        return _return(talk, before)
    return finish(talk, section, before)


def _past_proof(talk: Talk) -> Talk:
    """Leave out the question how the person knows, where they have said so, or have told nothing."""
    section, question = talk.section, talk.question
    if section is None or question is None or section.shows != "evidence" or not asks_how_known(question):
        return talk
    if talk.state.asking or not needs_no_proof(talk.guide, told(section, talk.state)[0]):
        return talk
    return talk.on(talk.state.with_answer(question.id, ""))


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
    following = talk.guide.section_by_id.get(target)
    goes_on = following is not None and section.shows == following.shows == "follow-up"
    shown = () if goes_on else (*_shown(after, section), *_invite(talk, section, after))
    if section.shows in ASIDE:
        after, reshaped = _keep_aside(talk, section)
        shown, outro = (*shown, *reshaped, *outro), ()
        if after.state.back_to in talk.guide.section_by_id:
            return _return(after, (*before, *outro, *shown))
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
    if section.shows == "follow-up":
        return show_follow_up(talk)
    kept = section.shows == "evidence" and any(told(section, talk.state))
    return (EvidenceKept(cv=bool(talk.guide.patterns)),) if kept else ()


def show_follow_up(talk: Talk) -> tuple[Reply, ...]:
    """Say when notes come, or that none will."""
    wishes = wishes_of(talk.guide, talk.state)
    if wishes is None:
        return (NotesChanged("none"),)
    zone = wishes.week.zone or name_of_zone(talk.now) or "UTC"
    due = next_due(talk.guide, keep_up(talk.guide, talk.state, talk.now, spoke=True), talk.now)
    following = due.astimezone(zone_of(zone)).date() if due else None
    at, day = show_time(wishes.minute), WEEKDAYS[wishes.day]
    return (ShowFollowUp(wishes.kinds, wishes.often, day, at, zone, following),)


def _keep_aside(talk: Talk, section: Section) -> tuple[Talk, tuple[Reply, ...]]:
    """Move what was said of a plan line to where it belongs, so that the section can be walked again."""
    spent = frozenset(question.id for question in section.questions)
    text, known = told(section, talk.state)
    clean = talk.on(replace(talk.state.without(spent), about=""))
    about = talk.state.about
    if section.shows == "evidence":
        if not text and not known:
            return clean, ()
        topic = "" if about.startswith("#") else about
        return clean.on(keep_evidence(clean.state, text or known, topic, talk.today, known if text else "")), ()
    number = int(about[1:]) if about[1:].isdecimal() else 0
    if not text or not 0 < number <= len(talk.state.commitments):
        return clean, ()
    if section.shows == "smaller":
        made = clean.on(reword(clean.state, number, text))
        return made, (LineChanged("smaller", show_plan(talk.guide, made.state)[number - 1]),)
    made = clean.on(swap(clean.state, number, "", text, talk.today))
    shown = show_plan(talk.guide, made.state)[number - 1]
    return made, (LineChanged("swapped", shown, before=done_before(made.state)),)


def _invite(talk: Talk, section: Section, after: Talk) -> tuple[Reply, ...]:
    """Return the invitation to tell one person, when the first plan stands."""
    promise = talk.guide.promise
    if promise is None or talk.state.commitments or not after.state.commitments or section.shows != "closing":
        return ()
    buddy = (Offer("do:buddy", talk.label("buddy")),) if promise.buddy else ()
    return (TellOne(promise.text, talk.guide.document_by_id.get(promise.document), buddy),)


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
    if section.shows in ASIDE and not walk(talk.guide, talk.state, section)[0]:
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
    return there._replace(replies=(before, *there.replies)) if event.text else there


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
