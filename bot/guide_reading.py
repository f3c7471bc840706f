"""Reads marked data by the description of the files: typed values, where each one stands, and what does not fit.

A value that does not fit is reported and replaced by its default, so that one mistake hides no other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.guide_format import (
    Day,
    Entry,
    Flag,
    Id,
    Key,
    Kind,
    Many,
    Named,
    Number,
    OneOf,
    Ref,
    Route,
    Serving,
    Text,
)
from bot.guide_source import Problem, Severity, Source, Spot, report, suggest

_ID = re.compile(r"[A-Za-z0-9+][A-Za-z0-9_.+-]{0,74}")
_RANGE = re.compile(r"([A-Za-z]*)(\d{1,4})\s*-\s*([A-Za-z]*)(\d{1,4})")
_EMPTY = ("", "~", "null")


@dataclass(frozen=True, slots=True)
class Record:
    """An entry as read. `values` has every key of its description; `source` tells where each one stands."""

    name: str
    values: Mapping[str, Any]
    source: Source

    def spot_of(self, key: str) -> Spot:
        """Return where a key stands, or where the entry begins."""
        return self.source.spot_of(key)


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

    def object_to(
        self, spot: Spot | Source, code: str, message: str, mend: str, severity: Severity = "error"
    ) -> None:
        """Note a problem."""
        self.problems.append(report(spot, code, message, mend, severity))


@dataclass(frozen=True, slots=True)
class _Place:
    owner: str = ""
    owner_id: str = ""
    key: str = ""


def read(source: Source, entry: Entry) -> tuple[Record, Reading]:
    """Read merged files by a description.

    Returns:
        The entry, complete with defaults; and all plain values and problems on the way.
    """
    reading = Reading()
    return _read_entry(reading, source, entry, _Place()), reading


def _read(reading: Reading, source: Source, kind: Kind, place: _Place) -> Any:
    return _READERS[type(kind)](reading, source, kind, place)


def _words(reading: Reading, source: Source, wanted: str, place: _Place) -> str | None:
    if isinstance(source.value, str):
        return source.value
    shape = "a list" if isinstance(source.value, tuple) else "keys and values"
    reading.object_to(
        source, "wrong-type", f"`{place.key}` should be {wanted}, but it holds {shape}.", f"Write {wanted}."
    )
    return None


def _note(reading: Reading, source: Source, kind: Kind, place: _Place, value: str) -> None:
    reading.found.append(Found(kind, value, source.spot, place.owner, place.owner_id, place.key))


def _read_text(reading: Reading, source: Source, kind: Text, place: _Place) -> str:
    value = _words(reading, source, "a text", place)
    if value is None:
        return ""
    if value.strip() in _EMPTY:
        reading.object_to(
            source, "empty-text", f"`{place.key}` is empty.", "Write something, or remove the key."
        )
        return ""
    _note(reading, source, kind, place, value)
    return value.strip()


def _read_name(reading: Reading, source: Source, kind: Id | Ref | Route, place: _Place) -> str:
    value = _words(reading, source, "a name", place)
    if value is None:
        return ""
    if value in _EMPTY:
        reading.object_to(
            source, "empty-text", f"`{place.key}` is empty.", "Write a name, or remove the key."
        )
        return ""
    if isinstance(kind, Id) and not _ID.fullmatch(value):
        mend = "Use up to 75 letters, digits, dots and hyphens, without spaces, such as `two-hours`."
        reading.object_to(source, "bad-id", f"`{value[:40]}` cannot be a name.", mend)
    _note(reading, source, kind, place, value)
    return value


def _read_choice(reading: Reading, source: Source, kind: OneOf, place: _Place) -> str:
    value = _words(reading, source, "a word", place)
    if value is None or value in kind.words:
        return value or ""
    reading.object_to(
        source, "unknown-word", f"`{place.key}: {value}` is not known.", suggest(value, kind.words)
    )
    return ""


def _read_number(reading: Reading, source: Source, kind: Number, place: _Place) -> int | None:
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


def _read_day(reading: Reading, source: Source, kind: Day, place: _Place) -> date | None:  # noqa: ARG001
    value = _words(reading, source, "a date", place)
    try:
        return None if value is None else date.fromisoformat(value)
    except ValueError:
        reading.object_to(
            source, "wrong-type", f"`{place.key}: {value}` is not a date.", "Write it as 2027-05-31."
        )
        return None


def _read_flag(reading: Reading, source: Source, kind: Flag, place: _Place) -> bool:  # noqa: ARG001
    value = _words(reading, source, "`true` or `false`", place)
    if value is None or value.lower() in ("true", "false"):
        return (value or "").lower() == "true"
    mend = "Write `true` or `false`."
    reading.object_to(source, "wrong-type", f"`{place.key}: {value}` is neither true nor false.", mend)
    return False


def _read_serving(reading: Reading, source: Source, kind: Serving, place: _Place) -> tuple[str, ...]:
    entries = source.value if isinstance(source.value, tuple) else (source,)
    items: list[str] = []
    for entry in entries:
        value = _words(reading, entry, "items such as `[G12, G14]`", place)
        for item in _expand(reading, entry, value or "", place):
            items.append(item)
            _note(reading, entry, kind, place, item)
    return tuple(dict.fromkeys(items))


def _expand(reading: Reading, source: Source, value: str, place: _Place) -> list[str]:
    if not value.strip():
        return []
    span = _RANGE.fullmatch(value.strip())
    if span is None:
        return [part.strip() for part in value.split(",") if part.strip()]
    letters, first, last = span[1], int(span[2]), int(span[4])
    if span[3] not in ("", letters) or last < first:
        reading.object_to(
            source, "bad-range", f"`{place.key}: {value}` is no range.", "Write it as `G1-G71`."
        )
        return []
    return [f"{letters}{number}" for number in range(first, last + 1)]


def _read_many(reading: Reading, source: Source, kind: Many, place: _Place) -> tuple[Any, ...]:
    if not isinstance(source.value, tuple):
        if source.value in _EMPTY:
            _complain_of_count(reading, source, kind, place, 0)
        else:
            mend = f"Write it as a list: `{place.key}: [..., ...]`, or one `- ` a line."
            reading.object_to(source, "wrong-type", f"`{place.key}` should be a list.", mend)
        return ()
    _complain_of_count(reading, source, kind, place, len(source.value))
    values = [_read(reading, entry, kind.of, place) for entry in source.value]
    return tuple(value for value in values if value not in ("", None))


def _complain_of_count(reading: Reading, source: Source, kind: Many, place: _Place, count: int) -> None:
    if count < kind.least:
        code, wanted = ("empty-list", "is empty") if not count else ("wrong-count", f"has {count} entries")
    elif kind.most and count > kind.most:
        code, wanted = "wrong-count", f"has {count} entries"
    else:
        return
    bounds = str(kind.least) if kind.least == kind.most else f"{kind.least} to {kind.most or 'any number'}"
    mend = f"Give it {bounds}." if kind.most else "Add an entry, or remove the key."
    reading.object_to(source, code, f"`{place.key}` {wanted}.", mend)


def _read_named(reading: Reading, source: Source, kind: Named, place: _Place) -> dict[str, Any]:
    if not isinstance(source.value, Mapping):
        mend = f"Indent `name: ...` lines under `{place.key}:`."
        reading.object_to(source, "wrong-type", f"`{place.key}` should hold names and values.", mend)
        return {}
    values: dict[str, Any] = {}
    for key, entry in source.value.items():
        spot = source.spot_of(key)
        if kind.keys is not None:
            reading.found.append(Found(kind.keys, key, spot, place.owner, place.owner_id, place.key))
        values[key] = _read(reading, entry, kind.of, _Place(place.key, key, key))
    return values


def _read_entry(reading: Reading, source: Source, kind: Entry, place: _Place) -> Record:
    if kind.short and isinstance(source.value, str):
        source = Source({kind.short: source}, source.file, source.line)
    if not isinstance(source.value, Mapping):
        mend = f"Give it keys: {', '.join(f'`{key}`' for key in list(kind.keys)[:4])}, …"
        reading.object_to(source, "wrong-type", f"This should be a {kind.name} with keys and values.", mend)
        return Record(kind.name, {key: _default(described) for key, described in kind.keys.items()}, source)
    here = _identify(source, kind, place)
    _complain_of_keys(reading, source, kind, here)
    values: dict[str, Any] = {}
    for key, described in kind.keys.items():
        value = source.value.get(key)
        given = _default(described)
        if value is not None:
            read_value = _read(reading, value, described.kind, _Place(here.owner, here.owner_id, key))
            given = given if read_value is None else read_value
        values[key] = given
    return Record(kind.name, values, source)


def _identify(source: Source, kind: Entry, place: _Place) -> _Place:
    for key in ("id", "part"):
        name = source.get(key)
        if key in kind.keys and name is not None and isinstance(name.value, str):
            inside = place.owner_id if kind.name.endswith("option") else ""
            return _Place(kind.name, f"{inside}.{name.value}" if inside else name.value, key)
    return _Place(kind.name, "", "")


def _complain_of_keys(reading: Reading, source: Source, kind: Entry, here: _Place) -> None:
    called = f"{kind.name} `{here.owner_id}`" if here.owner_id else f"this {kind.name}"
    assert isinstance(source.value, Mapping)  # noqa: S101 - the caller has looked
    for key in source.value:
        if key not in kind.keys:
            message = f"`{key}` is not a key of {_a(kind.name)}."
            reading.object_to(source.spot_of(key), "unknown-key", message, suggest(key, kind.keys))
    for key, described in kind.keys.items():
        if described.default is ... and key not in source.value:
            message = f"{called[0].upper()}{called[1:]} has no `{key}`."
            reading.object_to(source, "missing-key", message, f"Add `{key}:`. {described.about}")


def _a(name: str) -> str:
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"


def _default(described: Key) -> Any:
    if described.default is not ...:
        return described.default
    empty: dict[type, Any] = {
        Many: (),
        Serving: (),
        Named: {},
        Number: 0,
        Flag: False,
        Day: date.max,
        Entry: None,
    }
    return empty.get(type(described.kind), "")


_READERS: Mapping[type, Callable[[Reading, Source, Any, _Place], Any]] = {
    Text: _read_text,
    Id: _read_name,
    Ref: _read_name,
    Route: _read_name,
    OneOf: _read_choice,
    Number: _read_number,
    Day: _read_day,
    Flag: _read_flag,
    Serving: _read_serving,
    Many: _read_many,
    Named: _read_named,
    Entry: _read_entry,
}
