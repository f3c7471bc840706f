"""What an operator has switched for the whole installation: notes on hold, a daily cap, and the count of each day."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

_SWITCHES = "SELECT name, value FROM switches"
_SWITCH = "INSERT INTO switches (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
_COUNT = (
    "INSERT INTO note_counts (day, sent) SELECT ?1, 1 WHERE ?2 > 0"
    " ON CONFLICT (day) DO UPDATE SET sent = sent + 1 WHERE sent < ?2"
)
_SENT = "SELECT day, sent FROM note_counts ORDER BY day DESC LIMIT ?"
NO_CAP = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Switches:
    """`held`: no note is planned or sent. `cap`: the most notes a day (UTC), for everybody together; 0: no cap."""

    held: bool = False
    cap: int = 0


def read(connection: sqlite3.Connection) -> Switches:
    """Return the switches as they stand."""
    found = dict(connection.execute(_SWITCHES).fetchall())
    return Switches(held=found.get("held") == "1", cap=int(found.get("cap", 0)))


def write(switches: Switches, cursor: sqlite3.Cursor) -> None:
    """Set the switches."""
    cursor.execute(_SWITCH, ("held", "1" if switches.held else "0"))
    cursor.execute(_SWITCH, ("cap", str(switches.cap)))


def count(day: str, cursor: sqlite3.Cursor) -> bool:
    """Count one note of that day (ISO, UTC), unless notes are on hold or the cap is reached; say whether it may go."""
    switches = read(cursor.connection)
    if switches.held:
        return False
    return cursor.execute(_COUNT, (day, switches.cap or NO_CAP)).rowcount > 0


def sent(days: int, connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """Return how many notes went on each of the last days there were any."""
    return connection.execute(_SENT, (days,)).fetchall()
