"""Slack over HTTP: the real server here, clients and a Slack that says ok in a process of their own."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import mkdtemp
from time import process_time, time
from typing import Any

from aiohttp import web

from adapters.launch import Running
from adapters.server import Server, listening, opened
from adapters.settings import SlackSettings
from adapters.slack.requests import decode, is_signed
from adapters.slack.stamps import read_action
from adapters.speed import new_event_loop
from adapters.storage.sqlite import SqliteStore
from benchmarks.interleaved import in_turns
from benchmarks.setting import NOW, Setting, settings_in
from benchmarks.slack_load import Figures, Job
from benchmarks.slack_presses import SECRET, TEAM, walk
from benchmarks.slack_sketch import answering, sketch
from benchmarks.steady import lengthen_log
from benchmarks.table import Row, limited
from bot.conversation import Conversation, Delivery
from bot.events import Chose, Said, Submitted

CLIENTS = 32
PEOPLE_EACH = 4
TIPS = 600
TIPPED_FROM = 50_000_000


class Load:
    """The other process, and the jobs it does. No two are about the same people."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._crowds = count(0, CLIENTS * PEOPLE_EACH)
        self._tips = count(TIPPED_FROM, TIPS)

    async def hello(self, port: int) -> int:
        """Let the people of a crowd say hello; return the number of the first of them."""
        first = next(self._crowds)
        await self._do(Job(port, "hello", CLIENTS, PEOPLE_EACH, 1, first))
        return first

    async def crowd(self, port: int, presses: int, first: int) -> Figures:
        """Let 32 people at a time, who have said hello, press as fast as they are answered."""
        return await self._do(Job(port, "press", CLIENTS, PEOPLE_EACH, presses, first))

    async def tips(self, port: int) -> Figures:
        """Let people ask for a tip, one after another."""
        return await self._do(Job(port, "tip", 1, TIPS, 1, next(self._tips)))

    async def _do(self, job: Job) -> Figures:
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the load has no pipes")
        self._process.stdin.write(json.dumps(asdict(job)).encode() + b"\n")
        figures = Figures(**json.loads(await self._process.stdout.readline()))
        if figures.bad:
            raise AssertionError(f"{figures.bad} requests were not answered with 200")
        return figures


def measure(setting: Setting) -> list[Row]:
    """Return the rows for Slack over HTTP."""
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        found, cost = runner.run(_race(setting))
    crowds, tips = found["crowd"], found["tips"]
    rates, bare_rates, sketched = (_rates(found[name]) for name in ("crowd", "bare", "sketch"))
    theirs = median(one.busy * 1e6 / one.answers for one in crowds)
    share = median(ours / other for ours, other in zip(rates, bare_rates, strict=True))
    return [
        limited("/pmo-tip over HTTP, one client, p50", median(one.p50 for one in tips), 3, show="{:.1f} ms"),
        limited("  p99", median(one.p99 for one in tips), 15, show="{:.1f} ms"),
        limited(
            f"{CLIENTS} clients pressing over HTTP, durable answers a second",
            median(rates),
            4000,
            show="{:,.0f}/s",
            at_least=True,
        ),
        limited("  p99", median(one.p99 for one in crowds), 20, show="{:.1f} ms"),
        Row("  fastest round", f"{max(rates):,.0f}/s"),
        Row("  processor time an answer: the server's · the clients' and Slack's", f"{cost:.0f} · {theirs:.0f} µs"),
        Row("  bare aiohttp: signature and turn, nothing sent", f"{median(bare_rates):,.0f}/s"),
        Row("  ours to that", f"{share:.2f} ×"),
        Row("  a bare sketch: aiohttp, signature, JSON, one durable write, no dialogue", f"{median(sketched):,.0f}/s"),
        Row("  ours to that", f"{median(ours / least for ours, least in zip(rates, sketched, strict=True)):.2f} ×"),
    ]


def _rates(crowds: list[Figures]) -> list[float]:
    return [one.answers / one.seconds for one in crowds]


async def _race(setting: Setting) -> tuple[dict[str, list[Figures]], float]:
    """Return what each round came to: of the tips, and of a crowd at ours, at the bare server and at the sketch.

    Beside it, how much processor time a person of the crowd cost our server for each answer, in µs.
    """
    async with (
        _loading() as (load, api_url),
        _lateral(setting, api_url) as (server, port),
        _bare(setting) as plain,
        sketch(Path(mkdtemp(dir=setting.folder)) / "sketch.db") as least,
    ):
        runs = Runs(load, len(walk(setting)), server, port)
        lanes: dict[str, Callable[[], Awaitable[Figures]]] = {
            "tips": runs.tips,
            "crowd": runs.crowd,
            "bare": partial(runs.crowd_at, plain),
            "sketch": partial(runs.crowd_at, least),
        }
        found: dict[str, list[Figures]] = {name: [] for name in lanes}
        for _, name in in_turns([*lanes], setting.rounds):
            found[name].append(await lanes[name]())
    return {name: figures[1:] for name, figures in found.items()}, median(runs.costs[1:])


@dataclass
class Runs:
    """The runs of a round, each of which the load does once; and what the crowd at ours cost each time, in µs."""

    load: Load
    presses: int
    server: Server
    port: int
    costs: list[float] = field(default_factory=list)

    async def tips(self) -> Figures:
        """Let people ask ours for a tip."""
        return await self.load.tips(self.port)

    async def crowd(self) -> Figures:
        """Let a crowd press at ours, with nothing still to be sent before or after."""
        first = await self.load.hello(self.port)
        await _let_go(self.server)
        began = process_time()
        figures = await self.load.crowd(self.port, self.presses, first)
        self.costs.append((process_time() - began) * 1e6 / figures.answers)
        await _let_go(self.server)
        return figures

    async def crowd_at(self, port: int) -> Figures:
        """Let a crowd press at another server, which sends nothing."""
        return await self.load.crowd(port, self.presses, await self.load.hello(port))


@asynccontextmanager
async def _loading() -> AsyncIterator[tuple[Load, str]]:
    """Start the other process; give it with the base address of its Web API."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.slack_load", stdin=PIPE, stdout=PIPE, limit=1_000_000
    )
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the load has no pipes")
    try:
        yield Load(process), (await process.stdout.readline()).decode().strip()
    finally:
        process.stdin.close()
        await process.wait()


@asynccontextmanager
async def _lateral(setting: Setting, api_url: str) -> AsyncIterator[tuple[Server, int]]:
    """Serve Lateral as `lateral serve` does; give the server and its port."""
    slack = SlackSettings(SECRET, "xoxb-of-the-benchmark", "", "", "", api_url)
    with _store(setting) as store:
        talk = Conversation(setting.guide, setting.wording, store)
        async with (
            opened(settings_in(setting.folder), slack, Running(talk, store)) as server,
            listening(server, "127.0.0.1", 0) as url,
        ):
            yield server, int(url.rpartition(":")[2])


async def _let_go(server: Server) -> None:
    """Let go of what is still to be sent, one message a second each: it is not to slow the next round."""
    server.slack.courier.forget_everyone(f"slack:{TEAM}:")
    server.slack.posting.drop(TEAM)
    owed = await server.store.read(lambda connection: connection.execute("SELECT id FROM outbox").fetchall())
    await server.store.delivered([id_ for (id_,) in owed])
    await server.store.flush()


@asynccontextmanager
async def _bare(setting: Setting) -> AsyncIterator[int]:
    """Serve the least there could be, by aiohttp: signature, reading, Lateral's durable turn; nothing is sent."""
    with _store(setting) as store:
        talk = Conversation(setting.guide, setting.wording, store)

        async def take(request: web.Request) -> web.Response:
            body = await request.read()
            payload = decode(body, request.content_type) if is_signed(SECRET, request.headers, body, time()) else None
            await talk.take(_delivery(payload or {}), NOW)
            return web.Response()

        async with answering(take) as port:
            yield port


def _delivery(payload: Mapping[str, Any]) -> Delivery:
    if "event" in payload:
        return Delivery(f"slack:{TEAM}:{payload['event']['user']}", Said("hello"), key=payload["event_id"])
    action = payload["actions"][0]
    event = read_action(action, payload["state"]["values"])
    if not isinstance(event, Chose | Submitted):
        raise TypeError(event)
    person = f"slack:{TEAM}:{payload['user']['id']}"
    return Delivery(person, event, key=f"{person}:{action['action_ts']}:{action['action_id']}")


@contextmanager
def _store(setting: Setting) -> Iterator[SqliteStore]:
    """Lend a store in a file that is in use."""
    path = Path(mkdtemp(dir=setting.folder)) / "slack.db"
    store = SqliteStore.open(path)
    try:
        lengthen_log(path)
        yield store
    finally:
        store.close()
