"""Words without one clear meaning: said so, with the likeliest readings to press; never a silent guess."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.days import parse_day, show_day
from bot.events import Event, Puzzled, Wanted
from bot.guide import Topic
from bot.handlers.advising import answer_topic
from bot.handlers.telling import example_question, menu_offer, then_return
from bot.note_wishes import wishes_of
from bot.plan import open_lines
from bot.replies import DayRuledOut, NeedsWords, NotADate, Note, NotUnderstood, Offer, TooMany, Unsure
from bot.talk import Step, Talk, at_menu, options_of
from bot.typed.hearing import FOREIGN, NO_WORDS, PLAIN_YES, REWORD, RULED_OUT, TOO_MANY, UNDECIDED, WHICH_ONES

NO_DAY = ("date:",)
"""What understanding makes of a day that has passed, or that no calendar has."""

SAID_BACK = {
    REWORD: "reword",
    UNDECIDED: "undecided",
    WHICH_ONES: "which_ones",
    PLAIN_YES: "plain_yes",
    FOREIGN: "only_english",
}
"""Doubts that one sentence answers: the label with its words."""

MOST_READINGS = 3
"""How many readings are offered at most."""

SECOND, THIRD = 2, 3
"""The last two of the ways to say that something was not understood; from the third on they take turns."""

_ON_A_DAY = re.compile(r"do:\w+:\d{4}-\d\d-\d\d(#\d+)?")


def answer_question(talk: Talk, event: Wanted) -> Step:
    """Answer a free question from the guide, or say that it was not understood."""
    topic = talk.guide.topic_by_id.get(event.detail)
    if topic is None and talk.state.confirming:
        return then_return(talk)
    return not_understood(talk, Puzzled(text=event.text)) if topic is None else answer_topic(talk, topic, event.near)


def not_understood(talk: Talk, event: Event) -> Step:
    """Say so, and offer the likeliest readings where there are any; never guess silently."""
    readings = event.readings[:MOST_READINGS] if isinstance(event, Puzzled) else ()
    if readings == NO_DAY:
        return then_return(talk, NotADate())
    if readings == (TOO_MANY,) and talk.question is not None:
        return then_return(talk, TooMany(talk.question.most))
    if readings == (UNDECIDED,) and talk.question is None and not talk.state.rest:
        return at_menu(talk, Note(talk.label("undecided_at_menu")))
    if readings and readings[0] in SAID_BACK:
        return then_return(talk, Note(talk.label(SAID_BACK[readings[0]])))
    if readings == (NO_WORDS,):
        return then_return(talk, NeedsWords())
    if readings and readings[0].startswith(RULED_OUT):
        return _other_day(talk, readings[0].removeprefix(RULED_OUT))
    topics = [topic for reading in readings if (topic := _topic_of(talk, reading))]
    if topics and len(topics) == len(readings):
        return _which_topic(talk, topics)
    offers = tuple(offer for reading in readings if (offer := _reading(talk, reading)))
    return then_return(talk, Unsure(offers), offers=offers) if offers else _missed(talk)


def _missed(talk: Talk) -> Step:
    """Say that the words mean nothing here, and never twice running in the same words; the second time, what works."""
    times = talk.state.missed + 1 if talk.state.missed < THIRD else SECOND
    there, question, example = talk.having(missed=times), talk.question, example_question(talk.guide)
    if question is None and not talk.state.rest:
        return at_menu(there, NotUnderstood(times=times, example=example))
    reply = NotUnderstood(question.kind, question.hint, times, example) if question else NotUnderstood(times=times)
    return then_return(there, reply, offers=(Offer("do:help", talk.label("help")), menu_offer(talk)))


def _other_day(talk: Talk, day: str) -> Step:
    """Ask which day suits where one is asked for or offered; elsewhere, what the day is about."""
    question = talk.question
    for_notes = talk.guide.follow_up.day
    asks = question is not None and (question.kind == "date" or question.id == for_notes)
    if asks or (question is None and any(_ON_A_DAY.fullmatch(offer) for offer in talk.state.offered)):
        return then_return(talk, DayRuledOut(day, asks=True))
    notes = for_notes and wishes_of(talk.guide, talk.state) is not None
    offers = (
        *((Offer(f"edit:{for_notes}", talk.label("notes_day")),) if notes else ()),
        *((Offer("do:snooze", talk.label("reading_remind")),) if open_lines(talk.guide, talk.state) else ()),
        Offer("do:pause", talk.label("reading_pause")),
    )
    return then_return(talk, DayRuledOut(day, asks=False, offers=offers), offers=offers)


def _topic_of(talk: Talk, reading: str) -> Topic | None:
    """Return the topic that a reading asks about; None where it is another wish, or only "I have a question"."""
    intent, _, detail = reading.partition(":")
    return talk.guide.topic_by_id.get(detail) if intent == "ask" else None


def _which_topic(talk: Talk, topics: Sequence[Topic]) -> Step:
    """Ask which of the topics that words are a little like is meant."""
    offers = tuple(Offer(f"do:ask:{topic.id}", topic.title) for topic in topics)
    return then_return(talk, Unsure(offers, topics=True), offers=offers)


def _reading(talk: Talk, reading: str) -> Offer | None:
    """Return a likely meaning as something to press."""
    question = talk.question
    if question is not None:
        for option in options_of(talk.guide, talk.state, question):
            if option.id == reading:
                return Offer(option.id, option.label)
    intent, _, detail = reading.partition(":")
    topic = talk.guide.topic_by_id.get(detail)
    action = talk.guide.find_action(detail)
    day = parse_day(detail)
    name = topic.title if topic else action.label if action else show_day(day) if day else ""
    label = talk.guide.phrases.labels.get(f"reading_{intent}")
    if label is None:
        return None
    return Offer(f"do:{intent}:{detail}".rstrip(":"), label.format(about=f": {name}" if name else ""))
