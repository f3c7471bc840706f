"""Local dates and times of day as people write them, and dates as records keep them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache


@lru_cache(maxsize=4096)
def show_day(day: date) -> str:
    """Return a date the way people write it: `Monday 7 December 2026`."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def show_time(minute: int) -> str:
    """Return a minute of the day as people write it: `09:30`."""
    return f"{minute // 60:02}:{minute % 60:02}"


def parse_day(text: str) -> date | None:
    """Return the date an ISO string stands for, or None."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
