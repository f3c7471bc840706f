"""The note that is due: what it says, the one thing to press beside the way out, and what follows when it comes back.

A note has fewer than sixty words and one thing to do. Where it asks, its answers are what can be pressed.
"""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import Any

from bot.beat import held_out, note_sent, take_back
from bot.brevity import MOST_WORDS, count_words, cut, fit_lines
from bot.events import Returned, Wanted
from bot.fresh_starts import beginning
from bot.guide import Action, Guide, Nudge
from bot.handlers.choosing import offer
from bot.handlers.telling import add_offer, own_offer, plan_offer
from bot.holdouts import HOLD_OUTS, is_held_out
from bot.moments import choose_nudge, choose_step, fitting_moments
from bot.note_wishes import Wishes, wishes_of
from bot.nudges import SAVED_DAYS, Due, due_now
from bot.plan import SMALL_MINUTES, act_of, in_words, show_line
from bot.reminders import BACK, DAY, NEAR, Reminder
from bot.replies import FollowUpNote, Offer, PlanLine, Words
from bot.state import State
from bot.talk import Step, Talk
from bot.tips import choose_tip, note_seen
from bot.value import Value

OFF = Offer("do:quiet", "")
MOST_LINES = 3
"""How many plan lines one note names."""

_KIND = {DAY: "reminders", NEAR: "near", BACK: "look-back"}
_ROOM = {DAY: 42, NEAR: 36, BACK: 30, "many": 44, "silence": 34}
"""How many words plan lines may have in a note of that kind; the template's own take the rest."""

_LEAST = 12
"""With less room than that, in words, a person's own are left out."""


class _Made(Value, frozen=True):
    """A note, the state in which its tip counts as shown, and the nudge or tip that was used (empty: none)."""

    note: FollowUpNote | None
    state: State
    used: str = ""


def note_due(talk: Talk, event: Wanted) -> Step:
    """Send the note that is due now, if one is, and if it is none to be held out.

    `detail` names the kinds that go to nobody just now.
    """
    stopped = frozenset(event.detail.split())
    wishes = wishes_of(talk.guide, talk.state)
    due = due_now(talk.guide, talk.state, wishes, talk.now, stopped)
    if wishes is None or not due.until:
        return Step(talk.state, on_table=talk.question)
    if HOLD_OUTS not in stopped and _stays_out(talk, wishes, due):
        return Step(held_out(talk.state, talk.now), on_table=talk.question)
    made = _make(talk, due) if due.reminders or due.weekly else _Made(None, talk.state)
    if made.note is None:
        return Step(_looked(talk.state, due.at), on_table=talk.question)
    sent = note_sent(made.state, wishes, due, talk.now, made.used)
    if talk.state.rest == "paused":
        sent = sent.changed(rest="", until=None)
    return Step(sent, (made.note,), on_table=talk.question)


def _stays_out(talk: Talk, wishes: Wishes, due: Due) -> bool:
    beat = talk.state.beat
    return beat is not None and not due.reminders and is_held_out(beat, due.weekly, wishes.week, talk.today)


def _looked(state: State, minute: int) -> State:
    """Return the state with all up to that minute, which lies in working hours, seen to."""
    beat = state.beat
    return state if beat is None or beat.due > minute else state.changed(beat=beat.changed(looked=minute))


def note_returned(talk: Talk, event: Returned) -> Step:
    """Take a note back that could not be given."""
    return Step(take_back(talk.guide, talk.state, final=event.final), on_table=talk.question)


def _make(talk: Talk, due: Due) -> _Made:
    made = _make_one(talk, due)
    if made.note is None:
        return made
    note = made.note.changed(offers=(*made.note.offers, *_ways_out(talk.guide)), expires=due.until)
    return _Made(note, made.state, made.used)


@lru_cache(maxsize=16)
def _ways_out(guide: Guide) -> tuple[Offer, ...]:
    """Return what may be pressed beneath every note: why it came, and no more of them."""
    labels = guide.phrases.labels
    return Offer("do:reason", labels["reason"]), Offer(OFF.id, labels["quiet"])


def _make_one(talk: Talk, due: Due) -> _Made:
    if due.weekly == "silence":
        return _last_question(talk, due.reminders)
    if due.reminders:
        return _Made(_reminding(talk, due.reminders), talk.state)
    if due.weekly == "tips":
        return _tip(talk)
    if due.weekly == "fit":
        answers = (Offer("do:fit:yes", talk.label("yes")), Offer("do:fit:no", talk.label("no")))
        change = Offer("do:plan", talk.label("change"))
        return _Made(FollowUpNote("fit", offers=(*answers, change)), talk.state)
    if due.weekly == "steps" and (action := choose_step(talk.guide, talk.state, talk.today)):
        return _small_step(talk, action)
    return _nudge(talk, due.weekly)


def _reminding(talk: Talk, due: tuple[Reminder, ...]) -> FollowUpNote:
    """Remind of the lines that are due, all in one note."""
    if len(due) > 1:
        lines = _lines(talk, due, "many")
        days = {reminder.number for reminder in due if reminder.what != NEAR}
        label = talk.label("done")
        ticks = tuple(Offer(f"do:done:#{n.number}", f"{label}: {n.number}") for n in lines if n.number in days)
        return FollowUpNote("reminders", lines, more=len(due) - len(lines), offers=ticks)
    [reminder] = due
    lines = _lines(talk, due, reminder.what)
    return FollowUpNote(_KIND[reminder.what], lines, offers=_answers(talk, reminder.what, lines[0]))


def _lines(talk: Talk, due: tuple[Reminder, ...], what: str) -> tuple[PlanLine, ...]:
    plan = talk.state.commitments
    shown = (show_line(talk.guide, each.number, plan[each.number - 1]) for each in due[:MOST_LINES])
    return fit_lines(talk.guide, tuple(shown), _ROOM[what])


def _answers(talk: Talk, what: str, line: PlanLine) -> tuple[Offer, ...]:
    """Return the one thing to press beside a single line, or the answers to what is asked of it."""
    if what == NEAR:
        document = talk.guide.document_by_id.get(line.action.before if line.action else "")
        return (Offer(f"do:document:{document.id}", document.title),) if document else ()
    done = offer(talk, "done", line.number)
    if what == BACK:
        return done, offer(talk, "snooze", line.number, "another_day")
    later = (talk.today + timedelta(days=7)).isoformat()
    return done, Offer(f"do:remind:{later}#{line.number}", talk.label("later"))


def _last_question(talk: Talk, due: tuple[Reminder, ...]) -> _Made:
    """Ask whether notes are wanted at all, once; what was due is named in the same note."""
    nudge = choose_nudge(talk.guide, talk.state, ("silence",))
    if nudge is None:
        return _Made(_reminding(talk, due) if due else None, talk.state)
    lines = _lines(talk, due, "silence") if due else ()
    answers = (Offer("do:more:keep", talk.label("keep_notes")), Offer("do:less", talk.label("less")))
    note = FollowUpNote("silence", lines, more=len(due) - len(lines), nudge=nudge.text, offers=answers)
    return _Made(note, talk.state, nudge.id)


def _tip(talk: Talk) -> _Made:
    """Send a tip not seen before; one that was kept comes back as a question, after equal gaps."""
    beat = talk.state.beat
    assert beat is not None  # noqa: S101 - only those with a beat are due
    for name, day in beat.saved:
        kept = talk.guide.tip_by_id.get(name)
        if kept is not None and (talk.today - day).days >= SAVED_DAYS:
            saved = tuple((tip, talk.today if tip == name else shown) for tip, shown in beat.saved)
            state = talk.state.changed(beat=beat.changed(saved=saved))
            onward = Offer(f"do:ask:{kept.topic}", talk.label("more_on_this"))
            return _Made(FollowUpNote("tips", tip=kept, kept=True, offers=(onward,)), state, kept.id)
    tip = choose_tip(talk.guide, talk.state, seed=talk.seed)
    if tip is None:
        return _Made(None, talk.state)
    note = FollowUpNote("tips", tip=tip, offers=(Offer(f"do:save:{tip.id}", talk.label("save")),))
    return _Made(note, talk.state.changed(seen=note_seen(talk.state, tip)), tip.id)


def _small_step(talk: Talk, action: Action) -> _Made:
    """Send a step in its smallest form to somebody whose plan holds none, with the way to put it in there."""
    words = act_of(talk.guide, action, "small" if action.small else "")
    size = in_words(talk.guide, SMALL_MINUTES if action.small else action.minutes)
    note = FollowUpNote("steps", step=words, size=size, offers=(add_offer(talk, action.id)[0],))
    return _Made(note, talk.state, action.id)


def _nudge(talk: Talk, weekly: str) -> _Made:
    """Send the guide's line that fits how things stand; one not used lately comes first."""
    nudge = choose_nudge(talk.guide, talk.state, _moments(talk, weekly))
    if nudge is None:
        return _Made(None, talk.state)
    usual = plan_offer(talk) if talk.state.commitments else add_offer(talk)[0]
    note = FollowUpNote(weekly, nudge=nudge.text, offers=(own_offer(nudge) or usual,), **_own_words(talk, nudge))
    return _Made(note, talk.state, nudge.id)


def _moments(talk: Talk, weekly: str) -> tuple[str, ...]:
    if weekly == "steps":
        return fitting_moments(talk.guide, talk.state, talk.today)
    return ({"checks": "quarter", "fresh": beginning(talk.today)}.get(weekly, weekly),)


def _own_words(talk: Talk, nudge: Nudge) -> dict[str, Any]:
    """Return the plan line a nudge is about, or what was said to be in its way, as far as there is room for it."""
    room = _room_beside(nudge.text)
    if room <= _LEAST:
        return {}
    lines = ((number, line) for number, line in enumerate(talk.state.commitments, 1) if line.done is None)
    if nudge.when == "obstacle":
        obstacle = next((line.obstacle for _, line in lines if line.obstacle), "")
        return {"obstacle": cut(Words(obstacle), room - 2)} if obstacle else {}
    if nudge.when in ("cue", "open", "misfit") and (first := next(lines, None)):
        return {"line": fit_lines(talk.guide, (show_line(talk.guide, *first),), room)[0]}
    return {}


@lru_cache(maxsize=1024)
def _room_beside(text: str) -> int:
    """Return how many words a note may still have beside one of the guide's texts."""
    return MOST_WORDS - count_words(text)
