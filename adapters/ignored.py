"""What arrives from a platform and is nothing for us."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ignored:
    """An edit, a reaction, a bot, ourselves, or something unknown. `unknown` ones are counted."""

    why: str
    unknown: bool = False
