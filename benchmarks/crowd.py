"""Sixty-four people at once: whole turns a second, beside the same turns with a commit for each."""

from __future__ import annotations

import asyncio
from itertools import count
from time import perf_counter

from adapters.storage.sqlite import SqliteStore
from benchmarks.interleaved import middle, race, ratio
from benchmarks.setting import NOW, Setting
from benchmarks.steady import lengthen_log
from benchmarks.table import Row, limited
from benchmarks.talks import quick_six
from bot.conversation import Conversation, Delivery
from bot.ports import Commit, Committed, Store, Stored

CLIENTS = 64
TURNS_EACH = 30


class OneByOne:
    """Lateral's own store with the grouping taken away: a commit begins when the one before it has ended."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store
        self._turn = asyncio.Lock()

    async def load(self, person: str, guide: str) -> Stored | None:
        """Return the person's record."""
        return await self._store.load(person, guide)

    async def commit(self, turn: Commit) -> Committed:
        """Write a turn in a transaction of its own."""
        async with self._turn:
            return await self._store.commit(turn)

    async def forget(self, person: str) -> int:
        """Remove the person."""
        return await self._store.forget(person)


class Crowd:
    """People who all talk at the same time, each answering as soon as the reply is there."""

    def __init__(self, setting: Setting, name: str, *, grouped: bool) -> None:
        self._sqlite = SqliteStore.open(setting.folder / f"{name}.db")
        lengthen_log(setting.folder / f"{name}.db")
        self._setting = setting
        self._grouped = grouped
        self._events = [beat.event for beat in quick_six(setting.guide)[0][:TURNS_EACH]]
        self._numbers = count()

    def turns_a_second(self) -> float:
        """Return how many whole turns a second a fresh crowd was given."""
        return asyncio.run(self._talk())

    def close(self) -> None:
        """Close the file."""
        self._sqlite.close()

    async def _talk(self) -> float:
        store: Store = self._sqlite if self._grouped else OneByOne(self._sqlite)
        conversation = Conversation(self._setting.guide, self._setting.wording, store)
        began = perf_counter()
        await asyncio.gather(*(self._one(conversation, next(self._numbers)) for _ in range(CLIENTS)))
        return CLIENTS * len(self._events) / (perf_counter() - began)

    async def _one(self, conversation: Conversation, number: int) -> None:
        person = f"slack:T0123456:U{number:07}"
        for at, event in enumerate(self._events):
            turn = await conversation.take(Delivery(person, event, key=f"Ev{number:07}{at:03}"), NOW)
            await self._sqlite.delivered(turn.owed)


def measure(setting: Setting) -> list[Row]:
    """Return the rows for 64 people at once."""
    grouped, single = Crowd(setting, "grouped", grouped=True), Crowd(setting, "single", grouped=False)
    try:
        laps = race({"grouped": grouped.turns_a_second, "single": single.turns_a_second}, setting.rounds)
    finally:
        grouped.close()
        single.close()
    return [
        limited(
            f"{CLIENTS} people at once, whole turns a second",
            middle(laps, "grouped"),
            8000,
            12000,
            show="{:,.0f}/s",
            at_least=True,
        ),
        limited("  to one commit a turn", ratio(laps, "grouped", "single"), 3, show="{:.1f} ×", at_least=True),
        Row("  one commit a turn", f"{middle(laps, 'single'):,.0f}/s"),
    ]
