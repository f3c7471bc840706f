"""Following up: why notes come, and what a person says to them: less, more, none, it does not fit."""

from __future__ import annotations

from datetime import date

from bot.events import Puzzled, Wanted
from bot.handlers.answering import open_section
from bot.handlers.choosing import offer
from bot.handlers.clarifying import not_understood
from bot.handlers.nudging import OFF
from bot.handlers.telling import menu_offer, plan_offer, then_return
from bot.note_wishes import WEEKLY, wishes_of
from bot.nudges import MOST_MISFITS, WEEKS_WEEKLY
from bot.plan import open_lines
from bot.replies import NotesChanged, Offer, SayWhyNote, TipKept
from bot.talk import Step, Talk


def settings(talk: Talk, event: Wanted) -> Step:
    """Open the section that asks which notes are wanted."""
    return open_section(talk, event.changed(intent="open", detail=talk.guide.follow_up.section))


def quiet(talk: Talk, _event: Wanted) -> Step:
    """Stop all notes at once; the talk itself goes on."""
    name = talk.guide.follow_up.kinds
    if not name:
        return then_return(talk, NotesChanged("none"))
    off = talk.on(talk.state.changed(answers={**talk.state.answers, name: ("none",)}))
    return then_return(off, NotesChanged("none"))


def less(talk: Talk, _event: Wanted) -> Step:
    """Send fewer notes: one a week where there were two, then only on the days they set."""
    return _often(talk, -1)


def more(talk: Talk, event: Wanted) -> Step:
    """Send more notes, or go on with those that had ended (`keep`)."""
    return _often(talk, 0 if event.detail == "keep" else 1)


def _often(talk: Talk, change: int) -> Step:
    wishes = wishes_of(talk.guide, talk.state)
    name = talk.guide.follow_up.often
    if wishes is None or not name:
        return settings(talk, Wanted("notes"))
    often = min(max(wishes.often + change, 0), 2)
    state = talk.state.changed(answers={**talk.state.answers, name: str(often)})
    if state.beat is not None:
        state = state.changed(beat=state.beat.changed(ended="", unanswered=0))
    return then_return(talk.on(state), NotesChanged("often", often))


def reason(talk: Talk, _event: Wanted) -> Step:
    """Say why notes come, and when the next may."""
    wishes = wishes_of(talk.guide, talk.state)
    if wishes is None:
        return then_return(talk, SayWhyNote())
    beat = talk.state.beat
    since: date | None = beat.since if beat else None
    options = {o.id: o.label for o in talk.guide.question_by_id[talk.guide.follow_up.kinds].options}
    kinds = tuple(options.get(kind, kind) for kind in wishes.kinds)
    offers = (Offer("do:less", talk.label("less")), Offer(OFF.id, talk.label("quiet")))
    weekly = wishes.often > 0 and any(kind in WEEKLY for kind in wishes.kinds)
    held_out = weekly and since is not None and (talk.today - since).days < 7 * WEEKS_WEEKLY
    return then_return(talk, SayWhyNote(kinds, wishes.often, since, held_out, offers), offers=offers)


def fit(talk: Talk, event: Wanted) -> Step:
    """Note whether the plan fitted; after a second no, offer to make it smaller or swap it."""
    beat = talk.state.beat
    if beat is None:
        return then_return(talk, NotesChanged("fit"))
    misfits = 0 if event.detail == "yes" else beat.misfits + 1
    noted = talk.on(talk.state.changed(beat=beat.changed(misfits=misfits)))
    offers = (*_ways_out(talk, misfits), menu_offer(talk)) if misfits else ()
    return then_return(noted, NotesChanged("misfit" if misfits else "fit", misfits, offers), offers=offers)


def _ways_out(talk: Talk, misfits: int) -> tuple[Offer, ...]:
    """Return what helps a plan that does not fit: after a second no, to make its one open step smaller or swap it."""
    lines = open_lines(talk.guide, talk.state)
    if misfits < MOST_MISFITS or len(lines) != 1:
        return (plan_offer(talk),)
    return offer(talk, "shrink", lines[0].number), offer(talk, "swap", lines[0].number)


def save(talk: Talk, event: Wanted) -> Step:
    """Keep a tip, to be shown again as a question."""
    name = event.detail or (talk.state.seen[-1] if talk.state.seen else "")
    if not name:
        return not_understood(talk, Puzzled(text=event.text))
    if name not in talk.guide.tip_by_id or talk.state.beat is None:
        return settings(talk, Wanted("notes"))
    saved = (*((tip, day) for tip, day in talk.state.beat.saved if tip != name), (name, talk.today))
    return then_return(talk.on(talk.state.changed(beat=talk.state.beat.changed(saved=saved[-9:]))), TipKept())
