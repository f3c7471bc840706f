"""Lateral at work on Teams: the real server on loopback, with the stand-in at its other side, and people who use it."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp

from adapters.launch import Running
from adapters.server import Server, listening, opened
from adapters.settings import Settings, TeamsSettings
from adapters.storage.sqlite import SqliteStore
from bot.conversation import Conversation
from bot.guide import Guide
from bot.wording import Wording
from tests.adapters.teams.activities import ANA, Activities, Json, Person
from tests.adapters.teams.keys import APP_ID, KeyServer
from tests.adapters.teams.reading import card_of, choices, pressed
from tests.adapters.teams.standin import SECRET, TENANT, Call, TeamsStandIn
from tests.clock import Clock
from tests.conftest import CONTENT
from tests.waiting import AT_MOST, done


@dataclass(frozen=True)
class Answer:
    """What the server answered to a request."""

    status: int
    text: str

    @property
    def body(self) -> Json:
        found: Json = json.loads(self.text)
        return found


@dataclass
class Office:
    """One tenant in which Lateral runs. `before` holds the card each person has before them, with its id."""

    teams: TeamsStandIn
    keys: KeyServer
    server: Server
    running: Running
    url: str
    path: Path
    session: aiohttp.ClientSession
    made: Activities
    before: dict[Person, list[tuple[str, Json]]] = field(default_factory=dict)

    async def post(self, activity: Any, authorization: str | None = None) -> Answer:
        """Send an activity as Bot Framework does, and return the answer at once."""
        data = activity if isinstance(activity, bytes) else json.dumps(activity).encode()
        bearer = self.keys.bearer(self.made.service_url, time.time()) if authorization is None else authorization
        headers = {"Authorization": bearer, "Content-Type": "application/json; charset=utf-8"}
        async with self.session.post(f"{self.url}/api/messages", data=data, headers=headers) as response:
            return Answer(response.status, await response.text())

    async def deliver(self, activity: Json) -> Answer:
        """Deliver an activity, and wait until all that follows it is done."""
        answer = await self.post(activity)
        await self.settle()
        return answer

    async def settle(self) -> None:
        """Wait until what followed is done, but for messages that have to be tried again."""
        chat = self.server.teams
        await chat.finish(AT_MOST)
        await done(chat.courier._tasks)
        await chat._posting.finish()

    async def say(self, words: str, person: Person = ANA) -> list[Json]:
        """Let a person write to Lateral; return what they are sent."""
        return await self.sent(self.made.said(words, person), person)

    async def sent(self, activity: Json, person: Person = ANA) -> list[Json]:
        """Deliver an activity, which is to be taken; return what is posted to that person."""
        start = len(self.teams.calls)
        assert (await self.deliver(activity)).status == 200
        return [call.body for call in self.posted(start) if call.conversation == person.chat]

    async def press(self, option: str, person: Person = ANA, question: str = "") -> Answer:
        """Let a person press something they were shown, just now or long ago; return the answer."""
        return await self.execute(*self.find(option, person, question), person)

    async def execute(self, data: Json, card: str, person: Person = ANA) -> Answer:
        """Press with Action.Execute, and put what is answered in the card's place, as Teams does."""
        answer = await self.deliver(self.made.executed(data, card, person))
        if answer.status == 200 and answer.body.get("type") == "application/vnd.microsoft.card.adaptive":
            self.before.setdefault(person, []).append((card, answer.body["value"]))
        return answer

    def find(self, option: str, person: Person = ANA, question: str = "") -> tuple[Json, str]:
        """Return the data of a press on something that was shown to a person, the latest first, and its card's id."""
        calls = [call for call in self.posted() if call.conversation == person.chat]
        ids = [activity["id"] for activity in self.seen(person)]
        shown = [(id_, card_of(call.body)) for id_, call in zip(ids, calls, strict=True)]
        for card_id, card in reversed([*shown, *self.before.get(person, [])]):
            if option in choices(card):
                data = pressed(card, option)
                if question in ("", data["lateral"].get("question")):
                    return data, card_id
        raise LookupError(option)

    async def wake(self, clock: Clock, moment: datetime) -> list[Call]:
        """Let a moment come; return what is then posted. From then on, what is due is looked for only by the test."""
        await self.server.teams.scheduler.stop()
        before = len(self.teams.calls)
        clock.move_to(moment + timedelta(seconds=1))
        await self.server.teams.scheduler.work_off()
        await self.settle()
        return self.posted(before)

    def due(self, place: str) -> datetime:
        """Return when something is due for a person or a channel."""
        [(moment,)] = self.read("select due from agenda where person = ?", place)
        return datetime.fromtimestamp(moment, UTC)

    def posted(self, since: int = 0) -> list[Call]:
        """Return the posts to conversations that Teams took since that many calls had been made."""
        return [
            call
            for call in self.teams.calls[since:]
            if call.method == "POST" and call.status == 201 and call.conversation
        ]

    def seen(self, person: Person = ANA) -> list[Json]:
        """Return the messages as they stand now in a person's own chat."""
        return self.teams.shown(person.chat)

    def read(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Read from the database by other means."""
        with closing(sqlite3.connect(self.path)) as other:
            return other.execute(sql, values).fetchall()

    def answers(self, person: Person = ANA) -> Json | None:
        """Return the answers kept for a person, read by other means; None when nothing is."""
        rows = self.read("select record from people where person = ?", person.id)
        return json.loads(rows[0][0]).get("a", {}) if rows else None

    @property
    def turns(self) -> int:
        """How many turns can be read back."""
        return int(self.read("select coalesce(sum(version), 0) from people")[0][0])


def teams_settings(teams: TeamsStandIn, keys: KeyServer) -> TeamsSettings:
    """Return settings for the stand-in."""
    return TeamsSettings(
        app_id=APP_ID,
        app_password=SECRET,
        tenant_id=TENANT,
        tenants=frozenset((TENANT,)),
        openid_url=keys.openid_url,
        login_url=teams.authority_url,
        hosts=frozenset(("127.0.0.1",)),
    )


@asynccontextmanager
async def office(
    folder: Path, guide: Guide, wording: Wording, now: Callable[[], float] | None = None
) -> AsyncIterator[Office]:
    """Run Lateral beside a stand-in for Teams; `now` gives POSIX seconds, else it is the Monday of the tests."""
    path = folder / "talk.db"
    settings = Settings(path, CONTENT, folder / "cache", guide.id)
    store = SqliteStore.open(path)
    running = Running(Conversation(guide, wording, store), store)
    now = now or Clock()
    try:
        async with (
            TeamsStandIn.running() as teams,
            KeyServer.running() as keys,
            opened(settings, None, running, teams=teams_settings(teams, keys), pace=0, now=now) as server,
            listening(server, "127.0.0.1", 0) as url,
            aiohttp.ClientSession() as session,
        ):
            yield Office(
                teams,
                keys,
                server,
                running,
                url,
                path,
                session,
                Activities(teams.service_url, datetime.fromtimestamp(now(), UTC)),
            )
    finally:
        await asyncio.to_thread(store.close)
