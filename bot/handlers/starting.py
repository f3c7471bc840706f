"""A fresh start that a person speaks of: a project that closed, a new role, or simply a new beginning."""

from __future__ import annotations

from bot.brevity import MOST_WORDS, count_words, fit_lines
from bot.events import Wanted
from bot.fresh_starts import said_beginnings
from bot.guide import Nudge
from bot.handlers.telling import menu_offer, own_offer, plan_offer, then_return
from bot.moments import choose_nudge
from bot.plan import open_lines
from bot.replies import FreshStart, Offer, PlanLine
from bot.talk import Step, Talk, at_menu


def start_afresh(talk: Talk, event: Wanted) -> Step:
    """Say what suits such a moment, and offer the place for it; steps that were tied to it have their turn now."""
    moments = said_beginnings(event.intent, event.text, talk.today)
    fitting = (choose_nudge(talk.guide, talk.state, (moment,)) for moment in moments)
    nudge = next((each for each in fitting if each is not None), None)
    if nudge is None:
        return at_menu(talk)
    tied = _tied_to(talk, nudge)
    offers = _offers(talk, nudge, tied)
    return then_return(talk, FreshStart(nudge.text, tied, offers), offers=offers)


def _tied_to(talk: Talk, nudge: Nudge) -> tuple[PlanLine, ...]:
    """Return the open lines that wait for just this, as far as there is room for them."""
    cue = nudge.cue.casefold()
    lines = tuple(line for line in open_lines(talk.guide, talk.state) if cue and str(line.cue).casefold() == cue)
    return fit_lines(talk.guide, lines[:1], MOST_WORDS - count_words(nudge.text)) if lines else ()


def _offers(talk: Talk, nudge: Nudge, tied: tuple[PlanLine, ...]) -> tuple[Offer, ...]:
    own = own_offer(nudge)
    plan = (plan_offer(talk),) if talk.state.commitments and (tied or own is None) else ()
    return (*plan, *((own,) if own else ()), menu_offer(talk))
