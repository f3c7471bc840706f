"""The dialogue: what happens when, in one table. Open this file first.

The rules:

1. `step` is pure: guide, state, event and hour go in; a new state and replies come out. Nothing else happens.
2. A talk is always in one phase. The first row of `TABLE` that has both the phase and the event decides.
3. A row says which phases it may lead to; a test walks talks at random and holds every row to it.
4. What a person wants by name (back, skip, why, stop, ...) works in every phase.
5. The next question is computed from the answers (`bot.routing`), never remembered.
6. Whatever is asked aside is answered, and the question on the table is asked again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from bot.beat import keep_up
from bot.counts import Count
from bot.events import Answered, Event, Noted, Puzzled, Returned, Ticked, Wanted
from bot.figures import counts_of, mute
from bot.guide import Guide, Question
from bot.handlers.answering import open_section, skip, take_answer
from bot.handlers.asking import agreed, asked, turned_down
from bot.handlers.claiming import show_cv, take_claim
from bot.handlers.clarifying import answer_question, not_understood
from bot.handlers.doing import drop, log, note, partly, set_day, tell_channel, tick, undo
from bot.handlers.following import fit, less, more, quiet, reason, save, settings
from bot.handlers.leaving import (
    agree,
    come_back,
    confirm,
    confirmed,
    decline,
    first_words,
    pause,
    refused,
    stop,
    unclear,
    welcome,
)
from bot.handlers.nudging import note_due, note_returned
from bot.handlers.pairing import pair_up
from bot.handlers.reshaping import change, exchange, let_repeat, make_smaller
from bot.handlers.returning import back, edit
from bot.handlers.reviewing import review, set_down, show_export
from bot.handlers.starting import start_afresh
from bot.handlers.telling import (
    add_step,
    give_tip,
    practise,
    show_document,
    tell_help,
    tell_plan,
    tell_privacy,
    tell_profile,
    tell_progress,
    tell_why,
    thank,
    then_return,
)
from bot.reading import own_step_typed, read
from bot.replies import ShowDue, Stale
from bot.state import State
from bot.talk import Heard, Step, Talk, at_menu
from bot.understanding import Expects, Understanding, heard

ASKING = ("question", "text", "date")
RESTING = ("paused", "stopped")
HERE = ("idle", *ASKING)
ANY = ("new", *HERE, *RESTING, "confirm")
PHASES = ANY
"""Every phase: `new` (never met), `idle` (at a menu), the three kinds of question, `confirm`, `paused`, `stopped`."""
ASIDE = (*HERE, *RESTING)
"""Where something asked aside leaves the talk: where it was; a rest is not broken by it."""


@dataclass(frozen=True, slots=True)
class Row:
    """In these phases, on these events, do this; it leads to one of those phases. `wakes`: a rest ends."""

    phases: tuple[str, ...]
    events: tuple[str, ...]
    do: Callable[[Talk, Any], Step]
    leads_to: tuple[str, ...]
    wakes: bool = False


def _stale(talk: Talk, _event: Wanted) -> Step:
    return then_return(talk, Stale())


def _menu(talk: Talk, event: Wanted) -> Step:
    """Show a menu; a question on the table is set down, and `go on` picks it up again."""
    down = set_down(talk)
    known = any(item.within == event.detail for item in talk.guide.menu)
    return at_menu(down, name=event.detail if known else "")


FIRST_WORDS = (
    "greet", "start", "resume", "yes", "no", "unknown", "clarify", "answer", "date", "back", "skip", "why",
    "stale", "thanks", "progress", "restart", "help",
)  # fmt: skip

TABLE: tuple[Row, ...] = (
    # coming and going
    Row(ANY, ("tick",), note_due, ANY),
    Row(ANY, ("returned",), note_returned, ANY),
    Row(("new",), FIRST_WORDS, welcome, ASKING),
    Row(("confirm",), ("yes",), confirmed, ("new", *ASKING)),
    Row(("confirm",), ("no", "back", "stale"), refused, HERE),
    Row(("confirm",), ("unknown", "clarify", "answer", "date"), unclear, ("confirm",)),
    Row(ANY, ("delete", "restart"), confirm, ("confirm",), wakes=True),
    Row(ANY, ("stop",), stop, ("stopped",)),
    Row(ANY, ("pause",), pause, ("paused",)),
    Row(RESTING, ("no", "thanks"), thank, RESTING),
    Row(RESTING, ("yes", "unknown", "clarify", "back"), come_back, HERE, wakes=True),
    Row(ANY, ("greet", "start", "resume"), come_back, HERE, wakes=True),
    # answers and the way onward
    Row((*ASKING, *RESTING), ("answer", "date"), take_answer, HERE, wakes=True),
    Row(("idle",), ("yes",), agree, HERE),
    Row(("idle",), ("no",), decline, ("idle",)),
    Row(ANY, ("skip",), skip, HERE, wakes=True),
    Row(ANY, ("back",), back, HERE, wakes=True),
    Row(ANY, ("edit",), edit, HERE, wakes=True),
    Row(ANY, ("open",), open_section, HERE, wakes=True),
    Row(ANY, ("menu",), _menu, ("idle",), wakes=True),
    Row(ANY, ("done",), tick, HERE, wakes=True),
    Row(ANY, ("undo",), undo, HERE, wakes=True),
    Row(ANY, ("drop",), drop, HERE, wakes=True),
    Row(ANY, ("partly",), partly, HERE, wakes=True),
    Row(ANY, ("log",), log, HERE, wakes=True),
    Row(ANY, ("change",), change, HERE, wakes=True),
    Row(ANY, ("shrink",), make_smaller, HERE, wakes=True),
    Row(ANY, ("swap",), exchange, HERE, wakes=True),
    Row(ANY, ("repeat",), let_repeat, HERE, wakes=True),
    Row(ANY, ("asked",), asked, HERE, wakes=True),
    Row(ANY, ("agreed",), agreed, HERE, wakes=True),
    Row(ANY, ("refused",), turned_down, HERE, wakes=True),
    Row(ANY, ("add",), add_step, HERE, wakes=True),
    Row(ANY, ("review",), review, HERE, wakes=True),
    # notes that come unasked
    Row(ANY, ("notes",), settings, HERE, wakes=True),
    Row(ANY, ("quiet",), quiet, ASIDE),
    Row(ANY, ("less",), less, ASIDE),
    Row(ANY, ("more",), more, ASIDE),
    Row(ANY, ("reason",), reason, ASIDE),
    Row(ANY, ("fit",), fit, ASIDE),
    Row(ANY, ("buddy",), pair_up, ASIDE),
    Row(ANY, ("fresh", "closed", "new-role"), start_afresh, ASIDE),
    Row(ANY, ("save",), save, ASIDE),
    # asked aside: answered, and the question is asked again
    Row(ANY, ("why",), tell_why, ASIDE),
    Row(ANY, ("help",), tell_help, ASIDE),
    Row(ANY, ("progress",), tell_progress, ASIDE),
    Row(ANY, ("profile",), tell_profile, ASIDE),
    Row(ANY, ("plan",), tell_plan, ASIDE),
    Row(ANY, ("remind", "snooze"), set_day, ASIDE),
    Row(ANY, ("tip",), give_tip, ASIDE),
    Row(ANY, ("ask",), answer_question, ASIDE),
    Row(ANY, ("document",), show_document, ASIDE),
    Row(ANY, ("practice",), practise, ASIDE),
    Row(ANY, ("cv",), show_cv, ASIDE),
    Row(ANY, ("claim",), take_claim, ASIDE),
    Row(ANY, ("export",), show_export, ASIDE),
    Row(ANY, ("privacy",), tell_privacy, ASIDE),
    Row(ANY, ("thanks",), thank, ASIDE),
    Row(ANY, ("noted",), note, ASIDE),
    Row(ANY, ("channel",), tell_channel, ASIDE),
    Row(ANY, ("stale",), _stale, ASIDE),
    Row(ANY, ("clarify", "unknown", "answer", "date", "yes", "no"), not_understood, ASIDE),
)

NAMELESS = ("stale", "tick", "returned", "channel")
"""Events that are no wish of a person's."""

QUIET = (note_due, note_returned, stop, pause, confirm, tell_privacy, note, tell_channel)
"""What someone may want first without being welcomed before it; the welcome then comes with what they want next."""

_BY_PHASE_AND_EVENT: dict[tuple[str, str], Row] = {}
for _row in reversed(TABLE):
    for _phase in _row.phases:
        for _event_name in _row.events:
            _BY_PHASE_AND_EVENT[_phase, _event_name] = _row


def step(guide: Guide, state: State | None, event: Event, now: datetime) -> Step:
    """Decide one turn.

    Args:
        guide: the guide being walked.
        state: what is remembered, or None for someone new. It is not changed.
        event: what arrived.
        now: the present moment with the person's own offset; its local date is "today".

    Returns:
        The new state, what to say, what was heard (intent and detail), and the phase the talk is now in.
    """
    talk = Talk(guide, state or State(guide.id), now, new=state is None)
    meaning, expects = read(talk, understanding_of(guide), event)
    meaning = own_step_typed(talk, meaning)
    row = row_for(phase_of(talk), name_of(meaning))
    if row.do not in (confirmed, refused, unclear) and talk.state.confirming:
        talk = talk.having(confirming="")
    if talk.state.rest and row.wakes:
        talk = talk.having(rest="", until=None)
    made = row.do(talk, meaning)
    question = made.on_table
    unmet = talk.new or talk.state.unmet
    greeting = first_words(talk) if unmet and row.do not in QUIET and not made.erase else ()
    spoke = not isinstance(event, Ticked | Returned)
    left = made.state.changed(unmet=unmet and not greeting)
    state = left.changed(revision=talk.state.revision + 1, day=talk.today) if spoke else left
    state, counts = _followed_up(talk, made, state, spoke=spoke)
    return Step(
        state=state,
        replies=(*greeting, *made.replies),
        erase=made.erase,
        heard=_heard(meaning, expects, guide),
        phase="new" if made.erase else _phase_in(made.state, question),
        question=question.id if question else None,
        due=None if made.erase else _due(talk.state, state),
        counts=counts,
    )


def _followed_up(talk: Talk, made: Step, state: State, *, spoke: bool) -> tuple[State, tuple[Count, ...]]:
    """Return the state with what is due next brought up to date, and what the turn adds to the anonymous counts."""
    if talk.guide.follow_up.kinds:
        saw_due = any(isinstance(reply, ShowDue) for reply in made.replies)
        state = keep_up(talk.guide, state, talk.now, spoke=spoke, saw_due=saw_due)
    if talk.state.beat is None and state.beat is None:
        return state, ()
    left = talk.state.changed(rest="stopped") if made.erase else state
    counted = mute(talk.guide, talk.state, left, talk.today)
    return state if made.erase else counted, counts_of(talk.state, counted, talk.today)


def _due(before: State, after: State) -> float | None:
    """Return when something is due next, or None when that is as it was."""
    was = before.beat.due if before.beat else 0
    will = after.beat.due if after.beat else 0
    return None if was == will else will * 60.0


def _heard(meaning: Event, expects: Expects, guide: Guide) -> Heard:
    """Return what was heard under the stable names: a line of a menu or a review is an answer, by its number."""
    if isinstance(meaning, Wanted) and meaning.intent in ("open", "edit"):
        ids = [option.id for option in expects.options]
        offer = f"{meaning.intent}:{meaning.detail}"
        return "answer", ids.index(offer) + 1 if offer in ids else None
    if isinstance(meaning, Wanted) and meaning.intent in NAMELESS:
        return "unknown", None
    return heard(meaning, expects, guide)


def phase_of(talk: Talk) -> str:
    """Return the phase the talk is in."""
    return "new" if talk.new else _phase_in(talk.state, talk.question)


def _phase_in(state: State, question: Question | None) -> str:
    if state.confirming:
        return "confirm"
    if state.rest:
        return state.rest
    if question is None:
        return "idle"
    return "question" if question.kind in ("choice", "multi") else question.kind


def name_of(event: Event) -> str:
    """Return the name an event has in the table."""
    if isinstance(event, Answered):
        return "date" if event.day else "answer"
    if isinstance(event, Puzzled):
        return "clarify" if event.readings else "unknown"
    if isinstance(event, Noted):
        return "noted"
    if isinstance(event, Returned):
        return "returned"
    if isinstance(event, Wanted):
        return event.intent
    return "unknown"


def row_for(phase: str, event: str) -> Row:
    """Return the row that decides, or the one for what is not understood."""
    return _BY_PHASE_AND_EVENT.get((phase, event)) or _BY_PHASE_AND_EVENT[phase, "unknown"]


@lru_cache(maxsize=16)
def understanding_of(guide: Guide) -> Understanding:
    """Return the guide's understanding of typed words, built once."""
    return Understanding(guide)
