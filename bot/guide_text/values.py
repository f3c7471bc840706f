"""Reads single values: texts, names, numbers, dates and items of the checklist."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from bot.guide_text.format import Day, Flag, Id, Kind, Number, OneOf, Ref, Route, Serving, Text
from bot.guide_text.source import Problem, Severity, Source, Spot, report, suggest

_ID = re.compile(r"[A-Za-z0-9+][A-Za-z0-9_.+-]{0,74}")
_RANGE = re.compile(r"([A-Za-z]*)(\d{1,4})\s*-\s*([A-Za-z]*)(\d{1,4})")
EMPTY = ("", "~", "null")


@dataclass(frozen=True, slots=True)
class Found:
    """One plain value that was read: its kind, its place, and the entry and key it belongs to."""

    kind: Kind
    value: str
    spot: Spot
    owner: str = ""
    owner_id: str = ""
    key: str = ""

    @property
    def called(self) -> str:
        """Return how a message names it: ``the `why` of question `pmo` ``."""
        return f"the `{self.key}` of {self.owner} `{self.owner_id}`" if self.owner_id else f"the `{self.key}`"


@dataclass(slots=True)
class Reading:
    """What has been read so far."""

    found: list[Found] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def object_to(self, spot: Spot | Source, code: str, message: str, mend: str, severity: Severity = "error") -> None:
        """Note a problem."""
        self.problems.append(report(spot, code, message, mend, severity))


@dataclass(frozen=True, slots=True)
class Place:
    """The entry and the key that a value belongs to."""

    owner: str = ""
    owner_id: str = ""
    key: str = ""


def _words(reading: Reading, source: Source, wanted: str, place: Place) -> str | None:
    if isinstance(source.value, str):
        return source.value
    shape = "a list" if isinstance(source.value, tuple) else "keys and values"
    reading.object_to(
        source, "wrong-type", f"`{place.key}` should be {wanted}, but it holds {shape}.", f"Write {wanted}."
    )
    return None


def _note(reading: Reading, source: Source, kind: Kind, place: Place, value: str) -> None:
    reading.found.append(Found(kind, value, source.spot, place.owner, place.owner_id, place.key))


def read_text(reading: Reading, source: Source, kind: Text, place: Place) -> str:
    """Return a text without the spaces around it; an empty one is a problem."""
    value = _words(reading, source, "a text", place)
    if value is None:
        return ""
    if value.strip() in EMPTY:
        mend = "Write something, or remove the key. A text that begins with `#` needs double quotation marks."
        reading.object_to(source, "empty-text", f"`{place.key}` is empty.", mend)
        return ""
    _note(reading, source, kind, place, value)
    return value.strip()


def read_name(reading: Reading, source: Source, kind: Id | Ref | Route, place: Place) -> str:
    """Return a name, a reference or a route."""
    value = _words(reading, source, "a name", place)
    if value is None:
        return ""
    if value in EMPTY:
        reading.object_to(source, "empty-text", f"`{place.key}` is empty.", "Write a name, or remove the key.")
        return ""
    if isinstance(kind, Id) and not _ID.fullmatch(value):
        mend = "Use up to 75 of the letters a to z, digits, dots and hyphens, without spaces, such as `two-hours`."
        reading.object_to(source, "bad-id", f"`{value[:40]}` cannot be a name.", mend)
    _note(reading, source, kind, place, value)
    return value


def read_choice(reading: Reading, source: Source, kind: OneOf, place: Place) -> str:
    """Return one of the known words, or an empty text."""
    value = _words(reading, source, "a word", place)
    if value is None or value in kind.words:
        return value or ""
    reading.object_to(source, "unknown-word", f"`{place.key}: {value}` is not known.", suggest(value, kind.words))
    return ""


def read_number(reading: Reading, source: Source, kind: Number, place: Place) -> int | None:
    """Return a number within its bounds, or None."""
    value = _words(reading, source, "a number", place)
    if value is None:
        return None
    mend = f"Write a whole number from {kind.least} to {kind.most}."
    if not re.fullmatch(r"[+-]?[0-9]{1,9}", value):
        reading.object_to(source, "wrong-type", f"`{place.key}: {value[:40]}` is not a whole number.", mend)
        return None
    if not kind.least <= int(value) <= kind.most:
        reading.object_to(source, "out-of-range", f"`{place.key}: {value}` is out of range.", mend)
        return None
    return int(value)


def read_day(reading: Reading, source: Source, kind: Day, place: Place) -> date | None:  # noqa: ARG001
    """Return a date, or None."""
    value = _words(reading, source, "a date", place)
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError:
        reading.object_to(source, "wrong-type", f"`{place.key}: {value}` is not a date.", "Write it as 2027-05-31.")
        return None


def read_flag(reading: Reading, source: Source, kind: Flag, place: Place) -> bool:  # noqa: ARG001
    """Return a truth value; False where it is none."""
    value = _words(reading, source, "`true` or `false`", place)
    if value is None or value.lower() in ("true", "false"):
        return (value or "").lower() == "true"
    mend = "Write `true` or `false`."
    reading.object_to(source, "wrong-type", f"`{place.key}: {value}` is neither true nor false.", mend)
    return False


def read_serving(reading: Reading, source: Source, kind: Serving, place: Place) -> tuple[str, ...]:
    """Return items of the checklist, ranges written out."""
    entries = source.value if isinstance(source.value, tuple) else (source,)
    items: list[str] = []
    for entry in entries:
        value = _words(reading, entry, "items such as `[G12, G14]`", place)
        for item in _expand(reading, entry, value or "", place):
            items.append(item)
            _note(reading, entry, kind, place, item)
    return tuple(dict.fromkeys(items))


def _expand(reading: Reading, source: Source, value: str, place: Place) -> list[str]:
    if not value.strip():
        return []
    span = _RANGE.fullmatch(value.strip())
    if span is None:
        return [part.strip() for part in value.split(",") if part.strip()]
    letters, first, last = span[1], int(span[2]), int(span[4])
    if span[3] not in ("", letters) or last < first:
        reading.object_to(source, "bad-range", f"`{place.key}: {value}` is no range.", "Write it as `G1-G71`.")
        return []
    return [f"{letters}{number}" for number in range(first, last + 1)]
