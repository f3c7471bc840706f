"""SQL statements a turn, as SQLite itself reports them, and whether any of them asks about the tables."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from adapters.storage.sqlite import SqliteStore
from benchmarks.setting import NOW, Setting
from benchmarks.table import Row, limited
from benchmarks.talks import quick_six
from bot.conversation import Conversation, Delivery
from bot.events import Started

PEOPLE = 6
_INTROSPECTIVE = re.compile(r"\bpragma|sqlite_(master|schema|temp_master|temp_schema|sequence)\b", re.IGNORECASE)


@contextmanager
def traced() -> Iterator[list[str]]:
    """Lend a list that every statement of every connection opened meanwhile is added to."""
    found: list[str] = []
    connect = sqlite3.connect

    def connect_and_trace(*arguments: Any, **named: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **named)
        connection.set_trace_callback(found.append)
        return connection

    with patch("sqlite3.connect", connect_and_trace):
        yield found


def measure(setting: Setting) -> list[Row]:
    """Return the rows for the statements of a turn."""
    turns = asyncio.run(_trace(setting))
    counts = sorted(len(turn) for turn in turns)
    asking = sum(bool(_INTROSPECTIVE.search(statement)) for turn in turns for statement in turn)
    return [
        limited("SQL statements a turn, most", counts[-1], 8, 6, show="{:.0f}"),
        Row("  usual · on average", f"{counts[len(counts) // 2]} · {sum(counts) / len(counts):.2f}"),
        Row("  introspective ones", str(asking), "none", ok=asking == 0),
    ]


async def _trace(setting: Setting) -> list[list[str]]:
    turns: list[list[str]] = []
    with traced() as found:
        store = SqliteStore.open(setting.folder / "statements.db")
        try:
            conversation = Conversation(setting.guide, setting.wording, store)
            # The first turn opens the connection that reads; its settings are no part of a turn.
            await conversation.take(Delivery("console:first", Started()), NOW)
            for number in range(PEOPLE):
                for at, beat in enumerate(quick_six(setting.guide)[0]):
                    found.clear()
                    delivery = Delivery(f"console:{number}", beat.event, key=f"{number}-{at}")
                    turn = await conversation.take(delivery, NOW)
                    turns.append(list(found))
                    await store.delivered(turn.owed)
        finally:
            store.close()
    return turns
