"""Reads HTTP answers: as much of one as is wanted, and what the Bot Connector says in it."""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp

from adapters.teams.calls import Rejected

LARGEST = 65_536
"""How much of an answer is read, in bytes."""

LONGEST_WAIT = 3600.0
"""The longest wait we let a service ask for, in seconds."""

_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")


async def read_some(answer: aiohttp.ClientResponse, largest: int) -> bytes:
    """Return the body, or its first `largest` bytes.

    Raises:
        aiohttp.ClientError, TimeoutError, OSError: the connection broke.
    """
    body = b""
    while len(body) < largest and (more := await answer.content.read(largest - len(body))):
        body += more
    return body


async def read_taken(answer: aiohttp.ClientResponse) -> bytes:
    """Return the body of an answer that says yes.

    Raises:
        Rejected: it says no.
    """
    is_taken = 200 <= answer.status < 300
    try:
        body = await read_some(answer, LARGEST)
    except (aiohttp.ClientError, TimeoutError, OSError):
        # What was taken must not be sent again only because its id was lost on the way.
        body = b""
    if is_taken:
        return body
    raise Rejected(
        answer.status, _code(answer.status, body), seconds_of(answer.headers.get("Retry-After"), time.time())
    )


def object_in(body: bytes) -> Mapping[str, Any]:
    """Return the JSON object that a body holds; an empty one where it holds none."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def id_in(body: bytes) -> str:
    """Return the id of what was made, empty where none is told."""
    found = object_in(body).get("id")
    return found if isinstance(found, str) else ""


def _code(status: int, body: bytes) -> str:
    """Return the connector's own word for an error. Not every error on the way comes from it, or is JSON."""
    error = object_in(body).get("error")
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, str) and _CODE.fullmatch(code) else f"http_{status}"


def seconds_of(said: str | None, now: float) -> float | None:
    """Return a Retry-After header in seconds from now (POSIX): it comes as a number or as a date."""
    if not said:
        return None
    try:
        seconds = float(said)
    except ValueError:
        try:
            seconds = parsedate_to_datetime(said).timestamp() - now
        except (ValueError, OverflowError):
            return None
    return min(max(seconds, 0.0), LONGEST_WAIT) if math.isfinite(seconds) else None
