"""What can go wrong at the Bot Connector, to be planned in a test: `teams.fail(throttled(2))`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Fault:
    """One way not to take a request.

    `dropped` closes the connection: `reset` at once, `shut` in good form without an answer, `half` in the middle of
    the body. `taken` says that the activity was taken all the same. `hangs` waits until `teams.release()`, or until
    the client has gone, and then goes on as if nothing had been.
    """

    status: int = 0
    code: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    dropped: str = ""
    taken: bool = False
    hangs: bool = False

    def body(self) -> Any:
        return {"error": {"code": self.code, "message": "as planned in a test"}}


def throttled(after: float | str | None = None) -> Fault:
    """429, with Retry-After in seconds (or as a date) where given."""
    return Fault(429, "Throttled", {} if after is None else {"Retry-After": str(after)})


def precondition_failed() -> Fault:
    """412, which Teams sends when two operations on a conversation met."""
    return Fault(412, "PreconditionFailed")


def server_error(status: int) -> Fault:
    """500, 502, 503 or 504."""
    return Fault(status, "ServiceError")


def blocked() -> Fault:
    """403, as after an uninstall or a block."""
    return Fault(403, "MessageWritesBlocked")


def conversation_gone() -> Fault:
    """404 for a whole conversation."""
    return Fault(404, "ConversationNotFound")


def activity_gone() -> Fault:
    """404 for a message that was removed."""
    return Fault(404, "ActivityNotFoundInConversation")


def bad_request() -> Fault:
    """400, such as for a card that cannot be read."""
    return Fault(400, "BadSyntax")


def too_large() -> Fault:
    """413, as for more than 100 KB."""
    return Fault(413, "MessageSizeTooBig")


def not_json(status: int) -> Fault:
    """An error from something on the way, which answers in HTML."""
    return Fault(status, text="<html><h1>Bad Gateway</h1></html>")


def redirected(to: str) -> Fault:
    """307 to another address."""
    return Fault(307, text="moved", headers={"Location": to})


def hangs() -> Fault:
    """No answer until `teams.release()`."""
    return Fault(hangs=True)


def dropped(*, taken: bool = False) -> Fault:
    """The connection is reset without an answer."""
    return Fault(dropped="reset", taken=taken)


def shut() -> Fault:
    """The connection is closed in good form, without an answer."""
    return Fault(dropped="shut")


def half_closed() -> Fault:
    """The activity is taken, and the connection closed in the middle of the answer's body."""
    return Fault(dropped="half", taken=True)
