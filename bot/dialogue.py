"""The dialogue: one turn decided by the row of the table that fits.

`step` is pure: guide, state, event and hour go in; a new state and replies come out. Nothing else happens. The next
question is computed from the answers (`bot.routing`), never remembered.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from bot.beat import keep_up
from bot.counts import Count
from bot.events import Answered, Event, Returned, Said, Ticked, Wanted
from bot.figures import counts_of, mute
from bot.guide import Guide, Question
from bot.handlers.leaving import first_words
from bot.reading import own_step_typed, read
from bot.replies import Reply, ShowDue
from bot.state import State
from bot.table import QUIET, Row, name_of, row_for
from bot.talk import Heard, Step, Talk
from bot.understanding import Expects, Understanding, heard

NAMELESS = ("stale", "tick", "returned", "channel")
"""Events that are no wish of a person's."""


def step(guide: Guide, state: State | None, event: Event, now: datetime, seed: int = 0) -> Step:
    """Decide one turn.

    Args:
        guide: the guide being walked.
        state: what is remembered, or None for someone new. It is not changed.
        event: what arrived.
        now: the present moment with the person's own offset; its local date is "today".
        seed: a number of the person's own, for choosing among equals; the same each time.

    Returns:
        The new state, what to say, what was heard (intent and detail), and the phase the talk is now in.
    """
    talk = Talk(guide, state or State(guide.id), now, new=state is None, seed=seed)
    meaning, expects = read(talk, understanding_of(guide), event)
    meaning = own_step_typed(talk, meaning)
    row = row_for(phase_of(talk), name_of(meaning))
    talk = _before(talk, row)
    made = row.do(talk, meaning)
    greeting = _greeting(talk, row, made)
    spoke = not isinstance(event, Ticked | Returned)
    state = _turned(talk, made, greeted=bool(greeting), spoke=spoke)
    state, counts = _followed_up(talk, made, state, spoke=spoke)
    question = made.on_table
    return Step(
        state=state,
        replies=(*greeting, *made.replies),
        erase=made.erase,
        heard=_heard(meaning, expects, guide),
        phase="new" if made.erase else _phase_in(made.state, question),
        question=question.id if question else None,
        due=None if made.erase else _due(talk.state, state),
        counts=counts,
        chosen=_chosen(meaning, expects) if isinstance(event, Said) else "",
    )


def _before(talk: Talk, row: Row) -> Talk:
    """Return the footing of a row: what was to be confirmed is let go of, and a rest ends, where the row says so."""
    if talk.state.confirming and not row.confirms:
        talk = talk.having(confirming="")
    return talk.having(rest="", until=None) if talk.state.rest and row.wakes else talk


def _greeting(talk: Talk, row: Row, made: Step) -> tuple[Reply, ...]:
    """Return the welcome for somebody who has had none, unless what they want is answered without one."""
    quiet = row.do in QUIET or made.erase or bool(made.state.rest)
    return first_words(talk) if (talk.new or talk.state.unmet) and not quiet else ()


def _turned(talk: Talk, made: Step, *, greeted: bool, spoke: bool) -> State:
    """Return the state with what every turn leaves in it; a count of misses stays only where this turn changed it."""
    unmet = (talk.new or talk.state.unmet) and not greeted
    if not spoke:
        return made.state.changed(unmet=unmet)
    missed = made.state.missed if made.state.missed != talk.state.missed else 0
    return made.state.changed(unmet=unmet, revision=talk.state.revision + 1, day=talk.today, missed=missed)


def _chosen(meaning: Event, expects: Expects) -> str:
    """Return the labels of the options that typed words picked, so that "1" can be shown as what it stood for."""
    if not isinstance(meaning, Answered) or not meaning.options or meaning.question:
        return ""
    return ", ".join(option.label for option in expects.options if option.id in meaning.options)


def _followed_up(talk: Talk, made: Step, state: State, *, spoke: bool) -> tuple[State, tuple[Count, ...]]:
    """Return the state with what is due next brought up to date, and what the turn adds to the anonymous counts."""
    if talk.guide.follow_up.kinds:
        saw_due = spoke and any(isinstance(reply, ShowDue) for reply in made.replies)
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
    if isinstance(meaning, Answered) and meaning.question:
        return "back", None
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


@lru_cache(maxsize=16)
def understanding_of(guide: Guide) -> Understanding:
    """Return the guide's understanding of typed words, built once."""
    return Understanding(guide)
