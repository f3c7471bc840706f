"""What happens to the plan in a talk: a line ticked off or opened again, given another day, or taken out."""

from __future__ import annotations

from datetime import timedelta

from bot.days import parse_day, show_day
from bot.events import Noted, Wanted
from bot.guide import Section
from bot.handlers.answering import MOST_CHARACTERS
from bot.handlers.telling import add_offer, example_question, menu_offer, tell_plan, then_return
from bot.plan import keep_evidence, move, open_lines, show_plan, take_out, tick_off
from bot.replies import (
    AskDay,
    DayMoved,
    Done,
    Dropped,
    EvidenceKept,
    NotADate,
    NothingBefore,
    NothingYet,
    Offer,
    PlanLine,
    TellChannel,
    WhichOne,
    Words,
)
from bot.talk import Step, Talk, enter
from bot.typed.numbering import plan_number


def tick(talk: Talk, event: Wanted) -> Step:
    """Tick off the plan line meant, then ask how it went where the guide has a question for that.

    A question on the table is set down for it, and comes back afterwards.
    """
    lines = open_lines(talk.guide, talk.state)
    if not lines:
        return _none_open(talk, event)
    line = _meant(lines, event.detail)
    if line is None:
        return _which(talk, lines, "done")
    ticked = talk.on(tick_off(talk.state, line.number, talk.today))
    after = _after_action(talk)
    if after is None:
        return then_return(ticked, Done(show_plan(talk.guide, ticked.state)[line.number - 1]))
    about = ticked.state.commitments[line.number - 1].action
    back_to = talk.state.section if talk.question is not None and talk.section is not after else ""
    there, opening = enter(ticked.having(about=about, back_to=back_to), after)
    return there.say(*opening)


def untick(talk: Talk, event: Wanted) -> Step:
    """Open again the line that was ticked off last."""
    done = [line for line in show_plan(talk.guide, talk.state) if line.done is not None]
    if not done:
        return then_return(talk, NothingBefore())
    line = max(done, key=lambda each: (each.done or talk.today, each.number))
    opened = talk.on(tick_off(talk.state, line.number, None))
    return tell_plan(opened, event)


def drop(talk: Talk, event: Wanted) -> Step:
    """Take the line meant out of the plan."""
    lines = open_lines(talk.guide, talk.state)
    if not lines:
        return _none_open(talk, event)
    line = _meant(lines, event.detail)
    if line is None:
        return _which(talk, lines, "drop")
    return then_return(talk.on(take_out(talk.state, line.number)), Dropped(line), offers=(menu_offer(talk),))


def _none_open(talk: Talk, event: Wanted) -> Step:
    """Say that there is no plan, or that every step of it is done."""
    if not talk.state.commitments:
        return tell_plan(talk, event)
    return then_return(talk, NothingYet("open", add_offer(talk)), offers=add_offer(talk))


def note(talk: Talk, event: Noted) -> Step:
    """Keep a line as evidence, with the address it came from."""
    text = " ".join(event.text.split())[:MOST_CHARACTERS]
    if not text:
        return talk.say(NothingYet("answers"))
    kept = f"{text} ({event.link})" if event.link else text
    return talk.on(keep_evidence(talk.state, kept, talk.state.about, talk.today)).say(
        EvidenceKept(cv=bool(talk.guide.patterns))
    )


def tell_channel(talk: Talk, _event: Wanted) -> Step:
    """Say what can be asked in a channel."""
    return talk.say(TellChannel(example=example_question(talk.guide)))


def set_day(talk: Talk, event: Wanted) -> Step:
    """Give a plan line another day; where the line or the day is not clear, ask which."""
    lines = open_lines(talk.guide, talk.state)
    if not lines:
        return _none_open(talk, event)
    said, _, number = event.detail.partition("#")
    day = parse_day(said)
    if day is None:
        return ask_day(talk)
    if day < talk.today:
        return then_return(talk, NotADate())
    typed = plan_number(event.text)
    named = number or (str(typed) if typed else "")
    line = _meant(lines, f"#{named}" if named else "")
    if line is None:
        return _which(talk, lines, f"remind:{day.isoformat()}")
    moved = talk.on(move(talk.state, line.number, day))
    shown = show_plan(talk.guide, moved.state)[line.number - 1]
    return then_return(moved, DayMoved(shown), offers=(menu_offer(talk),))


def ask_day(talk: Talk) -> Step:
    """Ask for which day, with the likeliest to press."""
    days = (talk.today + timedelta(days=ahead) for ahead in (1, 7, 14))
    offers = tuple(Offer(f"do:remind:{day.isoformat()}", show_day(day)) for day in days)
    return then_return(talk, AskDay(offers), offers=offers)


def _meant(lines: tuple[PlanLine, ...], detail: str) -> PlanLine | None:
    """Return the line meant: by its number, by its action or the action's topic, or because there is only one."""
    if detail.startswith("#"):
        return next((line for line in lines if f"#{line.number}" == detail), None)
    if detail:
        return next((line for line in lines if line.action and detail in (line.action.id, line.action.topic)), None)
    return lines[0] if len(lines) == 1 else None


def _which(talk: Talk, lines: tuple[PlanLine, ...], intent: str) -> Step:
    joint = "" if intent.startswith("remind:") else ":"
    offers = tuple(Offer(f"do:{intent}{joint}#{line.number}", _label(line)) for line in lines)
    return then_return(talk, WhichOne(offers), offers=offers)


def _label(line: PlanLine) -> str:
    """Return a plan line's act as a button's label, which is plain text."""
    words = line.words.text if isinstance(line.words, Words) else line.words
    return words[:1].upper() + words[1:]


def _after_action(talk: Talk) -> Section | None:
    return next((section for section in talk.guide.sections if section.shows == "evidence"), None)
