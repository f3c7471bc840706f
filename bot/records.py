"""How what is remembered of one person is written as a record, and read again.

A record is compact JSON with a schema version. `MIGRATIONS` brings older ones up to date on reading.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import orjson

from bot.errors import RecordTooNew
from bot.repeats import parse_every
from bot.state import Answer, Beat, Change, Commitment, Evidence, State, made

SCHEMA = 2
"""The version written into every record."""

MOST_NOTES = 60
"""How many evidence lines and how many plan lines are kept; the oldest go first."""

_Field = tuple[str, str, Callable[[Any], object] | None, Callable[[Any], object] | None]
"""A field: its key in a record, and how it becomes JSON and comes back, where it is not JSON already."""


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def _to_json(record: dict[str, Any]) -> bytes:
    """Return compact JSON. Half a surrogate pair, which people can paste, is beyond orjson; `json` keeps it."""
    try:
        return orjson.dumps(record)
    except TypeError:
        return _encode(record).encode("utf-8", "surrogatepass")


def _from_json(record: bytes) -> dict[str, Any]:
    try:
        raw: dict[str, Any] = orjson.loads(record)
    except orjson.JSONDecodeError:
        raw = json.loads(record.decode("utf-8", "surrogatepass"))
    return raw


def to_record(state: State) -> bytes:
    """Return the state as a compact UTF-8 JSON record."""
    return _to_json(_write({"v": SCHEMA}, state.__dict__, _KEPT_BY_NAME))


def _write(record: dict[str, Any], held: Mapping[str, Any], fields: Mapping[str, _Field]) -> dict[str, Any]:
    for name, value in held.items():
        if value:
            _, key, write, _ = fields[name]
            record[key] = write(value) if write else value
    return record


def _read(raw: dict[str, Any], empty: Mapping[str, Any], fields: Mapping[str, _Field]) -> dict[str, Any]:
    held = {**empty}
    for key, value in raw.items():
        if known := fields.get(key):
            name, _, _, read = known
            held[name] = read(value) if read else value
    return held


def from_record(record: bytes) -> State:
    """Return the state a record holds, brought up to date where it is an older one.

    Raises:
        RecordTooNew: a newer version of Lateral wrote it.
    """
    raw = _from_json(record)
    if raw.get("v") != SCHEMA:
        raw = _brought_up_to_date(raw)
    return made(State, _read(raw, _EMPTY, _KEPT_BY_KEY))


def _brought_up_to_date(raw: dict[str, Any]) -> dict[str, Any]:
    version = raw.get("v", 0)
    if version > SCHEMA:
        raise RecordTooNew
    for step in range(version, SCHEMA):
        raw = MIGRATIONS[step](raw)
    return raw


def _to_answers(raw: dict[str, Any]) -> dict[str, Answer]:
    """Make tuples of the few answers that are lists, in place."""
    for key, answer in raw.items():
        if isinstance(answer, list):
            raw[key] = tuple(answer)
    return raw


def _from_commitment(line: Commitment) -> list[Any]:
    """Return a line as a short list; what is seldom there stands in a mapping at its end, or not at all."""
    days = [day.isoformat() if day else "" for day in (line.day, line.done)]
    more = {
        "e": str(line.every or ""),
        "t": line.times,
        "p": line.partly.isoformat() if line.partly else "",
        "n": line.parts,
        "m": line.moved,
        "s": line.stage,
        "d": line.staged.isoformat() if line.staged else "",
    }
    kept = {key: value for key, value in more.items() if value}
    return [line.action, line.words, line.cue, line.obstacle, *days, *([kept] if kept else ())]


def _to_commitment(raw: list[Any]) -> Commitment:
    action, words, cue, obstacle, day, done = raw[:6]
    more: dict[str, Any] = raw[6] if len(raw) > 6 else {}
    return Commitment(
        *(action, words, cue, obstacle, _to_day(day), _to_day(done)),
        every=parse_every(more.get("e", "")),
        times=more.get("t", 0),
        partly=_to_day(more.get("p", "")),
        parts=more.get("n", 0),
        moved=more.get("m", 0),
        stage=more.get("s", ""),
        staged=_to_day(more.get("d", "")),
    )


def _from_commitments(lines: tuple[Commitment, ...]) -> list[list[Any]]:
    return [_from_commitment(line) for line in lines[-MOST_NOTES:]]


def _to_commitments(raw: list[list[Any]]) -> tuple[Commitment, ...]:
    return tuple(_to_commitment(line) for line in raw)


def _from_change(change: Change) -> list[Any]:
    return [change.wish, change.number, _from_commitment(change.line), *([change.carried] if change.carried else ())]


def _to_change(raw: list[Any]) -> Change:
    wish, number, line, *carried = raw
    return Change(wish, number, _to_commitment(line), *carried)


def _from_note(note: Evidence) -> list[str]:
    more = [note.known, note.whose] if note.known or note.whose else []
    return [note.text, note.about, note.day.isoformat(), *more]


def _to_note(text: str, about: str, day: str, known: str = "", whose: str = "") -> Evidence:
    return Evidence(text, about, date.fromisoformat(day), known, whose)


def _from_evidence(notes: tuple[Evidence, ...]) -> list[list[str]]:
    return [_from_note(note) for note in notes[-MOST_NOTES:]]


def _to_evidence(raw: list[list[str]]) -> tuple[Evidence, ...]:
    return tuple(_to_note(*note) for note in raw)


def _from_days(days: tuple[date, ...]) -> list[str]:
    return [day.isoformat() for day in days]


def _to_days(raw: list[str]) -> tuple[date, ...]:
    return tuple(map(date.fromisoformat, raw))


def _from_dated(entries: tuple[tuple[str, date], ...]) -> list[list[str]]:
    return [[name, day.isoformat()] for name, day in entries]


def _to_dated(raw: list[list[str]]) -> tuple[tuple[str, date], ...]:
    return tuple((name, date.fromisoformat(day)) for name, day in raw)


_BEAT: tuple[_Field, ...] = (
    ("since", "s", date.isoformat, date.fromisoformat),
    ("looked", "l", None, None),
    ("zone", "z", None, None),
    ("before", "b", None, None),
    ("due", "d", None, None),
    ("sent", "t", _from_days, _to_days),
    ("number", "n", None, None),
    ("unanswered", "a", None, None),
    ("fitted", "f", date.isoformat, date.fromisoformat),
    ("misfits", "m", None, None),
    ("checked", "c", date.isoformat, date.fromisoformat),
    ("used", "u", None, tuple),
    ("saved", "k", _from_dated, _to_dated),
    ("ended", "e", None, None),
    ("latest", "i", None, None),
    ("counted", "o", _from_dated, _to_dated),
    ("held_out", "h", None, None),
    ("trial", "w", None, None),
    ("trial_day", "y", date.isoformat, date.fromisoformat),
)
"""Every field of a beat. What is empty is left out here, too."""

_BEAT_BY_NAME = {entry[0]: entry for entry in _BEAT}
_BEAT_BY_KEY = {entry[1]: entry for entry in _BEAT}
_NEW_BEAT = {**Beat(date.min, 0).__dict__}


def _from_beat(beat: Beat) -> dict[str, Any]:
    return _write({}, beat.__dict__, _BEAT_BY_NAME)


def _to_beat(raw: dict[str, Any]) -> Beat:
    return made(Beat, _read(raw, _NEW_BEAT, _BEAT_BY_KEY))


def _from_day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _to_day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


_KEPT: tuple[_Field, ...] = (
    ("guide", "g", None, None),
    ("revision", "r", None, None),
    ("section", "s", None, None),
    ("asking", "q", None, None),
    ("back_to", "b", None, None),
    ("last", "l", None, None),
    ("confirming", "c", None, None),
    ("rest", "z", None, None),
    ("about", "o", None, None),
    ("until", "u", date.isoformat, date.fromisoformat),
    ("day", "d", date.isoformat, date.fromisoformat),
    ("answers", "a", None, _to_answers),
    ("offered", "f", None, tuple),
    ("seen", "t", None, tuple),
    ("commitments", "p", _from_commitments, _to_commitments),
    ("evidence", "e", _from_evidence, _to_evidence),
    ("beat", "n", _from_beat, _to_beat),
    ("change", "h", _from_change, _to_change),
    ("carried", "k", None, None),
    ("unmet", "m", None, None),
)
"""Every field of a state. What is empty is left out of a record."""

_KEPT_BY_NAME = {entry[0]: entry for entry in _KEPT}
_KEPT_BY_KEY = {entry[1]: entry for entry in _KEPT}
_EMPTY = {**State("").__dict__}
"""A dictionary of its own, which is copied in a quarter of the time that an instance's takes."""


def _from_unversioned(raw: dict[str, Any]) -> dict[str, Any]:
    """Read a record without a version: full names, as the first sketches wrote them."""
    keys = {name: key for name, key, _, _ in _KEPT}
    return {**{keys.get(name, name): value for name, value in raw.items()}, "v": 1}


def _from_plain_lines(raw: dict[str, Any]) -> dict[str, Any]:
    """Read a record whose plan lines and evidence are short lists: they still are, where nothing is to be added."""
    return {**raw, "v": 2}


MIGRATIONS: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {0: _from_unversioned, 1: _from_plain_lines}
"""From the version that is the key to the one after it."""
