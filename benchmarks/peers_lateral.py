"""Lateral's own twelve-question talk: whole turns through the conversation, with one of its stores."""

from __future__ import annotations

import asyncio

from adapters.storage.memory import MemoryStore
from adapters.storage.sqlite import SqliteStore
from benchmarks.script import Script
from benchmarks.setting import NOW
from bot.conversation import Conversation, Delivery
from bot.events import Chose, Said, Started
from bot.guide import Guide
from bot.records import from_record
from bot.wording import Wording


class Lateral:
    """Has the talk by button, or with `typed` by words."""

    def __init__(
        self, guide: Guide, wording: Wording, script: Script, store: SqliteStore | MemoryStore, *, typed: bool = False
    ) -> None:
        self._store = store
        self._conversation = Conversation(guide, wording, store)
        self._guide = guide.id
        labels = [dict(asked.options)[asked.answer] for asked in script.questions]
        buttons = [Chose(asked.answer, asked.id) for asked in script.questions]
        self._events = [Started(), *(map(Said, labels) if typed else buttons)]
        self._loop = asyncio.new_event_loop()

    def talk(self, person: str) -> list[str]:
        """Have the whole talk and return all that was said."""
        return self._loop.run_until_complete(self._talk(person))

    async def _talk(self, person: str) -> list[str]:
        said: list[str] = []
        for at, event in enumerate(self._events):
            turn = await self._conversation.take(Delivery(person, event, key=f"{person}-{at}"), NOW)
            said += [message.text for message in turn.messages]
            await self._store.delivered(turn.owed)
        return said

    def answers(self, person: str) -> dict[str, str]:
        """Return what is stored of a talk."""
        stored = self._loop.run_until_complete(self._store.load(person, self._guide))
        return {} if stored is None else {key: str(given) for key, given in from_record(stored.record).answers.items()}

    def close(self) -> None:
        """Close the store."""
        self._store.close()
        self._loop.close()
