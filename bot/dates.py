"""Days named in typed words: what people mean by "friday", "in two weeks", "12 march" or "the end of the month".

Relative days and edges of months are counted here, because libraries miss many of them ("monday week", "end of
june"); days written out ("12 march", "3/11", "the 15th") are read by dateparser, imported only when one turns up.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS = (
    {
        word: str(number)
        for number, word in enumerate(
            [
                "zero",
                "one",
                "two",
                "three",
                "four",
                "five",
                "six",
                "seven",
                "eight",
                "nine",
                "ten",
                "eleven",
                "twelve",
                "thirteen",
                "fourteen",
                "fifteen",
                "sixteen",
                "seventeen",
                "eighteen",
                "nineteen",
                "twenty",
            ]
        )
    }
    | {
        word: figure
        for word, figure in zip(
            [
                "first",
                "second",
                "third",
                "fourth",
                "fifth",
                "sixth",
                "seventh",
                "eighth",
                "ninth",
                "tenth",
                "twelfth",
                "fifteenth",
                "twentieth",
            ],
            ["1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th", "10th", "12th", "15th", "20th"],
            strict=True,
        )
    }
    | {"thirty": "30", "forty": "40", "sixty": "60", "ninety": "90", "couple": "2", "few": "3"}
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = rf"(?:{'|'.join(_DAYS)})"
_UNIT = r"(day|week|fortnight|month|year|quarter|night)s?"
_NTH = r"\d{1,2}(?:st|nd|rd|th)"

_WRITTEN = re.compile(
    rf"\b(?:{_DAY} (?:the )?)?(\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{1,2}}[./-]\d{{1,2}}(?:[./-]\d{{2,4}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: day)?(?: of)? {_MONTH}(?: \d{{4}})?"
    rf"|{_MONTH}(?: the)? \d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?: \d{{4}})?)\b"
)
_EDGE = re.compile(
    rf"\b(end|close|start|beginning|first|middle|mid|early|late)(?: of)?(?: the)? ?"
    rf"(?:(this|next|coming|following|last) )?(week|month|year|quarter|{_MONTH})\b"
)
_IN = re.compile(rf"\b(?:in|within|after|for) (?:about |around |another |the next |a |an )*(\d+) (?:of )?{_UNIT}\b")
_AFTER = re.compile(
    rf"\b(\d+) (?:more |of )?{_UNIT} (?:from (?:now|today)|from (tomorrow|{_DAY})|today|time|later|hence|on|after (tomorrow|{_DAY}))\b"
)
_AGO = re.compile(rf"\b(?:\d+ )?{_UNIT} (?:ago|back|earlier)\b")
_PLAIN = re.compile(rf"^(?:about |around |say |maybe )*(\d+) {_UNIT}$")
_ON_DAY = re.compile(rf"\b(\d+) {_UNIT} (?:on|this|from this) ({_DAY})\b")
_DAY_WEEK = re.compile(rf"\b({_DAY}|tomorrow|today) week\b")
_WEEKDAY = re.compile(
    rf"\b(?:(this|next|coming|following|last|past|previous)(?: week)?(?: coming)? )?({_DAY})(?: (next) week)?\b"
)
_WHOLE = re.compile(r"\b(next|this|coming|following|last|past|previous) (week|month|year|quarter|weekend|fortnight)\b")
_NTH_ALONE = re.compile(rf"\b(?:{_DAY} )?(?:the )?({_NTH})\b")
_NTH_NEXT = re.compile(rf"\b(?:the )?({_NTH})(?: of)? (next|this|the) month\b")
_NEXT_NTH = re.compile(rf"\b(next|this) month (?:on )?(?:the )?({_NTH})\b")
_QUARTER = re.compile(r"\b(?:(end|start|beginning|middle) of )?q([1-4])\b")
_MONTH_ALONE = re.compile(
    rf"\b(?:(?:in|until|till|til|by|from|next|this|before|to|around|during) |^)({_MONTH})(?: (\d{{4}}))?\b"
)
_PAST = frozenset({"last", "past", "previous"})


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found: days still to come, best first; `past` when the words name a day gone by.

    `unreal` marks a day that does not exist, such as the 31st of February.
    """

    days: tuple[date, ...] = ()
    past: bool = False
    unreal: bool = False

    def __bool__(self) -> bool:
        """Tell whether any day was named at all."""
        return bool(self.days) or self.past or self.unreal


def find_days(words: str, now: datetime) -> Finding:
    """Return the days named in `words` (lower case, single blanks), seen from `now`; never raises on any text."""
    text = _as_figures(words)
    today = now.date()
    found: list[date] = []
    unreal = False
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            try:
                day = read(match, today)
            except (ValueError, OverflowError):
                day = None
            unreal |= day is None
            if day is not None:
                found.append(day)
        text = pattern.sub(" ; ", text)
    coming = tuple(dict.fromkeys(day for day in found if day >= today))
    return Finding(coming, past=bool(found) and not coming, unreal=unreal and not coming)


def _as_figures(words: str) -> str:
    parts = [_NUMBERS.get(word, word) for word in words.split()]
    text = " ".join(parts).replace("a 2 of", "2").replace("a 3", "3").replace("a 2 ", "2 ")
    text = re.sub(rf"\b(?:a|an) (?={_UNIT}\b|hour)", "1 ", text)
    text = re.sub(r"\b1 (day|night) a\b", r"\1 a", text)
    return re.sub(r"\b(\d+) and a half\b", r"\1", text)


def _add(day: date, count: int, unit: str) -> date:
    if unit in ("month", "quarter", "year"):
        months = day.month - 1 + count * {"month": 1, "quarter": 3, "year": 12}[unit]
        year, month = day.year + months // 12, months % 12 + 1
        return date(year, month, min(day.day, monthrange(year, month)[1]))
    return day + timedelta(days=count * {"week": 7, "fortnight": 14}.get(unit, 1))


def _month(name: str) -> int:
    return _MONTHS.index(name[:3]) + 1


def _in(match: re.Match[str], today: date) -> date:
    return _add(today, int(match[1]), match[2])


def _after(match: re.Match[str], today: date) -> date:
    base = match[3] or match[4]
    start = today if base is None else _named(base, today)
    return _add(start, int(match[1]), match[2])


def _ago(_match: re.Match[str], today: date) -> date:
    return today - timedelta(days=1)


def _named(name: str, today: date) -> date:
    if name in ("today", "tomorrow"):
        return today + timedelta(days=int(name == "tomorrow"))
    return today + timedelta(days=(_DAYS.index(name) - today.weekday() - 1) % 7 + 1)


def _day_week(match: re.Match[str], today: date) -> date:
    return _named(match[1], today) + timedelta(days=7)


def _weekday(match: re.Match[str], today: date) -> date:
    which, name, week = match.groups()
    day = _named(name, today)
    if which in _PAST:
        return day - timedelta(days=7 if day > today else 14)
    monday = today - timedelta(days=today.weekday())
    in_next_week = which in ("next", "following") or week
    return monday + timedelta(days=7 + _DAYS.index(name)) if in_next_week else day


def _whole(match: re.Match[str], today: date) -> date:
    which, unit = match.groups()
    if which in _PAST:
        return today - timedelta(days=1)
    step = 0 if which == "this" else 1
    if unit == "fortnight":
        return today + timedelta(days=14)
    return _edge_of("end" if not step else "start", step, unit, today)


def _edge(match: re.Match[str], today: date) -> date:
    edge, which, unit = match.groups()
    if which in _PAST:
        return today - timedelta(days=1)
    if unit in ("week", "month", "year", "quarter"):
        return _edge_of(edge, 1 if which in ("next", "following") else 0, unit, today)
    return _in_month(edge, _month(unit), today)


def _in_month(edge: str, month: int, today: date, year: int = 0) -> date:
    length = monthrange(today.year, month)[1]
    day = {"end": length, "close": length, "late": length, "middle": 15, "mid": 15}.get(edge, 1)
    found = date(year or today.year, month, day)
    return found if year or found >= today else _add(found, 1, "year")


def _edge_of(edge: str, step: int, unit: str, today: date) -> date:
    if unit in ("week", "weekend"):
        first = today - timedelta(days=today.weekday()) + timedelta(days=7 * step)
        days = 5 if unit == "weekend" else {"end": 4, "close": 4, "late": 4, "middle": 2, "mid": 2}.get(edge, 0)
        found = first + timedelta(days=days)
        return found if found >= today else max(found, today) if days == 4 else found + timedelta(days=7)
    size = {"month": 1, "quarter": 3, "year": 12}[unit]
    start = _add(today.replace(day=1), step * size, "month")
    start = start.replace(month=(start.month - 1) // size * size + 1)
    last = _add(start, size, "month") - timedelta(days=1)
    half = start + (last - start) / 2
    found = {"end": last, "close": last, "late": last, "middle": half, "mid": half}.get(edge, start)
    return found if found >= today else _add(found, size, "month")


def _quarter(match: re.Match[str], today: date) -> date:
    start = date(today.year, 3 * int(match[2]) - 2, 1)
    found = _add(start, 3, "month") - timedelta(days=1) if match[1] == "end" else start
    return found if found >= today else _add(found, 1, "year")


def _month_alone(match: re.Match[str], today: date) -> date:
    return _in_month("start", _month(match[1]), today, int(match[2] or 0))


def _nth(nth: str, which: str, today: date) -> date:
    number = int(nth[:-2])
    start = today.replace(day=1)
    if which == "next" or (number < today.day and which != "this"):
        start = _add(start, 1, "month")
    while number <= 31 and number > monthrange(start.year, start.month)[1]:
        start = _add(start, 1, "month")
    return start.replace(day=number)


def _fixed(days: int) -> Callable[[re.Match[str], date], date]:
    return lambda _match, today: today + timedelta(days=days)


def _feast(month: int, day: int) -> Callable[[re.Match[str], date], date]:
    def read(_match: re.Match[str], today: date) -> date:
        found = date(today.year, month, day)
        return found if found >= today else _add(found, 1, "year")

    return read


@cache
def _dateparser() -> Any:
    import dateparser  # noqa: PLC0415 - 0.2 s to import and warm up, and most talks never write out a date

    return dateparser


def _written(match: re.Match[str], today: date) -> date | None:
    noon = datetime(today.year, today.month, today.day, 12)  # noqa: DTZ001 - a day, wherever the person is
    settings = {
        "RELATIVE_BASE": noon,
        "PREFER_DATES_FROM": "future",
        "DATE_ORDER": "YMD" if re.match(r"\d{4}-", match[1]) else "DMY",
        "PARSERS": ["absolute-time"],
        "REQUIRE_PARTS": ["day", "month"],
    }
    text = match[1].replace(" of ", " ").replace(" the ", " ").replace(" day ", " ")
    found: datetime | None = _dateparser().parse(text, languages=["en"], settings=settings)
    return found.date() if found else None


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]], ...] = (
    (_WRITTEN, _written),
    (_AGO, _ago),
    (_ON_DAY, lambda match, today: _add(_named(match[3], today), int(match[1]), match[2])),
    (_AFTER, _after),
    (_DAY_WEEK, _day_week),
    (_EDGE, _edge),
    (
        re.compile(
            r"\b(?:week|month|year) before last\b|\bday before yesterday\b|\byesterday\b|\blast night\b|\bthe other day\b"
        ),
        _fixed(-1),
    ),
    (re.compile(r"\bday after tomorrow\b|\b2 days after today\b|\bovermorrow\b"), _fixed(2)),
    (re.compile(r"\btomorrow\b"), _fixed(1)),
    (re.compile(r"\bweek after next\b"), lambda _m, today: _edge_of("start", 2, "week", today)),
    (re.compile(r"\bmonth after next\b"), lambda _m, today: _edge_of("start", 2, "month", today)),
    (re.compile(r"\bchristmas(?: day)?\b|\bxmas\b"), _feast(12, 25)),
    (re.compile(r"\bnew year s? ?eve\b"), _feast(12, 31)),
    (re.compile(r"\bnew years?(?: day)?\b"), _feast(1, 1)),
    (_NTH_NEXT, lambda match, today: _nth(match[1], match[2], today)),
    (_NEXT_NTH, lambda match, today: _nth(match[2], match[1], today)),
    (_NTH_ALONE, lambda match, today: _nth(match[1], "", today)),
    (_WEEKDAY, _weekday),
    (_WHOLE, _whole),
    (_IN, _in),
    (
        re.compile(r"\bin \d+ (?:hour|minute)s?\b|\btoday\b|\btonight\b|\bthis (?:evening|afternoon|morning)\b"),
        _fixed(0),
    ),
    (re.compile(r"\bweekend\b"), lambda _m, today: _edge_of("", 0, "weekend", today)),
    (_QUARTER, _quarter),
    (_MONTH_ALONE, _month_alone),
    (_PLAIN, _in),
)
