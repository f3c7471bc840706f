"""Peers on the same twelve questions, text for text: in memory, and with every turn durable."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from time import perf_counter

from adapters.storage.memory import MemoryStore
from adapters.storage.sqlite import SqliteStore
from benchmarks.interleaved import Lap, Laps, middle, race, ratio
from benchmarks.peers_lateral import Lateral
from benchmarks.script import Contestant, Script, write_script
from benchmarks.setting import Setting
from benchmarks.steady import lengthen_log
from benchmarks.table import Row, limited

TALKS_A_LAP = 6
LEAST = {"botbuilder": (4.0, 15.0), "langgraph": (8.0, 30.0)}
"""How many times quicker than each peer Lateral must be: durable, and in memory."""


def measure(setting: Setting) -> list[Row]:
    """Return the rows for the peers, and one for each that is not installed."""
    try:
        from benchmarks.peers_botbuilder import BotBuilder, MemoryStorage, SqliteStorage  # noqa: PLC0415
        from benchmarks.peers_langgraph import InMemorySaver, LangGraph, sqlite_saver  # noqa: PLC0415
    except ImportError as missing:
        return [Row("peers", f"not measured: {missing.name} is missing", "see README", ok=False)]
    guide, wording, script = write_script(setting)
    here = setting.folder
    durable: dict[str, Contestant] = {
        "lateral": Lateral(guide, wording, script, SqliteStore.open(here / "twelve.db")),
        "botbuilder": BotBuilder(script, SqliteStorage(here / "twelve-botbuilder.db")),
        "langgraph": LangGraph(script, sqlite_saver(here / "twelve-langgraph.db")),
    }
    for name in ("twelve.db", "twelve-botbuilder.db", "twelve-langgraph.db"):
        lengthen_log(here / name)
    memory: dict[str, Contestant] = {
        "lateral": Lateral(guide, wording, script, MemoryStore()),
        "typed": Lateral(guide, wording, script, MemoryStore(), typed=True),
        "botbuilder": BotBuilder(script, MemoryStorage()),
        "langgraph": LangGraph(script, InMemorySaver()),
    }
    return [*_rows(durable, script, setting.rounds, "durable"), *_rows(memory, script, setting.rounds, "in memory")]


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
    shown = " · ".join(f"{name} {middle(laps, name) * 1e6:,.0f}" for name in contestants)
    return [*rows, Row(f"  µs a turn, {where}", shown)]


def _row(laps: Laps, peer: str, where: str) -> Row:
    least = LEAST[peer][where == "in memory"]
    times = ratio(laps, peer, "lateral")
    return limited(f"quicker than {peer}, {where}", times, least, show="{:.1f} ×", at_least=True)


def _lap(contestant: Contestant, script: Script, numbers: count[int]) -> Lap:
    def lap() -> float:
        began = perf_counter()
        talks = [contestant.talk(f"person-{next(numbers)}") for _ in range(TALKS_A_LAP)]
        spent = perf_counter() - began
        assert all(said == script.texts for said in talks)
        return spent / (TALKS_A_LAP * script.turns)

    return lap


def _same_talk(contestant: Contestant, script: Script) -> None:
    """Hold a contestant to the script: the same texts in the same order, the same answers stored."""
    assert contestant.talk("first") == script.texts, type(contestant)
    assert contestant.answers("first") == script.answers, type(contestant)
