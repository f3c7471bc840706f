"""Scripted faults: what a method of the stand-in does wrong, for which channel, and how often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Fault:
    """One way to go wrong. With `applied`, the method takes effect first and only its answer is lost."""

    kind: Literal["refused", "limited", "server_error", "dropped", "hanging", "late", "garbled"]
    error: str = ""
    status: int = 200
    retry_after: int = 0
    seconds: float = 0.0
    applied: bool = False


def refused(error: str) -> Fault:
    """Answer `ok: false` with this error."""
    return Fault("refused", error=error)


def rate_limited(retry_after: int = 1) -> Fault:
    """Answer 429 with Retry-After, in whole seconds."""
    return Fault("limited", error="ratelimited", status=429, retry_after=retry_after)


def server_error(status: int = 500, *, applied: bool = False) -> Fault:
    """Answer with a status of 5xx and a page that is not JSON."""
    return Fault("server_error", status=status, applied=applied)


def dropped(*, applied: bool = False) -> Fault:
    """Cut the connection without an answer."""
    return Fault("dropped", applied=applied)


def hanging(*, applied: bool = False) -> Fault:
    """Never answer, until the stand-in is told to go on or closes: the caller's own time limit must act."""
    return Fault("hanging", applied=applied)


def late(seconds: float) -> Fault:
    """Answer as ever, that much later; milliseconds, please."""
    return Fault("late", seconds=seconds)


def garbled() -> Fault:
    """Answer 200 with something that is not JSON."""
    return Fault("garbled")


@dataclass
class Planned:
    """A fault, where it applies, and how often it is still to come (None: for ever)."""

    method: str
    fault: Fault
    channel: str | None
    left: int | None


class Plan:
    """The faults to come; the first that fits a call is taken."""

    def __init__(self) -> None:
        self._planned: list[Planned] = []

    def add(self, method: str, fault: Fault, channel: str | None = None, times: int | None = 1) -> None:
        """Plan a fault for a method (`*`: any)."""
        self._planned.append(Planned(method, fault, channel, times))

    def clear(self) -> None:
        """Let everything go well from here on."""
        self._planned.clear()

    def take(self, method: str, channel: str | None) -> Fault | None:
        """Return the fault that befalls this call, and count it."""
        for planned in self._planned:
            if planned.method in (method, "*") and planned.channel in (channel, None) and planned.left != 0:
                if planned.left is not None:
                    planned.left -= 1
                return planned.fault
        return None
