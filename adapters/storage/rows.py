"""Turns messages and delivery keys into what the tables hold, and messages back again."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import blake2b
from typing import Any

import orjson

from bot.messages import Chart, Control, Figure, Message, Pick

_to_json: Callable[[object], str] = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
_PLAIN = Message(text="")
_OFTEN_PLAIN = tuple(
    (name, getattr(_PLAIN, name))
    for name in ("about", "question", "follows", "personal", "revision", "subject", "expires", "note")
)
_SINGLE = Control(kind="choice", id="", label="")

UNREADABLE = (ValueError, TypeError, KeyError, AttributeError)
"""What `read_message` raises of what `write_message` did not write, or that of a newer version did."""


def write_message(message: Message) -> str:
    """Return the message as JSON that holds only what differs from a plain note.

    Half a surrogate pair is beyond orjson; `json` writes it as an escape.
    """
    held: dict[str, object] = {"text": message.text}
    if message.controls:
        held["controls"] = [_write_control(control) for control in message.controls]
    for name, plain in _OFTEN_PLAIN:
        if (value := getattr(message, name)) != plain:
            held[name] = value
    if message.chart:
        held["chart"] = _write_chart(message.chart)
    try:
        return orjson.dumps(held).decode()
    except TypeError:
        return _to_json(held)


def read_message(written: str) -> Message:
    """Return the message that `write_message` wrote."""
    held: dict[str, Any] = orjson.loads(written) if "\\ud" not in written else json.loads(written)
    controls = tuple(_read_control(control) for control in held.pop("controls", ()))
    chart = _read_chart(held.pop("chart")) if "chart" in held else None
    return Message(controls=controls, chart=chart, **held)


def hash_key(key: str) -> bytes:
    """Return 16 bytes that stand for a delivery key of any length."""
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _write_control(control: Control) -> dict[str, object]:
    held: dict[str, object] = {"kind": control.kind, "id": control.id, "label": control.label}
    if control.options:
        held["options"] = [(pick.id, pick.label) for pick in control.options]
    if control.most != _SINGLE.most:
        held["most"] = control.most
    return held


def _read_control(held: dict[str, Any]) -> Control:
    options = tuple(Pick(id=id_, label=label) for id_, label in held.pop("options", ()))
    return Control(options=options, **held)


def _write_chart(chart: Chart) -> dict[str, object]:
    figures = [(each.label, each.value, each.words) for each in chart.figures]
    return {"title": chart.title, "most": chart.most, "figures": figures}


def _read_chart(held: dict[str, Any]) -> Chart:
    figures = tuple(Figure(label, value, words) for label, value, *_, words in held["figures"])
    return Chart(held["title"], held["most"], figures)
