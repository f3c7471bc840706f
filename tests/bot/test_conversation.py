"""One turn from end to end, over both stores: durable once, decided anew when others write first."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from adapters.storage.memory import MemoryStore
from adapters.storage.sqlite import SqliteStore
from bot.conversation import TRIES, Conversation, Delivery
from bot.errors import StaleVersion
from bot.events import Said, Started
from bot.guide import Guide
from bot.ports import Commit, Committed
from bot.records import from_record
from bot.wording import Wording


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MemoryStore | SqliteStore]:
    if request.param == "memory":
        yield MemoryStore()
        return
    opened = SqliteStore.open(tmp_path / "talk.db")
    yield opened
    opened.close()


async def answers(store, guide: Guide, person: str = "console:ana") -> dict[str, object]:
    return dict(from_record((await store.load(person, guide.id)).record).answers)


async def test_a_turn_commits_state_messages_and_key_together(guide: Guide, wording: Wording, store, now: datetime):
    talk = Conversation(guide, wording, store)
    turn = await talk.take(Delivery("console:ana", Started(), key="k1"), now)
    owed = await store.owed(now.timestamp())
    assert (turn.phase, turn.question, len(turn.messages)) == ("question", "pmo", 3)
    assert owed[0].message == turn.messages[0]
    assert len(turn.owed) == 3


async def test_a_delivery_seen_twice_says_where_the_person_is(guide: Guide, wording: Wording, store, now: datetime):
    talk = Conversation(guide, wording, store)
    await talk.take(Delivery("console:ana", Started()), now)
    await talk.take(Delivery("console:ana", Said("1"), key="k2"), now)
    again = await talk.take(Delivery("console:ana", Said("1"), key="k2"), now)
    assert (again.duplicate, again.messages, again.question) == (True, (), "kind")
    assert await answers(store, guide) == {"pmo": "near"}


async def test_two_devices_at_once_both_get_through(guide: Guide, wording: Wording, store, now: datetime):
    talk = Conversation(guide, wording, store)
    await talk.take(Delivery("console:ana", Started()), now)
    words = ["1", "2", "why", "help", "skip", "progress"]
    turns = await asyncio.gather(*(talk.take(Delivery("console:ana", Said(word)), now) for word in words))
    assert sorted(turn.revision for turn in turns) == list(range(2, 8))


class AlwaysStale(MemoryStore):
    tries = 0

    async def commit(self, turn: Commit) -> Committed:
        self.tries += 1
        raise StaleVersion


async def test_a_turn_is_given_up_after_a_bounded_number_of_tries(guide: Guide, wording: Wording, now: datetime):
    store = AlwaysStale()
    with pytest.raises(StaleVersion):
        await Conversation(guide, wording, store).take(Delivery("console:ana", Started()), now)
    assert store.tries == TRIES


async def test_forgetting_keeps_only_the_receipt_until_it_is_delivered(guide, wording, store, now: datetime):
    talk = Conversation(guide, wording, store)
    for words in ("hi", "1", "delete my data"):
        await talk.take(Delivery("console:ana", Said(words)), now)
    turn = await talk.take(Delivery("console:ana", Said("yes"), key="k9"), now)
    assert await store.load("console:ana", guide.id) is None
    assert [entry.message.about for entry in await store.owed(now.timestamp())] == ["forgotten"]
    await store.delivered(turn.owed)
    assert await store.owed(now.timestamp()) in ([], ())


async def test_a_doubled_deletion_does_not_begin_a_new_talk(guide, wording, store, now: datetime):
    talk = Conversation(guide, wording, store)
    for words in ("hi", "delete my data"):
        await talk.take(Delivery("console:ana", Said(words)), now)
    await talk.take(Delivery("console:ana", Said("yes"), key="k9"), now)
    again = await talk.take(Delivery("console:ana", Said("yes"), key="k9"), now)
    assert (again.duplicate, again.phase) == (True, "new")
    assert await store.load("console:ana", guide.id) is None
