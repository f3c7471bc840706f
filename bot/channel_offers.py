"""What can be pressed instead of typed, when a channel's posts are ordered: each offer is the words it stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.channel_controls import ORDER
from bot.days import show_time
from bot.replies import Offer
from bot.subscription import FIRST
from bot.typed.schedules import Schedule
from bot.working_time import MON_FRI, WEEKDAYS

TIMES = ("09:30", "10:00", "11:30", "13:30", "15:00")
"""The hours offered where none was named."""

RESTS = (1, 2, 4)
"""The weeks offered where a pause has no end."""

_OFTEN = {"fortnight": "fortnightly", "month": "monthly"}

Labels = Mapping[str, str]


def offer_days(labels: Labels, said: Schedule) -> tuple[Offer, ...]:
    """Return the days that posts can come on; what was named beside the day stays named."""
    often, beside = _OFTEN.get(said.rhythm or "", "weekly"), _beside(said)
    verb = "change " if said.wish == "change" else ""
    days = [(f"{verb}{often} {WEEKDAYS[day].lower()}{beside}", WEEKDAYS[day]) for day in MON_FRI]
    first = (f"{verb}first working day{beside}", labels["posts_first"])
    return _offers(days if said.rhythm == "fortnight" else [*days, first])


def offer_times(said: Schedule, day: int) -> tuple[Offer, ...]:
    """Return the hours that posts can come at on a day; what was named beside the hour stays named."""
    weekday = f"{_OFTEN.get(said.rhythm or '', 'weekly')} {name_day(day).lower()}"
    named = "first working day" if day == FIRST else weekday
    return _offers((f"{named} {at}{_beside(said)}", at) for at in TIMES)


def offer_rests(labels: Labels) -> tuple[Offer, ...]:
    """Return how long posts can rest."""
    return _offers((f"pause {n} weeks", labels["posts_week" if n == 1 else "posts_weeks"].format(n=n)) for n in RESTS)


def offer_ways(labels: Labels, *, rests: bool) -> tuple[Offer, ...]:
    """Return what can be done with a plan that stands, or that `rests`."""
    names = ("preview", "resume" if rests else "skip", "pause", "stop")
    return _offers((name, labels[f"posts_{name}"]) for name in names)


def offer_plan(labels: Labels) -> tuple[Offer, ...]:
    """Return the way back to the plan, from what took its place."""
    return _offers([("", labels["posts_list"])])


def name_day(day: int) -> str:
    """Return the name of a weekday; empty for the first working day of the month."""
    return "" if day == FIRST else WEEKDAYS[day]


def _offers(ways: Iterable[tuple[str, str]]) -> tuple[Offer, ...]:
    return tuple(Offer(f"{ORDER}{words}", label) for words, label in ways)


def _beside(said: Schedule) -> str:
    """Return what else was named, as words that name it again."""
    parts = (
        show_time(said.minute) if said.minute is not None else "",
        f"utc{said.zone}" if said.zone[:1] in ("+", "-") and said.zone else said.zone,
        f"holidays {said.country}" if said.country else "",
        f"with {', '.join(said.facts)}" if said.facts else "",
    )
    return "".join(f" {part}" for part in parts if part)
