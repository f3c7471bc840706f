"""A durable turn, outbox included, beside a bare sqlite3 turn; turn by turn, on the same file system."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import mkdtemp
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
from bot.records import to_record

PEOPLE_A_ROUND = 12


@dataclass(frozen=True, slots=True)
class Round:
    """The medians of a round in µs: Lateral's whole turn, its store's load and commit, and the bare turn."""

    whole: float
    store: float
    bare: float


def measure(setting: Setting) -> list[Row]:
    """Return the rows for a durable turn, in files that are in use and in files just made."""
    used = [_round(setting, fresh=False) for _ in range(setting.rounds + 1)][1:]
    made = [_round(setting, fresh=True) for _ in range(setting.rounds + 1)][1:]
    store, whole = (median(getattr(one, name) / one.bare for one in used) for name in ("store", "whole"))
    store_made, whole_made = (median(getattr(one, name) / one.bare for one in made) for name in ("store", "whole"))
    spent = [median(getattr(one, name) for one in used) for name in ("whole", "store", "bare")]
    return [
        limited("durable turn with outbox (load, commit) to a bare one", store, 1.6, 1.3, show="{:.2f} ×"),
        Row("  whole turn, decided and worded too, to a bare one", f"{whole:.2f} ×"),
        Row("  whole · load and commit · bare", " · ".join(f"{figure:.0f}" for figure in spent) + " µs"),
        Row("  in files just made: load and commit · whole", f"{store_made:.2f} · {whole_made:.2f} ×"),
    ]


def _round(setting: Setting, *, fresh: bool) -> Round:
    return asyncio.run(_run(setting, Path(mkdtemp(dir=setting.folder)), fresh=fresh))


async def _run(setting: Setting, folder: Path, *, fresh: bool) -> Round:
    paths = [folder / name for name in ("whole.db", "store.db", "bare.db")]
    whole, store, bare = SqliteStore.open(paths[0]), SqliteStore.open(paths[1]), BareTurns(paths[2])
    try:
        for path in paths:
            if not fresh:
                lengthen_log(path)
        return await _Lanes(setting, whole, store, bare).run()
    finally:
        whole.close()
        store.close()
        bare.close()


class _Lanes:
    """Takes the same turns with the whole of Lateral, with its store alone, and barely."""

    def __init__(self, setting: Setting, whole: SqliteStore, store: SqliteStore, bare: BareTurns) -> None:
        self._conversation = Conversation(setting.guide, setting.wording, whole)
        self._guide = setting.guide.id
        self._whole, self._store, self._bare = whole, store, bare
        self._beats: Sequence[Beat] = quick_six(setting.guide)[0]
        self._messages: tuple[Message, ...] = ()

    async def run(self) -> Round:
        """Return one round. Whoever comes after a longer pause finds the disk slower, so nobody always does."""
        lanes = (self._take_whole, self._take_stored, self._take_barely)
        spent: list[list[int]] = [[], [], []]
        numbers = count()
        for person in range(PEOPLE_A_ROUND):
            for beat in self._beats:
                number = next(numbers)
                for place in range(3):
                    lane = (number + place) % 3
                    spent[lane].append(await lanes[lane](f"slack:T0123456:U{person:07}", f"Ev{number:09}", beat))
        return Round(*(median(lap) / 1000 for lap in spent))

    async def _take_whole(self, person: str, key: str, beat: Beat) -> int:
        began = perf_counter_ns()
        turn = await self._conversation.take(Delivery(person, beat.event, key=key), NOW)
        spent = perf_counter_ns() - began
        await self._whole.delivered(turn.owed)
        self._messages = turn.messages
        return spent

    async def _take_stored(self, person: str, key: str, beat: Beat) -> int:
        record, at = _record(beat), NOW.timestamp()
        began = perf_counter_ns()
        stored = await self._store.load(person, self._guide)
        version = stored.version if stored else 0
        done = await self._store.commit(Commit(person, self._guide, key, version, record, self._messages, person, at))
        spent = perf_counter_ns() - began
        await self._store.delivered(done.owed)
        return spent

    async def _take_barely(self, person: str, key: str, beat: Beat) -> int:
        record, at = _record(beat), NOW.timestamp()
        began = perf_counter_ns()
        self._bare.take(person, key, record, at)
        return perf_counter_ns() - began


def _record(beat: Beat) -> bytes:
    return to_record(beat.state) if beat.state is not None else b"{}"
