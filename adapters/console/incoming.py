"""What a terminal or a JSON line says, read into events."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from adapters.console.limits import ID_CHARACTERS, LINE_BYTES
from bot.events import Chose, Event, Said, Submitted

FIELDS = ("text", "choose", "submit")


class BadLine(ValueError):
    """The line could not be read; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Line:
    """A JSON line that was understood. `now`, `person` and `key` are None or empty where it does not say."""

    event: Event
    now: datetime | None = None
    person: str = ""
    key: str = ""


def read_line(raw: str) -> Line:
    """Return what a JSON line says: `text`, `choose` or `submit`, with optional `now`, `person` and `key`.

    `choose` may name its `question`; then a press on an earlier question is known for one.

    Raises:
        BadLine: it says none of these, or says it in the wrong form; the message tells what to write.
    """
    if len(raw) > LINE_BYTES:
        raise BadLine(f"The line is longer than {LINE_BYTES:,} characters. Send a shorter one.")
    try:
        said = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise BadLine(f'This is not JSON: {error}. Write for example {{"text": "hello"}}.') from None
    if not isinstance(said, dict):
        raise BadLine('Write an object, for example {"text": "hello"}.')
    given = [name for name in FIELDS if name in said]
    if len(given) != 1:
        raise BadLine("Give exactly one of text, choose or submit.")
    return Line(_event(given[0], said), _now(said.get("now")), _text(said, "person"), _text(said, "key"))


def _event(kind: str, said: dict[str, Any]) -> Event:
    value = said[kind]
    if kind == "submit":
        return Submitted(_fields(value))
    if not isinstance(value, str):
        raise BadLine(f"{kind} takes a string.")
    return Said(value) if kind == "text" else Chose(value, _text(said, "question") or None)


def _fields(value: Any) -> dict[str, str | tuple[str, ...]]:
    if not isinstance(value, dict) or not value:
        raise BadLine('submit takes an object of fields, for example {"submit": {"<field>": "..."}}.')
    fields: dict[str, str | tuple[str, ...]] = {}
    for name, entered in value.items():
        if isinstance(entered, list) and all(isinstance(one, str) for one in entered):
            fields[name] = tuple(entered)
        elif isinstance(entered, str):
            fields[name] = entered
        else:
            raise BadLine(f"The field {name} takes a string, or a list of strings.")
    return fields


def read_moment(text: str) -> datetime:
    """Return an ISO 8601 moment with its offset.

    Raises:
        BadLine: it is not one, or it has no offset.
    """
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise BadLine("now takes a moment such as 2026-11-23T09:00:00+00:00.") from None
    if moment.tzinfo is None:
        raise BadLine("now needs an offset, such as +00:00 at its end.")
    return moment


def _now(value: Any) -> datetime | None:
    return None if value is None else read_moment(value)


def _text(said: dict[str, Any], name: str) -> str:
    value = said.get(name, "")
    if not isinstance(value, str) or len(value) > ID_CHARACTERS:
        raise BadLine(f"{name} takes a string of at most {ID_CHARACTERS} characters.")
    return value
