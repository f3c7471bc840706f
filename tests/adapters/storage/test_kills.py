"""A process killed at any moment: no acknowledged turn is lost, and none is there by half or twice."""

from __future__ import annotations

import random
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from adapters.storage.sqlite import SqliteStore
from bot.ports import Committed
from tests.adapters.storage.talking_until_killed import GUIDE
from tests.contracts.store_contract import turn

ROOT = Path(__file__).parents[3]
KILLS = 10


def _talk_until_killed(path: Path, people: int, lines: int) -> dict[str, int]:
    """Let it talk until it has written that many lines, kill it, and return the last turn of each person."""
    command = [sys.executable, "-m", "tests.adapters.storage.talking_until_killed", path, str(people)]
    acknowledged: dict[str, int] = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        for read, line in enumerate(process.stdout):
            # What was written before the kill took effect counts too; only a last line may be cut short.
            if read == lines:
                process.kill()
            if line.endswith("\n"):
                person, number = line.split()
                acknowledged[person] = int(number)
    assert process.returncode == -9
    return acknowledged


@pytest.mark.parametrize("people", [1, 4])
async def test_no_acknowledged_turn_is_lost_and_none_is_there_by_half(path: Path, people: int):
    chance = random.Random(people)
    acknowledged: dict[str, int] = {}
    for _ in range(KILLS):
        acknowledged |= _talk_until_killed(path, people, lines=chance.randint(0, 120))
        with closing(SqliteStore.open(path)) as store:
            for person, number in acknowledged.items():
                written = await _count_whole_turns(store, person)
                # One turn may have been written without there being time to say so.
                assert written in (number, number + 1)
                again = turn(person, guide=GUIDE, key=f"{person} {number}", expected=written)
                assert Committed("duplicate") == await store.commit(again)
                acknowledged[person] = written


async def _count_whole_turns(store: SqliteStore, person: str) -> int:
    """Return how many turns were written, once all that is kept was compared with what they came from."""
    kept = await store.export(person)
    stored = kept.records[GUIDE]
    turns = range(1, stored.version + 1)
    assert b"%d" % stored.version == stored.record
    assert [text for number in turns for text in (f"{number} of 2", f"{number} again")] == [
        owed.message.text for owed in kept.owed
    ]
    assert stored.version == len(kept.deliveries)
    return stored.version
