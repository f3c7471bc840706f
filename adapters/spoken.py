"""A conversation, with the wording and the store it speaks and remembers by: what each platform is given."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.storage.sqlite import SqliteStore
from bot.conversation import Conversation
from bot.wording import Wording


@dataclass(frozen=True, slots=True)
class Spoken:
    """What speaks on a platform."""

    talk: Conversation
    wording: Wording
    store: SqliteStore
