"""Files as earlier versions of Lateral left them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import sqlite_utils

from adapters.storage.migrations import steps

Row = dict[str, object]


def make_old(path: Path, version: int, rows: dict[str, list[Row]] | None = None) -> None:
    """Make a file of that version, with these rows in its tables."""
    path.parent.mkdir(exist_ok=True)
    first = steps()
    del first._migrations[version:]
    with closing(sqlite_utils.Database(path)) as old:
        first.apply(old)
        for table, inserted in (rows or {}).items():
            old.table(table).insert_all(inserted)
        old.execute(f"PRAGMA user_version = {version}")
