"""The courier carries what the outbox owes: in order, at a pace, again after a failure, and nothing is lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from adapters import courier as couriers
from adapters.attempts import LONGEST_WAIT, TRIES, back_off
from adapters.courier import PAGE, Courier
from adapters.outcomes import Later, Never, Outcome, Sent, Taken
from adapters.storage.memory import MemoryStore
from bot.errors import StoreLocked
from bot.messages import Message
from bot.ports import LANE, Commit, Owed
from tests.waiting import AT_MOST

NOW = 1_800_000_000.0
ANA, BEN = "slack:T1:UANA", "slack:T1:UBEN"


class Platform:
    """A platform that takes messages, unless an outcome is planned for one."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.tried: list[str] = []
        self.at: list[float] = []
        self.planned: dict[str, list[Outcome | Exception]] = {}
        self.gate = asyncio.Event()
        self.gate.set()
        self._changed = asyncio.Condition()

    async def send(self, owed: Owed) -> Outcome:
        await self.gate.wait()
        return await self.take(owed)

    async def take(self, owed: Owed) -> Outcome:
        text = owed.message.text
        self.tried.append(text)
        self.at.append(asyncio.get_running_loop().time())
        planned = self.planned.get(text)
        outcome = planned.pop(0) if planned else Sent()
        if outcome == Sent():
            self.taken.append(text)
        async with self._changed:
            self._changed.notify_all()
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def send_answers(self, owed: Owed) -> Outcome:
        """Take answers at once, and notes once the gate opens."""
        return await (self.send(owed) if owed.conversation.endswith(LANE) else self.take(owed))

    async def send_or_hang(self, owed: Owed) -> Outcome:
        """Take all at once, but what says that it hangs, which waits for the gate."""
        return await (self.send(owed) if owed.message.text == "hangs" else self.take(owed))

    async def until(self, holds: Callable[[], bool]) -> None:
        async with asyncio.timeout(AT_MOST), self._changed:
            await self._changed.wait_for(holds)


class World:
    """A store, a platform, a clock, and a courier between them."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.platform = Platform()
        self.now = NOW
        self.versions: dict[str, int] = {}
        self.courier = self.another()

    def another(self, pace: float = 0.0, place: Callable[[str], str] = str) -> Courier:
        return Courier(self.store, self.platform.send, lambda: self.now, pace=pace, place=place)

    async def commit(self, person: str, *texts: str, conversation: str = "") -> list[Owed]:
        version = self.versions.get(person, 0)
        to, messages = conversation or person, tuple(Message(text) for text in texts)
        done = await self.store.commit(Commit(person, "g", "", version, b"{}", messages, to, self.now))
        self.versions[person] = version + 1
        return [Owed(id_, person, to, message) for id_, message in zip(done.owed, messages, strict=True)]

    async def say(self, person: str, *texts: str, conversation: str = "") -> None:
        self.courier.hand(await self.commit(person, *texts, conversation=conversation))

    async def left(self, later: float = 0.0) -> list[str]:
        return [owed.message.text for owed in await self.store.owed(self.now + later)]


@pytest.fixture
async def world() -> AsyncIterator[World]:
    world = World()
    await world.courier.start()
    yield world
    world.platform.gate.set()
    await world.courier.stop(1)


async def test_messages_of_a_conversation_go_in_their_order(world: World):
    await world.say(ANA, "1", "2")
    await world.say(ANA, "3")
    await world.platform.until(lambda: len(world.platform.taken) == 3)

    assert ["1", "2", "3"] == world.platform.taken


async def test_what_was_taken_is_owed_no_more(world: World):
    await world.say(ANA, "1")
    await world.courier.stop(1)

    assert ([], 1) == (await world.left(), world.courier.sent)


async def test_two_messages_in_one_place_keep_apart(world: World):
    courier = world.courier = world.another(pace=0.05, place=lambda conversation: conversation.rpartition(":")[0])
    await world.say("slack:T1:C1", "1", conversation="slack:T1:C1:10.1")
    await world.say("slack:T1:C1", "2", conversation="slack:T1:C1:10.2")
    await world.say("slack:T1:C1", "3", conversation="slack:T1:C1:10.1")
    await world.platform.until(lambda: len(world.platform.taken) == 3)

    first, second, third = world.platform.at
    assert second - first >= 0.02
    assert third - second >= 0.02
    await courier.stop(1)


async def test_a_conversation_does_not_wait_for_another(world: World):
    world.platform.planned["a1"] = [Later("ratelimited", 60.0)]
    await world.say(ANA, "a1", "a2")
    await world.say(BEN, "b1")
    await world.platform.until(lambda: "b1" in world.platform.taken)

    assert ["a1", "b1"] == world.platform.tried
    assert [] == await world.left(59.0)


async def test_a_second_try_that_hangs_delays_no_other_second_try(world: World):
    hanging, hangs = asyncio.Event(), asyncio.Event()

    async def send(owed: Owed) -> Outcome:
        if owed.message.text == "hangs" and owed.attempts:
            hangs.set()
            await hanging.wait()
        return await world.platform.send(owed)

    world.platform.planned = {"hangs": [Later("timeout", 0.0)], "1": [Later("ratelimited", 30.0)]}
    courier = world.courier = Courier(world.store, send, lambda: world.now, pace=0.0)
    await courier.start()
    await world.say(BEN, "hangs")
    await world.say(ANA, "1", "2")
    await hangs.wait()
    world.now += 30.0
    await world.platform.until(lambda: world.platform.taken == ["1", "2"])
    hanging.set()
    await world.platform.until(lambda: len(world.platform.taken) == 3)
    await courier.stop(1)

    assert ["1", "2", "hangs"] == world.platform.taken


async def test_more_than_a_page_of_left_over_messages_is_sent_though_one_hangs(world: World):
    world.platform.gate.clear()
    for number in range(3):
        await world.commit(f"slack:T1:H{number}", "hangs")
    for number in range(PAGE + 2):
        await world.commit(f"slack:T1:U{number}", "1")
    courier = world.courier = Courier(world.store, world.platform.send_or_hang, lambda: world.now, pace=0.0)
    await courier.start()
    await world.platform.until(lambda: len(world.platform.taken) == PAGE + 2)
    world.platform.gate.set()
    await world.platform.until(lambda: len(world.platform.taken) == PAGE + 5)
    await courier.stop(1)
    assert [] == await world.left(1e9)


async def test_so_many_as_are_allowed_may_hang_and_the_next_goes_all_the_same(world: World):
    world.platform.gate.clear()
    sending = world.platform.send_or_hang
    courier = world.courier = Courier(world.store, sending, lambda: world.now, pace=0.0, at_once=101)
    for number in range(100):
        await world.say(f"slack:T1:U{number}", "hangs")
    await world.say(ANA, "1")
    await world.platform.until(lambda: world.platform.taken == ["1"])
    world.platform.gate.set()
    await world.platform.until(lambda: len(world.platform.taken) == 101)
    await courier.stop(1)

    assert ["1"] + ["hangs"] * 100 == world.platform.taken


async def test_what_the_platform_wants_later_waits_as_long_as_it_says_and_keeps_its_order(world: World):
    world.platform.planned["1"] = [Later("ratelimited", 30.0)]
    await world.say(ANA, "1", "2")
    await world.platform.until(lambda: world.platform.tried == ["1"])
    await world.say(ANA, "3")
    assert ([], ["1"]) == (await world.left(29.0), await world.left(30.0))

    world.now += 30.0
    await world.platform.until(lambda: len(world.platform.taken) == 3)

    assert ["1", "2", "3"] == world.platform.taken


async def test_after_a_failure_the_conversation_goes_on_from_memory(world: World):
    world.platform.planned["1"] = [Later("timeout", 0.0)]
    await world.say(ANA, "1")
    await world.platform.until(lambda: world.platform.taken == ["1"])
    await world.say(ANA, "2")
    await world.platform.until(lambda: world.platform.taken == ["1", "2"])

    assert ["1", "1", "2"] == world.platform.tried


async def test_what_can_never_be_sent_is_set_aside_and_the_next_goes_on(world: World):
    world.platform.planned["1"] = [Never("is_archived")]
    await world.say(ANA, "1", "2")
    await world.platform.until(lambda: world.platform.taken == ["2"])
    await world.courier.stop(1)

    assert [] == await world.left(1e9)


async def test_a_way_to_send_that_raises_counts_as_later(world: World):
    world.platform.planned["1"] = [ValueError("a bug")]
    await world.say(ANA, "1")
    await world.platform.until(lambda: world.platform.tried == ["1"])
    await world.courier.stop(1)

    assert ["1"] == await world.left(2.0)


async def test_a_message_is_not_tried_for_ever(world: World):
    world.platform.planned["1"] = [Later("timeout", 0.0)] * 50
    await world.say(ANA, "1", "2")
    await world.platform.until(lambda: world.platform.taken == ["2"])

    assert ["1"] * TRIES + ["2"] == world.platform.tried


async def test_what_a_crash_left_over_is_sent_first(world: World):
    await world.courier.stop(1)
    await world.commit(ANA, "1", "2")
    await world.commit(BEN, "b")
    world.courier = world.another()
    await world.courier.start()
    await world.platform.until(lambda: len(world.platform.taken) == 3)

    await world.say(ANA, "3")
    await world.platform.until(lambda: len(world.platform.taken) == 4)

    assert ["1", "2", "3"] == [text for text in world.platform.taken if text != "b"]


async def test_what_a_crash_left_over_for_later_goes_in_its_time_though_nothing_is_due_at_first(world: World):
    await world.courier.stop(1)
    [owed] = await world.commit(ANA, "1")
    await world.store.failed(owed.id, world.now + 30.0, "ratelimited")
    world.courier = world.another()
    await world.courier.start()
    await world.say(BEN, "b")
    await world.platform.until(lambda: world.platform.taken == ["b"])

    world.now += 30.0
    await world.platform.until(lambda: len(world.platform.taken) == 2)

    assert ["b", "1"] == world.platform.taken


async def test_a_note_that_another_process_left_is_found_an_answer_is_that_processs_own(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(couriers, "LOOK_ROUND", 0.01)
    await world.courier.stop(1)
    world.courier = world.another()
    await world.courier.start()
    await world.say(ANA, "1")
    await world.platform.until(lambda: world.platform.taken == ["1"])
    await world.commit(ANA, "an answer")
    await world.commit(ANA, "a note", conversation=ANA + LANE)
    await world.platform.until(lambda: world.platform.taken == ["1", "a note"])

    assert await world.left() == ["an answer"]


async def test_what_another_process_has_taken_is_left_to_it_until_the_store_says_it_is_ours(world: World):
    world.platform.planned["1"] = [Taken()]
    [owed] = await world.commit(ANA, "1")
    world.courier.hand([owed])
    await world.platform.until(lambda: world.platform.taken == ["1"])

    assert ["1", "1"] == world.platform.tried


async def test_what_was_read_from_the_store_is_not_sent_again_when_it_is_handed_over(world: World):
    await world.courier.stop(1)
    owed = await world.commit(ANA, "1")
    world.courier = world.another()
    await world.courier.start()
    await world.platform.until(lambda: world.platform.taken == ["1"])

    world.courier.hand(owed)
    await world.say(BEN, "2")
    await world.platform.until(lambda: "2" in world.platform.taken)

    assert ["1", "2"] == world.platform.taken


async def test_a_stop_sends_what_it_can_and_leaves_the_rest_owed(world: World):
    await world.say(ANA, "1")
    await world.platform.until(lambda: world.platform.taken == ["1"])
    world.platform.gate.clear()
    await world.say(BEN, "2", "3")
    await world.courier.stop(0.01)
    await world.say(ANA, "4")

    assert ["1"] == world.platform.taken
    assert {"2", "4"} == set(await world.left())


async def test_a_person_who_is_gone_is_sent_nothing_more(world: World):
    world.platform.gate.clear()
    await world.say(ANA, "1", "2")
    await world.say(BEN, "3")
    world.courier.forget_everyone("slack:T1:UANA")
    world.platform.gate.set()
    await world.platform.until(lambda: "3" in world.platform.taken)
    await world.courier.stop(1)

    assert "2" not in world.platform.taken


async def test_a_store_that_fails_for_a_while_is_asked_again(world: World, monkeypatch: pytest.MonkeyPatch):
    await world.courier.stop(1)
    await world.commit(ANA, "1")
    real, failures = world.store.owed, [StoreLocked(), StoreLocked()]

    async def owed(now: float, most: int = 100, prefix: str = "") -> object:
        if failures:
            raise failures.pop()
        return await real(now, most)

    monkeypatch.setattr(world.store, "owed", owed)
    world.courier = world.another()
    await world.courier.start()
    await world.platform.until(lambda: world.platform.taken == ["1"])

    assert [] == failures


@pytest.mark.parametrize("attempts", [0, 3, 9, 50])
def test_waits_double_within_bounds(attempts: int):
    wait = back_off(attempts)
    assert min(LONGEST_WAIT, 2.0**attempts) / 2 <= wait <= min(LONGEST_WAIT, 2.0**attempts)


async def test_notes_never_fill_the_room_there_is_for_answers():
    world = World()
    notes = [f"slack:T1:U{number}{LANE}" for number in range(8)]
    world.courier = Courier(world.store, world.platform.send_answers, lambda: NOW, pace=0, at_once=4)
    world.platform.gate.clear()
    for number, conversation in enumerate(notes):
        world.courier.hand([Owed(number, conversation, conversation, Message("a note"))])
    world.courier.hand([Owed(99, ANA, ANA, Message("an answer"))])
    await world.platform.until(lambda: world.platform.taken == ["an answer"])
    world.platform.gate.set()
    await world.platform.until(lambda: len(world.platform.taken) == 9)
    await world.courier.stop(3)

    assert ["an answer"] + ["a note"] * 8 == world.platform.taken
