"""A step that needs somebody's yes: asked for, agreed to for a day, or turned down."""

from __future__ import annotations

from bot.days import parse_day
from bot.events import Wanted
from bot.handlers.choosing import changed, day_offers, find_line, offer
from bot.handlers.telling import then_return
from bot.lines import AGREED, ASKED, set_stage
from bot.plan import open_lines
from bot.replies import AskLine, NotADate, PlanLine
from bot.talk import Step, Talk


def asked(talk: Talk, event: Wanted) -> Step:
    """Note that the person has asked."""
    line = _line(talk, event)
    if isinstance(line, Step):
        return line
    noted = talk.on(set_stage(talk.state, line.number, ASKED, talk.today))
    answers = (offer(talk, AGREED, line.number), offer(talk, "refused", line.number))
    return changed(noted, ASKED, line.number, *answers)


def agreed(talk: Talk, event: Wanted) -> Step:
    """Note that somebody said yes, and for which day; ask for the day where it was not said."""
    said, _, _ = event.detail.partition("#")
    day = parse_day(said)
    line = _line(talk, event)
    if isinstance(line, Step):
        return line
    if day is None:
        offers = day_offers(talk, AGREED, line.number)
        return then_return(talk, AskLine(AGREED, line, offers), offers=offers)
    if day < talk.today:
        return then_return(talk, NotADate())
    noted = talk.on(set_stage(talk.state, line.number, AGREED, talk.today, day))
    return changed(noted, AGREED, line.number, document=line.action.before if line.action else "")


def turned_down(talk: Talk, event: Wanted) -> Step:
    """Take a no as what it is, and offer what can be done instead."""
    line = _line(talk, event)
    if isinstance(line, Step):
        return line
    noted = talk.on(set_stage(talk.state, line.number, "", talk.today))
    ways = (offer(talk, "shrink", line.number), offer(talk, "swap", line.number))
    return changed(noted, "refused", line.number, *ways, offer(talk, "snooze", line.number, "another_day"))


def called_off(talk: Talk, event: Wanted) -> Step:
    """Keep a step open that came to nothing for now, without what was agreed, and offer what to do with it."""
    line = find_line(talk, event)
    if isinstance(line, Step):
        return line
    noted = talk.on(set_stage(talk.state, line.number, "", talk.today))
    ways = (offer(talk, "snooze", line.number, "another_day"), offer(talk, "swap", line.number))
    return changed(noted, "called_off", line.number, *ways, offer(talk, "drop", line.number, "drop_this"))


def _line(talk: Talk, event: Wanted) -> PlanLine | Step:
    """Return the line meant; where none is named and only one step needs a yes, it is that one."""
    found = find_line(talk, event, event.detail.partition("#")[0])
    if isinstance(found, PlanLine) or "#" in event.detail:
        return found
    needing = [line for line in open_lines(talk.guide, talk.state) if line.action and line.action.asks]
    return needing[0] if len(needing) == 1 else found
