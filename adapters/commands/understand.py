"""`lateral understand`: what would have been heard, and nothing else happens."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import Any

from adapters.commands.clock import clock_at
from adapters.launch import load_guide
from adapters.settings import read_settings
from bot.dialogue import understanding_of
from bot.errors import OperatorError
from bot.guide import Guide, Option
from bot.outright import awaited
from bot.state import State
from bot.talk import Talk
from bot.understanding import Expects, heard

SCALE = tuple(Option(id=str(number), label=str(number)) for number in range(1, 6))
"""A five-option question, with labels that say nothing but their place."""


def run(text: str, *, context: str, guide: str | None, now: str | None, jsonl: bool) -> None:
    """Print what the words mean; with JSON lines, for each line that comes in."""
    loaded = load_guide(read_settings(), guide)
    moment = clock_at(now).now()
    expects = expecting(loaded, context, moment)
    if not jsonl:
        _write(_heard(loaded, text, expects, moment))
        return
    for raw in sys.stdin:
        if raw.strip():
            _write(_line(loaded, raw, expects, moment))


def expecting(guide: Guide, context: str, now: datetime) -> Expects:
    """Return what is expected in a context: `idle`, `scale`, `confirm`, `date`, `text`, or a question's id.

    A question expects what it would of somebody who has said nothing yet.

    Raises:
        OperatorError: there is no such context.
    """
    question = guide.question_by_id.get(context)
    if question is not None:
        return awaited(Talk(guide, State(guide.id), now), question)
    if context == "scale":
        return Expects("scale", SCALE)
    if context in ("idle", "confirm", "date", "text"):
        return Expects(context)  # type: ignore[arg-type]
    raise OperatorError(f"There is no context {context}. Use idle, scale, confirm, date, text, or a question's id.")


def _line(guide: Guide, raw: str, expects: Expects, now: datetime) -> dict[str, Any]:
    try:
        said = json.loads(raw)
        text = said["text"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {"error": 'Write {"text": "..."}.'}
    if not isinstance(text, str):
        return {"error": "text takes a string."}
    return _heard(guide, text, expects, now)


def _heard(guide: Guide, text: str, expects: Expects, now: datetime) -> dict[str, Any]:
    intent, detail = heard(understanding_of(guide).hear(text, expects, now), expects, guide)
    return {"intent": intent, "detail": detail}


def _write(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()
