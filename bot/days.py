"""Local dates as people write them, and as records keep them."""

from __future__ import annotations

from datetime import date


def show_day(day: date) -> str:
    """Return a date the way people write it: `Monday 7 December 2026`."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def parse_day(text: str) -> date | None:
    """Return the date an ISO string stands for, or None."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
