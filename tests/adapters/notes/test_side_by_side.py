"""Two processes that plan and send on one file: every note goes once, also when one of them dies in the middle."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from adapters.courier import AT_ONCE as SENT_AT_ONCE
from bot.guide import Guide
from tests.adapters.notes import postbox
from tests.adapters.notes.due_people import DUE, fill
from tests.adapters.notes.sending import READY, Errand
from tests.conftest import ROOT

SOME, MANY = 2000, 10_000
AT_ONCE = 50
"""So few turns at once that both get many batches."""


class Sender:
    """A process that plans and sends, and the ids of the notes of which it said that they were sent."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.noted: list[int] = []

    @classmethod
    async def start(cls, errand: Errand) -> Sender:
        """Return one that is ready, and waits to be let go."""
        pipe = asyncio.subprocess.PIPE
        started = await asyncio.create_subprocess_exec(*errand.command(), stdin=pipe, stdout=pipe, cwd=ROOT)
        assert started.stdout is not None
        assert await started.stdout.readline() == READY
        return cls(started)

    def let_go(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(b"\n")

    async def end(self) -> int:
        """Wait for its end and return its exit code."""
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            if line.endswith(b"\n"):
                self.noted.append(int(line))
        return await self.process.wait()


@asynccontextmanager
async def two_senders(path: Path, cache: Path, url: str, **first: object) -> AsyncIterator[tuple[Sender, Sender]]:
    """Let two go on one file at the same moment; `first` is what the first is told beside."""
    errand = {"path": str(path), "cache": str(cache), "url": url, "now": DUE + 1, "at_once": AT_ONCE}
    one, two = await asyncio.gather(Sender.start(Errand(**{**errand, **first})), Sender.start(Errand(**errand)))
    one.let_go()
    two.let_go()
    yield one, two


def expect_nothing_left(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        left = connection.execute("select (select count(*) from agenda), (select count(*) from outbox)").fetchall()
        versions = connection.execute("select distinct version from people").fetchall()
        aside = connection.execute("select reason from undeliverable").fetchall()
    assert (left, versions, aside) == ([(0, 0)], [(2,)], [])


async def test_two_side_by_side_send_every_note_once(tmp_path: Path, cache: Path, guide: Guide, long: bool):
    path = tmp_path / "lateral.db"
    people = await fill(path, guide, MANY if long else SOME)
    async with postbox.opened() as mail, two_senders(path, cache, mail.url) as (one, two):
        assert await asyncio.gather(one.end(), two.end()) == [0, 0]
    assert sorted(mail.people) == people
    assert min(len(one.noted), len(two.noted)) > 0
    expect_nothing_left(path)


async def test_when_one_dies_with_notes_in_hand_the_other_sends_them(
    tmp_path: Path, cache: Path, guide: Guide, long: bool
):
    path = tmp_path / "lateral.db"
    people = await fill(path, guide, MANY if long else SOME)
    async with postbox.opened() as mail, two_senders(path, cache, mail.url, step="claimed", nth=3) as (one, two):
        assert await one.end() == -9
        two.process.send_signal(signal.SIGUSR1)
        assert await two.end() == 0
    assert sorted(set(mail.people)) == people
    expect_nothing_left(path)
    assert mail.doubled().isdisjoint(one.noted)
    assert len(mail.doubled()) <= SENT_AT_ONCE
