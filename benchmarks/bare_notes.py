"""The least that notes that are due can cost: sqlite3 alone, which claims and writes as much and decides nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from time import perf_counter

from benchmarks.bare import connect

_READ = (
    "SELECT id, record, person, guide FROM people WHERE platform = 'slack' AND due <= ?"
    " AND id NOT IN (SELECT id FROM held) ORDER BY due, planned LIMIT ?"
)
_KEEP = "UPDATE people SET version = version + 1, record = ?1, due = ?2, planned = ?3 WHERE id = ?4"
_HOLD = "INSERT OR REPLACE INTO held (id, due, until) VALUES (?1, 0.0, ?2)"
_LET_GO = "DELETE FROM held"
_OWE = "INSERT INTO outbox (person, conversation, farewell, message) VALUES (?1, ?1 || '|notes', 0, ?2)"

LONGER, MESSAGE = b" " * 8, "m" * 600
"""By how much a record grows with a note, and about how long a note is as it lies in the outbox."""

WEEK, MOMENTS = 7 * 86_400, 16
"""When the next note is due, in seconds: a week later, at one of so many moments."""


class BareNotes:
    """Notes of one fixed text for whoever is due, each put off by a week."""

    def __init__(self, path: Path) -> None:
        self._connection: sqlite3.Connection = connect(path)

    def work_off(self, now: float, at_once: int, most: int) -> list[tuple[int, float]]:
        """Write so many notes, so many to a transaction; return marks: how many so far, and the clock in seconds."""
        marks = [(0, perf_counter())]
        while marks[-1][0] < most and (written := self._batch(now, at_once)):
            marks.append((marks[-1][0] + written, perf_counter()))
        return marks

    def _batch(self, now: float, at_once: int) -> int:
        run, run_all = self._connection.execute, self._connection.executemany
        run("BEGIN IMMEDIATE")
        run(_LET_GO)
        rows = run(_READ, (now, at_once)).fetchall()
        run_all(_HOLD, [(id_, now) for id_, _, _, _ in rows])
        later = [now + WEEK + place % MOMENTS for place in range(len(rows))]
        run_all(_KEEP, [(row[1] + LONGER, due, now, row[0]) for row, due in zip(rows, later, strict=True)])
        run_all(_OWE, [(person, MESSAGE) for _, _, person, _ in rows])
        run("COMMIT")
        return len(rows)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
