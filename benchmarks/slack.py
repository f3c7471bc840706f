"""Slack: a signed press in process, a quick tip over HTTP, and 32 people who press buttons at once."""

from __future__ import annotations

from benchmarks import slack_http, slack_press
from benchmarks.setting import Setting
from benchmarks.table import Row


def measure(setting: Setting) -> list[Row]:
    """Return the rows for Slack."""
    return [*slack_press.measure(setting), *slack_http.measure(setting)]
