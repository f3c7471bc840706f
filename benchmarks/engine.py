"""Decide and word, in memory: what a turn costs before anything is stored."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from time import perf_counter_ns

from benchmarks.interleaved import middle, race
from benchmarks.setting import NOW, Setting
from benchmarks.table import Row, limited
from benchmarks.talks import Beat, pressed, quick_six, typed
from bot.dialogue import step
from bot.records import from_record, to_record

LAPS = 20


def measure(setting: Setting) -> list[Row]:
    """Return the rows for an answer by button and for a typed one."""
    beats, _ = quick_six(setting.guide)
    buttons, words = pressed(beats), typed(beats)
    laps = race(
        {
            "button": lambda: _turns(setting, buttons),
            "typed": lambda: _turns(setting, words),
            "decide": lambda: _decide(setting, buttons),
            "record": lambda: _record(buttons),
        },
        setting.rounds,
    )
    record = middle(laps, "record")
    return [
        limited("decide + word, button answer, p50", middle(laps, "button"), 60, 30, show="{:.1f} µs"),
        Row("  of which decide", f"{middle(laps, 'decide'):.1f} µs"),
        limited("typed answer with understanding, p50", middle(laps, "typed"), 1000, 300, show="{:.0f} µs"),
        Row("record read and written, p50", f"{record:.1f} µs"),
    ]


def _turns(setting: Setting, beats: Sequence[Beat]) -> float:
    """Return the median of a turn, in µs."""
    guide, word = setting.guide, setting.wording.word
    spent: list[int] = []
    for _ in range(LAPS):
        for beat in beats:
            began = perf_counter_ns()
            word(step(guide, beat.state, beat.event, NOW).replies)
            spent.append(perf_counter_ns() - began)
    return median(spent) / 1000


def _decide(setting: Setting, beats: Sequence[Beat]) -> float:
    spent: list[int] = []
    for _ in range(LAPS):
        for beat in beats:
            began = perf_counter_ns()
            step(setting.guide, beat.state, beat.event, NOW)
            spent.append(perf_counter_ns() - began)
    return median(spent) / 1000


def _record(beats: Sequence[Beat]) -> float:
    states = [beat.state for beat in beats if beat.state is not None]
    spent: list[int] = []
    for _ in range(LAPS):
        for state in states:
            began = perf_counter_ns()
            from_record(to_record(state))
            spent.append(perf_counter_ns() - began)
    return median(spent) / 1000
