"""What happens to the plan in a talk: a line ticked off, partly done, moved or taken out, and the last of it undone."""

from __future__ import annotations

from bot.days import parse_day
from bot.events import Noted, Wanted
from bot.evidence import keep_evidence
from bot.guide import ASIDE, Section
from bot.handlers.answering import MOST_CHARACTERS
from bot.handlers.choosing import ask_day, day_offers, find_line, none_open, offer, undo_offers
from bot.handlers.reviewing import set_down
from bot.handlers.telling import example_question, then_return
from bot.lines import MOVES, move, partly_done, reopen, take_back, take_out, tick_off
from bot.note_wishes import reminds, working_week
from bot.plan import open_lines, show_line, show_plan
from bot.replies import (
    DayMoved,
    Done,
    Dropped,
    EvidenceKept,
    LineChanged,
    NotADate,
    NothingYet,
    PlanLine,
    TellChannel,
)
from bot.talk import Step, Talk, enter

FEWEST_TOLD = 3
"""From how many words on what follows "log evidence:" is told, and not only named."""


def tick(talk: Talk, event: Wanted) -> Step:
    """Tick off the plan line meant, then ask how it went where the guide has a question for that.

    A question on the table is set down for it, and comes back afterwards.
    """
    line = find_line(talk, event)
    if isinstance(line, Step):
        return line
    week = working_week(talk.guide, talk.state)
    ticked = talk.on(tick_off(talk.state, line.number, talk.today, week))
    done = Done(show_plan(talk.guide, ticked.state)[line.number - 1])
    after = evidence_section(talk, line)
    if after is None:
        return then_return(ticked, done)
    there, opening = enter(_about(ticked, line, after), after)
    return there.say(*((done,) if done.line.every else ()), *opening)


def log(talk: Talk, event: Wanted) -> Step:
    """Ask what came of a line so far; it stays open. What is told at once, after a colon, is kept as it is."""
    told = event.text.partition(":")[2]
    if len(told.split()) >= FEWEST_TOLD:
        return then_return(*_noted(talk, told[:MOST_CHARACTERS]))
    line = find_line(talk, event)
    if isinstance(line, Step):
        return line
    after = evidence_section(talk, line)
    if after is None:
        return none_open(talk, event)
    there, opening = enter(_about(talk, line, after), after)
    return there.say(*opening)


def evidence_section(talk: Talk, line: PlanLine) -> Section | None:
    """Return the section that asks how a line went: its action's own, or the guide's first that no action has."""
    sections = talk.guide.sections
    owned = {action.after for action in talk.guide.actions if action.after}
    own = talk.guide.section_by_id.get(line.action.after) if line.action else None
    if own is not None and own.shows == "evidence":
        return own
    return next((each for each in sections if each.shows == "evidence" and each.id not in owned), None)


def _about(talk: Talk, line: PlanLine, after: Section) -> Talk:
    """Return the footing on which is asked about a line; what was asked before is set down for it."""
    action = talk.state.commitments[line.number - 1].action
    back_to = talk.state.section if talk.question is not None and talk.section is not after else ""
    if talk.section is not None and talk.section.shows in ASIDE:
        back_to = talk.state.back_to
    return talk.having(about=action or f"#{line.number}", back_to=back_to)


def partly(talk: Talk, event: Wanted) -> Step:
    """Note that part of a line is done: that is a step too. The line stays, and may get another day."""
    line = find_line(talk, event)
    if isinstance(line, Step):
        return line
    noted = talk.on(partly_done(talk.state, line.number, talk.today))
    shown = show_plan(talk.guide, noted.state)[line.number - 1]
    offers = day_offers(talk, number=line.number)
    if evidence_section(talk, line) is not None:
        offers = (*offers, offer(talk, "log", line.number))
    return then_return(noted, LineChanged("partly", shown, offers), offers=offers)


def undo(talk: Talk, event: Wanted) -> Step:
    """Take back the last change to the plan; a line named by its number is opened again if it was ticked off."""
    change, calm = talk.state.change, settled(talk)
    done = [line for line in show_plan(talk.guide, talk.state) if line.done is not None]
    number = event.detail.removeprefix("#")
    named = next((line for line in done if str(line.number) == number), None)
    if named is None and change is not None:
        back = calm.on(take_back(calm.state))
        was = show_line(talk.guide, change.number, change.line)
        return then_return(back, LineChanged(f"undone_{change.wish}", was))
    if not done:
        return then_return(talk, NothingYet("undo"))
    line = named or max(done, key=lambda each: (each.done or talk.today, each.number))
    opened = calm.on(reopen(calm.state, line.number))
    return then_return(opened, LineChanged("undone_done", show_plan(talk.guide, opened.state)[line.number - 1]))


def settled(talk: Talk) -> Talk:
    """Leave a question about a plan line, whose number or words may now change; go back to what was before it."""
    if talk.section is None or talk.section.shows not in ASIDE:
        return talk
    spent = frozenset(question.id for question in talk.section.questions)
    left = set_down(talk.on(talk.state.without(spent)))
    home = left.state.back_to if left.state.back_to in talk.guide.section_by_id else ""
    return left.having(section=home, back_to="", about="")


def drop(talk: Talk, event: Wanted) -> Step:
    """Take the line meant out of the plan."""
    line = find_line(talk, event)
    if isinstance(line, Step):
        return line
    calm = settled(talk)
    offers = undo_offers(talk)
    return then_return(calm.on(take_out(calm.state, line.number)), Dropped(line, offers), offers=offers)


def note(talk: Talk, event: Noted) -> Step:
    """Keep a line as evidence, with the address it came from."""
    text = " ".join(event.text.split())[:MOST_CHARACTERS]
    if not text:
        return talk.say(NothingYet("answers"))
    kept, reply = _noted(talk, f"{text} ({event.link})" if event.link else text)
    return kept.say(reply)


def _noted(talk: Talk, told: str) -> tuple[Talk, EvidenceKept]:
    """Return the talk with a line of evidence more, about the step that is told of now, and what is said to that."""
    text = " ".join(told.split())
    about = "" if talk.state.about.startswith("#") else talk.state.about
    kept = talk.on(keep_evidence(talk.state, text, about, talk.today))
    return kept, EvidenceKept(cv=bool(talk.guide.patterns))


def tell_channel(talk: Talk, _event: Wanted) -> Step:
    """Say what can be asked in a channel."""
    return talk.say(TellChannel(example=example_question(talk.guide)))


def set_day(talk: Talk, event: Wanted) -> Step:
    """Give a plan line another day; where the line or the day is not clear, ask which."""
    lines = open_lines(talk.guide, talk.state)
    if not lines:
        return none_open(talk, event)
    day = parse_day(event.detail.partition("#")[0])
    if day is None:
        named = find_line(talk, event, "")
        return ask_day(talk, named.number if isinstance(named, PlanLine) else 0)
    if day < talk.today:
        return then_return(talk, NotADate())
    line = find_line(talk, event, day.isoformat())
    if isinstance(line, Step):
        return line
    return _moved(talk.on(move(talk.state, line.number, day)), line.number)


def _moved(talk: Talk, number: int) -> Step:
    shown = show_plan(talk.guide, talk.state)[number - 1]
    often = shown.moved >= MOVES
    ways = (offer(talk, "shrink", number), offer(talk, "swap", number)) if often else ()
    offers = (*ways, *undo_offers(talk))
    return then_return(talk, DayMoved(shown, often, reminds(talk.guide, talk.state), offers), offers=offers)
