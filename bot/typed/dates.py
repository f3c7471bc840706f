"""Days named in typed words: what people mean by "friday", "in two weeks", "12 march" or "the end of the month".

Relative days and edges of months are counted here, because libraries miss many of them ("monday week", "end of
june"); days written out ("12 march", "3/11") are read by dateparser, imported only when one turns up.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any

from bot.typed import calendar_days as days
from bot.typed.date_words import MONTH, UNIT, as_figures
from bot.value import Value

_DAY = rf"(?:{'|'.join(days.WEEKDAYS)})"
_NTH = r"\d{1,2}(?:st|nd|rd|th)"


class Finding(Value, frozen=True):
    """What was found: days still to come; `past` when the words name a day gone by.

    `unreal` marks a day that does not exist, such as the 31st of February.
    """

    days: tuple[date, ...] = ()
    past: bool = False
    unreal: bool = False

    def __bool__(self) -> bool:
        """Tell whether any day was named at all."""
        return bool(self.days) or self.past or self.unreal


_SHORT_DAYS = re.compile(r"\bsat\b(?! (?:with|in|next|beside|by|down|at|through))")
"""Only where a day is asked for: elsewhere "sat" is what somebody did."""
_EASTER = {"good friday": -2, "easter sunday": 0, "easter monday": 1}
"""Feasts by the days they lie from Easter Sunday."""
_Reader = Callable[[re.Match[str], date], "date | None"]


def find_days(words: str, now: datetime, *, asked: bool = False) -> Finding:
    """Return the days named in `words`, seen from `now`; never raises on any text.

    Args:
        words: Lower case, single blanks, figures as typed.
        now: The person's local time.
        asked: Whether a date was asked for, so that "two weeks, please" and a bare "15" are dates.
    """
    text = as_figures(_SHORT_DAYS.sub(r"\g<0>urday", words) if asked else words)
    today = now.date()
    found: list[date] = []
    unreal = False
    for pattern, read in (*_READERS, *(_ASKED if asked else ())):
        if found and pattern in _ALONE:
            continue
        for match in pattern.finditer(text):
            day = _safely(read, match, today)
            unreal |= day is None
            found += [day] if day else []
        text = pattern.sub(" ; ", text)
    coming = tuple(dict.fromkeys(day for day in found if day >= today))
    return Finding(coming, past=bool(found) and not coming, unreal=unreal and not coming)


def _safely(read: _Reader, match: re.Match[str], today: date) -> date | None:
    try:
        return read(match, today)
    except (ValueError, OverflowError):
        return None


@cache
def _dateparser() -> Any:
    import dateparser  # noqa: PLC0415 - 0.2 s to import and warm up, and most talks never write out a date

    return dateparser


def _written(match: re.Match[str], today: date) -> date | None:
    settings = {
        "RELATIVE_BASE": datetime(today.year, today.month, today.day, 12),  # noqa: DTZ001 - a day, wherever one is
        "PREFER_DATES_FROM": "future",
        "DATE_ORDER": "YMD" if re.match(r"\d{4}-", match[1]) else "DMY",
        "PARSERS": ["absolute-time"],
        "REQUIRE_PARTS": ["day", "month"],
    }
    text = match[1].replace(" of ", " ").replace(" the ", " ").replace(" day ", " ")
    found: datetime | None = _dateparser().parse(text, languages=["en"], settings=settings)
    return found.date() if found else None


def _weekday(match: re.Match[str], today: date) -> date:
    before, name, after = match.groups()
    if "last" in (before, after) or before in ("past", "previous"):
        return days.gone(today)
    if before in ("next", "following") or after == "next":
        return days.of_next_week(name, today)
    return days.coming(name, today)


def _edge(match: re.Match[str], today: date) -> date:
    edge, which, unit = match.groups()
    if which == "last":
        return days.gone(today)
    if unit in ("week", "month", "year", "quarter"):
        return days.edge_of(edge, int(which in ("next", "following")), unit, today)
    return days.in_month(edge, days.month_number(unit), today)


def _whole(match: re.Match[str], today: date) -> date:
    which, unit = match.groups()
    if which in ("last", "past", "previous"):
        return days.gone(today)
    if unit == "fortnight":
        return days.add(today, 1, unit)
    this = which in ("this", "within the", "within this")
    return days.edge_of("end" if this else "start", int(not this), unit, today)


def _quarter(match: re.Match[str], today: date) -> date:
    last = 3 * int(match[2])
    return days.in_month("end", last, today) if match[1] == "end" else days.in_month("start", last - 2, today)


def _nth_or_last(word: str) -> int:
    """Return 1 to 5 for "1th" and so on, and 0 for "last"."""
    return 0 if word == "last" else int(word[:-2])


def _weekday_of_month(match: re.Match[str], today: date) -> date:
    """Read "first monday of april", of the next April to come unless a year is given."""
    which, name, month, year = match.groups()
    number = days.month_number(month)
    return days.weekday_of(_nth_or_last(which), name, number, today, int(year or 0))


def _reader(pattern: str, read: _Reader) -> tuple[re.Pattern[str], _Reader]:
    return re.compile(pattern), read


_READERS = (
    _reader(
        rf"\b(?:{_DAY} (?:the )?)?(\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{1,2}}[./-]\d{{1,2}}(?:[./-]\d{{2,4}})?"
        rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: day)?(?: of)? {MONTH}(?: \d{{4}})?"
        rf"|{MONTH}(?: the)? \d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?: \d{{4}})?)\b",
        _written,
    ),
    _reader(rf"\b(?:\d+ )?{UNIT} (?:ago|back|earlier)\b", lambda _, today: days.gone(today)),
    _reader(r"\b(\d+) (?:working|business|week) days?\b", lambda m, today: days.add_working_days(today, int(m[1]))),
    _reader(
        rf"\b(\d+) {UNIT} (?:(?:on|this|from this|from|after) )?({_DAY}|tomorrow)\b",
        lambda m, today: days.add(days.coming(m[3], today), int(m[1]), m[2]),
    ),
    _reader(
        rf"\b(\d+) (?:more |of )?{UNIT} (?:from (?:now|today)|today|time|later|hence|on)\b",
        lambda m, today: days.add(today, int(m[1]), m[2]),
    ),
    _reader(rf"\b({_DAY}|tomorrow|today) week\b", lambda m, today: days.add(days.coming(m[1], today), 1, "week")),
    _reader(
        rf"\b({_NTH}|last) ({_DAY}) (?:of|in)(?: the)?(?: (this|next))? month\b",
        lambda m, today: days.weekday_in_month(_nth_or_last(m[1]), m[2], int(m[3] == "next"), today),
    ),
    _reader(rf"\b({_NTH}|last) ({_DAY}) (?:of|in) ({MONTH})(?: (\d{{4}}))?\b", _weekday_of_month),
    _reader(
        r"\b(end|close|start|beginning|1th|middle|mid|early|late)(?: of)?(?: the)? ?"
        rf"(?:(this|next|coming|following|last) )?(week|month|year|quarter|{MONTH})\b",
        _edge,
    ),
    _reader(
        r"\b(?:week|month|year) before last\b|\b(?:day before )?yesterday\b|\blast night\b|\bthe other day\b",
        lambda _, today: days.gone(today),
    ),
    _reader(r"\b(good friday|easter (?:sunday|monday))\b", lambda m, today: days.of_easter(_EASTER[m[1]], today)),
    _reader(r"\bday after tomorrow\b|\bovermorrow\b", lambda _, today: days.add(today, 2, "day")),
    _reader(r"\btomorrow\b", lambda _, today: days.add(today, 1, "day")),
    _reader(r"\b(week|month) after next\b", lambda m, today: days.edge_of("start", 2, m[1], today)),
    _reader(r"\b(?:christmas|xmas) eve\b", lambda _, today: days.yearly(12, 24, today)),
    _reader(r"\bboxing day\b", lambda _, today: days.yearly(12, 26, today)),
    _reader(r"\bchristmas(?: day)?\b|\bxmas\b", lambda _, today: days.yearly(12, 25, today)),
    _reader(r"\bnew years?(?: s)? eve\b", lambda _, today: days.yearly(12, 31, today)),
    _reader(r"\bnew years?(?: day)?\b", lambda _, today: days.yearly(1, 1, today)),
    _reader(
        rf"\b(?:the )?({_NTH})(?: of)? (next|this|the) month\b", lambda m, today: days.nth(int(m[1][:-2]), m[2], today)
    ),
    _reader(
        rf"\b(next|this) month (?:on )?(?:the )?({_NTH})\b", lambda m, today: days.nth(int(m[2][:-2]), m[1], today)
    ),
    _reader(
        rf"\b(?:(?:{_DAY}|on) )?(?:the )?({_NTH})\b(?! (?:one|option|answer|time))",
        lambda m, today: days.nth(int(m[1][:-2]), "", today),
    ),
    _reader(
        rf"\b(?:(this|next|coming|following|last|past|previous)(?: week)?(?: coming| on)? )?({_DAY})"
        r"(?: (next|last|this) week)?\b",
        _weekday,
    ),
    _reader(
        r"\b(next|this|coming|following|last|past|previous|within the|within this) "
        r"(week|month|year|quarter|weekend|fortnight)\b",
        _whole,
    ),
    _reader(
        rf"\b(?:in|within|after|for) (?:about |around |another |the next )*(\d+) (?:of )?{UNIT}\b",
        lambda m, today: days.add(today, int(m[1]), m[2]),
    ),
    _reader(
        r"\bin \d+ (?:hour|minute)s?\b|\btoday\b|\btonight\b|\bthis (?:evening|afternoon|morning)\b|^(?:right )?now$",
        lambda _, today: today,
    ),
    _reader(r"\bweekend\b", lambda _, today: days.edge_of("", 0, "weekend", today)),
    _reader(r"\bmid ?week\b", lambda _, today: days.edge_of("mid", 0, "week", today)),
    _reader(r"\b(?:(end|start|beginning|middle) of )?q([1-4])\b", _quarter),
    _reader(
        rf"\b(?:(?:in|until|by|from|next|this|before|to|around|during) |^)({MONTH})(?: (\d{{4}}))?\b",
        lambda m, today: days.in_month("start", days.month_number(m[1]), today, int(m[2] or 0)),
    ),
)
_ASKED = (
    _reader(rf"\b(\d+) (?:more )?{UNIT}\b", lambda m, today: days.add(today, int(m[1]), m[2])),
    _reader(r"^(\d{1,2})$", lambda m, today: days.nth(int(m[1]), "", today)),
)
_ALONE = frozenset(pattern for pattern, _ in _ASKED)
