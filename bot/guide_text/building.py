"""Builds the guide from what was read: ladders are asked for every skill, `each` questions for every action.

It does not judge: a guide with mistakes is built as far as it goes, so that the checks can look at all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from bot.guide import (
    LISTS,
    Action,
    FollowUp,
    Guide,
    Option,
    Phrases,
    Promise,
    Question,
    Scoring,
    Section,
    Skill,
    Topic,
)
from bot.guide_text.placeholders import fill
from bot.guide_text.reading import Record

_Built = TypeVar("_Built")
_RENAMED = {"guide": "serves", "review-by": "review_by"}


@dataclass(frozen=True, slots=True)
class Built:
    """A guide and, for every question in it, the entry it was made from."""

    guide: Guide
    asked: Mapping[str, Record]


def build(read: Record, shared: Record | None = None) -> Built:
    """Build a guide from its files and from the phrases that all guides of its language share."""
    values = read.values
    skills = {skill.id: skill for skill in _make_all(Skill, values["skills"])}
    asked: dict[str, Record] = {}
    sections = tuple(_section(entry, values["ladder"], skills, asked) for entry in _unique(values["sections"]))
    said = {key: values[key].values for key in ("welcome", "privacy", "closing") if values[key] is not None}
    plain: dict[str, Any] = {key: values[key] for key in ("id", "title", "version", "language", "items")}
    plain |= {key: said.get(key, {}).get("text", "") for key in ("welcome", "privacy", "closing")}
    plain |= {key: _make_all(cls, values[key]) for key, cls in LISTS.items()}
    plain["actions"] = _with_says(plain["actions"], _more("action-phrases", values, shared))
    plain["topics"] = _with_asks(plain["topics"], _more("topic-phrases", values, shared))
    guide = Guide(
        **plain,
        sections=sections,
        ask_back=values["ask-back"],
        promise=None if values["promise"] is None else _make(Promise, values["promise"]),
        scoring=_scoring(values["scoring"]),
        follow_up=_made(FollowUp, values["follow-up"]),
        phrases=_phrases(values, shared),
        serves={key: entry["guide"] for key, entry in said.items() if entry["guide"]},
    )
    return Built(guide, asked)


def _make(cls: type[_Built], entry: Record, **more: Any) -> _Built:
    known = {each.name for each in fields(cls)}  # type: ignore[arg-type]  # every cls here is a dataclass
    named = {_RENAMED.get(key, key.replace("-", "_")): value for key, value in entry.values.items()}
    return cls(**{key: value for key, value in {**named, **more}.items() if key in known})


def _unique(entries: Iterable[Record]) -> Iterator[Record]:
    seen: set[str] = set()
    for entry in entries:
        name = entry.values.get("id") or entry.values.get("part") or ""
        if name and name not in seen:
            seen.add(name)
            yield entry


def _make_all(cls: type[_Built], entries: Iterable[Record]) -> tuple[_Built, ...]:
    return tuple(_make(cls, entry) for entry in _unique(entries))


def _section(entry: Record, ladder: Record | None, skills: Mapping[str, Skill], asked: dict[str, Record]) -> Section:
    made = list(_asked_in(entry, ladder, skills))
    asked.update({question.id: record for question, record in made})
    return _make(Section, entry, questions=tuple(question for question, _ in made))


def _asked_in(entry: Record, ladder: Record | None, skills: Mapping[str, Skill]) -> Iterator[tuple[Question, Record]]:
    """Yield the questions of a section, each with the entry it is made from."""
    for record in _unique(entry.values["questions"]):
        yield _question(record), record
    for name in dict.fromkeys(entry.values["skills"]):
        for record in _unique(ladder.values["questions"]) if ladder and name in skills else ():
            yield _rung(record, skills[name]), record
    siblings = {record.values["id"] for record in entry.values["each"]}
    for slot in range(1, entry.values["each-action"] + 1):
        for record in _unique(entry.values["each"]):
            yield _each(record, slot, siblings), record


def _question(record: Record, **more: Any) -> Question:
    kind = record.values["kind"] or ("choice" if record.values["options"] else "text")
    name = record.values.get("id") or record.values.get("part")
    changed = {"id": name, "options": _make_all(Option, record.values["options"]), "kind": kind, **more}
    return _make(Question, record, **changed)


def _rung(record: Record, skill: Skill) -> Question:
    """Ask a ladder's question for one skill: fill in its words, and keep its routes within the skill."""
    words = {"title": skill.title, "means": skill.means, "why": skill.why, "proof": skill.proof}
    words |= {f"level{number}": level for number, level in enumerate(skill.levels, 1)}
    plain = _question(record)
    options = tuple(
        replace(
            option,
            label=fill(option.label, words),
            reply=fill(option.reply, words),
            then=_under(option.then, skill.id),
        )
        for option in plain.options
    )
    return replace(
        plain,
        id=f"{skill.id}.{record.values['part']}",
        part=record.values["part"],
        skill=skill.id,
        text=fill(plain.text, words),
        why=fill(plain.why, words),
        hint=fill(plain.hint, words),
        options=options,
        then=_under(plain.then, skill.id),
        serves=tuple(dict.fromkeys((*plain.serves, *skill.serves))),
    )


def _under(route: str, skill: str) -> str:
    return route if route in ("", "end", "menu") else f"{skill}.{route}"


def _each(record: Record, slot: int, siblings: set[str]) -> Question:
    """Ask a question for one of the chosen actions, and keep its routes within that action."""

    def within(route: str) -> str:
        return f"{route}.{slot}" if route in siblings else route

    plain = _question(record)
    options = tuple(replace(option, then=within(option.then)) for option in plain.options)
    name = record.values["id"]
    return replace(plain, id=f"{name}.{slot}", part=name, slot=slot, options=options, then=within(plain.then))


def _with_asks(topics: Iterable[Topic], more: Mapping[str, tuple[str, ...]]) -> tuple[Topic, ...]:
    return tuple(replace(each, asks=_without_repeats(each.asks, more.get(each.id, ()))) for each in topics)


def _with_says(actions: Iterable[Action], more: Mapping[str, tuple[str, ...]]) -> tuple[Action, ...]:
    return tuple(replace(each, says=_without_repeats(each.says, more.get(each.id, ()))) for each in actions)


def _more(key: str, values: Mapping[str, Any], shared: Record | None) -> dict[str, tuple[str, ...]]:
    return _joined(shared.values[key] if shared else {}, values[key])


def _without_repeats(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _scoring(entry: Record | None) -> Scoring:
    made = _made(Scoring, entry)
    return made if made.minutes else replace(made, minutes=Scoring().minutes)


def _made(cls: type[_Built], entry: Record | None) -> _Built:
    return cls() if entry is None else _make(cls, entry)


def _phrases(values: Mapping[str, Any], shared: Record | None) -> Phrases:
    common: Mapping[str, Any] = shared.values if shared else {}
    return Phrases(
        intents=_joined(common.get("intents", {}), values["intents"]),
        words=_joined(common.get("words", {}), values["words"]),
        answers={name: tuple(said) for name, said in values["answer-phrases"].items()},
        labels={**common.get("labels", {}), **values["labels"]},
    )


def _joined(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    names = dict.fromkeys((*first, *second))
    return {name: _without_repeats(first.get(name, ()), second.get(name, ())) for name in names}
