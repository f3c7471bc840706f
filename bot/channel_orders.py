"""What is ordered for a channel and what comes of it, in one table: posts set up, shown, changed, at rest, stopped.

`obey` is pure: guide, what is remembered, the order and the hour go in; what is then to be remembered, and what to say
to whoever asked, come out. An order that is not clear, or that somebody else has to give, changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from bot.channel_footing import Footing, Manner, Obeyed, Order, next_day
from bot.channel_offers import name_day, offer_days, offer_plan, offer_rests, offer_times
from bot.channels import choose, local_day, minutes
from bot.guide import Guide
from bot.replies import PreviewPost, ShowPosts
from bot.subscription import FIRST, Subscription
from bot.typed.schedules import Schedule, read_schedule
from bot.working_time import CLOSES, MON_FRI, OPENS, SUN_THU, Week, name_of_zone, week_of

SHOWING = frozenset(("list", "preview", "help"))
"""Wishes anybody may have; all others change something."""

_ALONE = frozenset(("list", "preview", "help", "resume", "stop"))
"""Wishes beside which no day, hour or place means anything."""

LONGEST_REST = timedelta(days=366)

_FRIDAY, _SATURDAY, _SUNDAY = 4, 5, 6


def obey(guide: Guide, sub: Subscription | None, order: Order, manner: Manner, now: datetime) -> Obeyed:
    """Decide what comes of an order.

    Args:
        guide: the guide whose posts come.
        sub: what is remembered of the channel, or None. It is not changed.
        order: the words, and whether whoever gave them is entitled to.
        manner: how orders are given on the platform.
        now: the present moment in the asker's own zone; that zone is the channel's where none is named.
    """
    said = read_schedule(guide, order.words, now)
    it = Footing(guide, sub, order, said, manner, now)
    live = sub is not None and not sub.stopped
    wish = said.wish or ("plan" if said.plans or not live else "list")
    if not any(nudge.to == "channel" for nudge in guide.nudges):
        return it.turn_down("empty")
    if said.unknown or (said.plans and wish in _ALONE):
        return it.turn_down("unknown", said.unknown or order.words)
    if wish not in SHOWING and not order.may:
        return it.turn_down("entitled")
    if wish not in ("plan", "help") and not live:
        return it.turn_down("none")
    return _TABLE[wish](it)


def is_showing(guide: Guide, words: str, now: datetime) -> bool:
    """Say whether an order in these words only shows something, so that anybody may give it."""
    return read_schedule(guide, words, now).wish in SHOWING


def _plan(it: Footing) -> Obeyed:
    """Set up what is named; where the day or the hour is missing, ask for it."""
    said, was = it.said, it.sub
    if was is not None and not was.stopped:
        return _replan(it)
    if why := _impossible(said):
        return it.turn_down(why)
    day = FIRST if said.day is None and said.rhythm == "month" else said.day
    if day is None:
        return it.ask("day", offer_days(it.labels, said))
    if said.minute is None:
        return it.ask("time", offer_times(said, day), name_day(day))
    rhythm = said.rhythm or "week"
    week = Week(said.zone or name_of_zone(it.now), _workdays(day, MON_FRI), said.country or "")
    moment = minutes(it.now)
    made = Subscription(rhythm, day, said.minute, week, moment, moment, facts=said.facts or (), turn=it.order.turn)
    if was is not None:
        made = made.changed(sent=was.sent, used=was.used, turn=was.turn)
    return it.settled("set", made)


def _replan(it: Footing) -> Obeyed:
    """Change what is named of a plan, and leave the rest of it."""
    said, plan = it.said, it.plan
    if not said.plans:
        return it.ask("move", offer_days(it.labels, said.changed(minute=plan.minute)))
    if why := _impossible(said):
        return it.turn_down(why)
    day = said.day if said.day is not None else FIRST if said.rhythm == "month" else plan.day
    if day == FIRST and said.rhythm not in (None, "month"):
        return it.ask("move", offer_days(it.labels, said))
    rhythm = said.rhythm or ("week" if plan.day == FIRST and day != FIRST else plan.rhythm)
    moment = minutes(it.now)
    moved = plan.changed(looked=max(plan.looked, moment))
    if (rhythm, day) != (plan.rhythm, plan.day):
        moved = moved.changed(rhythm=rhythm, day=day, since=moment)
    return it.settled("changed", _filled_in(moved, said))


def _filled_in(plan: Subscription, said: Schedule) -> Subscription:
    """Return a plan with the hour, the place, the holidays and the moments that are named."""
    before = plan.week
    country = before.country if said.country is None else said.country
    return plan.changed(
        minute=plan.minute if said.minute is None else said.minute,
        week=Week(said.zone or before.zone, _workdays(plan.day, before.workdays), country),
        facts=plan.facts if said.facts is None else said.facts,
    )


def _impossible(said: Schedule) -> str:
    """Return why nothing can be posted then, or nothing."""
    if said.day == _SATURDAY:
        return "weekend"
    return "hours" if said.minute is not None and not OPENS <= said.minute < CLOSES else ""


def _workdays(day: int, before: tuple[int, ...]) -> tuple[int, ...]:
    """Return the workdays of a channel that gets its posts on a day: Sunday speaks for one week, Friday for another."""
    return SUN_THU if day == _SUNDAY else MON_FRI if day == _FRIDAY else before


def _list(it: Footing) -> Obeyed:
    return Obeyed(it.plan, (it.shown("list", it.plan),))


def _help(it: Footing) -> Obeyed:
    return Obeyed(it.sub, (ShowPosts("help", it.manner.call),))


def _preview(it: Footing) -> Obeyed:
    """Show the next post as it will stand there, if nothing changes until then."""
    day, back = next_day(it.plan), offer_plan(it.labels)
    nudge = choose(it.guide, it.plan, day) if day else None
    if nudge is None:
        return Obeyed(it.plan, (PreviewPost(it.manner.call, offers=back),))
    shown = it.shown("list", it.plan)
    return Obeyed(it.plan, (PreviewPost(it.manner.call, nudge.text, day, shown.at, shown.zone, back),))


def _pause(it: Footing) -> Obeyed:
    """Let nothing come until a day; from one day to another, both of them are free."""
    days = it.said.days
    if not days:
        return it.ask("pause", offer_rests(it.labels))
    if len(days) > 1:
        return _rest(it, "paused", days[0], days[1] + timedelta(days=1))
    return _rest(it, "paused", local_day(it.plan, it.now), days[0])


def _skip(it: Footing) -> Obeyed:
    """Leave out the week of a day, or that of the next post."""
    day = it.said.days[0] if it.said.days else next_day(it.plan)
    if day is None:
        return _list(it)
    begin = week_of(it.plan.week, day)
    return _rest(it, "skipped", begin, begin + timedelta(days=7))


def _rest(it: Footing, what: str, first: date, after: date) -> Obeyed:
    today = local_day(it.plan, it.now)
    if after <= max(first, today):
        return it.turn_down("past")
    if after - today > LONGEST_REST:
        return it.turn_down("long")
    return it.settled(what, it.plan.resting(first, after), begins=first if what == "paused" else None)


def _resume(it: Footing) -> Obeyed:
    looked = max(it.plan.looked, minutes(it.now))
    return it.settled("resumed", it.plan.changed(rests=(), looked=looked))


def _stop(it: Footing) -> Obeyed:
    """Stop; what was posted is remembered, so that it does not come again too soon if posts are set up anew."""
    stopped = it.plan.changed(stopped=True, due=0, rests=())
    return Obeyed(stopped, (ShowPosts("stopped", it.manner.call),))


_TABLE: Mapping[str, Callable[[Footing], Obeyed]] = {
    "plan": _plan,
    "change": _replan,
    "list": _list,
    "help": _help,
    "preview": _preview,
    "pause": _pause,
    "skip": _skip,
    "resume": _resume,
    "stop": _stop,
}
"""What is done for each wish."""
