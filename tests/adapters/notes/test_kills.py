"""A process killed at any step between due and sent: nothing is lost, and only a send that was cut comes twice."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.guide import Guide
from tests.adapters.notes import postbox
from tests.adapters.notes.due_people import DUE, fill
from tests.adapters.notes.postbox import Postbox
from tests.adapters.notes.sending import LATER, READY, Errand
from tests.conftest import ROOT

PEOPLE = 6
STEPS_BEFORE_A_SEND = ("claiming", "claimed", "writing", "written", "committed", "taking", "taken")
MANY, KILLS, LONGEST_LIFE, SERIES = 120, 6, 0.15, 40
"""For kills at random: so many people, kills a file, seconds that a process lives at the most, and files at length."""


@dataclass
class Mail:
    """A file of people who are due, the platform their notes go to, and how far that has come.

    Each run begins after every lease of the one before it has ended.
    """

    path: Path
    cache: Path
    postbox: Postbox
    people: list[str]
    runs: int = 0
    noted: set[int] = field(default_factory=set)

    async def run(self, step: str = "", nth: int = 1, *, life: float | None = None, at_once: int = 500) -> int:
        """Let a process plan and send until it dies or is done, or has lived so many seconds; return its exit code."""
        now = DUE + 1 + LATER * self.runs
        errand = Errand(str(self.path), str(self.cache), self.postbox.url, now, step, nth, at_once)
        self.runs += 1
        pipe, nothing = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
        process = await asyncio.create_subprocess_exec(*errand.command(), stdin=nothing, stdout=pipe, cwd=ROOT)
        assert process.stdout is not None
        self.postbox.on_taken = lambda count: process.kill() if step == "sending" and count == nth else None
        assert await process.stdout.readline() == READY
        if life is not None:
            asyncio.get_running_loop().call_later(life, _kill, process)
        async for line in process.stdout:
            # Only a last line may be cut short.
            if line.endswith(b"\n"):
                self.noted.add(int(line))
        return await process.wait()

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.path)) as connection:
            return connection.execute(query).fetchall()


def _kill(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.kill()


@pytest.fixture
async def mail(tmp_path: Path, cache: Path, guide: Guide) -> AsyncIterator[Mail]:
    path = tmp_path / "lateral.db"
    async with postbox.opened() as opened:
        yield Mail(path, cache, opened, await fill(path, guide, PEOPLE))


def expect_all_planned_and_sent(mail: Mail) -> None:
    assert set(mail.postbox.people) == set(mail.people)
    assert mail.rows("select distinct version from people") == [(2,)]
    assert mail.rows("select count(distinct person), count(*) from agenda") == [(0, 0)]
    assert mail.rows("select id from outbox union select id from undeliverable") == []


@pytest.mark.parametrize("step", STEPS_BEFORE_A_SEND)
async def test_killed_before_anything_was_sent_each_note_goes_once(mail: Mail, step: str):
    assert await mail.run(step) == -9
    assert mail.postbox.ids == []

    assert await mail.run() == 0

    expect_all_planned_and_sent(mail)
    assert mail.postbox.doubled() == set()


@pytest.mark.parametrize(("step", "nth"), [("sending", 1), ("sent", 1), ("sent", 4), ("marking", 2)])
async def test_killed_while_sending_only_what_was_cut_comes_twice(mail: Mail, step: str, nth: int):
    assert await mail.run(step, nth) == -9
    cut = set(mail.postbox.ids) - mail.noted

    assert await mail.run() == 0

    expect_all_planned_and_sent(mail)
    assert set() < mail.postbox.doubled() <= cut


async def test_killed_once_it_is_noted_that_a_note_was_sent_it_does_not_come_again(mail: Mail):
    assert await mail.run("marked") == -9
    cut = set(mail.postbox.ids)

    assert await mail.run() == 0

    expect_all_planned_and_sent(mail)
    assert mail.postbox.doubled() < cut


@pytest.mark.timeout(1800)  # at length: hundreds of processes, each begun and killed
async def test_killed_at_any_moment_again_and_again_nothing_is_lost(
    tmp_path: Path, cache: Path, guide: Guide, long: bool
):
    for seed in range(SERIES if long else 1):
        path = tmp_path / f"{seed}.db"
        async with postbox.opened() as opened:
            mail = Mail(path, cache, opened, await fill(path, guide, MANY))
            cut = await kill_again_and_again(mail, random.Random(seed))
            assert await mail.run() == 0
            expect_all_planned_and_sent(mail)
            assert opened.doubled() <= cut


async def kill_again_and_again(mail: Mail, chance: random.Random) -> set[int]:
    """Return the notes whose sending was cut by a kill."""
    cut: set[int] = set()
    for _ in range(KILLS):
        await mail.run(life=chance.uniform(0, LONGEST_LIFE), at_once=chance.choice([1, 7, 500]))
        cut |= set(mail.postbox.ids) - mail.noted
    return cut
