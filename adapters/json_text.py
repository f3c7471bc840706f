"""JSON, written and read in C. Half a surrogate pair, which people can paste, is beyond that: Python's own takes it."""

from __future__ import annotations

import json
from typing import Any

import msgspec

_encode = msgspec.json.Encoder().encode


def write_json(thing: object) -> bytes:
    """Return a thing as compact JSON in UTF-8, with half a surrogate pair written as an escape."""
    try:
        return _encode(thing)
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(thing), separators=(",", ":")).encode()


def read_json(written: bytes | str) -> Any:
    """Return what is written as JSON.

    Raises:
        ValueError: it is none.
        RecursionError: it is nested too deeply.
    """
    try:
        return msgspec.json.decode(written)
    except ValueError:
        return json.loads(written)
