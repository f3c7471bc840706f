"""What can come of sending a message: it was taken, or is to be tried later, never, when it may go, or by another."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.ports import Owed


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform took the message."""


@dataclass(frozen=True, slots=True)
class Later:
    """The platform could not take it now. `after` is how many seconds it asked to wait; None: we choose."""

    reason: str
    after: float | None = None


@dataclass(frozen=True, slots=True)
class Never:
    """The platform will not take it: the channel is gone, the account is closed, and the like."""

    reason: str


@dataclass(frozen=True, slots=True)
class Held:
    """It is not to go yet, by our own choice: that is no failed try. `after` is how many seconds to wait."""

    reason: str
    after: float


@dataclass(frozen=True, slots=True)
class Taken:
    """Another process sends it, or has sent it. The store says when it is ours after all."""


Outcome = Sent | Later | Never | Held | Taken
Send = Callable[[Owed], Awaitable[Outcome]]
"""Sends one message and says what came of it."""
