"""Typed words taken outright, whatever they are like: an option's very words, "yes please", "change it", "no, 2"."""

from __future__ import annotations

from collections.abc import Iterator

from bot.events import Answered, Event, Puzzled, Wanted
from bot.guide import Option, Question
from bot.note_wishes import wishes_of
from bot.offered import rests_gently
from bot.plan import open_lines
from bot.routing import previous, walk
from bot.talk import Talk, options_of
from bot.typed.hearing import LOST, NO_WORDS, REWORD
from bot.typed.words import clean, split
from bot.understanding import Expects, Understanding

OF_A_STEP = ("partly", "agreed", "called-off")
POINTING = frozenset(("one", "ones", "none", "any", "it"))
"""Words that point at something, which a question about a skill may have named."""
OF_A_HOPE = ("refused", "called-off")
"""Wishes that tell of a step that came to nothing."""
OF_A_STEP_ASKED = (*OF_A_STEP, "asked", "refused", "shrink", "swap")
"""Wishes that tell how it goes with a step of the plan: at the menu, and where a question is asked."""


def awaited(talk: Talk, question: Question) -> Expects:
    """Return what a question waits for; one that asks which notes are wanted turns them on."""
    turns_on = question.id == talk.guide.follow_up.kinds
    options = options_of(talk.guide, talk.state, question)
    return Expects(question.kind, options, question.most, turns_on, question.answered_under)


def picked_by_name(text: str, expects: Expects) -> Answered | None:
    """Read the very words of an option as that option."""
    asks = expects.turns_on and "?" in text
    named = option_named(expects.options, text) if expects.context in ("choice", "multi") and not asks else ""
    return Answered(options=(named,)) if named else None


def left_as_it_is(talk: Talk, text: str) -> Answered | None:
    """Read "keep it", at a question that was opened again, as the answer it has."""
    question = talk.question
    given = talk.state.answers.get(question.id) if question and question.id == talk.state.asking else None
    staying = talk.guide.phrases.words.get("staying", ())
    if question is None or not given or question.kind == "date" or letters_of(text) not in staying:
        return None
    if isinstance(given, tuple):
        return Answered(options=given)
    return Answered(options=(given,)) if question.option(given) else Answered(text=given)


def asks_to_reword(talk: Talk, text: str) -> Puzzled | None:
    """Read "change it", where a step may be put in one's own words, as the wish to do so."""
    question = talk.question
    if question is None or not question.slot or question.part != "words":
        return None
    return Puzzled((REWORD,), text) if letters_of(text) in talk.guide.phrases.words.get("rewording", ()) else None


def amended(talk: Talk, understanding: Understanding, event: Event) -> Event:
    """Read a wish to change an earlier answer that says the new one as well ("no wait, 2") as that answer."""
    if not isinstance(event, Wanted) or event.intent not in ("back", "edit") or not event.text:
        return event
    last = previous(talk.guide, talk.state) if talk.question else None
    question = talk.guide.question_by_id.get(event.detail) if event.intent == "edit" else last
    if question is None or question.kind not in ("choice", "multi") or question.id not in talk.state.answers:
        return event
    said = understanding.new_answer(event.text, named=event.intent == "edit")
    new = understanding.hear(said, awaited(talk, question), talk.now) if said else None
    if not isinstance(new, Answered) or not 0 < len(new.options) <= max(question.most, 1):
        return event
    return Answered(options=new.options, question=question.id)


def without_a_step(talk: Talk, understanding: Understanding, event: Event) -> Event:
    """Read "I was turned down", where no step is open that could be meant, as a question about what is told of."""
    if not isinstance(event, Wanted) or event.intent not in OF_A_HOPE or open_lines(talk.guide, talk.state):
        return event
    action = talk.guide.find_action(event.detail)
    topic = understanding.topic_of(event.text) or (action.topic if action else "")
    return Wanted("ask", topic, event.text) if topic in talk.guide.topic_by_id else event


def taken_back(talk: Talk, understanding: Understanding, text: str) -> Answered | None:
    """Read "no, lead" and "change that to not really", said of the question before in its own words, as its answer."""
    last = previous(talk.guide, talk.state) if talk.question and not talk.state.confirming else None
    if talk.question is None or last is None or last.kind != "choice":
        return None
    here, there = (options_of(talk.guide, talk.state, question) for question in (talk.question, last))
    named = option_named(there, understanding.new_answer(text, named=False))
    first, _, rest = letters_of(text).partition(" ")
    if not named and first in talk.guide.phrases.words.get("no", ()) and not option_named(here, rest):
        named = option_named(there, rest)
    return Answered(options=(named,), question=last.id) if named else None


def said_late(talk: Talk, understanding: Understanding, text: str, expects: Expects) -> Answered | None:
    """Read "we do not have one", at a later question or at the menu, as another answer to the one it belongs to.

    Only where that decides which way the talk goes; "I do not mind" may be said of anything. A question about a skill
    may ask about having one of something else.
    """
    if talk.state.asking or talk.state.rest or expects.context not in ("choice", "multi", "idle"):
        return None
    earlier = [(question, answer) for question in _forks(talk) if (answer := _picked(talk, question))]
    named = understanding.late_answer(text, expects, talk.now, earlier) if earlier else None
    if named is None or talk.state.answers[named[0]] == named[1]:
        return None
    words = split(clean(text))
    about_else = talk.question is not None and talk.question.skill and named[0] not in words
    if about_else and not POINTING.isdisjoint(words):
        return None
    return Answered(options=(named[1],), question=named[0])


def _forks(talk: Talk) -> Iterator[Question]:
    """Yield the questions passed at which the way divides, latest first: of this part, then of those about oneself."""
    here = (talk.section,) if talk.section else ()
    about_oneself = (each for each in talk.guide.sections if not each.shows and each is not talk.section)
    for section in (*here, *about_oneself):
        for question in reversed(walk(talk.guide, talk.state, section)[0]):
            if question.kind == "choice" and not question.skill and any(option.then for option in question.options):
                yield question


def _picked(talk: Talk, question: Question) -> str:
    answer = talk.state.answers.get(question.id, "")
    return answer if isinstance(answer, str) else ""


def without_notes(talk: Talk, event: Event) -> Event:
    """Read as not understood what asks for less or more, where there are no notes and the words speak of none."""
    if not isinstance(event, Wanted) or event.intent not in ("less", "more") or not event.text:
        return event
    about_notes = not {*split(clean(event.text))}.isdisjoint(talk.guide.phrases.words.get("of-notes", ()))
    return event if about_notes or wishes_of(talk.guide, talk.state) is not None else Puzzled((), event.text)


def said_at_rest(talk: Talk, event: Event) -> Event:
    """Read what is said while the talk rests, and nothing is asked: "not sure" skips nothing, "yes" goes on."""
    if not talk.state.rest or not isinstance(event, Wanted | Puzzled):
        return event
    if isinstance(event, Wanted):
        return Puzzled((), event.text) if (event.intent, event.detail) == ("skip", LOST) else event
    agrees = letters_of(event.text) in talk.guide.phrases.words.get("yes", ())
    return Wanted("yes", text=event.text) if agrees and not rests_gently(talk) else event


def another_tip(talk: Talk, event: Event) -> Event:
    """Read "another", at a question after a tip, as one more tip; it is no wish to make a plan."""
    if talk.question is None or not isinstance(event, Wanted | Puzzled) or not talk.state.seen:
        return event
    onward = letters_of(event.text) in talk.guide.phrases.words.get("onward", ())
    strayed = isinstance(event, Puzzled) or event.intent == "add"
    return Wanted("tip", text=event.text) if onward and strayed else event


def told_in_a_hard_time(talk: Talk, understanding: Understanding, event: Event) -> Event:
    """Read what somebody tells who told of something hard before as just that, unless it asks, or names a topic."""
    if not rests_gently(talk) or not isinstance(event, Wanted) or event.intent != "ask" or "?" in event.text:
        return event
    asks = not {*split(clean(event.text))[:1]}.isdisjoint(talk.guide.phrases.words.get("asking", ()))
    return event if asks or understanding.topic_of(event.text) else Puzzled((), event.text)


def without_a_plan(talk: Talk, event: Event) -> Event:
    """Read as not understood what tells of a step of the plan, where there is none: "partly", "yes I do that"."""
    if talk.state.commitments or not isinstance(event, Wanted) or event.detail or not event.text:
        return event
    done = event.intent == "done" and talk.question is not None and " " in event.text.strip()
    intents = OF_A_STEP if talk.question is None else OF_A_STEP_ASKED
    return Puzzled((), event.text) if done or event.intent in intents else event


def nodded(talk: Talk, understanding: Understanding, text: str, expects: Expects) -> Event | None:
    """Read "yes, keep it" beside a step as the suggestion that says yes; no step is called "yes please"."""
    if expects.context != "text" or talk.question is None or not talk.question.slot or any(map(str.isdigit, text)):
        return None
    said = understanding.hear(text, Expects("confirm"), talk.now)
    if not isinstance(said, Wanted) or said.intent not in ("yes", "no"):
        return None
    option = option_named(expects.options, said.intent)
    return Answered(options=(option,)) if option else Puzzled((NO_WORDS,), text)


def option_named(options: tuple[Option, ...], text: str) -> str:
    """Return the id of the option whose label, or other word for it, is exactly what was typed."""
    typed = letters_of(text)
    return next((o.id for o in options if typed and any(letters_of(way) == typed for way in (o.label, *o.says))), "")


def without_politeness(talk: Talk, text: str) -> str:
    """Return a text without the polite words in it: "keep it" of "please keep it"."""
    polite = talk.guide.phrases.words.get("polite", ())
    return " ".join(word for word in letters_of(text).split() if word not in polite)


def letters_of(text: str) -> str:
    """Return a text in lower case, with nothing in it but letters, figures and blanks."""
    return "".join(letter for letter in text.casefold() if letter.isalnum() or letter == " ").strip()
