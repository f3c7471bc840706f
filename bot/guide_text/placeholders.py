"""The gaps in an author's text: `{action}` is filled later, `{{` and `}}` stand for the braces themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping

AT_RUN_TIME = frozenset({"action", "cue", "obstacle", "line"})
"""Names that any question may use; they are filled when it is worded."""

PER_SKILL = frozenset({"title", "means", "why", "level1", "level2", "level3", "level4", "proof"})
"""Names that a ladder's questions may use; they are filled from the skill when the guide is built."""

IN_LABELS = frozenset({"n", "act", "cue", "about"})
"""Names that the labels every talk has may use."""

_PART = re.compile(r"\{\{|\}\}|\{([A-Za-z][\w-]*)\}|[{}]")


def names_in(text: str) -> tuple[str, ...]:
    """Return the names of the gaps in a text, in order."""
    return tuple(part[1] for part in _PART.finditer(text) if part[1])


def has_loose_brace(text: str) -> bool:
    """Say whether a brace stands alone: neither doubled nor part of a gap."""
    return any(part[0] in "{}" for part in _PART.finditer(text))


def fill(text: str, words: Mapping[str, str]) -> str:
    """Put words into the gaps that have some; leave every other gap, and doubled braces, as they are."""
    return _PART.sub(lambda part: words.get(part[1] or "", part[0]) if part[1] else part[0], text)


def word(text: str, words: Mapping[str, str]) -> str:
    """Put words into the gaps, drop the gaps that have none, and make doubled braces single."""
    return _PART.sub(lambda part: words.get(part[1], "") if part[1] else part[0][0], text)
