"""Decides what is due so that one record, be it unreadable or be it one that shows a bug, holds up nobody else."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Sequence

from bot.errors import LateralError
from bot.ports import Claim, Commit

log = logging.getLogger(__name__)

MOST_TOLD = 10_000
"""How many records that were passed over are remembered, so that the log tells of each once."""

Decide = Callable[[Sequence[Claim]], list[Commit]]
"""Decides the turns of these claims, or raises where one of them cannot be decided."""


class Deciding:
    """Decides turns, and passes over what cannot be decided: its claim ends by itself, and it is tried again."""

    def __init__(self) -> None:
        self._told: set[tuple[str, str, int]] = set()

    def decide(self, claims: Sequence[Claim], decide: Decide) -> list[Commit]:
        """Return the turns of these claims but of those that cannot be decided, each told of once in the log."""
        try:
            return decide(claims)
        except Exception as error:  # noqa: BLE001 - whatever it is, the others are to get what is theirs
            if len(claims) > 1:
                return [turn for claim in claims for turn in self.decide([claim], decide)]
            self._tell_once(claims[0], error)
            return []

    def _tell_once(self, claim: Claim, error: Exception) -> None:
        which = (claim.person, claim.guide, claim.stored.version if claim.stored else 0)
        if which in self._told:
            return
        if len(self._told) >= MOST_TOLD:
            self._told.clear()
        self._told.add(which)
        log.error("what is due for %s is passed over: %s", claim.person, tell(error))


def tell(error: Exception) -> str:
    """Return what an error says, for the log. One that nobody foresaw may quote a record, so it tells only where."""
    if isinstance(error, LateralError):
        return f"{type(error).__name__}: {error}"
    return f"{type(error).__name__}\n{''.join(traceback.format_tb(error.__traceback__))}"
