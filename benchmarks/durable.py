"""A whole durable turn, outbox included, beside a bare sqlite3 turn; turn by turn, on the same file system."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import count
from statistics import median
from time import perf_counter_ns

from adapters.storage.sqlite import SqliteStore
from benchmarks.bare import BareTurns
from benchmarks.setting import NOW, Setting
from benchmarks.steady import lengthen_log
from benchmarks.table import Row, limited
from benchmarks.talks import Beat, quick_six
from bot.conversation import Conversation, Delivery
from bot.messages import Message
from bot.ports import Commit
from bot.state import to_record

PEOPLE_A_ROUND = 12


def measure(setting: Setting) -> list[Row]:
    """Return the rows for a durable turn."""
    return asyncio.run(_measure(setting))


async def _measure(setting: Setting) -> list[Row]:
    store = SqliteStore.open(setting.folder / "durable.db")
    alone = SqliteStore.open(setting.folder / "durable-alone.db")
    bare = BareTurns(setting.folder / "durable-bare.db")
    for name in ("durable.db", "durable-alone.db", "durable-bare.db"):
        lengthen_log(setting.folder / name)
    lane = _Lane(setting, store, alone, bare)
    try:
        rounds = [await lane.run() for _ in range(setting.rounds + 1)][1:]
    finally:
        store.close()
        alone.close()
        bare.close()
    whole, kept, least, engine = (median(figures) for figures in zip(*rounds, strict=True))
    return [
        limited(
            "durable turn with outbox, FULL, p50, to a bare one",
            median(turn / floor for turn, _, floor, _ in rounds),
            1.6,
            1.3,
            show="{:.2f} ×",
        ),
        Row("  whole turn · bare turn", f"{whole:.0f} · {least:.0f} µs"),
        Row("  of which decide, word and both records", f"{engine:.0f} µs"),
        Row("  the store alone (load, commit, outbox), to a bare one", f"{kept / least:.2f} × ({kept:.0f} µs)"),
    ]


class _Lane:
    """Takes the same turns with the whole of Lateral, with its store alone, and barely."""

    def __init__(self, setting: Setting, store: SqliteStore, alone: SqliteStore, bare: BareTurns) -> None:
        self._setting = setting
        self._conversation = Conversation(setting.guide, setting.wording, store)
        self._store, self._alone, self._bare = store, alone, bare
        self._beats: Sequence[Beat] = quick_six(setting.guide)[0]
        self._numbers = count()
        self._messages: tuple[Message, ...] = ()

    async def run(self) -> tuple[float, float, float, float]:
        """Return the medians of one round in µs: the whole turn, the store's, the bare one, and the engine's share."""
        whole: list[int] = []
        kept: list[int] = []
        least: list[int] = []
        for _ in range(PEOPLE_A_ROUND):
            person = f"slack:T0123456:U{next(self._numbers):07}"
            for beat in self._beats:
                number = next(self._numbers)
                key = f"Ev{number:09}"
                # Whoever comes after a longer pause finds the disk slower, so nobody always does.
                lanes = (
                    (whole, self._take),
                    (kept, self._keep),
                    (least, self._do_least),
                )
                for lane in range(3):
                    spent, take = lanes[(number + lane) % 3]
                    spent.append(await take(person, key, beat))
        medians = [median(spent) / 1000 for spent in (whole, kept, least)]
        return medians[0], medians[1], medians[2], medians[0] - medians[1]

    async def _take(self, person: str, key: str, beat: Beat) -> int:
        began = perf_counter_ns()
        turn = await self._conversation.take(Delivery(person, beat.event, key=key), NOW)
        spent = perf_counter_ns() - began
        await self._store.delivered(turn.owed)
        self._messages = turn.messages
        return spent

    async def _keep(self, person: str, key: str, beat: Beat) -> int:
        record = _record(beat)
        began = perf_counter_ns()
        stored = await self._alone.load(person, "pm-to-pmo")
        version = stored.version if stored else 0
        done = await self._alone.commit(
            Commit(person, "pm-to-pmo", key, version, record, self._messages, person, NOW.timestamp())
        )
        spent = perf_counter_ns() - began
        await self._alone.delivered(done.owed)
        return spent

    async def _do_least(self, person: str, key: str, beat: Beat) -> int:
        record = _record(beat)
        began = perf_counter_ns()
        self._bare.take(person, key, record, NOW.timestamp())
        return perf_counter_ns() - began


def _record(beat: Beat) -> bytes:
    return to_record(beat.state) if beat.state is not None else b"{}"
