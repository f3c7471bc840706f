"""Slack keeps the chat contract, whole, over HTTP and over a WebSocket (Socket Mode).

Requests are signed, the database is a real SQLite file, and a stand-in plays Slack itself.
"""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters.slack import limits
from adapters.slack.mrkdwn import unescape
from adapters.slack.outgoing import draw
from bot.guide import Guide
from bot.messages import Control, Message, Pick
from bot.wording import Wording
from tests.adapters.slack.blockkit import choices
from tests.adapters.slack.delivery import Payload, SlackDelivery
from tests.adapters.slack.standin_faults import server_error
from tests.adapters.slack.standin_world import ANA, BEN, SIGNING_SECRET, TEAM
from tests.adapters.slack.workplace import Workplace, workplace
from tests.contracts.chat_contract import ChatContract, ChatDriver, Shown

USERS = {"ana": ANA, "ben": BEN}


class SlackDriver(ChatDriver):
    """Plays Slack, and two people on it."""

    def __init__(self, place: Workplace) -> None:
        self.place = place
        self.durable: list[bool] = []
        self.delivered: dict[str, SlackDelivery] = {}

    async def say(self, person: str, words: str, key: str = "") -> list[Shown]:
        known = self.delivered.get(key)
        delivery = known or self.place.made.said(words, USERS[person])
        if key:
            self.delivered[key] = delivery
        return await self._deliver(delivery, retry=1 if known else 0)

    async def _deliver(self, delivery: SlackDelivery, retry: int = 0) -> list[Shown]:
        before, turns = len(self.place.slack.calls), self.place.turns
        await self._hand(delivery, retry)
        changed = self.place.turns != turns
        await self.place.settle()
        calls = self.place.posted(before)
        self.durable.append(changed or not calls)
        return [shown(call.arguments) for call in calls]

    async def _hand(self, delivery: SlackDelivery, retry: int) -> None:
        """Hand a delivery over, and return when it is acknowledged; what follows that may still be under way."""
        answer = await self.place.post(delivery.signed(SIGNING_SECRET, time.time(), retry=retry))
        assert answer.status == 200

    async def press(self, person: str, option: str, question: str = "") -> list[Shown]:
        return await self._deliver(self.place.pressing(option, USERS[person], question))

    async def hear_a_bot(self, person: str) -> list[Shown]:
        made = self.place.made
        ours = await self._deliver(made.said_by_ourselves("1", USERS[person]))
        return ours + await self._deliver(made.said_by_a_bot("1", USERS[person]))

    async def hear_something_unknown(self, person: str) -> list[Shown]:
        made, user = self.place.made, USERS[person]
        edited = await self._deliver(made.edited("1", "3", user))
        deleted = await self._deliver(made.deleted("1", user))
        return edited + deleted + await self._deliver(made.event({"type": "pin_added", "user": user}))

    async def say_while_sending_fails(self, person: str, words: str) -> None:
        self.place.slack.fail("chat.postMessage", server_error(503), times=None)
        assert await self.say(person, words) == []

    async def come_back(self, person: str) -> list[Shown]:
        before = len(self.place.slack.calls)
        await self.place.running.store.flush()
        [(owed,)] = self.place.read("select count(*) from outbox")
        self.place.slack.mend()
        await self.place.slack.until(lambda: len(self.place.posted(before)) >= owed)
        return [shown(call.arguments) for call in self.place.posted(before)]

    async def kept(self, person: str) -> dict[str, object] | None:
        rows = self.place.read("select record from people where person = ?", f"slack:{TEAM}:{USERS[person]}")
        return json.loads(rows[0][0]).get("a", {}) if rows else None

    async def ids(self) -> list[str]:
        await self.place.running.store.flush()
        tables = ("people", "outbox", "deliveries")
        found = {row[0] for table in tables for row in self.place.read(f"select distinct person from {table}")}  # noqa: S608
        return sorted(found - {None, ""})

    def was_durable_when_answered(self) -> bool:
        return bool(self.durable) and all(self.durable)

    def longest(self) -> int:
        return limits.MESSAGE_TEXT

    def draw(self, text: str) -> list[Shown]:
        return [shown(payload) for payload in draw(Message(text), 1)]

    def draw_options(self, count: int) -> list[Shown]:
        picks = tuple(Pick(f"option-{number}", f"Option {number}") for number in range(count))
        asked = Message("Which?", (Control("choice", "q", "", picks),), question="q")
        return [shown(payload) for payload in draw(asked, 1)]


class SocketDriver(SlackDriver):
    """Plays Slack over the line that Lateral keeps open."""

    async def _hand(self, delivery: SlackDelivery, retry: int) -> None:
        await self.place.slack.socket.send(delivery, attempt=retry, reason="timeout" if retry else "")


def shown(payload: Payload) -> Shown:
    """Return a message as a person sees it; a message to a person's own id stands in their direct messages."""
    plain = unescape(payload["text"])
    where = payload.get("channel", ANA)
    return Shown(plain, plain, choices(payload), "direct" if where in USERS.values() else where)


class TestSlackByHttp(ChatContract):
    @pytest.fixture
    async def chat(self, tmp_path: Path, guide: Guide, wording: Wording) -> AsyncIterator[SlackDriver]:
        async with workplace(tmp_path, guide, wording) as place:
            yield SlackDriver(place)


class TestSlackBySocketMode(ChatContract):
    @pytest.fixture
    async def chat(self, tmp_path: Path, guide: Guide, wording: Wording) -> AsyncIterator[SocketDriver]:
        async with workplace(tmp_path, guide, wording, socket=True) as place:
            await place.slack.socket.connected()
            yield SocketDriver(place)
            assert place.slack.socket.strays == []
