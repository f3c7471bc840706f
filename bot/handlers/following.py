"""Following up: the note that is due, why it came, and what a person says to it: less, more, none, it does not fit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.events import Returned, Wanted
from bot.guide import Guide, Nudge, Tip
from bot.handlers.answering import open_section
from bot.handlers.telling import menu_offer, then_return
from bot.nudges import GAP_DAYS, SAVED_DAYS, Due, due_now, note_sent, take_back, wishes_of
from bot.plan import open_lines, show_plan
from bot.replies import FollowUpNote, NotesChanged, Offer, PlanLine, SayWhyNote, TipKept
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
    if beat is None or beat.due * 60 > talk.now.timestamp():
        return state
    due = due_now(talk.guide, state, talk.now)
    if due.until is None:
        return state
    return replace(state, beat=replace(beat, looked=int(talk.now.timestamp() // 60)))


def note_returned(talk: Talk, event: Returned) -> Step:
    """Take a note back that could not be given."""
    return Step(take_back(talk.guide, talk.state, final=event.final), on_table=talk.question)


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
        return (Offer("do:fit:yes", talk.label("yes")), Offer("do:fit:no", talk.label("no")), _plan_offer(talk))
    if kind == "misfit":
        return (_plan_offer(talk),)
    if kind == "silence":
        return (Offer("do:more:keep", talk.label("keep_notes")), Offer("do:less", talk.label("less")))
    if kind == "tips":
        tip = parts["tip"]
        assert isinstance(tip, Tip)  # noqa: S101 - a tip's note carries one
        onward = Offer(f"do:ask:{tip.topic}", talk.label("more_on_this"))
        return (Offer(f"do:save:{tip.id}", talk.label("save")), onward)
    return (_plan_offer(talk),) if talk.state.commitments else (menu_offer(talk),)


def _plan_offer(talk: Talk) -> Offer:
    return Offer("do:plan", talk.label("plan"))


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
    wanted = _moments(talk) if kind == "step" else (kind,)
    nudge = choose_nudge(talk.guide, talk.state, wanted)
    if nudge is None:
        return None, talk.state, ""
    line = _line_for(talk, nudge)
    if line is not None and nudge.when == "obstacle":
        return _note(talk, kind, until, nudge=nudge.text, obstacle=line.obstacle), talk.state, nudge.id
    return _note(talk, kind, until, nudge=nudge.text, line=line), talk.state, nudge.id


def choose_nudge(guide: Guide, state: State, moments: tuple[str, ...]) -> Nudge | None:
    """Return the private nudge for the first of these moments that has one; the one used longest ago."""
    used = state.beat.used if state.beat else ()
    fitting = [nudge for nudge in guide.nudges if nudge.to == "person" and nudge.when in moments]
    when = {name: place for place, name in enumerate(used, 1)}
    return min(fitting, key=lambda each: (when.get(each.id, 0), moments.index(each.when)), default=None)


def _moments(talk: Talk) -> tuple[str, ...]:
    """Return the moments that fit how things stand, the most telling first."""
    state, today = talk.state, talk.today
    lines = open_lines(talk.guide, state)
    old = tuple(line for line in state.commitments if line.done and (today - line.done).days >= 14)
    found = {
        "gap": state.day is not None and (today - state.day).days >= GAP_DAYS,
        "shadowed": any(_is_shadow(talk.guide, line.action) for line in old),
        "obstacle": state.beat is not None
        and (today - state.beat.since).days >= 14
        and any(line.obstacle for line in lines),
        "cue": any(line.cue for line in lines),
        "fixes": len(state.evidence) >= 3,
        "fresh-start": today.day <= 7,
        "any": True,
    }
    return tuple(name for name, holds in found.items() if holds)


def _is_shadow(guide: Guide, action: str) -> bool:
    found = guide.find_action(action)
    topics = {nudge.topic for nudge in guide.nudges if nudge.when == "shadowed"}
    return found is not None and found.topic in topics


def _line_for(talk: Talk, nudge: Nudge) -> PlanLine | None:
    """Return the plan line a nudge is about, so that it can be shown in the person's own words."""
    lines = open_lines(talk.guide, talk.state)
    if nudge.when == "obstacle":
        return next((line for line in lines if line.obstacle), None)
    return lines[0] if lines and nudge.when in ("cue", "misfit") else None


def settings(talk: Talk, event: Wanted) -> Step:
    """Open the section that asks which notes are wanted."""
    return open_section(talk, replace(event, intent="open", detail=talk.guide.follow_up.section))


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
        state = state.changed(beat=replace(state.beat, ended="", unanswered=0))
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
    return then_return(talk, SayWhyNote(kinds, wishes.often, since, offers), offers=offers)


def fit(talk: Talk, event: Wanted) -> Step:
    """Note whether the plan fitted; after a second no, offer to make it smaller or swap it."""
    beat = talk.state.beat
    if beat is None:
        return then_return(talk, NotesChanged("fit"))
    misfits = 0 if event.detail == "yes" else beat.misfits + 1
    noted = talk.on(talk.state.changed(beat=replace(beat, misfits=misfits)))
    offers = (_plan_offer(talk), menu_offer(talk)) if misfits else ()
    return then_return(noted, NotesChanged("misfit" if misfits else "fit", misfits, offers), offers=offers)


def save(talk: Talk, event: Wanted) -> Step:
    """Keep a tip, to be shown again as a question."""
    name = event.detail or (talk.state.seen[-1] if talk.state.seen else "")
    if name not in talk.guide.tip_by_id or talk.state.beat is None:
        return settings(talk, Wanted("notes"))
    saved = (*((tip, day) for tip, day in talk.state.beat.saved if tip != name), (name, talk.today))
    return then_return(talk.on(talk.state.changed(beat=replace(talk.state.beat, saved=saved[-9:]))), TipKept())
