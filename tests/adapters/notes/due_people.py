"""People for whom a note is due: they said yes, planned a step, and its day has come."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from adapters.storage.sqlite import SqliteStore
from bot.beat import keep_up
from bot.guide import Guide
from bot.ports import Commit
from bot.records import to_record
from bot.state import Commitment, State

YES = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DUE = datetime(2026, 11, 24, 10, 0, tzinfo=UTC).timestamp()
"""A Tuesday morning: seven working hours lie ahead."""


async def fill(path: Path, guide: Guide, number: int) -> list[str]:
    """Make a file with so many people whose one reminder is due; return who they are."""
    people = [f"slack:T1:U{each:05}" for each in range(number)]
    with closing(SqliteStore.open(path)) as store:
        await store.commit_all([_yes(guide, person) for person in people])
    return people


def _yes(guide: Guide, person: str) -> Commit:
    line = Commitment("", "ask Sam", "stand-up ends", day=date(2026, 11, 24))
    said: Sequence[str] = ("reminders",)
    state = State(guide.id, revision=1, answers={guide.follow_up.kinds: tuple(said)}, commitments=(line,))
    state = keep_up(guide, state, YES, spoke=True)
    assert state.beat is not None
    assert state.beat.due * 60 == DUE
    return Commit(person, guide.id, "", 0, to_record(state), due=DUE, at=YES.timestamp())
