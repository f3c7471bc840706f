"""How soon `--help` answers: the whole process, as a person at a keyboard waits for it."""

from __future__ import annotations

import subprocess
import sys
from functools import partial
from pathlib import Path
from time import perf_counter

from adapters.cli import main
from benchmarks.interleaved import middle, race
from benchmarks.setting import Setting
from benchmarks.table import Row, limited

_ROOT = Path(__file__).parent.parent


def measure(setting: Setting) -> list[Row]:
    """Return the rows for the help of the whole command and of the slowest of its commands."""
    contestants = {name: partial(_wait, name.split()) for name in ("", *main.commands)}
    laps = race({**contestants, "python": _wait_for_python}, setting.rounds)
    waits = {name: middle(laps, name) for name in main.commands}
    slowest = max(waits, key=waits.__getitem__)
    return [
        limited("lateral --help, whole process", middle(laps, ""), 150, show="{:.0f} ms"),
        limited(f"  the slowest of {len(waits)}: lateral {slowest} --help", waits[slowest], 150, show="{:.0f} ms"),
        Row("  Python alone, doing nothing", f"{middle(laps, 'python'):.0f} ms"),
    ]


def _command() -> list[str]:
    script = Path(sys.executable).parent / "lateral"
    return [str(script)] if script.exists() else [sys.executable, "-m", "adapters.cli"]


def _wait(words: list[str]) -> float:
    began = perf_counter()
    subprocess.run([*_command(), *words, "--help"], cwd=_ROOT, capture_output=True, check=True)
    return (perf_counter() - began) * 1000


def _wait_for_python() -> float:
    began = perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], cwd=_ROOT, capture_output=True, check=True)
    return (perf_counter() - began) * 1000
