"""Reads marked data by the description of the files: typed values, their places, and what does not fit.

A value that does not fit is reported and replaced by its default, so that one mistake hides no other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.guide_text.format import (
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
from bot.guide_text.source import Source, Spot, suggest
from bot.guide_text.values import (
    EMPTY,
    Found,
    Place,
    Reading,
    read_choice,
    read_day,
    read_flag,
    read_name,
    read_number,
    read_serving,
    read_text,
)

_QUOTE = "If it goes on with the text before the comma, put that text in double quotation marks."


@dataclass(frozen=True, slots=True)
class Record:
    """An entry as read. `values` has every key of its description; `source` tells where each one stands."""

    name: str
    values: Mapping[str, Any]
    source: Source

    def spot_of(self, key: str) -> Spot:
        """Return where a key stands, or where the entry begins."""
        return self.source.spot_of(key)


def read(source: Source, entry: Entry) -> tuple[Record, Reading]:
    """Read merged files by a description.

    Returns:
        The entry, complete with defaults; and all plain values and problems on the way.
    """
    reading = Reading()
    record = _read_entry(reading, source, entry, Place())
    nothing = Source({}, source.file, source.line)
    return record or Record(entry.name, _defaults(entry), nothing), reading


def _read(reading: Reading, source: Source, kind: Kind, place: Place) -> Any:
    return _READERS[type(kind)](reading, source, kind, place)


def _read_many(reading: Reading, source: Source, kind: Many, place: Place) -> tuple[Any, ...]:
    if not isinstance(source.value, tuple):
        if source.value in EMPTY:
            _complain_of_count(reading, source, kind, place, 0)
        else:
            mend = f"Write it as a list: `{place.key}: [..., ...]`, or one `- ` a line."
            reading.object_to(source, "wrong-type", f"`{place.key}` should be a list.", mend)
        return ()
    _complain_of_count(reading, source, kind, place, len(source.value))
    values = [_read(reading, entry, kind.of, place) for entry in source.value]
    return tuple(value for value in values if value not in ("", None))


def _complain_of_count(reading: Reading, source: Source, kind: Many, place: Place, count: int) -> None:
    if count < kind.least:
        code, wanted = ("empty-list", "is empty") if not count else ("wrong-count", f"has {count} entries")
    elif kind.most and count > kind.most:
        code, wanted = "wrong-count", f"has {count} entries"
    else:
        return
    bounds = str(kind.least) if kind.least == kind.most else f"{kind.least} to {kind.most or 'any number'}"
    mend = f"Give it {bounds}." if kind.most else "Add an entry, or remove the key."
    reading.object_to(source, code, f"`{place.key}` {wanted}.", mend)


def _read_named(reading: Reading, source: Source, kind: Named, place: Place) -> dict[str, Any]:
    if not isinstance(source.value, Mapping):
        mend = f"Indent `name: ...` lines under `{place.key}:`."
        reading.object_to(source, "wrong-type", f"`{place.key}` should hold names and values.", mend)
        return {}
    values: dict[str, Any] = {}
    for key, entry in source.value.items():
        spot = source.spot_of(key)
        if kind.keys is not None:
            reading.found.append(Found(kind.keys, key, spot, place.owner, place.owner_id, place.key))
        values[key] = _read(reading, entry, kind.of, Place(place.key, key, key))
    return values


def _read_entry(reading: Reading, source: Source, kind: Entry, place: Place) -> Record | None:
    if kind.short and isinstance(source.value, str):
        source = Source({kind.short: source}, source.file, source.line)
    if not isinstance(source.value, Mapping):
        keys = f"keys: {', '.join(f'`{key}`' for key in list(kind.keys)[:4])}, …"
        wanted, mend = ("a text, or ", f"Write a text, or give it {keys}") if kind.short else ("", f"Give it {keys}")
        message = f"This should be {wanted}{_a(kind.name)} with keys and values."
        reading.object_to(source, "wrong-type", message, mend)
        return None
    here = _identify(source, kind, place)
    _complain_of_keys(reading, source, kind, here)
    values: dict[str, Any] = {}
    for key, described in kind.keys.items():
        value = source.value.get(key)
        given = _default(described)
        if value is not None:
            read_value = _read(reading, value, described.kind, Place(here.owner, here.owner_id, key))
            given = given if read_value is None else read_value
        values[key] = given
    return Record(kind.name, values, source)


def _identify(source: Source, kind: Entry, place: Place) -> Place:
    for key in ("id", "part"):
        name = source.get(key)
        if key in kind.keys and name is not None and isinstance(name.value, str):
            inside = place.owner_id if kind.name.endswith("option") else ""
            return Place(kind.name, f"{inside}.{name.value}" if inside else name.value, key)
    return Place(kind.name, "", "")


def _complain_of_keys(reading: Reading, source: Source, kind: Entry, here: Place) -> None:
    called = f"{kind.name} `{here.owner_id}`" if here.owner_id else f"this {kind.name}"
    assert isinstance(source.value, Mapping)  # noqa: S101 - the caller has looked
    for key in source.value:
        if key not in kind.keys:
            message = f"`{key}` is not a key of {_a(kind.name)}."
            mend = _QUOTE if _is_cut_off(source, key) else suggest(key, kind.keys)
            reading.object_to(source.spot_of(key), "unknown-key", message, mend)
    for key, described in kind.keys.items():
        if described.default is ... and key not in source.value:
            message = f"{called[0].upper()}{called[1:]} has no `{key}`."
            reading.object_to(source, "missing-key", message, f"Add `{key}:`. {described.about}")


def _is_cut_off(source: Source, key: str) -> bool:
    """Tell whether a key is rather the rest of a text that a comma within braces ended: it holds nothing.

    A key that stands alone on its line is no such rest.
    """
    assert isinstance(source.value, Mapping)  # noqa: S101 - the caller has looked
    line = source.spot_of(key).line
    beside = any(source.spot_of(other).line == line for other in source.value if other != key)
    return beside and source.value[key].value == ""


def _a(name: str) -> str:
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"


def _defaults(kind: Entry) -> dict[str, Any]:
    return {key: _default(described) for key, described in kind.keys.items()}


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


_READERS: Mapping[type, Callable[[Reading, Source, Any, Place], Any]] = {
    Text: read_text,
    Id: read_name,
    Ref: read_name,
    Route: read_name,
    OneOf: read_choice,
    Number: read_number,
    Day: read_day,
    Flag: read_flag,
    Serving: read_serving,
    Many: _read_many,
    Named: _read_named,
    Entry: _read_entry,
}
