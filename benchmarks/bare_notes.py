"""The least that notes that are due can cost: sqlite3 alone, which claims and writes as much and decides nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from time import perf_counter

from benchmarks.bare import connect

_READ = (
    "SELECT people.id, record, agenda.person, agenda.guide FROM agenda JOIN people USING (person, guide)"
    " WHERE platform = 'slack' AND wake <= ? ORDER BY wake LIMIT ?"
)
_KEEP = "UPDATE people SET version = version + 1, record = ? WHERE id = ?"
_PUT_OFF = "UPDATE agenda SET due = ?1, wake = ?1 WHERE person = ?2 AND guide = ?3"
_OWE = "INSERT INTO outbox (person, conversation, farewell, message) VALUES (?1, ?1 || '|notes', 0, ?2)"

LONGER, MESSAGE = b" " * 140, "m" * 600
"""By how much a record grows with a note, and about how long a note is as it lies in the outbox."""

WEEK = 7 * 86_400


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
        rows = run(_READ, (now, at_once)).fetchall()
        run_all(_KEEP, [(record + LONGER, id_) for id_, record, _, _ in rows])
        run_all(_PUT_OFF, [(now + WEEK + number, row[2], row[3]) for number, row in enumerate(rows)])
        run_all(_OWE, [(row[2], MESSAGE) for row in rows])
        run("COMMIT")
        return len(rows)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
