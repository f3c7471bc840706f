"""What a person said yes to: which notes, how often, and when; read from their answers, kept nowhere else."""

from __future__ import annotations

from functools import lru_cache

from bot.guide import Guide
from bot.state import Answer, State
from bot.value import Value
from bot.working_time import MON_FRI, SUN_THU, Week, country_named, zone_named

KINDS = ("reminders", "steps", "tips", "checks")
"""What a person may say yes to."""

WEEKLY = ("steps", "tips", "checks")
"""Kinds that share the weekly note, in the order of their turns."""

WEEKLY_KINDS = frozenset(WEEKLY)

MOST_A_WEEK = 2
"""The hard cap on weekly notes within seven days, whatever was asked for."""

DEFAULT_DAY, DEFAULT_MINUTE = 1, 10 * 60
"""Tuesday at ten: a working day, mid-morning."""


class Wishes(Value, frozen=True):
    """What a person said yes to, and when. `often` is how many weekly notes; `minute` is of the local day."""

    kinds: tuple[str, ...]
    often: int
    day: int
    minute: int
    week: Week


def zone_for(guide: Guide, state: State) -> str:
    """Return the name of somebody's time zone: that of the city they named, or the one their chat has them in."""
    told = state.answers.get(guide.follow_up.zone)
    return (zone_named(told) if told and isinstance(told, str) else "") or (state.beat.zone if state.beat else "")


def wishes_of(guide: Guide, state: State) -> Wishes | None:
    """Return a person's wishes, or None without a yes to anything."""
    get, said = state.answers.get, guide.follow_up
    kinds = get(said.kinds)
    if not kinds or isinstance(kinds, str):
        return None
    answers = (get(said.often), get(said.day), get(said.time), get(said.week), get(said.country))
    return _wishes(kinds, answers, zone_for(guide, state))


def _answer(answer: Answer | None) -> str:
    return answer if isinstance(answer, str) else ""


@lru_cache(maxsize=4096)
def _wishes(kinds: tuple[str, ...], answers: tuple[Answer | None, ...], zone: str) -> Wishes | None:
    wanted = tuple(kind for kind in KINDS if kind in kinds)
    if not wanted or "none" in kinds:
        return None
    often, day, time, week, country = (_answer(answer) for answer in answers)
    workdays = SUN_THU if week == "sun-thu" else MON_FRI
    number = int(day) if day.isdecimal() and int(day) < 7 else DEFAULT_DAY
    return Wishes(
        kinds=wanted,
        often=min(int(often), MOST_A_WEEK) if often.isdecimal() else 1,
        day=number if number in workdays else workdays[0],
        minute=_minute(time),
        week=Week(zone, workdays, country_named(country)),
    )


def _minute(time: str) -> int:
    """Return a typed time as minutes of the day, within working hours."""
    hours, _, minutes = time.replace(":", ".").partition(".")
    if not hours.isdecimal() or not (minutes or "0").isdecimal():
        return DEFAULT_MINUTE
    return min(max(int(hours) * 60 + int(minutes or 0), 9 * 60), 17 * 60 - 1)


def working_week(guide: Guide, state: State) -> Week:
    """Return the week a person works: as they told us, or Monday to Friday."""
    wishes = wishes_of(guide, state)
    return wishes.week if wishes else Week()


def reminds(guide: Guide, state: State) -> bool:
    """Say whether a reminder comes on the days a person sets."""
    wishes = wishes_of(guide, state)
    return wishes is not None and "reminders" in wishes.kinds and not (state.beat and state.beat.ended)
