"""The end of a section: its last words, what it shows or becomes, and what follows it."""

from __future__ import annotations

from bot.beat import keep_up
from bot.days import show_time
from bot.evidence import keep_evidence, told
from bot.guide import ASIDE, MENU, Section
from bot.handlers.reviewing import review_offers
from bot.lines import done_before, reword, swap
from bot.note_wishes import Wishes, wishes_of
from bot.nudges import next_due
from bot.plan import add_commitments, show_plan
from bot.profile import make_profile
from bot.replies import (
    Close,
    EvidenceKept,
    LineChanged,
    Note,
    NotesChanged,
    Offer,
    Reply,
    Review,
    ShowFollowUp,
    ShowGains,
    ShowPlan,
    ShowProfile,
    TellOne,
    Words,
)
from bot.routing import leaves_to
from bot.talk import Step, Talk, ask, at_menu, enter, offering
from bot.working_time import WEEKDAYS, name_of_country, name_of_zone, zone_named, zone_of


def finish(talk: Talk, section: Section, before: tuple[Reply, ...] = ()) -> Step:
    """Close a section: its last words, what it shows, and the section or the menu that follows."""
    target = leaves_to(talk.guide, talk.state, section)
    outro = (Note(section.outro),) if section.outro else ()
    after = talk
    if any(question.slot for question in section.questions):
        after = talk.on(add_commitments(talk.guide, talk.state, section))
    following = talk.guide.section_by_id.get(target)
    goes_on = following is not None and section.shows == following.shows == "follow-up"
    shown = () if goes_on else (*_shown(after, section), *_invite(talk, section, after))
    if section.shows in ASIDE:
        after, reshaped = _keep_aside(talk, section)
        shown, outro = (*shown, *reshaped, *outro), ()
        if after.state.back_to in talk.guide.section_by_id:
            return come_home(after, (*before, *outro, *shown))
    if following is None or target == MENU:
        return at_menu(after, *before, *outro, *shown)
    there, opening = enter(after, following)
    if there.question is None:
        return at_menu(there, *before, *outro, *shown)
    return there.say(*before, *outro, *shown, *opening)


def _shown(talk: Talk, section: Section) -> tuple[Reply, ...]:
    if section.shows == "profile":
        profile = make_profile(talk.guide, talk.state)
        return (ShowProfile(profile.strengths, profile.gaps, profile.rated),) if profile.rated else ()
    if section.shows in ("plan", "closing"):
        if not talk.state.commitments:
            return ()
        plan = ShowPlan(show_plan(talk.guide, talk.state), new=True)
        return (plan, Close(talk.guide.closing)) if section.shows == "closing" else (plan,)
    if section.shows == "follow-up":
        return show_follow_up(talk)
    kept = section.shows == "evidence" and any(told(section, talk.state))
    return (EvidenceKept(cv=bool(talk.guide.patterns)),) if kept else ()


def show_follow_up(talk: Talk) -> tuple[Reply, ...]:
    """Say when notes come, or that none will."""
    wishes = wishes_of(talk.guide, talk.state)
    if wishes is None:
        return (NotesChanged("none"),)
    zone = wishes.week.zone or name_of_zone(talk.now) or "UTC"
    due = next_due(talk.guide, keep_up(talk.guide, talk.state, talk.now, spoke=True), talk.now)
    following = due.astimezone(zone_of(zone)).date() if due else None
    at, day = show_time(wishes.minute), WEEKDAYS[wishes.day]
    country, unknown = name_of_country(wishes.week.country), _unknown(talk, wishes)
    return (ShowFollowUp(wishes.kinds, wishes.often, day, at, zone, following, country, unknown),)


def _unknown(talk: Talk, wishes: Wishes) -> tuple[Words, ...]:
    """Return the country and the city that were typed and that nobody knows, so that nothing follows from them."""
    said = talk.guide.follow_up
    country, city = (str(talk.state.answers.get(name, "")) for name in (said.country, said.zone))
    unheard = ("" if wishes.week.country else country, "" if zone_named(city) else city)
    return tuple(Words(typed) for typed in unheard if typed)


def _keep_aside(talk: Talk, section: Section) -> tuple[Talk, tuple[Reply, ...]]:
    """Move what was said of a plan line to where it belongs, so that the section can be walked again."""
    spent = frozenset(question.id for question in section.questions)
    text, known = told(section, talk.state)
    clean = talk.on(talk.state.without(spent).changed(about=""))
    about = talk.state.about
    if section.shows == "evidence":
        if not text and not known:
            return clean, ()
        topic = "" if about.startswith("#") else about
        return clean.on(keep_evidence(clean.state, text or known, topic, talk.today, known if text else "")), ()
    number = int(about[1:]) if about[1:].isdecimal() else 0
    if not text or not 0 < number <= len(talk.state.commitments):
        return clean, ()
    if section.shows == "smaller":
        made = clean.on(reword(clean.state, number, text))
        return made, (LineChanged("smaller", show_plan(talk.guide, made.state)[number - 1]),)
    made = clean.on(swap(clean.state, number, "", text, talk.today))
    shown = show_plan(talk.guide, made.state)[number - 1]
    return made, (LineChanged("swapped", shown, before=done_before(made.state)),)


def _invite(talk: Talk, section: Section, after: Talk) -> tuple[Reply, ...]:
    """Return the invitation to tell one person, when the first plan stands."""
    promise = talk.guide.promise
    if promise is None or talk.state.commitments or not after.state.commitments or section.shows != "closing":
        return ()
    buddy = (Offer("do:buddy", talk.label("buddy")),) if promise.buddy else ()
    return (TellOne(promise.text, talk.guide.document_by_id.get(promise.document), buddy),)


def come_home(talk: Talk, before: tuple[Reply, ...], *, changed: bool = False, same: bool = False) -> Step:
    """Come back from a change of an earlier answer to where the person was.

    `changed` says that another one was given, `same` that it was the one there was.
    """
    home = talk.guide.section_by_id.get(talk.state.back_to)
    there = talk.having(back_to="", section=home.id if home else "")
    if there.question is not None:
        told = (Note(talk.label("changed")),) if changed else ()
        return there.say(*told, *before, *ask(there))
    offers = review_offers(there)
    return offering(there.having(section=""), *offers).say(*before, Review(offers, again=not same))


def results_of(talk: Talk, section: Section) -> tuple[Reply, ...]:
    """Return what a finished section came to."""
    for question in section.questions:
        picked = talk.state.answers.get(question.id, ())
        if question.source == "gains" and picked:
            return (ShowGains(tuple(gain for gain in talk.guide.gains if gain.id in picked)),)
    return _shown(talk, section)
