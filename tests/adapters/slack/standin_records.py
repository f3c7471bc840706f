"""What the stand-in keeps of each call, and how a call is read and answered on the wire."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from tests.adapters.slack.standin_world import Payload

NESTED = ("blocks", "view", "attachments", "metadata")
"""Arguments that travel as JSON inside a form."""


@dataclass
class Call:
    """A call of a method: `at` on the stand-in's clock, the arguments decoded, and how it ended."""

    number: int
    at: float
    method: str
    token: str
    arguments: Payload
    outcome: str = "unanswered"
    answer: Payload = field(default_factory=dict)

    @property
    def channel(self) -> str | None:
        """The channel it is about, if any."""
        found = self.arguments.get("channel") or self.arguments.get("users") or self.arguments.get("user_id")
        return str(found) if found else None


@dataclass(frozen=True)
class Drawing:
    """Something with blocks that was sent: where it shows (`message`, `modal`, `home`) and all of it."""

    surface: str
    method: str
    payload: Payload


@dataclass(frozen=True)
class TooSoon:
    """Two messages in one channel closer together than Slack likes; `gap` in seconds."""

    team: str
    channel: str
    gap: float


@dataclass
class ResponseAddress:
    """A response_url: its path, the message it belongs to, and the answers it got."""

    path: str
    answers: list[Payload] = field(default_factory=list)


async def arguments_of(request: web.Request) -> tuple[Payload, str]:
    """Return the arguments, from JSON, a form or the address, and the token; Basic credentials become arguments."""
    arguments: Payload = dict(request.query)
    body = await request.text()
    if request.content_type == "application/json":
        arguments |= json.loads(body or "{}")
    else:
        arguments |= dict(parse_qsl(body, keep_blank_values=True))
    for name in NESTED:
        if isinstance(arguments.get(name), str):
            arguments[name] = json.loads(arguments[name])
    scheme, _, credentials = request.headers.get("Authorization", "").partition(" ")
    token = str(arguments.pop("token", ""))
    if scheme == "Basic":
        client, _, secret = base64.b64decode(credentials).decode().partition(":")
        arguments |= {"client_id": client, "client_secret": secret}
    return arguments, credentials if scheme == "Bearer" else token


def as_json(content: Any, status: int = 200) -> web.Response:
    if isinstance(content, dict) and content.get("error") == "ratelimited":
        return limited(1)
    return web.json_response(content, status=status)


def limited(retry_after: int) -> web.Response:
    headers = {"Retry-After": str(retry_after)}
    return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
