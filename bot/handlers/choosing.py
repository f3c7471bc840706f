"""Which line of the plan is meant, and what can be done with it."""

from __future__ import annotations

from datetime import timedelta

from bot.days import show_day
from bot.events import Wanted
from bot.handlers.telling import add_offer, menu_offer, tell_plan, then_return
from bot.lines import done_before
from bot.note_wishes import reminds, working_week
from bot.plan import due_lines, open_lines, show_plan
from bot.replies import AskDay, LineChanged, NothingYet, Offer, PlanLine, WhichOne, Words
from bot.talk import Step, Talk
from bot.typed.plan_lines import plan_number
from bot.working_time import first_working_day

DAYS_AHEAD = (1, 7, 14)
"""The days offered where one is asked for, counted from today."""


_POINTING = frozenset(("it", "that", "this"))
"""Words that mean the line last changed, where it was changed today."""

ASKS_WHICH = ("drop",)
"""What is done to no line by guessing: with several open ones, it is asked which."""


def find_line(talk: Talk, event: Wanted, said: str | None = None) -> PlanLine | Step:
    """Return the open line that is meant, or the step that says there is none, or asks which one.

    It is named by its number, by its action or the action's topic; or it is the only one that is open, or due; or
    it was changed just now and is pointed at.
    `said` is what else was wanted of it, such as a day; None: the event's detail names the action.
    """
    lines = open_lines(talk.guide, talk.state)
    if not lines:
        return none_open(talk, event)
    detail, _, number = event.detail.partition("#")
    number = number or str(plan_number(event.text) or "")
    if number:
        found = next((line for line in lines if str(line.number) == number), None)
    elif said is None and detail:
        found = next((line for line in lines if line.action and detail in (line.action.id, line.action.topic)), None)
    else:
        found = _only(talk, event, lines)
    return found or which(talk, lines, event.intent, said or "")


def _only(talk: Talk, event: Wanted, lines: tuple[PlanLine, ...]) -> PlanLine | None:
    if len(lines) == 1:
        return lines[0]
    last = talk.state.change.number if talk.state.change and talk.state.day == talk.today else 0
    just = next((line for line in lines if line.number == last), None)
    if just is not None and not _POINTING.isdisjoint(event.text.lower().split()):
        return just
    due = due_lines(talk.guide, talk.state, talk.today)
    return due[0] if len(due) == 1 and event.intent not in ASKS_WHICH else None


def none_open(talk: Talk, event: Wanted) -> Step:
    """Say that there is no plan, or that every step of it is done; lead whoever wants reminders to them."""
    if not talk.state.commitments:
        return tell_plan(talk, event)
    offers = add_offer(talk)
    if event.intent == "remind" and talk.guide.follow_up.section:
        offers = (Offer("do:notes", talk.label("set_up_notes")), *offers)
    return then_return(talk, NothingYet("open", offers), offers=offers)


def which(talk: Talk, lines: tuple[PlanLine, ...], intent: str, said: str = "") -> Step:
    """Ask which line is meant."""
    offers = tuple(Offer(f"do:{intent}:{said}#{line.number}", label_of(line)) for line in lines)
    return then_return(talk, WhichOne(offers), offers=offers)


def label_of(line: PlanLine) -> str:
    """Return a plan line's act as a button's label, which is plain text."""
    words = line.words.text if isinstance(line.words, Words) else line.words
    return words[:1].upper() + words[1:]


def offer(talk: Talk, intent: str, number: int, label: str = "", said: str = "") -> Offer:
    """Return something to be done to that line."""
    return Offer(f"do:{intent}:{said}#{number}", talk.label(label or intent))


def changed(talk: Talk, how: str, number: int, *ways: Offer, document: str = "") -> Step:
    """Say what a line is now, and offer some ways on, or to take it back."""
    shown = show_plan(talk.guide, talk.state)[number - 1]
    offers = (*ways, *undo_offers(talk))
    helps = talk.guide.document_by_id.get(document)
    writes = reminds(talk.guide, talk.state)
    before = done_before(talk.state) if how == "swapped" else 0
    return then_return(talk, LineChanged(how, shown, offers, helps, writes, before), offers=offers)


def undo_offers(talk: Talk) -> tuple[Offer, ...]:
    """Return the way to take back what was just done, and the way to the menu."""
    return Offer("do:undo", talk.label("undo")), menu_offer(talk)


def day_offers(talk: Talk, intent: str = "remind", number: int = 0) -> tuple[Offer, ...]:
    """Return the likeliest days, for that line, all of them working days; 0: for whichever will be named."""
    joint = f"#{number}" if number else ""
    week, ahead = working_week(talk.guide, talk.state), [talk.today + timedelta(days=days) for days in DAYS_AHEAD]
    days = dict.fromkeys(first_working_day(week, day) or day for day in ahead)
    return tuple(Offer(f"do:{intent}:{day.isoformat()}{joint}", show_day(day)) for day in days)


def ask_day(talk: Talk, number: int = 0) -> Step:
    """Ask for which day, with the likeliest to press."""
    offers = day_offers(talk, number=number)
    return then_return(talk, AskDay(offers), offers=offers)
