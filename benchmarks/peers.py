"""Peers on the same twelve questions, text for text: in memory, and with every turn durable."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from pathlib import Path
from time import perf_counter

from adapters.storage.memory import MemoryStore
from adapters.storage.sqlite import SqliteStore
from benchmarks.interleaved import Lap, Laps, middle, race, ratio
from benchmarks.peers_lateral import Lateral
from benchmarks.script import Contestant, Script, write_script
from benchmarks.setting import Setting
from benchmarks.steady import lengthen_log
from benchmarks.table import Row, limited

LAP_SECONDS = 0.15
"""How long a lap lasts at the least. Every contestant gets the same time, and not the same number of talks: then the
first talk after the others, whose data is no longer near the processor, weighs the same for the quick and the slow."""

LEAST = {"botbuilder": (4.0, 15.0), "langgraph": (8.0, 30.0)}
"""How many times quicker than each peer Lateral must be: durable, and in memory."""

LEAN = "langgraph, lean"
"""LangGraph told to write one checkpoint a turn instead of all that it writes as it comes."""


def measure(setting: Setting) -> list[Row]:
    """Return the rows for the peers, or one that says which of them is not installed."""
    guide, wording, script = write_script(setting)
    try:
        durable = _durable(setting.folder, script)
        memory = _in_memory(script)
    except ImportError as missing:
        return [Row("peers", f"not measured: {missing.name} is missing", "see README", ok=False)]
    store = SqliteStore.open(setting.folder / "twelve.db")
    for path in setting.folder.glob("twelve*.db"):
        lengthen_log(path)
    durable = {"lateral": Lateral(guide, wording, script, store), **durable}
    memory = {"lateral": Lateral(guide, wording, script, MemoryStore()), **memory}
    memory["lateral, typed"] = Lateral(guide, wording, script, MemoryStore(), typed=True)
    return [*_rows(durable, script, setting.rounds, "durable"), *_rows(memory, script, setting.rounds, "in memory")]


def _durable(folder: Path, script: Script) -> dict[str, Contestant]:
    from benchmarks.peers_botbuilder import BotBuilder, SqliteStorage  # noqa: PLC0415
    from benchmarks.peers_langgraph import LangGraph, sqlite_saver  # noqa: PLC0415

    return {
        "botbuilder": BotBuilder(script, SqliteStorage(folder / "twelve-botbuilder.db")),
        "langgraph": LangGraph(script, sqlite_saver(folder / "twelve-langgraph.db")),
        LEAN: LangGraph(script, sqlite_saver(folder / "twelve-langgraph-lean.db"), "exit"),
    }


def _in_memory(script: Script) -> dict[str, Contestant]:
    from botbuilder.core import MemoryStorage  # noqa: PLC0415
    from langgraph.checkpoint.memory import InMemorySaver  # noqa: PLC0415

    from benchmarks.peers_botbuilder import BotBuilder  # noqa: PLC0415
    from benchmarks.peers_langgraph import LangGraph  # noqa: PLC0415

    return {
        "botbuilder": BotBuilder(script, MemoryStorage()),
        "langgraph": LangGraph(script, InMemorySaver()),
        LEAN: LangGraph(script, InMemorySaver(), "exit"),
    }


def _rows(contestants: Mapping[str, Contestant], script: Script, rounds: int, where: str) -> list[Row]:
    """Race them, and see to it that they all had the very same talk."""
    numbers = count()
    try:
        for contestant in contestants.values():
            _same_talk(contestant, script)
        laps = race({name: _lap(one, script, numbers) for name, one in contestants.items()}, rounds)
    finally:
        for contestant in contestants.values():
            contestant.close()
    rows = [_row(laps, peer, where) for peer in LEAST]
    return [*rows, *(Row(f"  a turn {where}: {name}", f"{middle(laps, name) * 1e6:,.0f} µs") for name in contestants)]


def _row(laps: Laps, peer: str, where: str) -> Row:
    least = LEAST[peer][where == "in memory"]
    times = ratio(laps, peer, "lateral")
    return limited(f"quicker than {peer}, {where}", times, least, show="{:.1f} ×", at_least=True)


def _lap(contestant: Contestant, script: Script, numbers: count[int]) -> Lap:
    def lap() -> float:
        talks: list[list[str]] = []
        began = perf_counter()
        while (spent := perf_counter() - began) < LAP_SECONDS:
            talks.append(contestant.talk(f"person-{next(numbers)}"))
        assert all(said == script.texts for said in talks)
        return spent / (len(talks) * script.turns)

    return lap


def _same_talk(contestant: Contestant, script: Script) -> None:
    """Hold a contestant to the script: the same texts in the same order, the same answers stored."""
    assert contestant.talk("first") == script.texts, type(contestant)
    assert contestant.answers("first") == script.answers, type(contestant)
