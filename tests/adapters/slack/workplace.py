"""Lateral at work on Slack: the real server on loopback, with the stand-in at its other side, and people who use it."""

from __future__ import annotations

import asyncio
import copy
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import aiohttp

from adapters.launch import Running
from adapters.server import Server, listening, opened
from adapters.settings import Settings, SlackSettings
from adapters.storage.sqlite import SqliteStore
from bot.conversation import Conversation
from bot.guide import Guide
from bot.wording import Wording
from tests.adapters.slack.blockkit import choices
from tests.adapters.slack.deliveries import Deliveries
from tests.adapters.slack.delivery import Payload, Signed, SlackDelivery
from tests.adapters.slack.pressing import pressed
from tests.adapters.slack.standin import SlackStandIn
from tests.adapters.slack.standin_faults import Fault
from tests.adapters.slack.standin_records import Call
from tests.adapters.slack.standin_world import ANA, APP_TOKEN, CLIENT_ID, CLIENT_SECRET, SIGNING_SECRET, TEAM, dm_of
from tests.clock import Clock
from tests.conftest import CONTENT
from tests.waiting import AT_MOST, done


@dataclass(frozen=True)
class Answer:
    """What the server answered to a request."""

    status: int
    text: str


@dataclass
class Workplace:
    """One workspace in which Lateral runs."""

    slack: SlackStandIn
    server: Server
    running: Running
    url: str
    path: Path
    session: aiohttp.ClientSession
    made: Deliveries = field(default_factory=Deliveries)

    async def post(self, request: Signed) -> Answer:
        """Send a request as it is, and return the answer at once."""
        url = f"{self.url}/slack/events"
        async with self.session.post(url, data=request.body, headers=request.headers) as response:
            return Answer(response.status, await response.text())

    async def deliver(self, delivery: SlackDelivery, *, retry: int = 0) -> Answer:
        """Send a delivery well signed, and wait until all that follows it is done."""
        answer = await self.post(delivery.signed(SIGNING_SECRET, time.time(), retry=retry))
        await self.settle()
        return answer

    async def take(self, delivery: SlackDelivery) -> None:
        """Deliver in the way Lateral listens, and hold it to acknowledge well."""
        if self.server.slack.settings.app_token:
            await self.slack.socket.send(delivery)
            await self.settle()
        else:
            assert (await self.deliver(delivery)).status == 200

    async def settle(self) -> None:
        """Wait until what followed is done, but for messages that have to be tried again."""
        chat = self.server.slack
        await chat.finish(AT_MOST)
        await done(chat.courier._tasks)
        await chat.posting.finish(AT_MOST)

    async def say(self, words: str, user: str = ANA) -> list[Payload]:
        """Let a person write to Lateral; return what they are sent."""
        before = len(self.slack.calls)
        await self.deliver(self.made.said(words, user))
        return [call.arguments for call in self.posted(before)]

    async def press(self, option: str, user: str = ANA, question: str = "") -> list[Payload]:
        """Let a person press something in their direct messages, drawn last or long ago; return what they are sent."""
        before = len(self.slack.calls)
        await self.deliver(self.pressing(option, user, question))
        return [call.arguments for call in self.posted(before)]

    def pressing(self, option: str, user: str = ANA, question: str = "") -> SlackDelivery:
        """Return the press of something that was posted to a person."""
        for call in reversed(self.posted()):
            asks = f'"q":"{question}"' in str(call.arguments["blocks"]) or not question
            if call.arguments["channel"] == user and asks and option in choices(call.arguments):
                return self._press(call, option, user)
        raise LookupError(option)

    def _press(self, call: Call, option: str, user: str) -> SlackDelivery:
        action, state = pressed(call.arguments, option)
        message = copy.deepcopy(call.answer["message"])
        delivery = self.made.act_raw(message, {**action, "action_ts": self.made._ts()}, user)
        delivery.payload["state"] = {"values": state}
        return delivery

    def posted(self, since: int = 0) -> list[Call]:
        """Return the messages that Slack took since that many calls had been made."""
        return [call for call in self.slack.calls[since:] if call.method == "chat.postMessage" and call.outcome == "ok"]

    def direct(self, user: str = ANA) -> list[Payload]:
        """Return the messages as they stand now in a person's direct messages."""
        return list(self.slack.team().channels[dm_of(user)].messages.values())

    def read(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Read from the database by other means."""
        with closing(sqlite3.connect(self.path)) as other:
            return other.execute(sql, values).fetchall()

    @property
    def turns(self) -> int:
        """How many turns can be read back."""
        return int(self.read("select coalesce(sum(version), 0) from people")[0][0])


def slack_settings(slack: SlackStandIn, *, socket: bool = False, many: bool = False) -> SlackSettings:
    """Return settings for the stand-in: one workspace over HTTP, unless said otherwise."""
    return SlackSettings(
        signing_secret="" if socket else SIGNING_SECRET,
        bot_token="" if many else slack.token(TEAM),
        client_id=CLIENT_ID if many else "",
        client_secret=CLIENT_SECRET if many else "",
        app_token=APP_TOKEN if socket else "",
        api_url=slack.api_url,
    )


@asynccontextmanager
async def workplace(
    folder: Path,
    guide: Guide,
    wording: Wording,
    *,
    socket: bool = False,
    many: bool = False,
    now: Callable[[], float] | None = None,
    failing: Mapping[str, Fault] = MappingProxyType({}),
) -> AsyncIterator[Workplace]:
    """Run Lateral beside a stand-in for Slack; `now` gives POSIX seconds, else it is the Monday of the tests.

    `failing` are methods that go wrong from before the start until the stand-in is told to `mend`.
    """
    path = folder / "talk.db"
    settings = Settings(path, CONTENT, folder / "cache", guide.id)
    store = SqliteStore.open(path)
    running = Running(Conversation(guide, wording, store), store)
    now = now or Clock()
    try:
        async with (
            _slack(failing) as slack,
            opened(settings, slack_settings(slack, socket=socket, many=many), running, pace=0, now=now) as server,
            listening(server, "127.0.0.1", 0) as url,
            aiohttp.ClientSession() as session,
        ):
            response_url = slack.response_url()
            made = Deliveries(response_url=response_url)
            yield Workplace(slack, server, running, url, path, session, made)
    finally:
        await asyncio.to_thread(store.close)


@asynccontextmanager
async def _slack(failing: Mapping[str, Fault]) -> AsyncIterator[SlackStandIn]:
    async with SlackStandIn.running(pace=0) as slack:
        for method, fault in failing.items():
            slack.fail(method, fault, times=None)
        yield slack
