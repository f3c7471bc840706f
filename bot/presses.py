"""A press or a form, as an event with a meaning.

A press stands for an option id of the question on the table, for something offered, or for an intent
(`do:<intent>:<detail>`, `open:<section>`, `edit:<question>`). A press that belongs to an earlier step is
`stale`: it gets a kind word and changes nothing.
"""

from __future__ import annotations

from datetime import date, timedelta

from bot.events import Answered, Chose, Event, Puzzled, Submitted, Wanted
from bot.guide import Question
from bot.note_wishes import working_week
from bot.repeats import EVERY, Every, parse_every
from bot.rounds import first_round
from bot.talk import Talk
from bot.typed.hearing import NO_WORDS
from bot.understanding import Expects, Understanding

STALE = Wanted("stale")


def read_press(talk: Talk, event: Chose, expects: Expects) -> Event:
    """Return the answer or the wish that a press stands for, or `STALE` where it belongs to an earlier step."""
    question = talk.question
    if talk.state.confirming and event.option in ("yes", "no"):
        return Wanted(event.option)
    if event.question and (question is None or event.question != question.id):
        return STALE
    if question is not None and event.option in [option.id for option in expects.options]:
        return with_day(talk, Answered(options=(event.option,)))
    if event.option.partition(":")[0] not in ("do", "open", "edit"):
        return STALE
    return _check_target(talk, wanted(event.option))


def read_form(talk: Talk, understanding: Understanding, event: Submitted, expects: Expects) -> Event:
    """Return the answer that a form holds, or `STALE` where its question is not on the table."""
    question = talk.question
    if question is None or question.id not in event.fields:
        return STALE
    value = event.fields[question.id]
    known = {option.id for option in expects.options}
    picked = value if isinstance(value, tuple) else (value,)
    if question.kind == "date":
        return (
            with_day(talk, Answered(options=picked))
            if picked[0] in known
            else _typed_day(talk, understanding, picked[0], expects)
        )
    if known and all(option in known for option in picked):
        return Answered(options=picked)
    if isinstance(value, str):
        return _free_text(talk, understanding, question, value, expects)
    return STALE


def wanted(option: str, text: str = "") -> Event:
    """Return what an offered id stands for."""
    kind, _, rest = option.partition(":")
    if kind == "do":
        intent, _, detail = rest.partition(":")
        return Wanted(intent, detail, text)
    return Wanted(kind, rest, text)


def with_day(talk: Talk, event: Answered) -> Event:
    """Turn an option such as `+7d` or `every-1m` of a date question into the day it stands for."""
    question = talk.question
    if question is None or question.kind != "date" or not event.options:
        return event
    every = parse_every(event.options[0].removeprefix(EVERY)) if event.options[0].startswith(EVERY) else None
    if every:
        return in_turn(talk, every)
    return Answered(day=_days_ahead(talk.today, event.options[0]))


def in_turn(talk: Talk, every: Every) -> Answered:
    """Return how often a step comes round, with the first day of it, as an answer."""
    day, kept = first_round(every, talk.today, working_week(talk.guide, talk.state))
    return Answered(day=day, every=kept)


def _days_ahead(today: date, option: str) -> date | None:
    number = option.strip("+d")
    return today + timedelta(days=int(number)) if number.isdecimal() else None


def _check_target(talk: Talk, event: Event) -> Event:
    """Refuse what the guide no longer has."""
    if isinstance(event, Wanted):
        if event.intent == "open" and event.detail not in talk.guide.section_by_id:
            return STALE
        if event.intent == "edit" and event.detail not in talk.guide.question_by_id:
            return STALE
    return event


def _typed_day(talk: Talk, understanding: Understanding, text: str, expects: Expects) -> Event:
    try:
        return Answered(day=date.fromisoformat(text))
    except ValueError:
        return understanding.hear(text, expects, talk.now)


def _free_text(talk: Talk, understanding: Understanding, question: Question, text: str, expects: Expects) -> Event:
    """Take a form's text as it stands, where it says anything: it was entered in the answer's own field."""
    if not text.strip():
        return Wanted("skip")
    heard = understanding.hear(text, expects, talk.now)
    if question.kind != "text" or (isinstance(heard, Puzzled) and heard.readings == (NO_WORDS,)):
        return heard
    return Answered(text=text.strip())
