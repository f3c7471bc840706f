"""The other side of Lateral on Slack, in a process of its own: clients that send requests, and a Slack that says ok.

    python -m benchmarks.slack_load

It prints the base address of its Web API, then reads one job a line (`Job` as JSON) and answers each with a line of
`Figures`. The requests of a job are made and signed before its clock starts.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter, process_time

from aiohttp import web

from benchmarks.setting import set_up
from benchmarks.slack_presses import EVENTS_PATH, Press, headers, hello, tip, walk
from tests.loopback import serving

SECONDS = 120
"""How long a job may take before it counts as stuck."""


@dataclass(frozen=True, slots=True)
class Job:
    """What to send: `what` is `hello`, `press` or `tip`, from so many clients, each for `people` or `each` requests.

    `first` is the number of the first person, so that no two jobs are about the same ones. Each client of `press`
    lets `people` people answer, `each` presses each, but for its first one, who presses fewer: people come and go at
    different moments. A client of `tip` and `hello` sends one request a person.
    """

    port: int
    what: str
    clients: int
    people: int
    each: int
    first: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What a job measured: answers, seconds it took, and how long each answer took in ms; `bad` counts refusals.

    `busy` is the processor time of this process meanwhile, in seconds: of the clients and of Slack.
    """

    answers: int
    seconds: float
    busy: float
    p50: float
    p99: float
    bad: int


class Client(asyncio.Protocol):
    """One keep-alive connection that sends its requests one after another."""

    def __init__(self, requests: deque[bytes], done: asyncio.Future[None]) -> None:
        self._requests = requests
        self.done = done
        self._heard = b""
        self._sent = 0.0
        self.spent: list[float] = []
        self.bad = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the connection; the clock is not running yet."""
        self._transport = transport

    def begin(self) -> None:
        """Send the first request."""
        self._next()

    def end(self) -> None:
        """Close the connection."""
        self._transport.close()

    def data_received(self, data: bytes) -> None:
        """Take in an answer, and send what is next."""
        self._heard += data
        head, found, rest = self._heard.partition(b"\r\n\r\n")
        if not found or len(rest) < _length(head):
            return
        self.spent.append(perf_counter() - self._sent)
        self.bad += not head.startswith(b"HTTP/1.1 200")
        self._heard = b""
        self._next()

    def connection_lost(self, error: Exception | None) -> None:
        """End, if there was more to send, with an error."""
        if not self.done.done():
            self.done.set_exception(error or ConnectionError("Lateral closed the connection."))

    def _next(self) -> None:
        if not self._requests:
            self.done.set_result(None)
            return
        self._sent = perf_counter()
        self._transport.write(self._requests.popleft())  # type: ignore[attr-defined]


def _length(head: bytes) -> int:
    at = head.lower().find(b"content-length:")
    return int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0


async def run(job: Job, presses: list[Press]) -> Figures:
    """Do a job and return its figures."""
    loop = asyncio.get_running_loop()
    clients: list[Client] = []
    for number in range(job.clients):
        client = Client(deque(_requests(job, presses, number)), loop.create_future())
        await loop.create_connection(lambda client=client: client, "127.0.0.1", job.port)
        clients.append(client)
    began, busy = perf_counter(), process_time()
    for client in clients:
        client.begin()
    await asyncio.wait_for(asyncio.gather(*(client.done for client in clients)), SECONDS)
    seconds, busy = perf_counter() - began, process_time() - busy
    for client in clients:
        client.end()
    spent = sorted(one for client in clients for one in client.spent)
    middle, last = (spent[int(len(spent) * part)] * 1000 for part in (0.5, 0.99))
    return Figures(len(spent), seconds, busy, middle, last, sum(client.bad for client in clients))


def _requests(job: Job, presses: list[Press], client: int) -> Iterator[bytes]:
    """Yield what a client sends, by its number from 0."""
    first = job.first + client * job.people
    for person in range(first, first + job.people):
        if job.what == "press":
            most = job.each if person > first else 1 + (job.each - 1) * client // job.clients
            for place, press in enumerate(presses[:most]):
                yield _request(job.port, press.of(person, person * 100 + place))
        elif job.what == "tip":
            yield _request(job.port, tip(person, person))
        else:
            yield _request(job.port, hello(person, person), form=False)


def _request(port: int, body: bytes, *, form: bool = True) -> bytes:
    lines = {"Host": f"127.0.0.1:{port}", "Content-Length": str(len(body)), **headers(body, form=form)}
    head = "\r\n".join([f"POST {EVENTS_PATH} HTTP/1.1", *(f"{name}: {said}" for name, said in lines.items())])
    return head.encode() + b"\r\n\r\n" + body


async def say_ok(request: web.Request) -> web.Response:
    """Answer any method of Slack's Web API."""
    await request.read()
    answer = {"ok": True, "channel": "D0123456789", "ts": "1764000000.000001", "team_id": "T0123456789"}
    return web.json_response({**answer, "user_id": "U0LATERAL00", "bot_id": "B0", "user": {"tz": "Europe/Paris"}})


async def main() -> None:
    """Be Slack, and do the jobs that come in."""
    with tempfile.TemporaryDirectory() as folder:
        presses = walk(set_up(Path(folder), 1, 1))
    app = web.Application()
    app.router.add_route("*", "/api/{method}", say_ok)
    async with serving(app) as url:
        print(f"{url}/api/", flush=True)
        while line := await asyncio.to_thread(sys.stdin.readline):
            print(json.dumps(asdict(await run(Job(**json.loads(line)), presses))), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
