"""One thing Slack delivers, and the signed request that carries it over HTTP."""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlencode

Payload = dict[str, Any]
Kind = Literal["events_api", "interactive", "slash_commands"]
FORM, JSON = "application/x-www-form-urlencoded", "application/json"


@dataclass(frozen=True)
class Signed:
    """A request to the app: POST the body with the headers."""

    body: bytes
    headers: dict[str, str]


@dataclass(frozen=True)
class SlackDelivery:
    """One thing delivered, for either way of travelling."""

    kind: Kind
    payload: Payload

    @property
    def body(self) -> bytes:
        """The body of the request over HTTP."""
        if self.kind == "events_api":
            return json.dumps(self.payload).encode()
        if self.kind == "slash_commands":
            return urlencode(self.payload).encode()
        return urlencode({"payload": json.dumps(self.payload)}).encode()

    def signed(self, secret: str, at: float, *, retry: int = 0, reason: str = "http_timeout") -> Signed:
        """Return the request, signed at a moment in seconds since 1970; `retry` is 1 to 3 when it is sent again."""
        body = self.body
        headers = {"Content-Type": JSON if self.kind == "events_api" else FORM, **signature(secret, body, at)}
        if retry:
            headers |= {"X-Slack-Retry-Num": str(retry), "X-Slack-Retry-Reason": reason}
        return Signed(body, headers)


def signature(secret: str, body: bytes, at: float) -> dict[str, str]:
    """Return the two headers by which Slack signs a request (scheme v0)."""
    moment = str(int(at))
    digest = hmac.new(secret.encode(), b"v0:" + moment.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": moment, "X-Slack-Signature": f"v0={digest}"}


def recorded(payload: Payload) -> SlackDelivery:
    """Return the delivery of a payload as it stands in a file, its kind told from its fields."""
    if "command" in payload or "ssl_check" in payload:
        return SlackDelivery("slash_commands", payload)
    events = payload["type"] in ("event_callback", "url_verification", "app_rate_limited")
    return SlackDelivery("events_api" if events else "interactive", payload)
