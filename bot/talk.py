"""One turn's footing: the guide, the state and the hour, and the small moves every handler makes from there."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from msgspec.structs import force_setattr

from bot.counts import Count
from bot.guide import ASIDE, Guide, MenuItem, Option, Question, Section
from bot.plan import OWN, action_options, in_words, show_line, slot_action, slot_values
from bot.replies import AskQuestion, Introduce, Offer, Reply, ShowAction, ShowMenu, Words
from bot.routing import current, is_done, picked_actions, walk
from bot.state import State
from bot.value import Value

Heard = tuple[str, str | int | list[int] | None]
"""What was heard: an intent and its detail (topic or action id, option number or numbers, ISO date)."""


class Step(Value, frozen=True):
    """What a turn came to: the new state and what to say.

    `erase` asks for everything about the person to go. `heard`, `phase` and `question` (the id of the one now
    on the table) say how the turn was understood and where it left the talk. `due` is when something is due next
    without a word from the person (POSIX seconds; 0: never; None: as it was). `counts` is what the turn adds to the
    anonymous counts. `chosen` holds the labels of the options that typed words picked.
    """

    state: State
    replies: tuple[Reply, ...] = ()
    erase: bool = False
    heard: Heard = ("unknown", None)
    phase: str = "idle"
    question: str | None = None
    on_table: Question | None = None
    due: float | None = None
    counts: tuple[Count, ...] = ()
    chosen: str = ""


class Talk(Value, frozen=True):
    """The footing of a turn. `seed` is a number of the person's own, for choosing among equals.

    `question` is the one on the table; it follows from the rest.
    """

    guide: Guide
    state: State
    now: datetime
    new: bool = False
    seed: int = 0
    question: Question | None = None

    def __post_init__(self) -> None:
        """Find the question on the table."""
        force_setattr(self, "question", current(self.guide, self.state))

    @property
    def today(self) -> date:
        """Return the local date of the turn."""
        return self.now.date()

    @property
    def section(self) -> Section | None:
        """Return the section being walked."""
        return self.guide.section_by_id.get(self.state.section)

    def label(self, name: str) -> str:
        """Return one of the guide's fixed labels."""
        return self.guide.phrases.labels[name]

    def having(self, **changes: Any) -> Talk:
        """Return the same footing on a changed state."""
        return Talk(self.guide, self.state.changed(**changes), self.now, self.new, self.seed)

    def on(self, state: State) -> Talk:
        """Return the same footing on another state."""
        return Talk(self.guide, state, self.now, self.new, self.seed)

    def say(self, *replies: Reply) -> Step:
        """End the turn here with these replies."""
        return Step(self.state, replies, on_table=self.question)


def options_of(guide: Guide, state: State, question: Question) -> tuple[Option, ...]:
    """Return what can be chosen: the question's own options, or those its source gives."""
    if question.source == "gains":
        return tuple(Option(id=gain.id, label=gain.label, says=gain.says) for gain in guide.gains)
    if question.source == "actions":
        return action_options(guide, state)
    if question.part == "words" and slot_action(guide, state, question) is None:
        return ()
    return question.options


def asks_own_words(guide: Guide, state: State, question: Question) -> bool:
    """Say whether the question is for the words of a step of the person's own."""
    if question.part != "words" or not question.slot:
        return False
    picks = picked_actions(state, guide.section_of[question.id])
    return question.slot <= len(picks) and picks[question.slot - 1] == OWN


def ask(talk: Talk, *, again: bool = False) -> tuple[Reply, ...]:
    """Return the question on the table as a reply, or the menu when there is none."""
    question = talk.question
    if question is None:
        return (show_menu(talk),)
    common = _asked_of_all(talk.guide, question.id, again, not talk.state.last)
    if common is not None:
        return (common,)
    asked = _asked(talk.guide, talk.state, question, again=again, first=not talk.state.last)
    return (asked,) if again else (*_card(talk, question), asked)


@lru_cache(maxsize=1024)
def _asked_of_all(guide: Guide, id_: str, again: bool, first: bool) -> AskQuestion | None:  # noqa: FBT001 - passed on
    """Return a question that everybody is asked in the same words; None: this one is put to each in their own."""
    question = guide.question_by_id[id_]
    if question.slot or question.source or _has_gaps(question):
        return None
    return _asked(guide, State(guide.id), question, again=again, first=first)


def _asked(guide: Guide, state: State, question: Question, *, again: bool, first: bool) -> AskQuestion:
    section = guide.section_of[question.id]
    place, of = guide.place_of[question.id]
    if section.shows in ASIDE:
        place, of = 1, 1
    elif question.slot:
        place, of = question.slot, len(picked_actions(state, section))
    return AskQuestion(
        question=question,
        text=_text(guide, state, question),
        options=options_of(guide, state, question),
        title=guide.phrases.labels["your_steps"] if question.slot else section.title,
        place=place,
        of=of,
        again=again,
        first=first,
    )


def _card(talk: Talk, question: Question) -> tuple[Reply, ...]:
    """Return the card of the action a slot begins with."""
    action = slot_action(talk.guide, talk.state, question) if question.part == "words" else None
    if action is None:
        return ()
    return (ShowAction(action, in_words(talk.guide, action.minutes), talk.guide.document_by_id.get(action.document)),)


def _text(guide: Guide, state: State, question: Question) -> str:
    if asks_own_words(guide, state, question):
        return guide.phrases.labels["own_question"]
    if not _has_gaps(question):
        return question.text
    if question.slot:
        return question.text.format_map(slot_values(guide, state, question))
    return question.text.format_map({"action": _about(guide, state)})


def _has_gaps(question: Question) -> bool:
    """Say whether something is filled into the question's text."""
    return "{" in question.text or "}" in question.text


def _about(guide: Guide, state: State) -> Words | str:
    """Return what is asked about: an action, or a line of the plan by its words."""
    about = state.about
    number = int(about[1:]) if about.startswith("#") and about[1:].isdecimal() else 0
    if 0 < number <= len(state.commitments):
        return show_line(guide, number, state.commitments[number - 1]).words
    action = guide.find_action(about)
    return action.label if action else guide.phrases.labels["your_step"]


def enter(talk: Talk, section: Section) -> tuple[Talk, tuple[Reply, ...]]:
    """Open a section at its next question; its introduction comes before the first one."""
    there = talk.having(section=section.id, asking="", offered=())
    passed, _ = walk(there.guide, there.state, section)
    intro = (Introduce(section),) if section.intro and not passed else ()
    return there, (*intro, *ask(there))


def menu_id(item: MenuItem) -> str:
    """Return what pressing a line of the menu sends."""
    return f"open:{item.opens}" if item.opens else f"do:{item.does}:{item.detail}".rstrip(":")


@lru_cache(maxsize=64)
def menu_lines(guide: Guide, name: str) -> tuple[Offer, ...]:
    """Return the lines of a menu as the guide has them."""
    return tuple(Offer(menu_id(item), item.label) for item in guide.menu if item.within == name)


def next_offer(talk: Talk) -> Offer | None:
    """Return what would come next: the guide's first section, then the first line of the menu not yet walked."""
    first = talk.guide.sections[0]
    if not is_done(talk.guide, talk.state, first.id):
        return Offer(f"open:{first.id}", first.title)
    lines = (item for item in talk.guide.menu if not item.within and item.opens)
    return next((Offer(menu_id(i), i.label) for i in lines if not is_done(talk.guide, talk.state, i.opens)), None)


def show_menu(talk: Talk, name: str = "") -> ShowMenu:
    """Return a menu as a reply; in the main one, what would come next stands first."""
    offers = menu_lines(talk.guide, name)
    upcoming = None if name else next_offer(talk)
    if upcoming is not None:
        offers = (upcoming, *(offer for offer in offers if offer.id != upcoming.id))
    return ShowMenu(
        offers=offers,
        next=upcoming.label if upcoming else "",
        more=bool(name),
        done=upcoming is None and not name,
        back=talk.state.back_to in talk.guide.section_by_id,
    )


def offering(talk: Talk, *offers: Offer) -> Talk:
    """Remember what a number means now. Only at the menu: elsewhere it means the question's options."""
    if talk.question is not None:
        return talk
    return talk.having(offered=tuple(offer.id for offer in offers))


def at_menu(talk: Talk, *before: Reply, name: str = "") -> Step:
    """End the turn at a menu; from now on a number means one of its lines."""
    menu = show_menu(talk, name)
    offered = tuple(offer.id for offer in menu.offers)
    return talk.having(section="", asking="", about="", offered=offered).say(*before, menu)
