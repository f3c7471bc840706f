"""An event as it arrived, to an event with a meaning: typed words, presses and forms become the same thing."""

from __future__ import annotations

from bot.events import Answered, Chose, Event, Puzzled, Said, Started, Submitted, Ticked, Wanted
from bot.guide import Option
from bot.offered import menu_options, offered_options, put_off, rests_gently, typed_for_offer
from bot.outright import (
    amended,
    another_tip,
    asks_to_reword,
    awaited,
    left_as_it_is,
    letters_of,
    nodded,
    option_named,
    picked_by_name,
    said_at_rest,
    said_late,
    taken_back,
    told_in_a_hard_time,
    without_a_plan,
    without_a_step,
    without_notes,
    without_politeness,
)
from bot.presses import in_turn, read_form, read_press, wanted, with_day
from bot.rehearsal import YES, rehearses
from bot.talk import Talk
from bot.typed.turns import find_turns
from bot.understanding import Expects, Understanding

MORE_OF_IT = ("do:tip", "do:practice")
"""Offers of which there is always one more."""

FEWEST = 3
"""From how many words on a typed step of one's own counts as one."""

FEW = 5
"""Up to how many words are looked at for one of the suggested answers where free text is asked for."""


def read(talk: Talk, understanding: Understanding, event: Event) -> tuple[Event, Expects]:
    """Return what an event means here, and what was expected when it came; time that passed meets no expectation."""
    if isinstance(event, Ticked):
        return Wanted("tick", " ".join(event.stopped)), Expects("idle")
    expects = expectations(talk)
    if isinstance(event, Said) and rests_gently(talk):
        expects = Expects("idle", offered_options(talk))
    if isinstance(event, Said):
        if rehearses(talk, event.text):
            return Answered(options=(YES,)), expects
        meaning = put_off(talk, _read_words(talk, understanding, event.text, expects))
        meaning = without_a_plan(talk, without_a_step(talk, understanding, meaning))
        meaning = said_at_rest(talk, another_tip(talk, without_notes(talk, meaning)))
        meaning = told_in_a_hard_time(talk, understanding, meaning)
        return amended(talk, understanding, meaning), expects
    if isinstance(event, Chose):
        return read_press(talk, event, expects), expects
    if isinstance(event, Submitted):
        return read_form(talk, understanding, event, expects), expects
    if isinstance(event, Started):
        return Wanted("start"), expects
    return event, expects


def expectations(talk: Talk) -> Expects:
    """Return what the talk is waiting for."""
    if talk.state.confirming:
        return Expects("confirm")
    question = talk.question
    if question is None:
        return Expects("idle", offered_options(talk))
    return awaited(talk, question)


def _read_words(talk: Talk, understanding: Understanding, text: str, expects: Expects) -> Event:
    """Understand typed words; at the menu, what was offered can be numbered and named."""
    if expects.context == "idle" and expects.options:
        named = option_named(expects.options, text) or option_named(menu_options(talk), text) or _more_of_it(talk, text)
        if named:
            return wanted(named, text)
        late = said_late(talk, understanding, text, expects)
        if late is not None:
            return late
        typed = typed_for_offer(talk, understanding, text)
        if typed is not None:
            return typed
        plain = understanding.hear(text, Expects("idle"), talk.now)
        if isinstance(plain, Wanted) and plain.intent in ("yes", "no"):
            return plain
        event = understanding.hear(text, Expects("choice", expects.options), talk.now)
        if isinstance(event, Answered) and event.options:
            return wanted(event.options[0], text)
        if isinstance(event, Wanted) and event.intent != "ask":
            return event
        expects = Expects("idle")
    outright = left_as_it_is(talk, text) or picked_by_name(text, expects) or _turning(talk, text)
    outright = outright or asks_to_reword(talk, text) or taken_back(talk, understanding, text)
    outright = outright or said_late(talk, understanding, text, expects)
    if outright is not None:
        return outright
    suggested = _suggested(talk, understanding, text, expects)
    event = suggested or understanding.hear(text, expects, talk.now)
    if isinstance(event, Answered):
        return with_day(talk, event)
    return event


def _suggested(talk: Talk, understanding: Understanding, text: str, expects: Expects) -> Event | None:
    """Read a suggested answer's own words, or its number, as that answer; all else is the text itself."""
    bare = text.strip().isdecimal() and int(text) <= len(expects.options)
    if not (bare if expects.context == "date" else expects.context == "text"):
        return None
    if not expects.options or len(text.split()) > FEW:
        return None
    named = option_named(expects.options, text) or option_named(expects.options, without_politeness(talk, text))
    if named:
        return Answered(options=(named,))
    nod = nodded(talk, understanding, text, expects)
    if nod is not None:
        return nod
    places = tuple(Option(id=option.id, label=str(place)) for place, option in enumerate(expects.options, 1))
    event = understanding.hear(text, Expects("choice", places), talk.now)
    several = isinstance(event, Puzzled) and bool(event.readings) and _is_all_numbers(talk, text)
    return event if several or (isinstance(event, Answered) and event.options) else None


def _is_all_numbers(talk: Talk, text: str) -> bool:
    """Say whether the words are nothing but numbers, such as "2 and 3"."""
    plain = talk.guide.phrases.words.get("filler", ())
    words = letters_of(text.replace(",", " ").replace("&", " ")).split()
    return all(word.isdecimal() or word in plain or word in ("and", "or") for word in words)


def _more_of_it(talk: Talk, text: str) -> str:
    """Return the offer of one more of what was just shown, where "another" or "next" asks for it."""
    first = talk.state.offered[0]
    onward = talk.guide.phrases.words.get("onward", ())
    return first if first.startswith(MORE_OF_IT) and letters_of(text) in onward else ""


def _turning(talk: Talk, text: str) -> Event | None:
    """Read how often a step is to come round, where its day is asked for: "every friday", "one day a month"."""
    question = talk.question
    if question is None or question.kind != "date" or not question.slot or question.part != "day":
        return None
    turns = find_turns(text, talk.now)
    if turns is None or turns.every is None:
        return None
    return Answered(day=turns.day, every=turns.every) if turns.day else in_turn(talk, turns.every)


def own_step_typed(talk: Talk, event: Event) -> Event:
    """Read a few words typed where actions are offered, and no question, as a step of the person's own."""
    question = talk.question
    if question is None or question.source != "actions" or not isinstance(event, (Puzzled, Wanted)):
        return event
    if isinstance(event, Wanted) and event.intent != "ask":
        return event
    words = event.text.split()
    if isinstance(event, Puzzled) and event.readings:
        return event
    if len(words) < FEWEST or "?" in event.text or words[0].lower() in talk.guide.phrases.words.get("asking", ()):
        return event
    if words[0].lower() in talk.guide.phrases.words.get("none", ()):
        return Answered()
    return Answered(text=event.text.strip())
