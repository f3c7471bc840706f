"""The note that is due: what it says, what can be pressed beside it, and what follows when it comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.beat import note_sent, take_back
from bot.events import Returned, Wanted
from bot.guide import Nudge, Tip
from bot.handlers.telling import menu_offer, plan_offer
from bot.moments import choose_nudge, fitting_moments
from bot.nudges import SAVED_DAYS, Due, due_now
from bot.plan import open_lines, show_plan
from bot.replies import FollowUpNote, Offer, PlanLine
from bot.state import State
from bot.talk import Step, Talk
from bot.tips import choose_tip, note_seen

OFF = Offer("do:quiet", "")
MOST_LINES = 3
"""How many plan lines one note names."""


def note_due(talk: Talk, _event: Wanted) -> Step:
    """Send the note that is due now, if one is."""
    due = due_now(talk.guide, talk.state, talk.now)
    if not due.lines and not due.weekly:
        return Step(_looked(talk.state, talk), on_table=talk.question)
    reply, state, used = _reply(talk, due)
    if reply is None:
        return Step(_looked(talk.state, talk), on_table=talk.question)
    sent = note_sent(state, due, talk.now, used)
    if talk.state.rest == "paused":
        sent = replace(sent, rest="", until=None)
    return Step(sent, (reply,), on_table=talk.question)


def _looked(state: State, talk: Talk) -> State:
    """Return the state with all up to now seen to; what waits for working hours stays due."""
    beat = state.beat
    if beat is None or state.rest or beat.due * 60 > talk.now.timestamp():
        return state
    due = due_now(talk.guide, state, talk.now)
    if due.until is None:
        return state
    return replace(state, beat=replace(beat, looked=int(talk.now.timestamp() // 60)))


def note_returned(talk: Talk, event: Returned) -> Step:
    """Take a note back that could not be given."""
    return Step(take_back(talk.state, final=event.final), on_table=talk.question)


def _reply(talk: Talk, due: Due) -> tuple[FollowUpNote | None, State, str]:
    until = due.until.timestamp() if due.until else 0.0
    shown = tuple(show_plan(talk.guide, talk.state)[number - 1] for number in due.lines)
    if shown and due.weekly != "silence":
        lines = shown[:MOST_LINES]
        return _note(talk, "reminders", until, lines=lines, more=len(shown) - len(lines)), talk.state, ""
    if due.weekly == "tips":
        return _tip_note(talk, until)
    return _step_note(talk, due, until)


def _note(talk: Talk, kind: str, until: float, **parts: object) -> FollowUpNote:
    offers = (*_ways(talk, kind, parts), Offer("do:reason", talk.label("reason")), Offer(OFF.id, talk.label("quiet")))
    return FollowUpNote(kind=kind, offers=offers, expires=until, **parts)  # type: ignore[arg-type]


def _ways(talk: Talk, kind: str, parts: dict[str, object]) -> tuple[Offer, ...]:
    """Return the one thing to press beside the way out."""
    if kind == "reminders":
        lines = parts["lines"]
        assert isinstance(lines, tuple)  # noqa: S101 - reminders carry lines
        many = len(lines) > 1
        done, later = talk.label("done"), talk.label("later")
        ticks = tuple(Offer(f"do:done:#{n.number}", f"{done}: {n.number}" if many else done) for n in lines)
        return (*ticks, Offer("do:remind" if many else f"do:remind:{_next_week(talk)}#{lines[0].number}", later))
    if kind == "fit":
        return (Offer("do:fit:yes", talk.label("yes")), Offer("do:fit:no", talk.label("no")), plan_offer(talk))
    if kind == "misfit":
        return (plan_offer(talk),)
    if kind == "silence":
        return (Offer("do:more:keep", talk.label("keep_notes")), Offer("do:less", talk.label("less")))
    if kind == "tips":
        tip = parts["tip"]
        assert isinstance(tip, Tip)  # noqa: S101 - a tip's note carries one
        onward = Offer(f"do:ask:{tip.topic}", talk.label("more_on_this"))
        return (Offer(f"do:save:{tip.id}", talk.label("save")), onward)
    return (plan_offer(talk),) if talk.state.commitments else (menu_offer(talk),)


def _next_week(talk: Talk) -> str:
    return (talk.today + timedelta(days=7)).isoformat()


def _tip_note(talk: Talk, until: float) -> tuple[FollowUpNote | None, State, str]:
    """Send a tip not seen before; one that was kept comes back as a question, after equal gaps."""
    beat = talk.state.beat
    assert beat is not None  # noqa: S101 - only those with a beat are due
    for name, day in beat.saved:
        kept = talk.guide.tip_by_id.get(name)
        if kept is not None and (talk.today - day).days >= SAVED_DAYS:
            saved = tuple((tip, talk.today if tip == name else shown) for tip, shown in beat.saved)
            state = talk.state.changed(beat=replace(beat, saved=saved))
            return _note(talk, "tips", until, tip=kept, kept=True), state, kept.id
    tip = choose_tip(talk.guide, talk.state)
    if tip is None:
        return None, talk.state, ""
    return _note(talk, "tips", until, tip=tip), talk.state.changed(seen=note_seen(talk.state, tip)), tip.id


def _step_note(talk: Talk, due: Due, until: float) -> tuple[FollowUpNote | None, State, str]:
    """Send the guide's line that fits how things stand; one not used lately comes first."""
    kind = {"steps": "step", "checks": "quarter"}.get(due.weekly, due.weekly)
    if kind == "fit":
        return _note(talk, "fit", until), talk.state, ""
    wanted = fitting_moments(talk.guide, talk.state, talk.today) if kind == "step" else (kind,)
    nudge = choose_nudge(talk.guide, talk.state, wanted)
    if nudge is None:
        return None, talk.state, ""
    line = _line_for(talk, nudge)
    if line is not None and nudge.when == "obstacle":
        return _note(talk, kind, until, nudge=nudge.text, obstacle=line.obstacle), talk.state, nudge.id
    return _note(talk, kind, until, nudge=nudge.text, line=line), talk.state, nudge.id


def _line_for(talk: Talk, nudge: Nudge) -> PlanLine | None:
    """Return the plan line a nudge is about, so that it can be shown in the person's own words."""
    lines = open_lines(talk.guide, talk.state)
    if nudge.when == "obstacle":
        return next((line for line in lines if line.obstacle), None)
    return lines[0] if lines and nudge.when in ("cue", "misfit") else None
