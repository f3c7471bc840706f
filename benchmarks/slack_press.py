"""A signed press in process: verified, read, decided, committed and acknowledged, beside bare Bolt."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import mkdtemp
from time import perf_counter_ns
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult

from adapters.settings import SlackSettings
from adapters.slack.app import SlackChat
from adapters.slack.installations import Installation
from adapters.slack.single_installation import SingleInstallation
from adapters.slack.stamps import read_action
from adapters.speed import new_event_loop
from adapters.spoken import Spoken
from adapters.storage.sqlite import SqliteStore
from benchmarks.setting import NOW, Setting
from benchmarks.slack_presses import FORM, SECRET, TEAM, headers, walk
from benchmarks.steady import lengthen_log
from benchmarks.table import Row, limited
from bot.conversation import Conversation, Delivery
from bot.events import Chose, Started, Submitted

PEOPLE_A_ROUND = 6

Take = Callable[[str, Mapping[str, str], bytes], Awaitable[object]]
"""Takes a press: whose it is, the headers of its request, and the body."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A way to take presses, and the store it keeps them in."""

    take: Take
    talk: Conversation
    store: SqliteStore
    people: int = PEOPLE_A_ROUND


def measure(setting: Setting) -> list[Row]:
    """Return the rows for a press in process."""
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        rounds = [runner.run(_round(setting)) for _ in range(setting.rounds + 1)][1:]
    ratio = median(one["ours"] / one["bolt"] for one in rounds)
    spent = [median(one[name] for one in rounds) for name in ("ours", "bolt", "turn", "waiting")]
    return [
        limited("a signed press, to bare Bolt with our durable turn", ratio, 1.2, show="{:.2f} ×"),
        Row("  ours · bare Bolt · the turn alone", " · ".join(f"{figure:.0f}" for figure in spent[:3]) + " µs"),
        Row("  bare Bolt as it comes, with its wait of 10 ms", f"{spent[3] / 1000:.1f} ms"),
    ]


async def _round(setting: Setting) -> dict[str, float]:
    """Return the median of each lane in µs, press by press in turns, in files that are in use."""
    folder = Path(mkdtemp(dir=setting.folder))
    stores = [SqliteStore.open(folder / f"{number}.db") for number in range(4)]
    talks = [Conversation(setting.guide, setting.wording, store) for store in stores]
    try:
        for number in range(4):
            lengthen_log(folder / f"{number}.db")
        async with aiohttp.ClientSession() as session:
            chat = _lateral(talks[0], stores[0], session)
            takes = {
                "ours": lambda _, head, body: chat.answer(head, FORM, body),
                "bolt": _bare_bolt(talks[1], waits=False),
                "turn": _turn_alone(setting, talks[2]),
                "waiting": _bare_bolt(talks[3], waits=True),
            }
            lanes = zip(takes.items(), talks, stores, strict=True)
            made = {name: Lane(take, talk, store) for (name, take), talk, store in lanes}
            made["waiting"] = Lane(takes["waiting"], talks[3], stores[3], people=1)
            return await _race(setting, made)
    finally:
        for store in stores:
            store.close()


async def _race(setting: Setting, lanes: Mapping[str, Lane]) -> dict[str, float]:
    presses, numbers, names = walk(setting), count(), list(lanes)
    spent: dict[str, list[int]] = {name: [] for name in names}
    for person in range(PEOPLE_A_ROUND):
        who = f"slack:{TEAM}:U{person:010}"
        for name in names:
            await lanes[name].talk.take(Delivery(who, Started(), key=f"hello-{person}"), NOW)
        for press in presses:
            number = next(numbers)
            body = press.of(person, number)
            head = headers(body)
            for place in range(len(names)):
                name = names[(number + place) % len(names)]
                if person < lanes[name].people:
                    spent[name].append(await _timed(lanes[name], who, head, body))
    return {name: median(lap) / 1000 for name, lap in spent.items()}


async def _timed(lane: Lane, who: str, head: Mapping[str, str], body: bytes) -> int:
    """Return how long a press took in ns. What it owes is struck off beside the clock."""
    began = perf_counter_ns()
    await lane.take(who, head, body)
    spent = perf_counter_ns() - began
    owed = await lane.store.read(lambda connection: connection.execute("SELECT id FROM outbox").fetchall())
    if not owed:
        raise AssertionError("a press was not taken")
    await lane.store.delivered([id_ for (id_,) in owed])
    await lane.store.flush()
    return spent


def _lateral(talk: Conversation, store: SqliteStore, session: aiohttp.ClientSession) -> SlackChat:
    settings = SlackSettings(SECRET, "xoxb-of-the-benchmark", "", "", "", "http://127.0.0.1:9/api/")
    workspace = SingleInstallation(Installation(TEAM, bot_token="xoxb-of-the-benchmark"), store)
    return SlackChat(settings, Spoken(talk, store), workspace, session)


def _bare_bolt(talk: Conversation, *, waits: bool) -> Take:
    """Return Bolt as its documentation shows it, with one listener that takes Lateral's turn.

    With `waits` it is as it comes; else it is told to process before the response, which spares it the wait.
    """

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_token="xoxb-", bot_id="B0", bot_user_id="U0")

    app = AsyncApp(signing_secret=SECRET, authorize=authorize, process_before_response=not waits)

    async def listen(ack: AsyncAck, body: dict[str, Any]) -> None:
        action = body["actions"][0]
        event = read_action(action, body["state"]["values"])
        if not isinstance(event, Chose | Submitted):
            raise TypeError(event)
        person = f"slack:{body['team']['id']}:{body['user']['id']}"
        await talk.take(Delivery(person, event, key=action["action_ts"]), NOW)
        await ack()

    app.action(re.compile("^lateral:"))(listen)

    async def take(_: str, head: Mapping[str, str], body: bytes) -> object:
        return await app.async_dispatch(AsyncBoltRequest(body=body.decode(), headers=dict(head)))

    return take


def _turn_alone(setting: Setting, talk: Conversation) -> Take:
    """Return the durable turn with nothing around it."""
    events = [press.event for press in walk(setting)]
    numbers = count()

    async def take(who: str, _head: Mapping[str, str], _body: bytes) -> object:
        number = next(numbers)
        return await talk.take(Delivery(who, events[number % len(events)], key=f"turn-{number}"), NOW)

    return take
