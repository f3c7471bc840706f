"""Turns messages and delivery keys into what the tables hold, and messages back again."""

from __future__ import annotations

import json
from hashlib import blake2b

import msgspec

from adapters.json_text import write_json
from bot.messages import Message

_decode = msgspec.json.Decoder(Message).decode

UNREADABLE = (msgspec.DecodeError, ValueError)
"""What `read_message` raises of what `write_message` did not write, or that of a newer version did."""


def write_message(message: Message) -> str:
    """Return the message as JSON that holds only what differs from a plain note."""
    return write_json(message).decode()


def read_message(written: str) -> Message:
    """Return the message that `write_message` wrote."""
    if "\\ud" in written:
        return msgspec.convert(json.loads(written), Message)
    return _decode(written)


def hash_key(key: str) -> bytes:
    """Return 16 bytes that stand for a delivery key of any length."""
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).digest()
