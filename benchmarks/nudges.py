"""Notes for a million subscribers: planned, claimed and enqueued; picking the next; working out the next moment."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import perf_counter, perf_counter_ns

from adapters.scheduler import AT_ONCE, LEASE, Scheduler
from adapters.storage import agenda
from adapters.storage.sqlite import SqliteStore
from benchmarks.bare_notes import BareNotes
from benchmarks.setting import Setting
from benchmarks.steady import lengthen_log
from benchmarks.subscribers import NOW, fill, subscribers
from benchmarks.table import Row, limited
from bot.conversation import Conversation
from bot.nudges import next_due
from bot.records import from_record

FEW = 10_000
PICKS_A_ROUND = 20


def measure(setting: Setting) -> list[Row]:
    """Return the rows for notes."""
    small, large = setting.folder / "few-notes.db", setting.folder / "many-notes.db"
    began = perf_counter()
    fill(small, FEW, setting.guide)
    number = fill(large, setting.people, setting.guide)
    built = perf_counter() - began
    moments = _next_due(setting)
    pick = asyncio.run(_race(setting, small, large, _pick))
    whole = asyncio.run(_race(setting, small, large, _claim))
    rate, bare = _race_bare(setting, large, number)
    size = large.stat().st_size / 1e6
    large.unlink()
    return [
        limited(
            f"notes planned, claimed and enqueued, {number:,} of {setting.people:,} due",
            rate,
            20_000,
            show="{:,.0f}/s",
            at_least=True,
        ),
        Row(
            "  bare sqlite3 that writes as much and decides nothing, and ours to it",
            f"{bare:,.0f}/s · {rate / bare:.2f} ×",
        ),
        limited(f"picking the next {AT_ONCE}", pick[1], 5, show="{:.2f} ms"),
        limited(f"  to picking among {FEW:,}", pick[2], 1.5, show="{:.2f} ×"),
        Row("  claimed with their records and a flush, many · few", f"{whole[1]:.2f} · {whole[0]:.2f} ms"),
        limited("next moment something is due, each", moments, 15, show="{:.1f} µs"),
        Row("  the large file", f"{size:,.0f} MB, built in {built:.0f} s"),
    ]


def _race_bare(setting: Setting, path: Path, number: int) -> tuple[float, float]:
    """Return the rate of all notes, and that of bare sqlite3 on another such file, half of it before and half after."""
    other = setting.folder / "bare-notes.db"
    fill(other, setting.people, setting.guide)
    SqliteStore.open(other).close()
    lengthen_log(other)
    bare = BareNotes(other)
    before = bare.work_off(NOW.timestamp(), AT_ONCE, number // 2)
    ours = asyncio.run(_plan(setting, path, number))
    after = bare.work_off(NOW.timestamp(), AT_ONCE, number // 2)
    bare.close()
    other.unlink()
    halves = [_median_rate(marks, marks[-1][0], setting.rounds // 2 + 1) for marks in (before, after)]
    return ours, sum(halves) / 2


async def _plan(setting: Setting, path: Path, number: int) -> float:
    """Let all notes be planned as a server does, and return the median of equal stretches, in notes a second."""
    store = SqliteStore.open(path)
    lengthen_log(path)
    talk = Conversation(setting.guide, setting.wording, store)
    counted, marks = 0, [(0, perf_counter())]

    def hand(owed: object) -> None:
        nonlocal counted
        counted += len(owed)  # type: ignore[arg-type]
        marks.append((counted, perf_counter()))

    scheduler = Scheduler(store, talk, "slack", hand, NOW.timestamp)
    try:
        await scheduler.work_off()
    finally:
        store.close()
    if counted != number:
        raise ValueError(f"{counted} notes came, and {number} were due")
    return _median_rate(marks, number, setting.rounds + 1)


def _median_rate(marks: list[tuple[int, float]], number: int, stretches: int) -> float:
    """Return the median rate of the stretches, the first of which is not counted."""
    ends = [next(mark for mark in marks if mark[0] >= number * part // stretches) for part in range(stretches + 1)]
    rates = [(later[0] - sooner[0]) / (later[1] - sooner[1]) for sooner, later in pairwise(ends)]
    return median(rates[1:])


async def _pick(store: SqliteStore) -> int:
    given = (None, "slack", NOW.timestamp(), AT_ONCE)
    statement = agenda.PICK.format(columns="id")
    return len(await store.read(lambda connection: connection.execute(statement, given).fetchall()))


async def _claim(store: SqliteStore) -> int:
    return len(await store.claim("slack", NOW.timestamp(), -LEASE, AT_ONCE))


async def _race(
    setting: Setting, small: Path, large: Path, find: Callable[[SqliteStore], Awaitable[int]]
) -> tuple[float, float, float]:
    """Return how long it takes among few and among many, in ms, and the median of each round's ratio."""
    stores = [SqliteStore.open(small), SqliteStore.open(large)]
    for path in (small, large):
        lengthen_log(path)
    rounds: list[tuple[float, float]] = []
    try:
        for _ in range(setting.rounds + 1):
            spent: tuple[list[int], list[int]] = ([], [])
            for pick in range(PICKS_A_ROUND):
                for which in (0, 1) if pick % 2 else (1, 0):
                    began = perf_counter_ns()
                    found = await find(stores[which])
                    spent[which].append(perf_counter_ns() - began)
                    if found != AT_ONCE:
                        raise ValueError(f"{found} were found")
            rounds.append((median(spent[0]) / 1e6, median(spent[1]) / 1e6))
    finally:
        for store in stores:
            store.close()
    few, many = (median(figures) for figures in zip(*rounds[1:], strict=True))
    return few, many, median(more / less for less, more in rounds[1:])


def _next_due(setting: Setting) -> float:
    """Return the median of working out the next moment for each kind of subscriber, in µs."""
    due, later = subscribers(setting.guide)
    states = [from_record(record) for record, _ in (*due, *later)]
    laps: list[float] = []
    for _ in range(setting.rounds + 1):
        began = perf_counter_ns()
        for state in states:
            next_due(setting.guide, state, NOW)
        laps.append((perf_counter_ns() - began) / len(states) / 1000)
    return median(laps[1:])
