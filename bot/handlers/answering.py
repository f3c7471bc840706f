"""Answers and the way onward: take one, skip one, ask the next, open a section."""

from __future__ import annotations

from bot.events import Answered, Wanted
from bot.evidence import asks_how_known, needs_no_proof, told
from bot.guide import ASIDE, Question
from bot.handlers.changing import forward, is_setting, only_changed, outdated
from bot.handlers.finishing import come_home, finish, results_of, show_follow_up
from bot.handlers.telling import leading_to, tell_plan
from bot.plan import OWN, turn_code
from bot.replies import NeedsWords, NotADate, Note, Reply, ShowGains, TooLong, TooMany
from bot.routing import goes_round, walk
from bot.state import Answer
from bot.talk import Step, Talk, ask, at_menu, enter, options_of
from bot.typed.hearing import LOST
from bot.typed.words import clean, split

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
        same = talk.state.answers.get(question.id) == answer
        return come_home(kept, (*word, *settled), changed=not same, same=same)
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
        return come_home(talk, before)
    return finish(talk, section, before)


def _past_proof(talk: Talk) -> Talk:
    """Leave out the question how the person knows, where they have said so, or have told nothing."""
    section, question = talk.section, talk.question
    if section is None or question is None or section.shows != "evidence" or not asks_how_known(question):
        return talk
    if talk.state.asking or not needs_no_proof(talk.guide, told(section, talk.state)[0]):
        return talk
    return talk.on(talk.state.with_answer(question.id, ""))


def skip(talk: Talk, event: Wanted) -> Step:
    """Leave the question on the table unanswered and go on; one gone back to by steps keeps its answer.

    Whoever cannot tell never asked to skip, so they hear that it is fine.
    """
    question = talk.question
    if question is None:
        return at_menu(talk)
    if talk.state.asking == question.id and not talk.state.back_to:
        return go_on(forward(talk, question, talk.having(asking="")))
    empty: Answer = () if question.kind == "multi" else ""
    kept = talk.on(talk.state.with_answer(question.id, empty))
    word = (Note(talk.label("left_open")),) if event.detail == LOST else ()
    return come_home(kept, word) if only_changed(talk, kept) else go_on(kept, word)


def make_plan(talk: Talk, event: Wanted) -> Step:
    """Show the plan; where there is none and the words ask to make one, begin it, whatever was asked just now."""
    section = leading_to(talk, "plan")
    under_way = talk.section is section and talk.question is not None and not talk.state.rest
    if talk.state.commitments or section is None or under_way or not _asks_to_make(talk, event):
        return tell_plan(talk, event)
    made = open_section(talk.having(rest="", until=None), Wanted("open", section.id))
    return made.changed(replies=(*_place_kept(talk), *made.replies))


def _place_kept(talk: Talk) -> tuple[Reply, ...]:
    """Say that the place in a section that is left half-way is kept, where there is one to go back to."""
    last = talk.guide.question_by_id.get(talk.state.last)
    begun = last is not None and talk.guide.section_of[last.id] is talk.section
    if talk.section is None or talk.question is None or not begun or talk.state.asking:
        return ()
    return (Note(talk.label("place_kept").format(about=talk.section.title)),)


def _asks_to_make(talk: Talk, event: Wanted) -> bool:
    said = f" {' '.join(split(clean(event.text)))} "
    return any(f" {way} " in said for way in talk.guide.phrases.words.get("making", ()))


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
    return at_menu(talk, *results_of(talk, last))
