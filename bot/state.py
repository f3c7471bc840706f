"""What is remembered of one person in one guide: frozen, small, and able to become a record and back.

A record is compact JSON with a schema version. `MIGRATIONS` brings older ones up to date on reading.
Answers stand under stable question ids, so they outlive a change of the guide's content.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

import orjson

from bot.errors import RecordTooNew

SCHEMA = 1
"""The version written into every record."""

MOST_NOTES = 60
"""How many evidence lines and how many plan lines are kept; the oldest go first."""

Answer = str | tuple[str, ...]
"""An option id, several of them, or typed text. The empty string: skipped."""

Rest = Literal["", "paused", "stopped"]


@dataclass(frozen=True, slots=True)
class Commitment:
    """One line of the plan. `action` is the guide's id or empty; `words`, `cue` and `obstacle` may be typed.

    `day` and `done` are local dates.
    """

    action: str
    words: str
    cue: str = ""
    obstacle: str = ""
    day: date | None = None
    done: date | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that happened, in the person's words, and the action or skill it speaks for."""

    text: str
    about: str
    day: date


@dataclass(frozen=True)
class State:
    """Where one person is.

    `section` is the part being walked, empty at the menu. `asking` is a question opened again by going back
    or from the review; empty: the next one is computed. `back_to` is the section to return to after a detour.
    `last` is the question answered last. `confirming` is what awaits a yes (`delete`, `restart`). `offered`
    holds what a number means at the menu. `about` is the action an evidence line is for. `revision` counts
    turns. `seen` holds tips shown. `day` is the local date of the last turn.

    The one class without slots: every turn makes several states, and `_made` is quick because it has a `__dict__`.
    """

    guide: str
    revision: int = 0
    section: str = ""
    asking: str = ""
    back_to: str = ""
    last: str = ""
    confirming: str = ""
    rest: Rest = ""
    until: date | None = None
    about: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    offered: tuple[str, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    seen: tuple[str, ...] = ()
    day: date | None = None

    def changed(self, **changes: Any) -> State:
        """Return the state with these fields changed: `dataclasses.replace`, in a fifth of the time, for every turn."""
        if not changes.keys() <= _FIELDS:
            raise TypeError(f"no such field: {', '.join(sorted(changes.keys() - _FIELDS))}")
        return _made({**self.__dict__, **changes})

    def with_answer(self, question_id: str, answer: Answer) -> State:
        """Return a state in which that question has that answer."""
        return self.changed(answers={**self.answers, question_id: answer}, last=question_id, asking="")

    def without(self, question_ids: frozenset[str]) -> State:
        """Return a state without the answers to those questions."""
        if question_ids.isdisjoint(self.answers):
            return self
        kept = {key: answer for key, answer in self.answers.items() if key not in question_ids}
        return self.changed(answers=kept)


def _made(values: dict[str, Any]) -> State:
    """Return a state of these values, one for every field. The class's own `__init__` sets them one by one."""
    state = object.__new__(State)
    state.__dict__.update(values)
    return state


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
    record: dict[str, Any] = {"v": SCHEMA}
    held = state.__dict__
    for name, key, write, _ in _KEPT:
        if value := held[name]:
            record[key] = write(value) if write else value
    return _to_json(record)


def from_record(record: bytes) -> State:
    """Return the state a record holds, brought up to date where it is an older one.

    Raises:
        RecordTooNew: a newer version of Lateral wrote it.
    """
    raw = _from_json(record)
    if raw.get("v") != SCHEMA:
        raw = _brought_up_to_date(raw)
    held = {**_EMPTY}
    for key, value in raw.items():
        if known := _KEPT_BY_KEY.get(key):
            name, _, _, read = known
            held[name] = read(value) if read else value
    return _made(held)


def _brought_up_to_date(raw: dict[str, Any]) -> dict[str, Any]:
    version = raw.get("v", 0)
    if version > SCHEMA:
        raise RecordTooNew
    for step in range(version, SCHEMA):
        raw = MIGRATIONS[step](raw)
    return raw


def _to_answers(raw: dict[str, Any]) -> dict[str, Answer]:
    return {key: tuple(answer) if isinstance(answer, list) else answer for key, answer in raw.items()}


def _from_commitments(lines: tuple[Commitment, ...]) -> list[list[str]]:
    return [
        [line.action, line.words, line.cue, line.obstacle, _from_day(line.day), _from_day(line.done)]
        for line in lines[-MOST_NOTES:]
    ]


def _to_commitments(raw: list[list[str]]) -> tuple[Commitment, ...]:
    return tuple(
        Commitment(action, words, cue, obstacle, _to_day(day), _to_day(done))
        for action, words, cue, obstacle, day, done in raw
    )


def _from_evidence(notes: tuple[Evidence, ...]) -> list[list[str]]:
    return [[note.text, note.about, note.day.isoformat()] for note in notes[-MOST_NOTES:]]


def _to_evidence(raw: list[list[str]]) -> tuple[Evidence, ...]:
    return tuple(Evidence(text, about, date.fromisoformat(day)) for text, about, day in raw)


def _from_day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _to_day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


_KEPT: tuple[tuple[str, str, Callable[[Any], object] | None, Callable[[Any], object] | None], ...] = (
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
)
"""Every field: its key in a record, and how it becomes JSON and comes back, where it is not JSON already.

What is empty is left out of a record.
"""

_KEPT_BY_KEY = {entry[1]: entry for entry in _KEPT}
_FIELDS = frozenset(entry[0] for entry in _KEPT)
_EMPTY = State("").__dict__


def _from_unversioned(raw: dict[str, Any]) -> dict[str, Any]:
    """Read a record without a version: full names, as the first sketches wrote them."""
    keys = {name: key for name, key, _, _ in _KEPT}
    return {**{keys.get(name, name): value for name, value in raw.items()}, "v": 1}


MIGRATIONS: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {0: _from_unversioned}
"""From the version that is the key to the one after it."""
