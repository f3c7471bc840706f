"""What is remembered of one person in one guide: frozen, small, and able to become a record and back.

A record is compact JSON with a schema version. `MIGRATIONS` brings older ones up to date on reading.
Answers stand under stable question ids, so they outlive a change of the guide's content.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from operator import attrgetter
from typing import Any, Literal

import orjson

from bot.errors import RecordTooNew
from bot.repeats import Every, parse_every

SCHEMA = 2
"""The version written into every record."""

MOST_NOTES = 60
"""How many evidence lines and how many plan lines are kept; the oldest go first."""

Answer = str | tuple[str, ...]
"""An option id, several of them, or typed text. The empty string: skipped."""

Rest = Literal["", "paused", "stopped"]


@dataclass(frozen=True, slots=True)
class Commitment:
    """One line of the plan. `action` is the guide's id or empty; `words`, `cue` and `obstacle` may be typed.

    `day`, `done` and `partly` are local dates; `partly` is the last on which part of it was done, `parts` how often
    that was. `every` says how it repeats, `times` how often it has been done since. `moved` counts new days given
    since. `stage` is how far a step has come that needs somebody's yes (`asked`, `agreed`), `staged` since when.
    """

    action: str
    words: str
    cue: str = ""
    obstacle: str = ""
    day: date | None = None
    done: date | None = None
    every: Every | None = None
    times: int = 0
    partly: date | None = None
    parts: int = 0
    moved: int = 0
    stage: str = ""
    staged: date | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """The last change to the plan: what was wanted, the number of the line, and the line as it was before."""

    wish: str
    number: int
    line: Commitment


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that happened, in the person's words, and the action or skill it speaks for.

    `known` is how they know, where they said so; `whose` whose result it is, by their word (`mine`, `team`, `none`).
    """

    text: str
    about: str
    day: date
    known: str = ""
    whose: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """Where one person is.

    `section` is the part being walked, empty at the menu. `asking` is a question opened again by going back
    or from the review; empty: the next one is computed. `back_to` is the section to return to after a detour.
    `last` is the question answered last. `confirming` is what awaits a yes (`delete`, `restart`). `offered`
    holds what a number means at the menu. `about` is the action an evidence line is for, or `#` and the number of
    the plan line that is being reworded. `revision` counts turns. `seen` holds tips shown. `day` is the local date
    of the last turn. `change` is the last change to the plan, for taking it back.
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
    change: Change | None = None

    def changed(self, **changes: Any) -> State:
        """Return the state with these fields changed: `dataclasses.replace`, in half the time, for every turn."""
        values = dict(zip(_FIELDS, _values_of(self), strict=True))
        values.update(changes)
        return State(**values)

    def with_answer(self, question_id: str, answer: Answer) -> State:
        """Return a state in which that question has that answer."""
        return self.changed(answers={**self.answers, question_id: answer}, last=question_id, asking="")

    def without(self, question_ids: frozenset[str]) -> State:
        """Return a state without the answers to those questions."""
        kept = {key: answer for key, answer in self.answers.items() if key not in question_ids}
        return self.changed(answers=kept)


_FIELDS = tuple(entry.name for entry in fields(State))
_values_of = attrgetter(*_FIELDS)


_SHORT = {
    "guide": "g", "revision": "r", "section": "s", "asking": "q", "back_to": "b", "last": "l",
    "confirming": "c", "rest": "z", "until": "u", "about": "o", "answers": "a", "offered": "f",
    "commitments": "p", "evidence": "e", "seen": "t",
}  # fmt: skip
_PLAIN = ("guide", "revision", "section", "asking", "back_to", "last", "confirming", "rest", "about")
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
    for name in _PLAIN:
        if value := getattr(state, name):
            record[_SHORT[name]] = value
    if state.until:
        record["u"] = state.until.isoformat()
    if state.day:
        record["d"] = state.day.isoformat()
    for name in ("answers", "offered", "seen"):
        if value := getattr(state, name):
            record[_SHORT[name]] = value
    if state.commitments:
        record["p"] = [_from_commitment(line) for line in state.commitments[-MOST_NOTES:]]
    if state.evidence:
        record["e"] = [_from_evidence(note) for note in state.evidence[-MOST_NOTES:]]
    if state.change:
        record["h"] = [state.change.wish, state.change.number, _from_commitment(state.change.line)]
    return _to_json(record)


def from_record(record: bytes) -> State:
    """Return the state a record holds, brought up to date where it is an older one.

    Raises:
        RecordTooNew: a newer version of Lateral wrote it.
    """
    raw = _from_json(record)
    version = raw.get("v", 0)
    if version > SCHEMA:
        raise RecordTooNew
    for step in range(version, SCHEMA):
        raw = MIGRATIONS[step](raw)
    return State(
        **{"guide": ""} | {name: raw[_SHORT[name]] for name in _PLAIN if _SHORT[name] in raw},
        until=_day(raw.get("u")),
        day=_day(raw.get("d")),
        answers={key: tuple(a) if isinstance(a, list) else a for key, a in raw.get("a", {}).items()},
        offered=tuple(raw.get("f", ())),
        seen=tuple(raw.get("t", ())),
        commitments=tuple(_to_commitment(line) for line in raw.get("p", ())),
        evidence=tuple(_to_evidence(*note) for note in raw.get("e", ())),
        change=_to_change(*raw["h"]) if raw.get("h") else None,
    )


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
        *(action, words, cue, obstacle, _day(day), _day(done)),
        every=parse_every(more.get("e", "")),
        times=more.get("t", 0),
        partly=_day(more.get("p")),
        parts=more.get("n", 0),
        moved=more.get("m", 0),
        stage=more.get("s", ""),
        staged=_day(more.get("d")),
    )


def _to_change(wish: str, number: int, line: list[Any]) -> Change:
    return Change(wish, number, _to_commitment(line))


def _from_evidence(note: Evidence) -> list[str]:
    more = [note.known, note.whose] if note.known or note.whose else []
    return [note.text, note.about, note.day.isoformat(), *more]


def _to_evidence(text: str, about: str, day: str, known: str = "", whose: str = "") -> Evidence:
    return Evidence(text, about, date.fromisoformat(day), known, whose)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _from_unversioned(raw: dict[str, Any]) -> dict[str, Any]:
    """Read a record without a version: full names, as the first sketches wrote them."""
    short = {_SHORT.get(name, name): value for name, value in raw.items()}
    return {**short, "v": 1}


def _from_plain_lines(raw: dict[str, Any]) -> dict[str, Any]:
    """Read a record whose plan lines and evidence are short lists: they still are, where nothing is to be added."""
    return {**raw, "v": 2}


MIGRATIONS: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {0: _from_unversioned, 1: _from_plain_lines}
"""From the version that is the key to the one after it."""
