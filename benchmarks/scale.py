"""A turn's cost with a million people stored, beside one with a thousand; turn by turn."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from statistics import median
from time import perf_counter, perf_counter_ns

from adapters.storage.sqlite import SqliteStore
from benchmarks.setting import NOW, Setting
from benchmarks.steady import lengthen_log
from benchmarks.table import Row, limited
from benchmarks.talks import pressed, quick_six
from bot.conversation import Conversation, Delivery
from bot.events import Event
from bot.records import to_record

FEW = 1000
TURNS_A_ROUND = 200
_SEED = 7


def measure(setting: Setting) -> list[Row]:
    """Return the rows for many people stored."""
    beats = pressed(quick_six(setting.guide)[0])
    beat = beats[len(beats) // 2]
    record = to_record(beat.state) if beat.state else b""
    small, large = setting.folder / "few.db", setting.folder / "many.db"
    began = perf_counter()
    for path, people in ((small, FEW), (large, setting.people)):
        fill(path, people, setting.guide.id, record)
    built = perf_counter() - began
    rounds = asyncio.run(_measure(setting, small, large, beat.event))
    few, many = (median(figures) for figures in zip(*rounds, strict=True))
    size = large.stat().st_size / 1e6
    large.unlink()
    return [
        limited(
            f"turn with {setting.people:,} people stored, to one with {FEW:,}",
            median(more / less for less, more in rounds),
            1.5,
            1.25,
            show="{:.2f} ×",
        ),
        Row("  many · few", f"{many:.0f} · {few:.0f} µs"),
        Row("  the large file", f"{size:,.0f} MB, built in {built:.0f} s"),
    ]


async def _measure(setting: Setting, small: Path, large: Path, event: Event) -> list[tuple[float, float]]:
    stores = [SqliteStore.open(small), SqliteStore.open(large)]
    talks = [Conversation(setting.guide, setting.wording, store) for store in stores]
    for path in (small, large):
        lengthen_log(path)
    lots = [iter(_draw(people)) for people in (FEW, setting.people)]
    rounds: list[tuple[float, float]] = []
    try:
        for round_ in range(setting.rounds + 1):
            spent: tuple[list[int], list[int]] = ([], [])
            for turn in range(TURNS_A_ROUND):
                for which in (0, 1) if turn % 2 else (1, 0):
                    delivery = Delivery(name_of(next(lots[which])), event, key=f"{round_}-{turn}")
                    began = perf_counter_ns()
                    taken = await talks[which].take(delivery, NOW)
                    spent[which].append(perf_counter_ns() - began)
                    await stores[which].delivered(taken.owed)
            rounds.append((median(spent[0]) / 1000, median(spent[1]) / 1000))
    finally:
        for store in stores:
            store.close()
    return rounds[1:]


def _draw(people: int) -> Iterator[int]:
    """Yield people at random; nobody twice before everybody had a turn."""
    chance = random.Random(_SEED)
    while True:
        yield from chance.sample(range(people), min(people, 5000))


def name_of(number: int) -> str:
    """Return a person's id; ids are spread, as those of a platform are."""
    return f"slack:T0123456:U{number * 2654435761 % 2**32:08X}"


def fill(path: Path, people: int, guide: str, record: bytes) -> None:
    """Make a store of that many people and as many delivery keys, with Lateral's tables, in one go.

    The index is left out while the rows go in and made anew at the end, and nothing is flushed meanwhile.
    """
    SqliteStore.open(path).close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = OFF").fetchall()
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -400000")
    connection.execute("BEGIN")
    [(name, made)] = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'people' AND sql IS NOT NULL"
    ).fetchall()
    connection.execute(f"DROP INDEX {name}")
    connection.executemany(
        "INSERT INTO people (person, guide, version, record, updated) VALUES (?, ?, 1, ?, ?)",
        ((name_of(number), guide, record, NOW.timestamp()) for number in range(people)),
    )
    connection.execute(made)
    keys = sorted(blake2b(b"%d" % number, digest_size=16).digest() for number in range(people))
    connection.executemany("INSERT INTO deliveries VALUES (?, NULL, ?)", ((key, NOW.timestamp()) for key in keys))
    connection.execute("COMMIT")
    connection.close()
