"""How Slack is called, and what comes of it where it does not do what was asked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

Call = Callable[..., Awaitable[Mapping[str, Any]]]
"""`call(team, method, **arguments)` returns Slack's answer, or raises `Refused`."""


class Refused(Exception):
    """Slack did not do what was asked. `after` is how many seconds it wants us to wait, where it says so."""

    def __init__(self, error: str, after: float | None = None) -> None:
        """Take Slack's own word for it."""
        super().__init__(error)
        self.error = error
        self.after = after
