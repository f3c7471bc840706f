"""Says in the log why requests are refused that Slack did not sign: once a minute at most, for anybody may knock."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping

from adapters.slack.requests import SECONDS_OLD

PAUSE = 60.0
"""Seconds between two lines."""

log = logging.getLogger(__name__)


class Refusals:
    """What was refused since the last line. Neither a signature nor a word of a request goes into the log."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        """Take what gives the seconds between lines."""
        self._seconds = seconds
        self._said = float("-inf")
        self._unsaid = 0

    def note(self, headers: Mapping[str, str], now: float) -> None:
        """Note a request that was refused at `now` (POSIX seconds), and say so if it is time."""
        self._unsaid += 1
        if self._seconds() - self._said < PAUSE:
            return
        log.warning(
            "a request to Slack's address was refused: 401, %s%s",
            _reason(headers, now),
            f" ({self._unsaid} since the last such line)" if self._unsaid > 1 else "",
        )
        self._said, self._unsaid = self._seconds(), 0


def _reason(headers: Mapping[str, str], now: float) -> str:
    stamp = headers.get("X-Slack-Request-Timestamp", "")
    if not (stamp.isascii() and stamp.isdecimal() and headers.get("X-Slack-Signature")):
        return "it is not signed. If Slack sent it, let the proxy pass on X-Slack-Signature and its timestamp"
    if len(stamp) > 15 or abs(now - int(stamp)) > SECONDS_OLD:
        return f"it was signed more than {SECONDS_OLD // 60} minutes from now. See that this machine's clock is right"
    return "its signature does not fit. Copy SLACK_SIGNING_SECRET again, and let no proxy change the body"
