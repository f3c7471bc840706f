"""A conversation, with the store behind it: what each platform is given."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.storage.sqlite import SqliteStore
from bot.conversation import Conversation
from bot.wording import Wording


@dataclass(frozen=True, slots=True)
class Spoken:
    """What speaks on a platform."""

    talk: Conversation
    store: SqliteStore

    @property
    def wording(self) -> Wording:
        """Return the conversation's own: its templates are checked and compiled once for all platforms."""
        return self.talk.wording
