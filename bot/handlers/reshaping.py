"""A plan line given another shape: smaller, swapped for another step, or coming round again."""

from __future__ import annotations

from datetime import date

from bot.days import parse_day
from bot.events import Wanted
from bot.guide import Section
from bot.handlers.choosing import changed, find_line, offer
from bot.handlers.doing import settled
from bot.handlers.telling import menu_offer, then_return
from bot.lines import AGREED, ASKED, day_to_begin, has_small_form, repeat, repeat_no_more, shrink, swap
from bot.note_wishes import working_week
from bot.plan import OWN, act_of, say_every, suggest_actions
from bot.repeats import Every, parse_every
from bot.replies import AskLine, Offer, PlanLine
from bot.rounds import first_round
from bot.talk import Step, Talk, enter

MOST_SWAPS = 3
"""How many other steps are offered in place of one."""

HOW_OFTEN = ("1w", "2w", "1m")
"""How often a step may come round, as it is offered; other spans can be typed."""

NEVER = "never"


def change(talk: Talk, event: Wanted) -> Step:
    """Offer what can be changed about a line."""
    line = find_line(talk, event)
    if isinstance(line, Step):
        return line
    number = line.number
    turning = offer(talk, "repeat", number, "no_repeat", NEVER) if line.every else offer(talk, "repeat", number)
    offers = (
        *(() if line.partly == talk.today else (offer(talk, "partly", number),)),
        *_stages(talk, line),
        offer(talk, "snooze", number, "another_day"),
        offer(talk, "shrink", number),
        offer(talk, "swap", number),
        turning,
        offer(talk, "drop", number, "drop_this"),
    )
    return then_return(talk, AskLine("change", line, offers), offers=offers)


def _stages(talk: Talk, line: PlanLine) -> tuple[Offer, ...]:
    """Return the next thing to report of a step that needs somebody's yes."""
    if line.action is None or not line.action.asks or line.stage == AGREED:
        return ()
    return (offer(talk, AGREED if line.stage == ASKED else ASKED, line.number),)


def make_smaller(talk: Talk, event: Wanted) -> Step:
    """Make a line smaller: by the guide's 15-minute form, or by the person's own words."""
    line = find_line(talk, event)
    if isinstance(line, Step):
        return line
    if has_small_form(talk.guide, talk.state.commitments[line.number - 1]):
        calm = settled(talk)
        return changed(calm.on(shrink(talk.guide, calm.state, line.number)), "smaller", line.number)
    return _own_words(talk, line, "smaller")


def exchange(talk: Talk, event: Wanted) -> Step:
    """Put another step in a line's place, or offer a few that fit."""
    said, _, _ = event.detail.partition("#")
    action = talk.guide.find_action(said)
    line = find_line(talk, event, said)
    if isinstance(line, Step):
        return line
    if said == OWN:
        return _own_words(talk, line, "other")
    if action is None:
        return _offer_others(talk, line)
    calm = settled(talk)
    state = swap(calm.state, line.number, action.id, act_of(talk.guide, action), talk.today)
    return changed(calm.on(state), "swapped", line.number)


def _offer_others(talk: Talk, line: PlanLine) -> Step:
    planned = {each.action for each in talk.state.commitments if each.done is None}
    others = [action for action in suggest_actions(talk.guide, talk.state) if action.id not in planned][:MOST_SWAPS]
    own = _section(talk, "other")
    offers = (
        *(Offer(f"do:swap:{action.id}#{line.number}", action.label) for action in others),
        *((offer(talk, "swap", line.number, "own_step", OWN),) if own else ()),
        menu_offer(talk),
    )
    return then_return(talk, AskLine("swap", line, offers), offers=offers)


def _own_words(talk: Talk, line: PlanLine, shows: str) -> Step:
    """Ask for the step in the person's own words, in the guide's section for that; without one, say what helps."""
    section = _section(talk, shows)
    if section is None:
        offers = (offer(talk, "swap", line.number), offer(talk, "drop", line.number, "drop_this"), menu_offer(talk))
        return then_return(talk, AskLine("as_it_is", line, offers), offers=offers)
    calm = settled(talk)
    back_to = calm.state.section if calm.question is not None else ""
    there, opening = enter(calm.having(about=f"#{line.number}", back_to=back_to), section)
    return there.say(*opening)


def _section(talk: Talk, shows: str) -> Section | None:
    return next((section for section in talk.guide.sections if section.shows == shows), None)


def let_repeat(talk: Talk, event: Wanted) -> Step:
    """Let a line come round so often, or no longer; where it is not clear how often, ask."""
    said, _, _ = event.detail.partition("#")
    line = find_line(talk, event, said)
    if isinstance(line, Step):
        return line
    code, _, named = said.partition("@")
    every = parse_every(code)
    if every is None and code != NEVER:
        return _ask_how_often(talk, line)
    if every is None:
        return changed(talk.on(repeat_no_more(talk.state, line.number)), "repeats_no_more", line.number)
    return changed(_repeating(talk, line.number, every, parse_day(named)), "repeats", line.number)


def _repeating(talk: Talk, number: int, every: Every, named: date | None) -> Talk:
    """Let a line come round from the day named, else from its own, else from the first that suits."""
    line = talk.state.commitments[number - 1]
    day = named if named and named >= talk.today else day_to_begin(line, every, talk.today)
    if day is None:
        day, every = first_round(every, talk.today, working_week(talk.guide, talk.state))
    return talk.on(repeat(talk.state, number, every, day))


def _ask_how_often(talk: Talk, line: PlanLine) -> Step:
    ways = [every for code in HOW_OFTEN if (every := parse_every(code))]
    offers = (
        *(Offer(f"do:repeat:{every}#{line.number}", _capital(say_every(talk.guide, every))) for every in ways),
        menu_offer(talk),
    )
    return then_return(talk, AskLine("repeat", line, offers), offers=offers)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
