"""A guide as plain data and back, so that a guide once checked can be had again at little cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from bot import guide as values
from bot.guide import LISTS, Fact, FollowUp, Guide, Option, Phrases, Promise, Question, Scoring, Section

_KINDS = tuple(kind for kind in vars(values).values() if isinstance(kind, type) and is_dataclass(kind))
_PLAIN_LISTS = {key: kind for key, kind in LISTS.items() if kind is not Fact}
"""The lists whose entries hold nothing that JSON does not."""
_APART = ("sections", "facts", "promise", "scoring", "follow_up", "phrases")

SHAPE = ";".join(f"{kind.__name__}:{','.join(each.name for each in fields(kind))}" for kind in _KINDS)
"""Names every field of a guide: a record made for another shape is of no use."""


def to_record(guide: Guide) -> dict[str, Any]:
    """Return a guide as lists, mappings and plain values, fit for JSON."""
    record = _plain(guide)
    assert isinstance(record, dict)  # noqa: S101 - a guide is a dataclass
    return record


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {
            each.name: _plain(getattr(value, each.name))
            for each in fields(value)
            if each.init and getattr(value, each.name) != each.default
        }
    if isinstance(value, Mapping):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    return value.isoformat() if isinstance(value, date) else value


def from_record(record: Mapping[str, Any]) -> Guide:
    """Return the guide of a record.

    Raises:
        KeyError, TypeError, ValueError: the record is not one that `to_record` made for this shape.
    """
    rest = {key: _frozen(value) for key, value in record.items() if key not in _PLAIN_LISTS and key not in _APART}
    lists = {key: tuple([_thaw(kind, entry) for entry in record.get(key, ())]) for key, kind in _PLAIN_LISTS.items()}
    return Guide(
        **{**rest, **lists},
        sections=tuple([_section(entry) for entry in record["sections"]]),
        facts=tuple([_fact(entry) for entry in record.get("facts", ())]),
        promise=_thaw(Promise, record["promise"]) if "promise" in record else None,
        scoring=_thaw(Scoring, record["scoring"]),
        follow_up=_thaw(FollowUp, record["follow_up"]),
        phrases=_thaw(Phrases, record["phrases"]),
    )


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple([_frozen(entry) for entry in value])
    if isinstance(value, dict):
        return {key: _frozen(entry) for key, entry in value.items()}
    return value


def _thaw(kind: type, entry: Mapping[str, Any]) -> Any:
    return kind(**{key: _frozen(value) for key, value in entry.items()})


def _fact(entry: Mapping[str, Any]) -> Fact:
    plain = {key: _frozen(value) for key, value in entry.items() if key != "review_by"}
    return Fact(**plain, review_by=date.fromisoformat(entry["review_by"]))


def _section(entry: Mapping[str, Any]) -> Section:
    plain = {key: _frozen(value) for key, value in entry.items() if key != "questions"}
    return Section(**plain, questions=tuple([_question(asked) for asked in entry.get("questions", ())]))


def _question(entry: Mapping[str, Any]) -> Question:
    plain = {key: _frozen(value) for key, value in entry.items() if key != "options"}
    return Question(**plain, options=tuple([_thaw(Option, option) for option in entry.get("options", ())]))
