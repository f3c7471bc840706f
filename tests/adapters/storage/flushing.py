"""Run in a process of its own, with flushes.c loaded before the C library: prints how often turns flushed."""

from __future__ import annotations

import asyncio
import ctypes
import json
import sys
from contextlib import closing
from pathlib import Path

from adapters.storage.sqlite import SqliteStore
from bot.messages import Message
from bot.ports import Commit

LONE_TURNS = 100
CLIENTS = 64
TURNS_EACH = 20


async def take_turns(store: SqliteStore, person: str, turns: int) -> None:
    for version in range(turns):
        committed = await store.commit(
            Commit(person, "tea", f"{person} {version}", version, b"r" * 600, (Message("Hello."),), person, 1.0)
        )
        await store.delivered(committed.owed)


async def count_flushes(path: Path) -> dict[str, int]:
    total_flushes = ctypes.CDLL(None).total_flushes
    with closing(SqliteStore.open(path)) as store:
        # The first turn also makes the log.
        await take_turns(store, "console:first", 1)
        before = total_flushes()
        await take_turns(store, "console:me", LONE_TURNS)
        alone = total_flushes() - before
        await asyncio.gather(*(take_turns(store, f"console:{number}", TURNS_EACH) for number in range(CLIENTS)))
        return {"alone": alone, "together": total_flushes() - before - alone}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(count_flushes(Path(sys.argv[1])))))
