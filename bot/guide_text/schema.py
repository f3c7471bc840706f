"""The JSON Schema of a guide's files, for editors, made from the same description the reader follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.guide_text.entries import GUIDE
from bot.guide_text.format import (
    USES,
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

_NAME = r"^[A-Za-z0-9+][A-Za-z0-9_.+-]{0,74}$"


def schema() -> dict[str, Any]:
    """Return the schema of any one file of a guide: its top-level keys may be spread over several files."""
    definitions: dict[str, Any] = {}
    top = _entry(GUIDE, definitions)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A file of a guide",
        "description": "A guide is a folder of such files; each top-level key stands in one of them.",
        "type": "object",
        "additionalProperties": False,
        "properties": top["properties"],
        "definitions": dict(sorted(definitions.items())),
    }


def _of(kind: Kind, definitions: dict[str, Any]) -> dict[str, Any]:
    if isinstance(kind, Entry):
        name = kind.name.replace(" ", "-")
        if name not in definitions:
            definitions[name] = _entry(kind, definitions)
        return {"$ref": f"#/definitions/{name}"}
    return _KINDS[type(kind)](kind, definitions)


def _entry(kind: Entry, definitions: dict[str, Any]) -> dict[str, Any]:
    keys = {key: _key(described, definitions) for key, described in kind.keys.items()}
    needed = [key for key, described in kind.keys.items() if described.default is ...]
    whole: dict[str, Any] = {"type": "object", "additionalProperties": False, "properties": keys}
    if needed:
        whole["required"] = needed
    return {"anyOf": [keys[kind.short], whole]} if kind.short else whole


def _key(described: Key, definitions: dict[str, Any]) -> dict[str, Any]:
    made = _of(described.kind, definitions)
    plain = isinstance(described.default, str | int) and described.default not in ("", False, 0)
    more = {"description": described.about, **({"default": described.default} if plain else {})}
    return {"allOf": [made], **more} if "$ref" in made else {**made, **more}


def _text(kind: Text, _: dict[str, Any]) -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "maxLength": USES[kind.use].most}


def _name(_: Id | Ref, __: dict[str, Any]) -> dict[str, Any]:
    return {"type": "string", "pattern": _NAME}


def _route(_: Route, __: dict[str, Any]) -> dict[str, Any]:
    return {"type": "string", "minLength": 1}


def _one_of(kind: OneOf, _: dict[str, Any]) -> dict[str, Any]:
    return {"enum": list(kind.words)}


def _number(kind: Number, _: dict[str, Any]) -> dict[str, Any]:
    return {"type": "integer", "minimum": kind.least, "maximum": kind.most}


def _day(_: Day, __: dict[str, Any]) -> dict[str, Any]:
    return {"type": "string", "format": "date"}


def _flag(_: Flag, __: dict[str, Any]) -> dict[str, Any]:
    return {"type": "boolean"}


def _serving(_: Serving, __: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}


def _many(kind: Many, definitions: dict[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {"type": "array", "items": _of(kind.of, definitions), "minItems": kind.least}
    return {**made, "maxItems": kind.most} if kind.most else made


def _named(kind: Named, definitions: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": _of(kind.of, definitions)}


_KINDS: Mapping[type, Callable[[Any, dict[str, Any]], dict[str, Any]]] = {
    Text: _text,
    Id: _name,
    Ref: _name,
    Route: _route,
    OneOf: _one_of,
    Number: _number,
    Day: _day,
    Flag: _flag,
    Serving: _serving,
    Many: _many,
    Named: _named,
}
