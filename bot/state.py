"""What is remembered of one person in one guide: frozen, small, and able to become a record and back.

A record is compact JSON with a schema version. `MIGRATIONS` brings older ones up to date on reading.
Answers stand under stable question ids, so they outlive a change of the guide's content.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, Self, TypeVar

import orjson

from bot.errors import RecordTooNew
from bot.repeats import Every, parse_every

SCHEMA = 2
"""The version written into every record."""

MOST_NOTES = 60
"""How many evidence lines and how many plan lines are kept; the oldest go first."""

Answer = str | tuple[str, ...]
"""An option id, several of them, or typed text. The empty string: skipped."""

_Field = tuple[str, str, Callable[[Any], object] | None, Callable[[Any], object] | None]
"""A field: its key in a record, and how it becomes JSON and comes back, where it is not JSON already."""

Made = TypeVar("Made")
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


class _Quick:
    """What every turn makes several of: a frozen dataclass without slots, for `changed` is quick by its `__dict__`."""

    def changed(self, **changes: Any) -> Self:
        """Return the same with these fields changed: `dataclasses.replace`, in a fifth of the time."""
        if not changes.keys() <= self.__dict__.keys():
            raise TypeError(f"no such field: {', '.join(sorted(changes.keys() - self.__dict__.keys()))}")
        return _made(type(self), {**self.__dict__, **changes})


@dataclass(frozen=True)
class Beat(_Quick):
    """How following up on somebody goes. Moments are whole minutes since 1970 in UTC, days are local dates.

    `zone` is their time zone, as far as it is known. `since` is the day of their yes. `looked` is the moment up to
    which everything due has been seen to, `before` the one before that; `due` is the next (0: none). `sent` holds the
    days of the last weekly notes, `number` counts those that take turns. `unanswered` counts notes since the last word
    from the person. `fitted` is the day they were last asked whether the plan fits, `misfits` how often it did not,
    `checked` the day they were last asked to look at their skills again. `used` holds the nudges and tips sent, the
    latest last; `saved` the tips they kept, each with the day it was last shown. `ended` says why notes ended, other
    than by the person's answers: `silent` or `blocked`. `latest` is what they had said yes to that the last note came
    of. `counted` is what they were counted for, and when last. `held_out` is the number of the week since their yes
    in which no weekly note comes (0: none); `trial` says since `trial_day` whether a note came (`with`, `without`).
    """

    since: date
    looked: int
    zone: str = ""
    before: int = 0
    due: int = 0
    sent: tuple[date, ...] = ()
    number: int = 0
    unanswered: int = 0
    fitted: date | None = None
    misfits: int = 0
    checked: date | None = None
    used: tuple[str, ...] = ()
    saved: tuple[tuple[str, date], ...] = ()
    ended: str = ""
    latest: str = ""
    counted: tuple[tuple[str, date], ...] = ()
    held_out: int = 0
    trial: str = ""
    trial_day: date | None = None


@dataclass(frozen=True)
class State(_Quick):
    """Where one person is.

    `section` is the part being walked, empty at the menu. `asking` is a question opened again by going back
    or from the review; empty: the next one is computed. `back_to` is the section to return to after a detour.
    `last` is the question answered last. `confirming` is what awaits a yes (`delete`, `restart`). `offered`
    holds what a number means at the menu. `about` is the action an evidence line is for, or `#` and the number of
    the plan line that is being reworded. `revision` counts turns. `seen` holds tips shown. `day` is the local date
    of the last turn. `change` is the last change to the plan, for taking it back. `beat` is None
    until they said yes to being followed up. `unmet`: they had an answer from us, and still no welcome.
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
    beat: Beat | None = None
    change: Change | None = None
    unmet: bool = False

    def with_answer(self, question_id: str, answer: Answer) -> State:
        """Return a state in which that question has that answer."""
        return self.changed(answers={**self.answers, question_id: answer}, last=question_id, asking="")

    def without(self, question_ids: frozenset[str]) -> State:
        """Return a state without the answers to those questions."""
        if question_ids.isdisjoint(self.answers):
            return self
        kept = {key: answer for key, answer in self.answers.items() if key not in question_ids}
        return self.changed(answers=kept)


def _made(kind: type[Made], values: dict[str, Any]) -> Made:
    """Return one of these values, one for every field. The class's own `__init__` sets them one by one."""
    made = object.__new__(kind)
    made.__dict__.update(values)
    return made


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
    return _to_json({"v": SCHEMA, **_written(state.__dict__, _KEPT)})


def _written(held: Mapping[str, Any], fields: tuple[_Field, ...]) -> dict[str, Any]:
    return {key: write(value) if write else value for name, key, write, _ in fields if (value := held[name])}


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
    return _made(State, _read(raw, _EMPTY, _KEPT_BY_KEY))


def _brought_up_to_date(raw: dict[str, Any]) -> dict[str, Any]:
    version = raw.get("v", 0)
    if version > SCHEMA:
        raise RecordTooNew
    for step in range(version, SCHEMA):
        raw = MIGRATIONS[step](raw)
    return raw


def _to_answers(raw: dict[str, Any]) -> dict[str, Answer]:
    return {key: tuple(answer) if isinstance(answer, list) else answer for key, answer in raw.items()}


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
    return [change.wish, change.number, _from_commitment(change.line)]


def _to_change(raw: list[Any]) -> Change:
    wish, number, line = raw
    return Change(wish, number, _to_commitment(line))


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

_BEAT_BY_KEY = {entry[1]: entry for entry in _BEAT}
_NEW_BEAT = Beat(date.min, 0).__dict__


def _from_beat(beat: Beat) -> dict[str, Any]:
    return _written(beat.__dict__, _BEAT)


def _to_beat(raw: dict[str, Any]) -> Beat:
    return _made(Beat, _read(raw, _NEW_BEAT, _BEAT_BY_KEY))


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
    ("unmet", "m", None, None),
)
"""Every field of a state. What is empty is left out of a record."""

_KEPT_BY_KEY = {entry[1]: entry for entry in _KEPT}
_EMPTY = State("").__dict__


def _from_unversioned(raw: dict[str, Any]) -> dict[str, Any]:
    """Read a record without a version: full names, as the first sketches wrote them."""
    keys = {name: key for name, key, _, _ in _KEPT}
    return {**{keys.get(name, name): value for name, value in raw.items()}, "v": 1}


def _from_plain_lines(raw: dict[str, Any]) -> dict[str, Any]:
    """Read a record whose plan lines and evidence are short lists: they still are, where nothing is to be added."""
    return {**raw, "v": 2}


MIGRATIONS: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {0: _from_unversioned, 1: _from_plain_lines}
"""From the version that is the key to the one after it."""
