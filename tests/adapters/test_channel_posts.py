"""Posts to channels on a real file: claimed once, looked at once more before they go, and gone with the channel."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from adapters.commands import nudges
from adapters.gate import Gate
from adapters.outcomes import Held, Never, Outcome, Sent
from adapters.scheduler import Scheduler
from adapters.storage import keepers, switches
from adapters.storage.sqlite import SqliteStore
from adapters.storage.switches import Switches
from bot.channel_conversation import Asked, Channels, channel_key
from bot.channel_footing import Manner, Order
from bot.channels import choose
from bot.conversation import Conversation
from bot.guide import Guide
from bot.ports import LANE, Owed
from bot.subscription import Subscription, from_record
from bot.wording import Wording

PLACE, OTHER = "chat:T1:C1", "chat:T1:C2"
BERLIN = ZoneInfo("Europe/Berlin")
WEDNESDAY = datetime(2026, 11, 25, 10, 0, tzinfo=BERLIN)
MONDAY = datetime(2026, 11, 30, 9, 30, tzinfo=BERLIN)
TABLES = ("people", "agenda", "outbox", "undeliverable", "channel_keepers", "deliveries")


class Desk:
    """Everything between an order and a post, with a platform that says what it is told to say."""

    def __init__(self, guide: Guide, wording: Wording, store: SqliteStore) -> None:
        self.now = WEDNESDAY
        self.store = store
        self.channels = Channels(guide, wording, store, Manner("/lateral nudge", "whoever made this channel"))
        self.answer: Outcome = Sent()
        self.took: list[Owed] = []
        self.handed: list[Owed] = []
        talk = Conversation(guide, wording, store)
        self.gate = Gate(store, talk, self.send, self.clock, channels=self.channels)
        self.scheduler = Scheduler(store, talk, "chat", self.handed.extend, self.clock, channels=self.channels)

    def clock(self) -> float:
        return self.now.timestamp()

    async def send(self, owed: Owed) -> Outcome:
        self.took.append(owed)
        return self.answer

    async def order(self, words: str, place: str = PLACE, key: str = "") -> str:
        answered = await self.channels.take(Asked(place, Order(words, may=True), key), self.now)
        return "\n".join(message.plain for message in answered.messages)

    async def wake(self, moment: datetime) -> Owed:
        """Let that moment come; return the one post that is then owed."""
        self.now = moment
        self.handed.clear()
        await self.scheduler.work_off()
        [owed] = self.handed
        return owed

    async def plan(self, place: str = PLACE) -> datetime | None:
        """Return when the next post to a channel is due."""
        stored = await self.store.load(place, self.channels.key)
        due = from_record(stored.record).due if stored else 0
        return datetime.fromtimestamp(due * 60, BERLIN) if due else None

    async def rows(self) -> dict[str, int]:
        """Return how many rows each table holds, as far as it holds any."""
        counted = "union all ".join(f"select '{table}', count(*) from {table} " for table in TABLES)  # noqa: S608
        return {
            table: count for table, count in await self.store.read(lambda c: c.execute(counted).fetchall()) if count
        }


@pytest.fixture
async def desk(tmp_path: Path, guide: Guide, wording: Wording) -> AsyncIterator[Desk]:
    store = SqliteStore.open(tmp_path / "talk.db")
    yield Desk(guide, wording, store)
    await asyncio.to_thread(store.close)


async def test_nothing_is_due_before_somebody_said_so(desk: Desk):
    assert await desk.store.next_due("chat") is None
    await desk.order("weekly monday 09:30")
    assert await desk.store.next_due("chat") == MONDAY.timestamp()


async def test_an_order_delivered_twice_is_followed_once(desk: Desk):
    await desk.order("weekly monday 09:30", key="one")
    await desk.order("change friday", key="two")
    assert (await desk.channels.take(Asked(PLACE, Order("change monday", may=True), "two"), desk.now)).duplicate
    assert await desk.plan() == datetime(2026, 11, 27, 9, 30, tzinfo=BERLIN)


async def test_a_post_is_owed_once_in_a_lane_of_its_own_and_is_nothing_personal(desk: Desk):
    await desk.order("weekly monday 09:30")
    owed = await desk.wake(MONDAY)
    assert (owed.conversation, owed.message.personal) == (PLACE + LANE, False)
    assert [control.id for control in owed.message.controls] == [f"talk:{owed.message.subject}"]
    assert "/lateral nudge stop" in owed.message.text
    desk.handed.clear()
    await desk.scheduler.work_off()
    assert desk.handed == []
    assert await desk.gate.send(owed) == Sent()
    assert desk.took == [owed.changed(conversation=PLACE)]
    assert await desk.plan() == datetime(2026, 12, 7, 9, 30, tzinfo=BERLIN)


async def test_people_and_channels_that_are_due_at_once_are_both_seen_to(desk: Desk):
    for number in range(3):
        await desk.order("weekly monday 09:30", f"chat:T1:C{number}")
    desk.now = MONDAY
    assert await desk.scheduler.work_off() == 3
    assert {owed.person for owed in desk.handed} == {"chat:T1:C0", "chat:T1:C1", "chat:T1:C2"}


async def test_two_who_look_at_the_same_time_owe_it_once(desk: Desk, guide: Guide, wording: Wording):
    for number in range(40):
        await desk.order("weekly monday 09:30", f"chat:T1:C{number}")
    desk.now = MONDAY
    other = Desk(guide, wording, desk.store)
    other.now = MONDAY
    await asyncio.gather(*(each.scheduler.work_off() for each in (desk, other, desk, other)))
    owed = [post.person for each in (desk, other) for post in each.handed]
    assert sorted(owed) == sorted(f"chat:T1:C{number}" for number in range(40))


@pytest.mark.parametrize("words", ["stop", "pause 2 weeks", "skip this week"])
async def test_what_was_stopped_or_paused_while_it_waited_does_not_go(desk: Desk, words: str):
    await desk.order("weekly monday 09:30")
    owed = await desk.wake(MONDAY)
    await desk.order(words)
    assert await desk.gate.send(owed) == Never("no longer wanted")
    assert desk.took == []


async def test_what_did_not_go_has_not_been_used(desk: Desk):
    await desk.order("weekly monday 09:30")
    owed = await desk.wake(MONDAY)
    desk.now = datetime(2026, 11, 30, 18, 0, tzinfo=BERLIN)
    assert await desk.gate.send(owed) == Never("too late")
    assert await desk.plan() == datetime(2026, 12, 7, 9, 30, tzinfo=BERLIN)
    stored = await desk.store.load(PLACE, desk.channels.key)
    assert stored is not None
    assert (from_record(stored.record).used, from_record(stored.record).sent) == ((), ())


async def test_the_operators_hold_and_cap_count_for_posts_too(desk: Desk):
    await desk.order("weekly monday 09:30")
    await desk.order("weekly monday 09:30", OTHER)
    desk.now = MONDAY
    await desk.scheduler.work_off()
    first, second = desk.handed
    await desk.store.write(partial(switches.write, Switches(held=True)))
    assert isinstance(await desk.gate.send(first), Held)
    await desk.store.hold(first.id, desk.clock(), "as the courier does")
    await desk.store.write(partial(switches.write, Switches(cap=1)))
    assert await desk.gate.send(first) == Sent()
    assert isinstance(await desk.gate.send(second), Held)


async def test_a_channel_that_is_gone_ends_its_posts_and_leaves_nothing(desk: Desk):
    await desk.store.write(partial(keepers.note, PLACE, "chat:T1:U1"))
    await desk.order("weekly monday 09:30", key="one")
    owed = await desk.wake(MONDAY)
    desk.answer = Never("is_archived")
    assert await desk.gate.send(owed) == Never("is_archived")
    assert await desk.rows() == {}


async def test_late_news_that_we_left_does_not_undo_what_was_set_up_since(desk: Desk):
    await desk.order("weekly monday 09:30")
    assert not await desk.channels.end(PLACE, WEDNESDAY.timestamp() - 600)
    assert await desk.plan() == MONDAY
    assert await desk.channels.end(PLACE, WEDNESDAY.timestamp() + 600)
    assert await desk.rows() == {}


async def test_whoever_brought_us_in_is_known_until_they_or_the_channel_are_forgotten(desk: Desk):
    ana, ben = "chat:T1:U1", "chat:T1:U2"
    for place, person in ((PLACE, ana), (PLACE, ben), (OTHER, ana), (OTHER, ana)):
        await desk.store.write(partial(keepers.note, place, person))
    assert await desk.store.read(partial(keepers.keeps, OTHER, ana))
    assert not await desk.store.read(partial(keepers.keeps, OTHER, ben))
    assert (await desk.store.export(ana)).keeps == (PLACE, OTHER)
    await desk.store.forget(ana)
    assert not await desk.store.read(partial(keepers.keeps, PLACE, ana))
    assert await desk.store.read(partial(keepers.keeps, PLACE, ben))
    await desk.store.forget(PLACE)
    assert await desk.rows() == {}


async def test_a_workspace_that_goes_takes_its_channels_with_it(desk: Desk):
    await desk.order("weekly monday 09:30")
    await desk.order("weekly monday 09:30", "chat:T2:C1")
    await desk.store.write(partial(keepers.note, PLACE, "chat:T1:U1"))
    await desk.store.forget_everyone("chat:T1:")
    assert await desk.rows() == {"people": 1, "agenda": 1}


async def test_two_channels_begin_at_different_places_in_the_list(desk: Desk):
    for number in range(8):
        await desk.order("weekly monday 09:30", f"chat:T1:C{number}")
    desk.now = MONDAY
    await desk.scheduler.work_off()
    assert len({owed.message.subject for owed in desk.handed}) > 2


async def test_whoever_is_woken_for_nothing_is_put_down_for_later(desk: Desk, guide: Guide, wording: Wording):
    await desk.order("weekly monday 09:30")
    desk.now = MONDAY
    claims = await desk.store.claim("chat", desk.clock(), 60.0, 10)
    evening = datetime(2026, 11, 30, 20, 0, tzinfo=BERLIN)
    assert await desk.channels.write_due(desk.channels.decide_due(claims, evening)) == ()
    assert await desk.plan() == datetime(2026, 12, 7, 9, 30, tzinfo=BERLIN)


def plan_of(path: Path) -> Subscription:
    """Return the one plan that a file holds, read by other means."""
    with closing(sqlite3.connect(path)) as other:
        [(record,)] = other.execute("select record from people").fetchall()
    return from_record(record)


def test_an_operator_sees_posts_that_wait_and_may_plan_them(tmp_path, guide, wording, environment, monkeypatch, capsys):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    path = tmp_path / "talk.db"

    async def set_up() -> None:
        store = SqliteStore.open(path)
        channels = Channels(guide, wording, store, Manner("/lateral nudge", "whoever made this channel"))
        await channels.take(Asked("slack:T1:C1", Order("weekly monday 09:30", may=True)), WEDNESDAY)
        await asyncio.to_thread(store.close)

    asyncio.run(set_up())
    first = choose(guide, plan_of(path), MONDAY.date())
    assert first is not None
    nudges.show(database=path)
    assert "slack channels: 1 waiting, the first at 2026-11-30 08:30 UTC\n" in capsys.readouterr().out
    nudges.due(database=path, now=MONDAY.isoformat())
    assert capsys.readouterr().out == f"slack:T1:C1: due 2026-11-30 08:30 UTC: post {first.id} to a channel\n"
    nudges.send(database=path, now=MONDAY.astimezone(UTC).isoformat())
    assert capsys.readouterr().out == "1 note planned.\n"


def test_channels_are_kept_beside_the_people_of_the_guide(guide: Guide):
    assert channel_key(guide) == "pm-to-pmo#channel"
