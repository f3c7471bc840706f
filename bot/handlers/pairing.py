"""A buddy: two people swap one line every two weeks. Who the other is, is nobody's business here and is not asked."""

from __future__ import annotations

from bot.events import Wanted
from bot.guide import Action
from bot.handlers.choosing import offer
from bot.handlers.telling import menu_offer, plan_offer, then_return
from bot.note_wishes import working_week
from bot.plan import act_of, open_lines, put_in
from bot.repeats import Every
from bot.replies import Offer, ShowBuddy
from bot.rounds import first_round
from bot.state import Commitment
from bot.talk import Step, Talk, at_menu

EVERY = Every(2, "week")
NOTED = "yes"
"""The detail that puts the swapping into the plan."""


def pair_up(talk: Talk, event: Wanted) -> Step:
    """Say how a buddy works, with a line of one's own to send; on a yes, put the swapping into the plan."""
    action = talk.guide.find_action(talk.guide.promise.buddy) if talk.guide.promise else None
    if action is None:
        return at_menu(talk)
    if event.detail == NOTED:
        return _note(talk, action)
    document = talk.guide.document_by_id.get(action.document)
    offers = (
        *(() if _is_planned(talk, action) else (Offer(f"do:buddy:{NOTED}", talk.label("buddy_yes")),)),
        *((Offer(f"do:document:{document.id}", document.title),) if document else ()),
        menu_offer(talk),
    )
    mine = next((line for line in open_lines(talk.guide, talk.state) if line.action is not action), None)
    return then_return(talk, ShowBuddy(action, mine, offers=offers), offers=offers)


def _is_planned(talk: Talk, action: Action) -> bool:
    return any(line.action == action.id and line.done is None for line in talk.state.commitments)


def _note(talk: Talk, action: Action) -> Step:
    day, every = first_round(EVERY, talk.today, working_week(talk.guide, talk.state))
    line = Commitment(action.id, act_of(talk.guide, action), day=day, every=every)
    noted = talk if _is_planned(talk, action) else talk.on(put_in(talk.state, line))
    shown = next(line for line in open_lines(talk.guide, noted.state) if line.action is action)
    offers = (offer(talk, "drop", shown.number, "drop_this"), plan_offer(talk), menu_offer(talk))
    return then_return(noted, ShowBuddy(action, noted=shown, offers=offers), offers=offers)
