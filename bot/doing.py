"""What happens to the plan in a talk: a line ticked off, a line given another day."""

from __future__ import annotations

from bot.answering import MOST_CHARACTERS
from bot.days import parse_day
from bot.events import Noted, Wanted
from bot.guide import Section
from bot.plan import keep_evidence, move, open_lines, show_plan, tick_off
from bot.replies import (
    DayMoved,
    Done,
    EvidenceKept,
    NotADate,
    NothingYet,
    Offer,
    PlanLine,
    TellChannel,
    WhichOne,
    Words,
)
from bot.talk import Step, Talk, enter
from bot.telling import tell_plan, then_return


def tick(talk: Talk, event: Wanted) -> Step:
    """Tick off the plan line meant, then ask how it went where the guide has a question for that."""
    lines = open_lines(talk.guide, talk.state)
    if not lines:
        return tell_plan(talk, event)
    line = _meant(lines, event.detail)
    if line is None:
        return _which(talk, lines, "done")
    ticked = talk.on(tick_off(talk.state, line.number, talk.today))
    after = _after_action(talk)
    done = show_plan(talk.guide, ticked.state)[line.number - 1]
    if after is None or ticked.question is not None:
        return then_return(ticked, Done(done))
    about = ticked.state.commitments[line.number - 1].action
    there, opening = enter(ticked.having(about=about), after)
    return there.say(*opening)


def note(talk: Talk, event: Noted) -> Step:
    """Keep a line as evidence, with the address it came from."""
    text = " ".join(event.text.split())[:MOST_CHARACTERS]
    if not text:
        return talk.say(NothingYet("answers"))
    kept = f"{text} ({event.link})" if event.link else text
    return talk.on(keep_evidence(talk.state, kept, talk.state.about, talk.today)).say(EvidenceKept())


def tell_channel(talk: Talk, _event: Wanted) -> Step:
    """Say what can be asked in a channel."""
    return talk.say(TellChannel())


def set_day(talk: Talk, event: Wanted) -> Step:
    """Give a plan line another day; without one, show the plan."""
    lines = open_lines(talk.guide, talk.state)
    day = parse_day(event.detail)
    if not lines or day is None:
        return tell_plan(talk, event)
    if day < talk.today:
        return then_return(talk, NotADate())
    moved = talk.on(move(talk.state, lines[0].number, day))
    return then_return(moved, DayMoved(show_plan(talk.guide, moved.state)[lines[0].number - 1]))


def _meant(lines: tuple[PlanLine, ...], detail: str) -> PlanLine | None:
    """Return the line meant: by its number, by its action or the action's topic, or because there is only one."""
    if detail.startswith("#"):
        return next((line for line in lines if f"#{line.number}" == detail), None)
    if detail:
        return next((line for line in lines if line.action and detail in (line.action.id, line.action.topic)), None)
    return lines[0] if len(lines) == 1 else None


def _which(talk: Talk, lines: tuple[PlanLine, ...], intent: str) -> Step:
    offers = tuple(Offer(f"do:{intent}:#{line.number}", _label(line)) for line in lines)
    return then_return(talk, WhichOne(offers), offers=offers)


def _label(line: PlanLine) -> str:
    """Return a plan line's act as a button's label, which is plain text."""
    return line.words.text if isinstance(line.words, Words) else line.words


def _after_action(talk: Talk) -> Section | None:
    return next((section for section in talk.guide.sections if section.shows == "evidence"), None)
