"""`python -m benchmarks`: measures, and prints one table."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

from rich.console import Console

from benchmarks import (
    command_line,
    crowd,
    durable,
    engine,
    flushes,
    loading,
    nudges,
    peers,
    scale,
    slack,
    state_size,
    statements,
    teams,
)
from benchmarks.interleaved import FEWEST_ROUNDS
from benchmarks.machine import describe
from benchmarks.setting import Setting, set_up
from benchmarks.table import Block, Row, draw

MEASURES: dict[str, Callable[[Setting], list[Row]]] = {
    "engine": engine.measure,
    "durable": durable.measure,
    "flushes": flushes.measure,
    "statements": statements.measure,
    "crowd": crowd.measure,
    "state": state_size.measure,
    "scale": scale.measure,
    "nudges": nudges.measure,
    "peers": peers.measure,
    "slack": slack.measure,
    "teams": teams.measure,
    "loading": loading.measure,
    "help": command_line.measure,
}


def read_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Return what to measure and how."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", action="append", choices=list(MEASURES), metavar="NAME", help=", ".join(MEASURES))
    parser.add_argument(
        "--rounds", type=int, default=FEWEST_ROUNDS, help="how often each is measured (default: %(default)s)"
    )
    parser.add_argument("--people", type=int, default=1_000_000, help="people in the large file (default: %(default)s)")
    parser.add_argument("--folder", type=Path, help="where to write; a file system in memory makes flushes free")
    return parser.parse_args(arguments)


def main() -> None:
    """Measure what was asked for. The exit code is 1 when something was not reached."""
    wanted = read_arguments()
    rounds = max(wanted.rounds, FEWEST_ROUNDS)
    console = Console(width=None if sys.stdout.isatty() else 120, highlight=False)
    with tempfile.TemporaryDirectory(prefix="lateral-bench-", dir=wanted.folder) as name:
        folder = Path(name)
        console.print(describe(folder), f"{rounds} rounds", sep=" · ", soft_wrap=True)
        setting = set_up(folder, rounds, wanted.people)
        blocks = [_run(name, setting) for name in MEASURES if not wanted.only or name in wanted.only]
    draw(blocks, console)
    if any(row.ok is False for block in blocks for row in block.rows):
        sys.exit(1)


def _run(name: str, setting: Setting) -> Block:
    print(f"{name} ...", file=sys.stderr, end=" ", flush=True)
    began = perf_counter()
    rows = MEASURES[name](setting)
    seconds = perf_counter() - began
    print(f"{seconds:.1f} s", file=sys.stderr)
    return Block(name, rows, seconds)


if __name__ == "__main__":
    main()
