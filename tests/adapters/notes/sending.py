"""Run in a process of its own: plans and sends what is due as a server does, until nothing is, or until it dies.

Its argument is an `Errand` as JSON. It writes a line when it is ready and begins once it is told a line, or that there
will be none; then it writes one with the outbox id of each note of which it is safely noted that it was sent.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import aiohttp

from adapters import courier as couriers
from adapters import scheduler as schedulers
from adapters.content_files import CONTENT
from adapters.courier import Courier
from adapters.gate import Gate
from adapters.launch import load_guide, load_wording
from adapters.outcomes import Later, Outcome, Sent
from adapters.scheduler import Scheduler
from adapters.settings import DEFAULT_GUIDE, Settings
from adapters.storage import agenda
from adapters.storage.group import GroupCommit
from adapters.storage.sqlite import SqliteStore
from bot.conversation import Conversation
from bot.ports import Claim, Commit, Committed, Owed
from tests.waiting import until

READY = b"ready\n"
LATER = 300.0
"""How many seconds the clock moves ahead on SIGUSR1: every lease has ended then."""
WITHIN = 100.0
"""In how many seconds all is to have gone: before the test that waits for it is given up."""
LOOKS_APART = 0.1
"""The longest time between two looks, in seconds."""

_BY_WORK = {"_take": ("", "taking", "taken"), "drop_taken": ("sent", "marking", "marked")}
"""The steps before, in and after each of the gate's own transactions."""


@dataclass(frozen=True)
class Errand:
    """What one run is to do. `now` is the POSIX second it begins at; it dies the `nth` time it comes to `step`.

    The steps, in order: `claiming`, `claimed`, `writing` (in the transaction), `written` (after it), `committed`,
    `taking` (in the transaction), `taken`, `sent`, `marking` (in the transaction), `marked`.
    """

    path: str
    cache: str
    url: str
    now: float
    step: str = ""
    nth: int = 1
    at_once: int = 500

    def command(self) -> list[str]:
        return [sys.executable, "-m", "tests.adapters.notes.sending", json.dumps(asdict(self))]


class Steps:
    """Dies at one of them."""

    def __init__(self, step: str, nth: int) -> None:
        self._step = step
        self._left = nth

    def reach(self, name: str) -> None:
        if not name or name != self._step:
            return
        self._left -= 1
        if not self._left:
            os.kill(os.getpid(), signal.SIGKILL)


class SteppingStore(SqliteStore):
    """Lateral's own store, which says what it has come to."""

    steps: Steps

    async def claim(self, platform: str, now: float, lease: float, most: int) -> Sequence[Claim]:
        self.steps.reach("claiming")
        claims = await super().claim(platform, now, lease, most)
        if claims:
            self.steps.reach("claimed")
        return claims

    async def commit_all(self, all_turns: Sequence[Commit]) -> Sequence[Committed | None]:
        done = await super().commit_all(all_turns)
        self.steps.reach("committed")
        return done

    async def write(self, work: Callable[[sqlite3.Cursor], Any], *, erases: bool = False) -> Any:
        before, during, after = _BY_WORK[work.func.__name__] if isinstance(work, partial) else ("", "", "")

        def stepping(cursor: sqlite3.Cursor) -> Any:
            result = work(cursor)
            self.steps.reach(during)
            return result

        self.steps.reach(before)
        result = await super().write(stepping, erases=erases)
        self.steps.reach(after)
        return result

    async def delivered(self, ids: Sequence[int]) -> None:
        sys.stdout.writelines(f"{id_}\n" for id_ in ids)
        sys.stdout.flush()
        await super().delivered(ids)


def step_through_writing(steps: Steps) -> None:
    """Say when the turns of all who are due were written, and when that is on the disk."""
    write_all, commit = agenda.write_all, GroupCommit._commit
    wrote = False

    def write_and_say(*given: Any) -> Any:
        nonlocal wrote
        done, wrote = write_all(*given), True
        steps.reach("writing")
        return done

    def commit_and_say(group: GroupCommit, cursor: sqlite3.Cursor) -> None:
        commit(group, cursor)
        if wrote:
            steps.reach("written")

    patch.object(agenda, "write_all", write_and_say).start()
    patch.object(GroupCommit, "_commit", commit_and_say).start()


async def run(errand: Errand) -> None:
    schedulers.AT_ONCE = errand.at_once
    schedulers.LONGEST_SLEEP = couriers.LOOK_ROUND = LOOKS_APART
    settings = Settings(Path(errand.path), CONTENT, Path(errand.cache), DEFAULT_GUIDE)
    guide = load_guide(settings)
    steps = Steps(errand.step, errand.nth)
    step_through_writing(steps)
    store = SteppingStore.open(Path(errand.path))
    store.steps = steps
    try:
        async with aiohttp.ClientSession() as session:
            talk = Conversation(guide, load_wording(settings, guide), store)
            await send_all(errand.url, store, talk, session, clock_from(errand.now))
    finally:
        store.close()


def clock_from(now: float) -> Callable[[], float]:
    """Return a clock that begins then, and moves ahead on SIGUSR1."""
    begin = now - time.monotonic()

    def move_ahead() -> None:
        nonlocal begin
        begin += LATER

    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, move_ahead)
    return lambda: begin + time.monotonic()


async def send_all(
    url: str,
    store: SqliteStore,
    talk: Conversation,
    session: aiohttp.ClientSession,
    now: Callable[[], float],
) -> None:
    async def post(owed: Owed) -> Outcome:
        note = {"id": owed.id, "person": owed.person, "text": owed.message.text}
        try:
            async with session.post(url, json=note) as answer:
                return Sent() if answer.status == 200 else Later(str(answer.status))
        except aiohttp.ClientError as error:
            return Later(type(error).__name__)

    sys.stdout.write(READY.decode())
    sys.stdout.flush()
    sys.stdin.readline()
    courier = Courier(store, Gate(store, talk, post, now).send, now, pace=0.0, prefix="slack:")
    scheduler = Scheduler(store, talk, "slack", courier.hand, now)
    await courier.start()
    await scheduler.start()
    await until(lambda: is_all_sent(store), "every note has gone", within=WITHIN)
    await scheduler.stop()
    await courier.stop(5)


async def is_all_sent(store: SqliteStore) -> bool:
    return await store.next_due("slack") is None and not await store.waiting()


if __name__ == "__main__":
    asyncio.run(run(Errand(**json.loads(sys.argv[1]))))
