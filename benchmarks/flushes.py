"""Flushes a turn: counted in a child process, by a small library that stands before libc.

Where there is no C compiler, strace counts instead, in two runs of which the longer one has the turns more.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from benchmarks.setting import Setting
from benchmarks.table import Row

CLIENTS = 64
TURNS_ALONE = 60
TURNS_EACH = 20
_HERE = Path(__file__).parent


def measure(setting: Setting) -> list[Row]:
    """Return the rows for the flushes a turn, alone and at 64 clients; of several runs the one with the most."""
    library = _compile(setting.folder)
    alone = _count_most(setting, library, 1, TURNS_ALONE)
    crowd = _count_most(setting, library, CLIENTS, TURNS_EACH)
    if alone is None or crowd is None:
        return [Row("flushes a turn", "not counted: neither cc nor strace is here", "1 and ≤ 1/8", "1/32", ok=False)]
    share = crowd / (CLIENTS * TURNS_EACH)
    shown = f"1/{1 / share:.0f}" if share else "0"
    return [
        Row("flushes a turn, alone", f"{alone / TURNS_ALONE:g}", "exactly 1", ok=alone == TURNS_ALONE),
        Row(f"flushes a turn, {CLIENTS} clients, worst run", shown, "≤ 1/8", "1/32", ok=share <= 1 / 8),
    ]


def _count_most(setting: Setting, library: Path | None, clients: int, turns: int) -> int | None:
    counts = [_count(setting.folder, library, clients, turns) for _ in range(setting.rounds)]
    return max((count for count in counts if count is not None), default=None)


def _compile(folder: Path) -> Path | None:
    compiler = shutil.which("cc")
    if compiler is None:
        return None
    library = folder / "flushes.so"
    command = [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(_HERE / "flushes.c"), "-ldl"]
    built = subprocess.run(command, capture_output=True, check=False)
    return library if built.returncode == 0 else None


def _count(folder: Path, library: Path | None, clients: int, turns: int) -> int | None:
    if library is not None:
        return int(_run(folder, [], {"LD_PRELOAD": str(library)}, clients, turns).stdout)
    tracer = shutil.which("strace")
    if tracer is None:
        return None
    trace = [tracer, "-f", "-c", "-e", "trace=fsync,fdatasync"]
    longer, shorter = (_run(folder, trace, {}, clients, number).stderr for number in (turns, 0))
    return _sum(longer) - _sum(shorter)


def _run(
    folder: Path, before: list[str], more: dict[str, str], clients: int, turns: int
) -> subprocess.CompletedProcess[str]:
    child = [sys.executable, "-m", "benchmarks.flushing_turns", str(folder), str(clients), str(turns)]
    environment = {**os.environ, **more}
    return subprocess.run(
        [*before, *child], env=environment, cwd=_HERE.parent, capture_output=True, text=True, check=True
    )


def _sum(report: str) -> int:
    """Return the calls in a report of strace: the fourth column of the lines that end in a flush's name."""
    lines = [line.split() for line in report.splitlines()]
    return sum(int(line[3]) for line in lines if line and line[-1] in ("fsync", "fdatasync"))
