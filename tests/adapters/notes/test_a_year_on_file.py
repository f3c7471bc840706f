"""A year lived through the real store and scheduler is the year that the rules alone make of it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zlib import crc32

from adapters.scheduler import Scheduler
from adapters.storage.sqlite import SqliteStore
from bot.beat import keep_up, local
from bot.conversation import Conversation, Delivery
from bot.dialogue import step
from bot.events import Event, Ticked
from bot.guide import Guide
from bot.ports import LANE, Commit, Owed
from bot.records import from_record, to_record
from bot.replies import Reply
from bot.state import State
from bot.wording import Wording
from tests.bot.lives import InMemory, live, make_up

PEOPLE, MANY = 8, 200


def person_of(number: int) -> str:
    return f"platform-{number}:ana"


class OnFile:
    """A person of a platform of their own, so that nobody else's hour strikes in between."""

    def __init__(self, guide: Guide, wording: Wording, store: SqliteStore, number: int) -> None:
        self.state = State(guide.id)
        self._guide = guide
        self._store = store
        self._person = person_of(number)
        self._talk = Conversation(guide, wording, store)
        self._now = 0.0
        self._handed: list[Owed] = []
        platform = self._person.partition(":")[0]
        self._scheduler = Scheduler(store, self._talk, platform, self._handed.extend, lambda: self._now)

    async def begin(self, state: State, now: datetime) -> None:
        kept = keep_up(self._guide, state, now, spoke=True)
        due = kept.beat.due * 60.0 if kept.beat else 0.0
        await self._store.commit(Commit(self._person, self._guide.id, "", 0, to_record(kept), due=due))
        await self._read()

    async def act(self, event: Event, now: datetime) -> None:
        await self._talk.take(Delivery(self._person, event), now)
        await self._read()

    async def tick(self, now: datetime) -> Sequence[Reply]:
        made = step(self._guide, self.state, Ticked(), local(self._guide, self.state, now))
        self._now = now.timestamp()
        self._handed.clear()
        assert await self._scheduler.work_off() == 1
        assert await self._scheduler.work_off() == 0
        assert len(self._handed) == len(made.replies)
        await self._store.delivered([owed.id for owed in self._handed])
        await self._read()
        return made.replies

    async def _read(self) -> None:
        stored = await self._store.load(self._person, self._guide.id)
        assert stored is not None
        self.state = from_record(stored.record)


async def test_a_year_on_file_is_the_year_in_memory(tmp_path: Path, guide: Guide, wording: Wording, long: bool):
    with closing(SqliteStore.open(tmp_path / "lateral.db")) as store:
        for seed in range(MANY if long else PEOPLE):
            on_file = await live(guide, make_up(guide, seed), OnFile(guide, wording, store, seed))
            own_number = crc32(person_of(seed).encode())
            in_memory = await live(guide, make_up(guide, seed), InMemory(guide, own_number))
            assert on_file.notes == in_memory.notes
            assert on_file.state == in_memory.state
        assert [name for name in await store.waiting() if name.endswith(LANE)] == []
