"""The child of `flushes`: takes turns and prints how many flushes they asked for."""

from __future__ import annotations

import asyncio
import ctypes
import sys
import tempfile
from pathlib import Path

from adapters.storage.sqlite import SqliteStore
from benchmarks.setting import NOW, set_up
from benchmarks.talks import quick_six
from bot.conversation import Conversation, Delivery
from bot.events import Event, Started


def main(folder: Path, clients: int, turns: int) -> None:
    """Open a store, greet everybody, take the turns, and print the flushes of the turns alone."""
    setting = set_up(folder, rounds=1, people=0)
    events = [beat.event for beat in quick_six(setting.guide)[0]][1:]
    path = Path(tempfile.mkdtemp(dir=folder)) / "flushes.db"
    store = SqliteStore.open(path)
    try:
        conversation = Conversation(setting.guide, setting.wording, store)
        print(asyncio.run(_talk(store, conversation, [events[at % len(events)] for at in range(turns)], clients)))
    finally:
        store.close()


async def _talk(store: SqliteStore, conversation: Conversation, events: list[Event], clients: int) -> int:
    people = [f"console:{number}" for number in range(clients)]
    for person in people:
        await _take(store, conversation, person, [Started()], "hello")
    before = _flushes()
    await asyncio.gather(*(_take(store, conversation, person, events, "turn") for person in people))
    return _flushes() - before


async def _take(store: SqliteStore, conversation: Conversation, person: str, events: list[Event], name: str) -> None:
    for at, event in enumerate(events):
        turn = await conversation.take(Delivery(person, event, key=f"{person}-{name}-{at}"), NOW)
        await store.delivered(turn.owed)


def _flushes() -> int:
    """Return what the library that stands before libc has counted; 0 when strace counts instead."""
    counter = getattr(ctypes.CDLL(None), "count_flushes", None)
    if counter is None:
        return 0
    counter.restype = ctypes.c_ulong
    return int(counter())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
