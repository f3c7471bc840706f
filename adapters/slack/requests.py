"""Requests of Slack over HTTP: whether Slack signed one, and what its body holds. Pure."""

from __future__ import annotations

import hmac
from binascii import a2b_qp
from collections.abc import Mapping
from typing import Any, Literal, Required, TypedDict

import msgspec

from adapters.json_text import read_json

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


class _Message(TypedDict, total=False):
    ts: str
    blocks: msgspec.Raw


class _Press(TypedDict, total=False):
    """What is read of a press. The message it came from is most of it, and drawn again only where that is closed."""

    type: Required[Literal["block_actions"]]
    actions: Required[Any]
    user: Any
    team: Any
    team_id: Any
    enterprise: Any
    enterprise_id: Any
    container: Any
    channel: Any
    message: _Message | None
    state: Any
    response_url: Any
    trigger_id: Any


_read_press = msgspec.json.Decoder(_Press).decode


def decode(body: bytes, content_type: str) -> dict[str, Any] | None:
    """Return the payload of a request body, or None when it cannot be read.

    The blocks of the message that was pressed stay JSON; what nobody asks of a press is left out.
    """
    try:
        if content_type == "application/json":
            found = read_json(body)
        else:
            fields = _read_form(body)
            found = _read_payload(fields[b"payload"]) if b"payload" in fields else _as_text(fields)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and found else None


def _read_payload(written: bytes) -> Any:
    try:
        return _read_press(written)
    except ValueError:
        return read_json(written)


def _read_form(body: bytes) -> dict[bytes, bytes]:
    """Return the fields of a form; of two with one name, the first."""
    pairs = (field.partition(b"=") for field in body.split(b"&") if field)
    return {_unquote(name): _unquote(value) for name, _, value in reversed([*pairs])}


def _as_text(fields: Mapping[bytes, bytes]) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in fields.items()}


_QUOTED_PRINTABLE = bytes.maketrans(b"+%", b" =")


def _unquote(written: bytes) -> bytes:
    """Return what is written in a form.

    Quoted-printable is the same code with another mark, and Python reads it in C. urllib takes twenty times as long;
    yarl twice, and it keeps the last bodies in a cache.
    """
    return a2b_qp(written.replace(b"=", b"=3D").translate(_QUOTED_PRINTABLE))
