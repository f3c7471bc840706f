"""How what is remembered of one person is written as a record, and read again.

A record is compact JSON with a schema version. `MIGRATIONS` brings older ones up to date on reading.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from bot.errors import RecordTooNew, RecordUnreadable
from bot.repeats import parse_every
from bot.state import SCHEMA, State

MOST_NOTES = 60
"""How many evidence lines and how many plan lines are kept; the oldest go first."""

_Raw = dict[str, Any]

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(State).decode


def to_record(state: State) -> bytes:
    """Return the state as a compact UTF-8 JSON record."""
    if len(state.commitments) > MOST_NOTES or len(state.evidence) > MOST_NOTES:
        state = state.changed(commitments=state.commitments[-MOST_NOTES:], evidence=state.evidence[-MOST_NOTES:])
    try:
        return _encode(state)
    except UnicodeEncodeError:
        return _with_surrogates(state)


def from_record(record: bytes) -> State:
    """Return the state a record holds, brought up to date where it is an older one.

    Raises:
        RecordTooNew: a newer version of Lateral wrote it.
        RecordUnreadable: it is no record of a state.
    """
    try:
        return _decode(record)
    except ValueError:
        return _read_slowly(record)


def _read_slowly(record: bytes) -> State:
    """Return what an older record holds, or one with half a surrogate pair in it."""
    try:
        raw: _Raw = json.loads(record.decode("utf-8", "surrogatepass"))
        return msgspec.convert(_brought_up_to_date(raw), State)
    except (ValueError, TypeError, LookupError, AttributeError):
        # The error itself may quote what a person wrote.
        raise RecordUnreadable from None


def _with_surrogates(state: State) -> bytes:
    """Return a record of words with half a surrogate pair in them, which people can paste; no UTF-8 takes those."""
    plain = json.dumps(msgspec.to_builtins(state), ensure_ascii=False, separators=(",", ":"))
    return plain.encode("utf-8", "surrogatepass")


def _brought_up_to_date(raw: _Raw) -> _Raw:
    version = raw.get("v", 0)
    if version > SCHEMA:
        raise RecordTooNew
    for step in range(version, SCHEMA):
        raw = MIGRATIONS[step](raw)
    return raw


def _from_unversioned(raw: _Raw) -> _Raw:
    """Read a record without a version: full names, as the first sketches wrote them."""
    keys = {field.name: field.encode_name for field in msgspec.structs.fields(State)}
    return {**{keys.get(name, name): value for name, value in raw.items()}, "v": 1}


def _from_plain_lines(raw: _Raw) -> _Raw:
    """Read a record whose plan lines and evidence are short lists: they still are, where nothing is to be added."""
    return {**raw, "v": 2}


def _from_lists(raw: _Raw) -> _Raw:
    """Read a record whose plan lines, evidence and last change are lists: each has named fields from here on."""
    made = {**raw, "v": 3}
    if "p" in raw:
        made["p"] = [_named_line(line) for line in raw["p"]]
    if "e" in raw:
        made["e"] = [dict(zip("tadkw", note, strict=False)) for note in raw["e"]]
    if "h" in raw:
        wish, number, line, *carried = raw["h"]
        made["h"] = {"w": wish, "n": number, "l": _named_line(line), "c": carried[0] if carried else 0}
    return made


def _named_line(line: list[Any]) -> _Raw:
    more: _Raw = line[6] if len(line) > 6 else {}
    kept = {key: more[key] for key in "tpnms" if key in more}
    every = parse_every(more.get("e", ""))
    return {
        **dict(zip("awco", line, strict=False)),
        **kept,
        "d": line[4] or None,
        "x": line[5] or None,
        "e": [every.count, every.unit, every.on] if every else None,
        "g": more.get("d"),
    }


MIGRATIONS: Mapping[int, Callable[[_Raw], _Raw]] = {0: _from_unversioned, 1: _from_plain_lines, 2: _from_lists}
"""From the version that is the key to the one after it."""
