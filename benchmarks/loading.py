"""Loading the guide, in a fresh process each time: with nothing cached, and with everything cached."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.interleaved import Laps, middle, race
from benchmarks.setting import Setting
from benchmarks.table import Row, limited

_ROOT = Path(__file__).parent.parent
_LOAD = """
import json, sys, time
from pathlib import Path
began = time.perf_counter()
from adapters.launch import load_guide, load_wording
from benchmarks.setting import settings_in
imported = time.perf_counter()
settings = settings_in(Path(sys.argv[1]))
guide = load_guide(settings)
wording = load_wording(settings, guide)
loaded = time.perf_counter()
from benchmarks.setting import NOW
from bot.dialogue import step
from bot.events import Started
wording.word(step(guide, None, Started(), NOW).replies)
talked = time.perf_counter()
print(json.dumps([imported - began, loaded - imported, talked - loaded]))
"""


def measure(setting: Setting) -> list[Row]:
    """Return the rows for loading the guide."""
    cold: list[list[float]] = []
    warm: list[list[float]] = []
    _load(setting.folder / "warm")
    laps: Laps = race(
        {
            "cold": lambda: _timed(cold, _fresh(setting.folder / "cold")),
            "warm": lambda: _timed(warm, setting.folder / "warm"),
        },
        setting.rounds,
    )
    first = sorted(spent[2] for spent in warm)[len(warm) // 2]
    imports = sorted(spent[0] for spent in warm)[len(warm) // 2]
    return [
        limited("load the guide, cold", middle(laps, "cold"), 2000, show="{:.0f} ms"),
        limited("load the guide, warm", middle(laps, "warm"), 150, 50, show="{:.0f} ms"),
        Row("  imports before it · first turn after it", f"{imports * 1000:.0f} · {first * 1000:.0f} ms"),
    ]


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def _timed(kept: list[list[float]], folder: Path) -> float:
    """Return the milliseconds of the load alone; imports and the first turn are kept beside it."""
    kept.append(_load(folder))
    return kept[-1][1] * 1000


def _load(folder: Path) -> list[float]:
    folder.mkdir(parents=True, exist_ok=True)
    child = [sys.executable, "-c", _LOAD, str(folder)]
    printed = subprocess.run(child, cwd=_ROOT, capture_output=True, text=True, check=True).stdout
    spent: list[float] = json.loads(printed)
    return spent
