"""Local working time: which days and hours somebody works, and when a moment on the wall clock really comes.

Time zones come from the tz database and public holidays from the `holidays` library: both are tables, looked up by
name and the same for every call.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.value import Value

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MON_FRI = (0, 1, 2, 3, 4)
SUN_THU = (6, 0, 1, 2, 3)

OPENS, CLOSES = 9 * 60, 17 * 60
"""The minutes of the local day between which something may be sent unasked; all else is quiet."""

_EPOCH, _MINUTE = datetime(1970, 1, 1, tzinfo=UTC), timedelta(minutes=1)

_LOOK_AHEAD = 400
"""How many days ahead a working day is looked for."""


class Week(Value, frozen=True, array_like=True):
    """Somebody's week.

    `zone` is an IANA name or an offset such as `+02:00` (empty: UTC). `workdays` are 0 (Monday) to 6, the first
    day of the week first. `country` is an ISO 3166 code for public holidays; empty: none are known.
    """

    zone: str = ""
    workdays: tuple[int, ...] = MON_FRI
    country: str = ""


@lru_cache(maxsize=1024)
def zone_of(name: str) -> tzinfo:
    """Return the time zone of that IANA name or offset; UTC when there is none."""
    if not name:
        return UTC
    if name[0] in "+-":
        return _offset(name)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _offset(name: str) -> tzinfo:
    hours, _, minutes = name[1:].partition(":")
    if not (hours.isdecimal() and (minutes or "0").isdecimal()) or int(hours) > 23 or int(minutes or 0) > 59:
        return UTC
    span = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return timezone(-span if name[0] == "-" else span)


def name_of_zone(moment: datetime) -> str:
    """Return the name of a moment's zone: IANA where it has one, else its offset; empty for plain UTC."""
    key = getattr(moment.tzinfo, "key", "")
    if key or moment.tzinfo is UTC:
        return str(key)
    offset = moment.utcoffset()
    if not offset:
        return ""
    minutes = int(offset.total_seconds() // 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


@lru_cache(maxsize=4096)
def wall(zone: str, day: date, minute: int) -> datetime:
    """Return the moment when the local clock shows that minute of that day.

    A minute that comes twice, when clocks go back, is the first of the two. One that never comes, when clocks go
    forward, is the next that does.
    """
    tz = zone_of(zone)
    moment = datetime.combine(day, time(minute // 60, minute % 60), tz)
    while not _exists(moment):
        moment += timedelta(minutes=1)
    return moment


@lru_cache(maxsize=4096)
def wall_minute(zone: str, day: date, minute: int) -> int:
    """Return the same moment as the minute since 1970 (UTC) that it is."""
    return minute_of(wall(zone, day, minute))


def _exists(moment: datetime) -> bool:
    there = moment.astimezone(UTC).astimezone(moment.tzinfo)
    return there.replace(tzinfo=None) == moment.replace(tzinfo=None)


@lru_cache(maxsize=1024)
def on_clock(zone: str, moment: datetime) -> datetime:
    """Return a moment as the clocks of a zone show it: what is due for many in one zone comes at one moment."""
    return moment.astimezone(zone_of(zone))


def minute_of(moment: datetime) -> int:
    """Return the whole minute since 1970 (UTC) that a moment lies in: what rules compare, and records keep."""
    return (moment - _EPOCH) // _MINUTE


def moment_of(minute: int) -> datetime:
    """Return the moment, in UTC, at which that minute since 1970 begins."""
    return datetime.fromtimestamp(minute * 60, UTC)


@lru_cache(maxsize=512)
def _holidays(country: str, year: int) -> frozenset[date]:
    # Imported here: it takes a while, and only those who name a country have need of it.
    import holidays  # noqa: PLC0415

    try:
        return frozenset(holidays.country_holidays(country, years=year))
    except NotImplementedError:
        return frozenset()


def is_working_day(week: Week, day: date) -> bool:
    """Say whether somebody with that week works on that local day."""
    if day.weekday() not in week.workdays:
        return False
    return not week.country or day not in _holidays(week.country, day.year)


def is_quiet(week: Week, moment: datetime) -> bool:
    """Say whether nothing may be sent unasked at that moment: outside working hours, or on a day off."""
    local = moment.astimezone(zone_of(week.zone))
    return not OPENS <= local.hour * 60 + local.minute < CLOSES or not is_working_day(week, local.date())


@lru_cache(maxsize=4096)
def working_hours(week: Week, day: date) -> tuple[int, int]:
    """Return from which minute since 1970, and up to which, something may be sent unasked on a local day.

    On a day off the two are the same: nothing may.
    """
    opens, closes = (wall_minute(week.zone, day, minute) for minute in (OPENS, CLOSES))
    return (opens, closes) if is_working_day(week, day) else (closes, closes)


@lru_cache(maxsize=4096)
def first_working_day(week: Week, day: date) -> date | None:
    """Return the first working day from that day on, that day included; None when none comes for about a year."""
    return next(working_days(week, day), None)


def working_days(week: Week, day: date) -> Iterator[date]:
    """Yield the working days from that day on, that day included; they end after about a year."""
    for ahead in range(_LOOK_AHEAD):
        if is_working_day(week, there := day + timedelta(days=ahead)):
            yield there


def working_day_before(week: Week, day: date, count: int) -> date:
    """Return the working day that is so many working days before a day; that day itself where there are none."""
    found = (before for back in range(1, _LOOK_AHEAD) if is_working_day(week, before := day - timedelta(days=back)))
    return next(islice(found, count - 1, None), day)


def next_open(week: Week, now: datetime, minute: int) -> datetime | None:
    """Return the first moment from now on when something may be sent: now, or at that minute of a working day."""
    if not is_quiet(week, now):
        return now
    today = now.astimezone(zone_of(week.zone)).date()
    moments = (wall(week.zone, day, minute) for day in working_days(week, today))
    return next((moment for moment in moments if moment >= now), None)


def week_of(week: Week, day: date) -> date:
    """Return the first day of the week a day lies in; weeks begin with the first working day."""
    return day - timedelta(days=(day.weekday() - week.workdays[0]) % 7)


def is_first_working_day(week: Week, day: date, months: int = 1) -> bool:
    """Say whether it is the first working day of a month, or of a span of so many months (3: a quarter)."""
    if (day.month - 1) % months or not is_working_day(week, day):
        return False
    return not any(is_working_day(week, day.replace(day=number)) for number in range(1, day.day))


_SMALL_WORDS = frozenset(("and", "da", "of", "the"))
_SPELT_APART = {"hongkong": "Hong Kong", "dr_congo": "DR Congo", "timor_leste": "Timor-Leste"}
_SPELT_APART |= {
    "guinea_bissau": "Guinea-Bissau",
    "bonaire_sint_eustatius_and_saba": "Bonaire, Sint Eustatius and Saba",
}
"""Countries whose written name is not their entry's words with capitals."""


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    from holidays.registry import COUNTRIES  # noqa: PLC0415

    found = {name.replace("_", " "): entry[1] for name, entry in COUNTRIES.items()}
    codes = {code.lower(): entry[1] for entry in COUNTRIES.values() for code in entry[1:]}
    return {**found, **codes, "uk": "GB", "great britain": "GB", "hong kong": "HK"}


@lru_cache(maxsize=1)
def _country_names() -> dict[str, str]:
    from holidays.registry import COUNTRIES  # noqa: PLC0415

    return {entry[1]: _capitalise(name) for name, entry in COUNTRIES.items()}


def _capitalise(name: str) -> str:
    """Return a country's name, such as `isle_of_man`, as it is written."""
    words = (word if word in _SMALL_WORDS else word.capitalize() for word in name.split("_"))
    return _SPELT_APART.get(name) or " ".join(words)


def name_of_country(code: str) -> str:
    """Return the English name of a country by its ISO 3166 code; the code itself where none is known."""
    return _country_names().get(code, code)


def country_named(text: str) -> str:
    """Return the ISO 3166 code of a country by its English name or code; empty when it is not known."""
    return _countries().get(" ".join(text.lower().replace(".", "").split()).removeprefix("the "), "")


@lru_cache(maxsize=1)
def _cities() -> dict[str, str]:
    from zoneinfo import available_timezones  # noqa: PLC0415

    names = sorted(available_timezones())
    found = {name.rsplit("/", 1)[-1].replace("_", " ").lower(): name for name in names if "/" in name}
    return {**found, **{name.lower(): name for name in names}}


def zone_named(text: str) -> str:
    """Return the IANA zone of that name, or of the city in it; empty when none is known."""
    plain = " ".join(text.lower().split())
    return _cities().get(plain, "") or _cities().get(plain.replace("_", " "), "")
