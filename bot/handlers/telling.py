"""What a person can ask for at any point; each is answered and the talk goes on where it was."""

from __future__ import annotations

from bot.events import Wanted
from bot.guide import Guide, Nudge, Section
from bot.plan import due_lines, near_lines, open_lines, show_plan, steps_taken
from bot.profile import make_profile
from bot.replies import (
    Confirm,
    Explain,
    Help,
    NothingYet,
    Offer,
    Part,
    Prepare,
    Reply,
    ShowDue,
    ShowPlan,
    ShowProfile,
    ShowProgress,
    TellPrivacy,
    YouAreWelcome,
)
from bot.routing import is_done, walk
from bot.talk import Step, Talk, ask, at_menu, enter, offering
from bot.typed.words import clean, split

ALWAYS = ("progress", "review", "pause until Monday", "privacy", "export", "delete", "stop")
"""Commands that every guide has, as the help names them."""


def then_return(talk: Talk, *replies: Reply, offers: tuple[Offer, ...] = ()) -> Step:
    """Say these, then ask again what was on the table; at the menu, remember what was offered.

    While the talk rests, only these are said: a rest is not broken by a question asked aside. What is to be confirmed
    is asked again.
    """
    if talk.state.confirming:
        return talk.say(*replies, Confirm(talk.state.confirming))
    if talk.state.rest:
        return talk.say(*replies)
    if talk.question is not None:
        return talk.say(*replies, *ask(talk, again=True))
    return (offering(talk, *offers) if offers else talk).say(*replies)


def menu_offer(talk: Talk) -> Offer:
    """Return the way to the menu."""
    return Offer("do:menu", talk.label("menu"))


def plan_offer(talk: Talk) -> Offer:
    """Return the way to the plan."""
    return Offer("do:plan", talk.label("plan"))


def own_offer(nudge: Nudge) -> Offer | None:
    """Return what a nudge itself offers to open, if anything."""
    target = f"open:{nudge.opens}" if nudge.opens else f"do:{nudge.does}:{nudge.detail}".rstrip(":")
    return Offer(target, nudge.offers) if nudge.offers else None


def tell_why(talk: Talk, _event: Wanted) -> Step:
    """Say why the question on the table is asked; at the menu, what the guide is for."""
    if talk.question is None:
        return then_return(talk, Explain(talk.label("why_menu")))
    return then_return(talk, Explain(talk.question.why or talk.label("why_default")))


def tell_help(talk: Talk, event: Wanted) -> Step:
    """Say what can be said here; to whoever asks what a question means, why it is asked."""
    unclear = talk.guide.phrases.words.get("unclear", ())
    if talk.question is not None and talk.question.why and not {*split(clean(event.text))}.isdisjoint(unclear):
        return tell_why(talk, event)
    if talk.question is not None:
        return then_return(talk, Help(asking=True))
    guide = talk.guide
    having = {"tip": guide.tips, "plan": leading_to(talk, "plan"), "profile": guide.skills, "CV": guide.patterns}
    can = (*(word for word, there in having.items() if there), *ALWAYS)
    return at_menu(talk, Help(asking=False, can=can, example=example_question(guide)))


def example_question(guide: Guide) -> str:
    """Return a question one could ask: the one the author names, or the first that is written as one."""
    if "example_question" in guide.phrases.labels:
        return guide.phrases.labels["example_question"]
    asks = (ask for topic in guide.topics for ask in topic.asks)
    return next((ask for ask in asks if ask.endswith("?")), next((t.asks[0] + "?" for t in guide.topics if t.asks), ""))


def tell_progress(talk: Talk, _event: Wanted) -> Step:
    """Say what was done and what is open, in parts rather than percentages."""
    parts = tuple(_part(talk, section) for section in walked_sections(talk))
    here = _part(talk, talk.section) if talk.section else None
    finished = steps_taken(talk.state)
    offers = () if talk.question else (menu_offer(talk),)
    planned, proof = len(talk.state.commitments), len(talk.state.evidence)
    return then_return(talk, ShowProgress(parts, here, planned, finished, proof, offers), offers=offers)


def walked_sections(talk: Talk) -> list[Section]:
    """Return the sections that have been begun."""
    return [section for section in talk.guide.sections if walk(talk.guide, talk.state, section)[0]]


def _part(talk: Talk, section: Section) -> Part:
    _, upcoming = walk(talk.guide, talk.state, section)
    if section is not talk.section and is_done(talk.guide, talk.state, section.id):
        upcoming = None
    of = talk.guide.place_of[section.questions[-1].id][1]
    return Part(section.title, of if upcoming is None else talk.guide.place_of[upcoming.id][0] - 1, of)


def tell_profile(talk: Talk, _event: Wanted) -> Step:
    """Show strengths and gaps."""
    profile = make_profile(talk.guide, talk.state)
    if not profile.rated:
        return not_yet(talk, "profile")
    offers = (plan_offer(talk), menu_offer(talk))
    shown = ShowProfile(profile.strengths, profile.gaps, profile.rated, () if talk.question else offers)
    return then_return(talk, shown, offers=offers)


def tell_plan(talk: Talk, _event: Wanted) -> Step:
    """Show the plan, or say that there is none yet; while one is being made, that it is."""
    if not talk.state.commitments:
        making = talk.section is not None and talk.section is leading_to(talk, "plan")
        return not_yet(talk, "making" if making else "plan")
    ticks = tuple(Offer(f"do:done:#{line.number}", str(line.number)) for line in open_lines(talk.guide, talk.state))
    return then_return(talk, ShowPlan(show_plan(talk.guide, talk.state)), offers=ticks)


def add_offer(talk: Talk, action: str = "") -> tuple[Offer, ...]:
    """Return the way to another plan step, or to that one, where the guide has one, and the way to the menu."""
    section = leading_to(talk, "plan")
    return (*((Offer(f"do:add:{action}".rstrip(":"), talk.label("add")),) if section else ()), menu_offer(talk))


def add_step(talk: Talk, event: Wanted) -> Step:
    """Open the part that makes a plan; with an action named, it is picked already, unless others are being planned."""
    section = leading_to(talk, "plan")
    if section is None:
        return at_menu(talk)
    there, opening = enter(_picking(talk, section, event.detail).having(back_to=""), section)
    return there.say(*opening)


def _picking(talk: Talk, section: Section, action: str) -> Talk:
    picks = next((question for question in section.questions if question.source == "actions"), None)
    if picks is None or talk.guide.find_action(action) is None or talk.state.answers.get(picks.id):
        return talk
    return talk.having(answers={**talk.state.answers, picks.id: (action,)})


def not_yet(talk: Talk, what: str) -> Step:
    """Say that there is no profile, plan or answers yet, and offer the way there."""
    section = leading_to(talk, what)
    start = (Offer(f"open:{section.id}", section.title),) if section else ()
    offers = (*start, menu_offer(talk))
    return then_return(talk, NothingYet(what, offers), offers=offers)


def leading_to(talk: Talk, what: str) -> Section | None:
    """Return the section that leads to a profile or a plan, where the guide has one."""
    shows = {"profile": ("profile",), "plan": ("plan", "closing")}.get(what, ())
    return next((section for section in talk.guide.sections if section.shows in shows), None)


def tell_due(talk: Talk) -> tuple[Reply, ...]:
    """Return the plan lines whose day has come, and those to prepare for, as replies, if there are any."""
    lines = due_lines(talk.guide, talk.state, talk.today)
    near = tuple(
        Prepare(line, document)
        for line in near_lines(talk.guide, talk.state, talk.today)
        if line.action and (document := talk.guide.document_by_id.get(line.action.before))
    )
    return (*((ShowDue(lines),) if lines else ()), *near)


def tell_privacy(talk: Talk, _event: Wanted) -> Step:
    """Say what happens with a person's data."""
    offers = (
        Offer("do:export", talk.label("export")),
        Offer("do:delete", talk.label("delete")),
        menu_offer(talk),
    )
    return then_return(talk, TellPrivacy(talk.guide.privacy, asked=True), offers=offers)


def thank(talk: Talk, _event: Wanted) -> Step:
    """Answer thanks, without a word too many."""
    return then_return(talk, YouAreWelcome())
