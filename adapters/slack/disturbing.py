"""Whether somebody may be disturbed now: their Do Not Disturb, asked of Slack just before a note goes.

A bot is shown the hours that a person set, and no snooze: those fields are for the person alone. They are read all the
same, in case that changes. Where Slack does not answer, nobody is held up.
https://docs.slack.dev/reference/methods/dnd.info
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from adapters.slack.calls import Call, Refused


class Disturbing:
    """Knows until when a person is not to be disturbed."""

    def __init__(self, call: Call, now: Callable[[], float]) -> None:
        """Take a way to call Slack, and the time (POSIX seconds)."""
        self._call = call
        self._now = now

    async def quiet_until(self, person: str) -> float:
        """Return until when (POSIX seconds) a person is not to be disturbed; 0: they may be, or Slack does not say."""
        _, team, user = person.split(":", 2)
        try:
            answer = await self._call(team, "dnd.info", user=user)
        except Refused:
            return 0.0
        return quiet_end(answer, self._now())


def quiet_end(answer: Mapping[str, Any], now: float) -> float:
    """Return when the quiet of an answer of `dnd.info` ends that holds at that moment; 0 where none does."""
    snooze = _seconds(answer, "snooze_endtime") if answer.get("snooze_enabled") is True else 0.0
    begins, ends = _seconds(answer, "next_dnd_start_ts"), _seconds(answer, "next_dnd_end_ts")
    hours = ends if answer.get("dnd_enabled") is True and begins <= now < ends else 0.0
    found = max(snooze, hours)
    return found if found > now else 0.0


def _seconds(answer: Mapping[str, Any], name: str) -> float:
    value = answer.get(name)
    return float(value) if isinstance(value, int | float) else 0.0
