"""Says what a run was made on, for figures mean little without it."""

from __future__ import annotations

import os
import platform
import sqlite3
from pathlib import Path


def describe(folder: Path) -> str:
    """Return one line: processor, cores, system, Python, SQLite, and the file system of that folder."""
    parts = (
        _processor(),
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}",
        f"{platform.system()} {platform.release()}",
        f"Python {platform.python_version()}",
        f"SQLite {sqlite3.sqlite_version}",
        f"files on {_file_system(folder)}",
    )
    return " · ".join(parts)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _file_system(folder: Path) -> str:
    """Return the kind of file system of the longest mount point that the folder lies under."""
    try:
        mounts = [line.split() for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines()]
    except OSError:
        return "a file system of unknown kind"
    here = folder.resolve()
    over = [(len(point), kind) for _, point, kind, *_ in mounts if here.is_relative_to(point)]
    return max(over)[1] if over else "a file system of unknown kind"
