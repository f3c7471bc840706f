"""What is ordered for a channel and what comes of it, in one table: posts set up, shown, changed, at rest, stopped.

`obey` is pure: guide, what is remembered, the order and the hour go in; what is then to be remembered, and what to say
to whoever asked, come out. An order that is not clear, or that somebody else has to give, changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot.channel_controls import ORDER
from bot.channels import choose, facts_asked, keep_up, local_day, minutes
from bot.guide import Guide
from bot.replies import AskPosts, Offer, PreviewPost, Reply, ShowPosts, TurnDownOrder, Words
from bot.subscription import FIRST, Subscription
from bot.typed.schedules import Schedule, read_schedule
from bot.working_time import CLOSES, MON_FRI, OPENS, SUN_THU, WEEKDAYS, Week, name_of_zone, week_of, zone_of

SHOWING = frozenset(("list", "preview", "help"))
"""Wishes anybody may have; all others change something."""

LONGEST_REST = timedelta(days=366)

TIMES = ("09:30", "10:00", "11:30", "13:30", "15:00")
"""The hours offered where none was named."""

RESTS = (1, 2, 4)
"""The weeks offered where a pause has no end."""

_FRIDAY, _SATURDAY, _SUNDAY = 4, 5, 6


@dataclass(frozen=True, slots=True)
class Manner:
    """How orders are given on a platform: what they begin with there, and who may give them, both in words."""

    call: str
    whom: str


def manner_on(guide: Guide, platform: str) -> Manner:
    """Return how orders are given on a platform, in the guide's words."""
    labels = guide.phrases.labels
    return Manner(labels[f"orders_{platform}"], labels[f"keepers_{platform}"])


@dataclass(frozen=True, slots=True)
class Order:
    """What somebody orders for a channel: the words after the call. `may`: they are entitled to change its posts.

    `turn` is any number that differs from channel to channel; it says where in the guide's list this one begins.
    """

    words: str
    may: bool
    turn: int = 0


class Obeyed(NamedTuple):
    """What came of an order: what is now to be remembered (None: nothing), and what to say to whoever asked."""

    sub: Subscription | None
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True, slots=True)
class _Footing:
    """All that an order is decided on. `now` is the asker's local time; `sub` is None where none was ever set up."""

    guide: Guide
    sub: Subscription | None
    order: Order
    said: Schedule
    manner: Manner
    now: datetime

    def turn_down(self, why: str, words: str = "") -> Obeyed:
        return Obeyed(self.sub, (TurnDownOrder(why, self.manner.call, self.manner.whom, Words(words)),))

    def ask(self, what: str, ways: Mapping[str, str], day: str = "") -> Obeyed:
        offers = tuple(Offer(f"{ORDER}{words}", label) for words, label in ways.items())
        return Obeyed(self.sub, (AskPosts(what, self.manner.call, day, offers),))

    def settled(self, what: str, sub: Subscription) -> Obeyed:
        """Return what is remembered from now on, and say so."""
        kept = keep_up(self.guide, sub, self.now)
        return Obeyed(kept, (self.shown(what, kept),))

    def shown(self, what: str, sub: Subscription) -> ShowPosts:
        moments = facts_asked(self.guide)
        asks = self.order.may and what in ("set", "list")
        return ShowPosts(
            what,
            self.manner.call,
            rhythm=sub.rhythm,
            day=_day_of(sub.day),
            at=f"{sub.minute // 60:02}:{sub.minute % 60:02}",
            zone=f"UTC{sub.week.zone}" if sub.week.zone[:1] in ("", "+", "-") else sub.week.zone,
            country=sub.week.country,
            next=_next_day(sub),
            rests=tuple((first, after - timedelta(days=1)) for first, after in sub.rests),
            holds=tuple(moments[fact] for fact in sub.facts if fact in moments),
            asked=tuple(Offer(fact, moment) for fact, moment in moments.items()) if asks else (),
            offers=self.ways(sub) if self.order.may else (),
        )

    def ways(self, sub: Subscription) -> tuple[Offer, ...]:
        """Return what can be pressed beside the plan."""
        labels = self.guide.phrases.labels
        names = ("preview", "resume" if sub.rests else "skip", "pause", "stop")
        return tuple(Offer(f"{ORDER}{name}", labels[f"posts_{name}"]) for name in names)


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
    it = _Footing(guide, sub, order, said, manner, now)
    live = sub is not None and not sub.stopped
    wish = said.wish or ("plan" if said.plans or not live else "list")
    if not any(nudge.to == "channel" for nudge in guide.nudges):
        return it.turn_down("empty")
    if said.unknown:
        return it.turn_down("unknown", said.unknown)
    if wish not in SHOWING and not order.may:
        return it.turn_down("entitled")
    if wish not in ("plan", "help") and not live:
        return it.turn_down("none")
    return _TABLE[wish](it)


def is_showing(guide: Guide, words: str, now: datetime) -> bool:
    """Say whether an order in these words only shows something, so that anybody may give it."""
    return read_schedule(guide, words, now).wish in SHOWING


def _plan(it: _Footing) -> Obeyed:
    """Set up what is named; where the day or the hour is missing, ask for it."""
    said, sub = it.said, it.sub if it.sub and not it.sub.stopped else None
    if why := _impossible(said):
        return it.turn_down(why)
    if sub is not None:
        return _replan(it)
    day = FIRST if said.day is None and said.rhythm == "month" else said.day
    if day is None:
        return it.ask("day", _days(it, said))
    if said.minute is None:
        return it.ask("time", _times(said, day), _day_of(day))
    rhythm = said.rhythm or "week"
    week = Week(said.zone or name_of_zone(it.now), _workdays(day, MON_FRI), said.country or "")
    moment = minutes(it.now)
    made = Subscription(rhythm, day, said.minute, week, moment, moment, facts=said.facts or (), turn=it.order.turn)
    if it.sub is not None:
        made = replace(made, sent=it.sub.sent, used=it.sub.used, turn=it.sub.turn)
    return it.settled("set", made)


def _replan(it: _Footing) -> Obeyed:
    """Change what is named of a plan, and leave the rest of it."""
    said, sub = it.said, it.sub
    assert sub is not None  # noqa: S101 - only of a plan that stands
    if not said.plans:
        return it.ask("move", _days(it, replace(said, minute=sub.minute)))
    if why := _impossible(said):
        return it.turn_down(why)
    day = said.day if said.day is not None else FIRST if said.rhythm == "month" else sub.day
    if day == FIRST and said.rhythm not in (None, "month"):
        return it.ask("move", _days(it, said))
    rhythm = said.rhythm or ("week" if sub.day == FIRST and day != FIRST else sub.rhythm)
    week = Week(
        said.zone or sub.week.zone,
        _workdays(day, sub.week.workdays),
        sub.week.country if said.country is None else said.country,
    )
    moved = (rhythm, day) != (sub.rhythm, sub.day)
    changed = replace(
        sub,
        rhythm=rhythm,
        day=day,
        minute=sub.minute if said.minute is None else said.minute,
        week=week,
        since=minutes(it.now) if moved else sub.since,
        looked=max(sub.looked, minutes(it.now)),
        facts=sub.facts if said.facts is None else said.facts,
    )
    return it.settled("changed", changed)


def _impossible(said: Schedule) -> str:
    """Return why nothing can be posted then, or nothing."""
    if said.day == _SATURDAY:
        return "weekend"
    return "hours" if said.minute is not None and not OPENS <= said.minute < CLOSES else ""


def _workdays(day: int, before: tuple[int, ...]) -> tuple[int, ...]:
    """Return the workdays of a channel that gets its posts on a day: Sunday speaks for one week, Friday for another."""
    return SUN_THU if day == _SUNDAY else MON_FRI if day == _FRIDAY else before


def _days(it: _Footing, said: Schedule) -> dict[str, str]:
    """Return each order that names a day, with its label; what was named beside it stays named."""
    rest = _as_words(said)
    often = {"fortnight": "fortnightly", "week": "weekly", None: "weekly"}.get(said.rhythm, "monthly")
    verb = "change " if it.said.wish == "change" else ""
    days = {f"{verb}{often} {WEEKDAYS[day].lower()}{rest}": WEEKDAYS[day] for day in MON_FRI}
    first = {f"{verb}first working day{rest}": it.guide.phrases.labels["posts_first"]}
    return days if said.rhythm == "fortnight" else {**days, **first}


def _times(said: Schedule, day: int) -> dict[str, str]:
    often = {"fortnight": "fortnightly ", "month": "monthly "}.get(said.rhythm or "week", "weekly ")
    named = "first working day" if day == FIRST else f"{often}{WEEKDAYS[day].lower()}"
    return {f"{named} {at}{_as_words(said)}": at for at in TIMES}


def _as_words(said: Schedule) -> str:
    """Return what else was named, as words that name it again."""
    parts = [
        f"{said.minute // 60:02}:{said.minute % 60:02}" if said.minute is not None else "",
        (f"utc{said.zone}" if said.zone[0] in "+-" else said.zone) if said.zone else "",
        f"holidays {said.country}" if said.country else "",
        f"with {', '.join(said.facts)}" if said.facts else "",
    ]
    return "".join(f" {part}" for part in parts if part)


def _day_of(day: int) -> str:
    return "" if day == FIRST else WEEKDAYS[day]


def _next_day(sub: Subscription) -> date | None:
    return datetime.fromtimestamp(sub.due * 60, zone_of(sub.week.zone)).date() if sub.due else None


def _list(it: _Footing) -> Obeyed:
    assert it.sub is not None  # noqa: S101 - only of a plan that stands
    return Obeyed(it.sub, (it.shown("list", it.sub),))


def _help(it: _Footing) -> Obeyed:
    return Obeyed(it.sub, (ShowPosts("help", it.manner.call),))


def _preview(it: _Footing) -> Obeyed:
    """Show the next post as it will stand there, if nothing changes until then."""
    sub = it.sub
    assert sub is not None  # noqa: S101 - only of a plan that stands
    day = _next_day(sub)
    nudge = choose(it.guide, sub, day) if day else None
    if nudge is None:
        return Obeyed(sub, (PreviewPost(it.manner.call),))
    shown = it.shown("list", sub)
    return Obeyed(sub, (PreviewPost(it.manner.call, nudge.text, day, shown.at, shown.zone),))


def _pause(it: _Footing) -> Obeyed:
    """Let nothing come until a day; from one day to another, both of them are free."""
    sub, days = it.sub, it.said.days
    assert sub is not None  # noqa: S101 - only of a plan that stands
    if not days:
        return it.ask("pause", {f"pause {n} weeks": _weeks(it.guide, n) for n in RESTS})
    today = local_day(sub, it.now)
    first, after = (days[0], days[1] + timedelta(days=1)) if len(days) > 1 else (today, days[0])
    return _rest(it, sub, "paused", (first, after))


def _weeks(guide: Guide, number: int) -> str:
    return guide.phrases.labels["posts_week" if number == 1 else "posts_weeks"].format(n=number)


def _skip(it: _Footing) -> Obeyed:
    """Leave out the week of a day, or that of the next post."""
    sub = it.sub
    assert sub is not None  # noqa: S101 - only of a plan that stands
    day = it.said.days[0] if it.said.days else _next_day(sub)
    if day is None:
        return _list(it)
    begin = week_of(sub.week, day)
    return _rest(it, sub, "skipped", (begin, begin + timedelta(days=7)))


def _rest(it: _Footing, sub: Subscription, what: str, span: tuple[date, date]) -> Obeyed:
    first, after = span
    today = local_day(sub, it.now)
    if after <= max(first, today):
        return it.turn_down("past")
    if after - today > LONGEST_REST:
        return it.turn_down("long")
    return it.settled(what, sub.resting(first, after))


def _resume(it: _Footing) -> Obeyed:
    assert it.sub is not None  # noqa: S101 - only of a plan that stands
    looked = max(it.sub.looked, minutes(it.now))
    return it.settled("resumed", replace(it.sub, rests=(), looked=looked))


def _stop(it: _Footing) -> Obeyed:
    """Stop; what was posted is remembered, so that it does not come again too soon if posts are set up anew."""
    assert it.sub is not None  # noqa: S101 - only of a plan that stands
    stopped = replace(it.sub, stopped=True, due=0, rests=())
    return Obeyed(stopped, (ShowPosts("stopped", it.manner.call),))


_TABLE: Mapping[str, Callable[[_Footing], Obeyed]] = {
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
