"""Words that are a command of the app, wherever they are typed. Pure."""

from __future__ import annotations


def tip_topic(words: str) -> str | None:
    """Return the topic named after the word `tip`; None where these words are no such command."""
    first, _, rest = words.strip().lstrip("/").partition(" ")
    if first.lower() not in ("tip", "tips"):
        return None
    named = rest.strip().removeprefix("about ").removeprefix("on ").strip()
    return named if 0 < len(named.split()) <= 4 else None
