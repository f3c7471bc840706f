"""How much is remembered of a person, and that it does not grow with talking."""

from __future__ import annotations

from benchmarks.setting import NOW, Setting
from benchmarks.table import Row, limited
from benchmarks.talks import quick_six
from bot.dialogue import step
from bot.events import Event, Wanted
from bot.guide import Guide
from bot.records import to_record
from bot.state import State

TURNS = 500


def measure(setting: Setting) -> list[Row]:
    """Return the rows for the size of a record."""
    beats, after = quick_six(setting.guide)
    largest = max(_size(beat.state) for beat in beats if beat.state is not None)
    midway = beats[-2].state or after
    rows = [
        limited("state after the quick six, no own words", _size(after), 1024, 600, show="{:.0f} B"),
        Row("  the largest on the way", f"{largest} B"),
    ]
    for name, events in _REPEATED.items():
        grown = _grown(setting.guide, midway, events)
        rows.append(Row(f"  growth over {TURNS} turns: {name}", f"{grown} B", "none", ok=grown <= 0))
    return rows


_REPEATED: dict[str, tuple[Event, ...]] = {
    "why, progress, help": (Wanted("why"), Wanted("progress"), Wanted("help")),
    "back and forth": (Wanted("back"), Wanted("skip")),
    "menu and resume": (Wanted("menu"), Wanted("resume")),
}


def _size(state: State) -> int:
    return len(to_record(state))


def _grown(guide: Guide, state: State, events: tuple[Event, ...]) -> int:
    """Return by how many bytes the record grew, the digits of its turn counter aside.

    One lap comes first, so that what is said once (where the talk is, what a number means) is not counted.
    """
    for event in events:
        state = step(guide, state, event, NOW).state
    before = _size(state.changed(revision=1))
    for turn in range(TURNS // len(events) * len(events)):
        state = step(guide, state, events[turn % len(events)], NOW).state
    return _size(state.changed(revision=1)) - before
