"""Run in a process of its own until it is killed: writes numbered turns, and a line for each that is durable."""

from __future__ import annotations

import asyncio
import sys
from itertools import count
from pathlib import Path

from adapters.storage.sqlite import SqliteStore
from bot.messages import Message
from bot.ports import Commit

PEOPLE = 4
GUIDE = "tea"


async def talk(store: SqliteStore, person: str) -> None:
    stored = await store.load(person, GUIDE)
    for version in count(stored.version if stored else 0):
        number = str(version + 1)
        messages = (Message(f"{number} of 2"), Message(f"{number} again"))
        key = f"{person} {number}"
        await store.commit(Commit(person, GUIDE, key, version, number.encode(), messages, person, 1.0))
        sys.stdout.write(f"{person} {number}\n")
        sys.stdout.flush()


async def talk_at_once(path: Path, people: int) -> None:
    store = SqliteStore.open(path)
    await asyncio.gather(*(talk(store, f"console:{number}") for number in range(people)))


if __name__ == "__main__":
    asyncio.run(talk_at_once(Path(sys.argv[1]), int(sys.argv[2])))
