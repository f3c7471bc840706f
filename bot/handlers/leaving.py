"""Coming and going: hello, pause, stop, resume, restart and being forgotten."""

from __future__ import annotations

from bot.days import parse_day
from bot.events import Puzzled, Wanted
from bot.handlers.answering import go_on, open_section
from bot.handlers.choosing import ask_day
from bot.handlers.clarifying import answer_question, not_understood
from bot.handlers.telling import tell_due, tell_help
from bot.moments import choose_nudge, is_away
from bot.offered import rests_gently
from bot.plan import due_lines
from bot.replies import (
    AllRight,
    Confirm,
    Forgotten,
    Kept,
    Note,
    Paused,
    Reply,
    Restarted,
    Stopped,
    TellPrivacy,
    Welcome,
    WelcomeBack,
)
from bot.state import State
from bot.talk import Step, Talk, ask, at_menu, enter, show_menu
from bot.typed.hearing import FOREIGN

A_STORY = 6
"""From how many words on a first message that asks nothing is a story."""


def welcome(talk: Talk, _event: Wanted) -> Step:
    """Ask someone new the first question; `dialogue.step` puts the welcome before whatever is said first."""
    there, opening = enter(talk, talk.guide.sections[0])
    return there.say(*opening)


def first_words(talk: Talk) -> tuple[Reply, ...]:
    """Return the welcome, and what happens with a person's data."""
    return Welcome(talk.guide.welcome), TellPrivacy(talk.guide.privacy)


def come_back(talk: Talk, event: Wanted | Puzzled) -> Step:
    """Greet someone known and pick the thread up where it lies."""
    awake = _awake(talk)
    if not awake.state.answers and not awake.state.commitments:
        return welcome(awake, Wanted("start"))
    due = tell_due(awake)
    away = talk.state.day is not None and talk.state.day != talk.today
    greets = bool(talk.state.rest) or away or event == Wanted("start")
    if awake.question is None and awake.state.back_to in awake.guide.section_by_id:
        awake = awake.having(section=awake.state.back_to, back_to="", offered=())
    section = awake.section
    if awake.question is not None and section is not None:
        greeting = (
            (WelcomeBack(asking=True, title=section.title, gap=is_away(talk.state, talk.today)),) if greets else ()
        )
        return awake.say(*greeting, *due, *ask(awake, again=True))
    if section is not None:
        return go_on(awake, (WelcomeBack(asking=False, gap=is_away(talk.state, talk.today)), *due))
    goes_on = isinstance(event, Wanted) and event.intent == "resume" and not greets
    hello = () if goes_on else (_welcome_back(talk, due),)
    return at_menu(awake, *hello, *due)


def hear_out(talk: Talk, event: Puzzled) -> Step:
    """Stay quiet with somebody who told of something hard, or who said stop, until they ask to go on.

    A pause ends here: whoever pauses was told just to write.
    """
    if rests_gently(talk):
        return _stay(talk)
    if talk.state.rest == "stopped":
        return talk.say(Note(talk.label("still_stopped")))
    return come_back(talk.having(rest="", until=None), event)


def help_at_rest(talk: Talk, event: Wanted) -> Step:
    """Say what can be said, but not to somebody who told of something hard: they are heard out."""
    return _stay(talk) if rests_gently(talk) else tell_help(talk, event)


def _stay(talk: Talk) -> Step:
    """Say that somebody was heard and that nothing is asked of them, and not in the same words twice running."""
    return talk.say(Note(talk.label("heard_out" if talk.state.revision % 2 else "still_here")))


def welcome_asking(talk: Talk, event: Wanted) -> Step:
    """Answer what somebody new asks first; after a story of theirs, the first question follows."""
    if _asks(talk, event.text) or len(event.text.split()) < A_STORY:
        return answer_question(talk, event)
    return answer_question(enter(talk, talk.guide.sections[0])[0], event)


def welcome_unsure(talk: Talk, event: Puzzled) -> Step:
    """Offer somebody new the topics that their question may be about; with anything else that is unclear, begin."""
    if event.readings == (FOREIGN,):
        return not_understood(talk, event)
    topics = all(reading.startswith("ask:") for reading in event.readings)
    return not_understood(talk, event) if topics and _asks(talk, event.text) else welcome(talk, Wanted("start"))


def _asks(talk: Talk, text: str) -> bool:
    opening = text.lower().split()[:1]
    return "?" in text or not {*opening}.isdisjoint(talk.guide.phrases.words.get("asking", ()))


def _welcome_back(talk: Talk, due: tuple[Reply, ...]) -> WelcomeBack:
    """Greet somebody; after a gap, with one five-minute step, unless a step of their own is due."""
    gap = is_away(talk.state, talk.today)
    nudge = choose_nudge(talk.guide, talk.state, ("gap",)) if gap and not due else None
    return WelcomeBack(asking=False, gap=gap, step=nudge.text if nudge else "")


def _awake(talk: Talk) -> Talk:
    return talk.having(rest="", until=None, confirming="")


def pause(talk: Talk, event: Wanted) -> Step:
    """Rest, until a day or until the person is back; whoever rests until a day already goes on to do so."""
    until = parse_day(event.detail)
    if not event.detail and talk.state.rest == "paused":
        until = talk.state.until
    if until is not None and until <= talk.today:
        until = None
    return talk.having(rest="paused", until=until, confirming="", offered=()).say(Paused(until))


def stop(talk: Talk, _event: Wanted) -> Step:
    """Stop at once, say so once, and win nobody back."""
    return talk.having(rest="stopped", until=None, confirming="", offered=()).say(Stopped())


def confirm(talk: Talk, event: Wanted) -> Step:
    """Ask once before something that cannot be undone."""
    return talk.having(confirming=event.intent).say(Confirm(event.intent))


def confirmed(talk: Talk, _event: Wanted) -> Step:
    """Do what was asked for: forget the person, or begin anew."""
    if talk.state.confirming == "delete":
        return Step(State(talk.guide.id), (Forgotten(),), erase=True)
    fresh = talk.on(State(talk.guide.id, revision=talk.state.revision, seen=talk.state.seen))
    there, opening = enter(fresh, talk.guide.sections[0])
    return there.say(Restarted(), *opening)


def refused(talk: Talk, _event: Wanted) -> Step:
    """Change nothing and go on where the talk was."""
    return _resettle(talk, Kept())


def unclear(talk: Talk, _event: Puzzled) -> Step:
    """Ask the yes-or-no question again when the answer was neither, and say what counts as one."""
    return talk.say(Note(talk.label("nothing_removed")), Confirm(talk.state.confirming))


def _resettle(talk: Talk, *before: Reply) -> Step:
    calm = talk.having(confirming="")
    if calm.question is not None:
        return calm.say(*before, *ask(calm, again=True))
    return at_menu(calm, *before)


def agree(talk: Talk, event: Wanted) -> Step:
    """Take a yes at the menu as: go on with what was just offered, or with what comes next."""
    if talk.question is not None:
        return not_understood(talk, Puzzled())
    offered = next(iter(talk.state.offered), "")
    if offered.startswith("open:"):
        return open_section(talk, event.changed(intent="open", detail=offered.removeprefix("open:")))
    menu = show_menu(talk)
    if not menu.next:
        return at_menu(talk)
    return open_section(talk, event.changed(intent="open", detail=menu.offers[0].id.removeprefix("open:")))


def decline(talk: Talk, _event: Wanted) -> Step:
    """Take a no at the menu as: not now. Beside a step whose day has come, it asks for another day."""
    due = due_lines(talk.guide, talk.state, talk.today)
    if due:
        return ask_day(talk, due[0].number if len(due) == 1 else 0)
    return talk.say(AllRight())
