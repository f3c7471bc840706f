"""`lateral nudges figures`, `stop` and `allow`: what an operator is told, and never of whom."""

from __future__ import annotations

import asyncio
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from adapters.commands import figures as command
from adapters.commands import nudges
from adapters.storage import figures
from adapters.storage.sqlite import SqliteStore
from bot.counts import Count

WEEK = "2026-W48"
NOW = "2026-11-24T10:00:00+00:00"


def counted(path: Path, *counts: tuple[str, str, int], week: str = WEEK) -> None:
    async def write() -> None:
        store = SqliteStore.open(path)
        made = [Count(week, kind, what, number) for kind, what, number in counts]
        await store.write(partial(figures.add, made, date(2026, 11, 24)))
        store.close()

    asyncio.run(write())


def told(path: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    command.show(database=path, now=NOW)
    return capsys.readouterr().out.splitlines()


def test_nothing_is_shown_of_fewer_than_ten(path: Path, capsys: pytest.CaptureFixture[str]):
    counted(path, ("tips", "receivers", 9), ("tips", "muted", 1), ("all", "done", 4))
    assert told(path, capsys) == [
        "steps and proof: fewer than 10 people get notes, so nothing is shown",
        "reminders, steps, tips, checks: fewer than 10 people in 4 weeks, so nothing is shown",
        "Too few weeks to say yet whether notes help: it takes 100 of each.",
    ]


def test_what_was_done_comes_first_then_the_mutes_then_whether_notes_help(path: Path, capsys):
    counted(path, ("tips", "receivers", 60), ("tips", "muted", 2), ("steps", "receivers", 20), ("all", "done", 31))
    counted(path, ("all", "proof", 9), ("with", "weeks", 700), ("with", "done", 140), ("with", "proof", 12))
    counted(path, ("without", "weeks", 100), ("without", "done", 19))
    assert told(path, capsys) == [
        "2026-W48: 31 steps done, 9 lines of proof",
        "steps: 20 people got it in 4 weeks, 0 of them muted it; it takes 40 people to decide anything",
        "tips: 60 people got it in 4 weeks, 2 of them muted it",
        "reminders, checks: fewer than 10 people in 4 weeks, so nothing is shown",
        "weeks with a note: 700, 140 steps done, 12 lines of proof",
        "weeks without a note: 100, 19 steps done, 0 lines of proof",
        "No difference that chance alone would not make. Notes may do nothing.",
    ]


def test_a_kind_that_stopped_by_itself_says_why_and_how_to_let_it_go(path: Path, capsys):
    counted(path, ("tips", "receivers", 100), ("tips", "muted", 6))
    assert told(path, capsys)[1] == (
        "tips: stopped since 2026-W48, as more than one in twenty muted it; `lateral nudges allow tips` lets it go"
    )


def test_stop_and_allow_hold_at_once_and_the_list_says_so(path: Path, capsys: pytest.CaptureFixture[str]):
    SqliteStore.open(path).close()
    command.switch("hold-outs", going=False, database=path, now=NOW)
    nudges.show(database=path, now=NOW)
    assert [line for line in capsys.readouterr().out.splitlines() if line.startswith("hold-outs")] == [
        "hold-outs: goes to nobody.",
        f"hold-outs: stopped since {WEEK}, as an operator stopped it; `lateral nudges allow hold-outs` lets it go",
    ]
    command.switch("hold-outs", going=True, database=path, now=NOW)
    nudges.show(database=path, now=NOW)
    assert "stopped since" not in capsys.readouterr().out
