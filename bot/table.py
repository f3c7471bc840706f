"""What happens when, in one table: in these phases, on these events, do this. Open this file first.

The rules:

1. A talk is always in one phase. The first row of `TABLE` that has both the phase and the event decides.
2. A row says which phases it may lead to; a test walks talks at random and holds every row to it.
3. What a person wants by name (back, skip, why, stop, ...) works in every phase.
4. Whatever is asked aside is answered, and the question on the table is asked again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.events import Answered, Event, Noted, Puzzled, Returned, Wanted
from bot.handlers.advising import give_tip, practise, show_document
from bot.handlers.amending import amend
from bot.handlers.answering import make_plan, open_section, skip, take_answer
from bot.handlers.asking import agreed, asked, called_off, turned_down
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
    hear_out,
    help_at_rest,
    pause,
    refused,
    stop,
    unclear,
    welcome,
    welcome_asking,
    welcome_unsure,
)
from bot.handlers.nudging import note_due, note_returned
from bot.handlers.pairing import pair_up
from bot.handlers.reshaping import change, exchange, let_repeat, make_smaller
from bot.handlers.returning import back, edit
from bot.handlers.reviewing import review, set_down, show_export
from bot.handlers.starting import start_afresh
from bot.handlers.telling import (
    add_step,
    tell_help,
    tell_privacy,
    tell_profile,
    tell_progress,
    tell_why,
    thank,
    then_return,
)
from bot.replies import Stale
from bot.talk import Step, Talk, at_menu

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
    """In these phases, on these events, do this; it leads to one of those phases.

    `wakes`: a rest ends. `confirms`: what is to be confirmed is still to be, unless this settles it.
    """

    phases: tuple[str, ...]
    events: tuple[str, ...]
    do: Callable[[Talk, Any], Step]
    leads_to: tuple[str, ...]
    wakes: bool = False
    confirms: bool = False


def _stale(talk: Talk, _event: Wanted) -> Step:
    return then_return(talk, Stale())


def _menu(talk: Talk, event: Wanted) -> Step:
    """Show a menu; a question on the table is set down, and `go on` picks it up again."""
    down = set_down(talk)
    known = any(item.within == event.detail for item in talk.guide.menu)
    return at_menu(down, name=event.detail if known else "")


FIRST_WORDS = (
    "greet", "start", "resume", "yes", "no", "unknown", "answer", "date", "back", "skip", "why",
    "stale", "thanks", "progress", "restart", "help",
)  # fmt: skip

TABLE: tuple[Row, ...] = (
    # coming and going
    Row(ANY, ("tick",), note_due, ANY),
    Row(ANY, ("returned",), note_returned, ANY),
    Row(("new",), FIRST_WORDS, welcome, ASKING),
    Row(("new",), ("ask",), welcome_asking, (*HERE, "paused")),
    Row(("new",), ("clarify",), welcome_unsure, HERE),
    Row(("confirm",), ("yes",), confirmed, ("new", *ASKING), confirms=True),
    Row(("confirm",), ("no", "back", "stale"), refused, HERE, confirms=True),
    Row(
        ("confirm",), ("unknown", "clarify", "answer", "date", "greet", "thanks"), unclear, ("confirm",), confirms=True
    ),
    Row(("confirm",), ("ask",), answer_question, ("confirm", "paused"), confirms=True),
    Row(("confirm",), ("privacy",), tell_privacy, ("confirm",), confirms=True),
    Row(("confirm",), ("export",), show_export, ("confirm",), confirms=True),
    Row(ANY, ("delete", "restart"), confirm, ("confirm",), wakes=True),
    Row(ANY, ("stop",), stop, ("stopped",)),
    Row(ANY, ("pause",), pause, ("paused",)),
    Row(RESTING, ("no", "thanks"), thank, RESTING),
    Row(RESTING, ("unknown", "clarify"), hear_out, ASIDE),
    Row(RESTING, ("help",), help_at_rest, ASIDE),
    Row(RESTING, ("yes", "back"), come_back, HERE, wakes=True),
    Row(ANY, ("greet", "start", "resume"), come_back, HERE),
    # answers and the way onward
    Row((*ASKING, *RESTING), ("answer", "date"), take_answer, HERE, wakes=True),
    Row(("idle",), ("yes",), agree, HERE),
    Row(("idle",), ("no",), decline, ("idle",)),
    Row(ANY, ("skip",), skip, HERE, wakes=True),
    Row(ANY, ("back",), back, HERE, wakes=True),
    Row(ANY, ("edit",), edit, HERE, wakes=True),
    Row(ANY, ("amended",), amend, HERE, wakes=True),
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
    Row(ANY, ("called-off",), called_off, HERE, wakes=True),
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
    Row(ANY, ("plan",), make_plan, ASIDE),
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

QUIET = (note_due, note_returned, stop, pause, confirm, tell_privacy, note, tell_channel)
"""What someone may want first without being welcomed before it; the welcome then comes with what they want next.

So it is with whatever ends in a rest: somebody in need is not told first what this is about.
"""

_BY_PHASE_AND_EVENT: dict[tuple[str, str], Row] = {}
for _row in reversed(TABLE):
    for _phase in _row.phases:
        for _event_name in _row.events:
            _BY_PHASE_AND_EVENT[_phase, _event_name] = _row


def row_for(phase: str, event: str) -> Row:
    """Return the row that decides, or the one for what is not understood."""
    return _BY_PHASE_AND_EVENT.get((phase, event)) or _BY_PHASE_AND_EVENT[phase, "unknown"]


def name_of(event: Event) -> str:
    """Return the name an event has in the table."""
    if isinstance(event, Answered) and event.question:
        return "amended"
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
