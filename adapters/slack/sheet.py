"""What controls are drawn on: what they carry, and running numbers for ids; and words that are never mark-up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from adapters.slack.labels import Labels
from adapters.slack.rich_text import Block, Shown
from adapters.slack.stamps import Deed, Stamp, action_id

Unit = tuple[Shown, ...]
"""Blocks that must stay in one message: a list, and the button that sends what is marked in it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What controls are drawn on: the question asked, the revision, our own words, and running numbers for ids."""

    question: str
    revision: int
    labels: Labels
    numbers: Iterator[int] = field(default_factory=count)

    def actions(self, elements: list[Block], field_name: str | None = None) -> Block:
        """Return an actions block; `field_name` is the field its list or calendar fills, if not the question."""
        stamp = self.stamp if field_name is None else Stamp(field_name, self.revision)
        return {"type": "actions", "block_id": stamp.block_id(next(self.numbers)), "elements": elements}

    @property
    def stamp(self) -> Stamp:
        """Return what the controls carry."""
        return Stamp(self.question, self.revision)

    def next_id(self, deed: Deed) -> str:
        """Return the id of the next control."""
        return action_id(deed, next(self.numbers))


def plain_text(words: str) -> Block:
    """Return a plain text object: never mark-up, and `:smile:` stays what was typed. Empty words show as `…`."""
    return {"type": "plain_text", "text": words if words.strip() else "…", "emoji": False}
