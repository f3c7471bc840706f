"""Requests of Slack over HTTP: whether Slack signed one, and what its body holds. Pure."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from typing import Any

import msgspec
from yarl import URL

SECONDS_OLD = 300
"""How far the moment a request was signed at may lie from now. Slack's documentation names five minutes."""


def is_signed(secret: str, headers: Mapping[str, str], body: bytes, now: float) -> bool:
    """Tell whether a request was signed by Slack (scheme v0), less than five minutes from `now` (POSIX seconds).

    The signature is over the bytes as they came; it is compared in constant time. An empty secret signs nothing.
    """
    stamp, signed = headers.get("X-Slack-Request-Timestamp", ""), headers.get("X-Slack-Signature", "")
    if not (secret and stamp.isascii() and stamp.isdecimal() and len(stamp) < 16 and signed.isascii()):
        return False
    if abs(now - int(stamp)) > SECONDS_OLD:
        return False
    digest = hmac.digest(secret.encode(), b"v0:%b:%b" % (stamp.encode(), body), "sha256")
    return hmac.compare_digest(f"v0={digest.hex()}", signed)


def decode(body: bytes, content_type: str) -> dict[str, Any] | None:
    """Return the payload of a request body, or None when it cannot be read."""
    try:
        if content_type == "application/json":
            found = _read(body)
        else:
            # yarl's decoder of percent signs is ten times as fast as urllib's.
            fields = dict(URL.build(query_string=body.decode(), encoded=True).query)
            found = _read(fields["payload"]) if "payload" in fields else fields
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and found else None


def _read(written: bytes | str) -> Any:
    """Return what is written as JSON. Half a surrogate pair is beyond msgspec; `json` takes it."""
    try:
        return msgspec.json.decode(written)
    except ValueError:
        return json.loads(written)
