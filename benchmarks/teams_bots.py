"""The bots of the Teams benchmark, each a process of its own: `python -m benchmarks.teams_bots lateral|echo FOLDER`.

It prints its address when it listens. For each line it reads it prints the CPU time it has used so far, in seconds.
"""

from __future__ import annotations

import asyncio
import sys
import time
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from adapters.speed import new_event_loop
from tests.loopback import serving


@asynccontextmanager
async def lateral(folder: Path) -> AsyncIterator[str]:
    """Serve Lateral as `lateral serve` does, with the Teams settings of the environment."""
    from adapters.launch import running  # noqa: PLC0415
    from adapters.server import listening, opened  # noqa: PLC0415
    from adapters.settings import read_teams_settings  # noqa: PLC0415
    from benchmarks.setting import settings_in  # noqa: PLC0415
    from benchmarks.steady import lengthen_log  # noqa: PLC0415

    settings = settings_in(folder)
    async with (
        running(settings) as talk,
        opened(settings, None, talk, teams=read_teams_settings()) as server,
        listening(server, "127.0.0.1", 0) as address,
    ):
        lengthen_log(settings.database)
        yield address


@asynccontextmanager
async def echo(folder: Path) -> AsyncIterator[str]:
    """Serve an echo bot as botbuilder's own samples do it: its CloudAdapter, told that nobody need prove anything."""
    del folder
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from botbuilder.core import ActivityHandler, TurnContext  # noqa: PLC0415
        from botbuilder.integration.aiohttp import (  # noqa: PLC0415
            CloudAdapter,
            ConfigurationBotFrameworkAuthentication,
        )

    class Echo(ActivityHandler):  # type: ignore[misc]
        async def on_message_activity(self, turn_context: TurnContext) -> None:
            await turn_context.send_activity(f"Echo: {turn_context.activity.text}")

    class Open:
        APP_ID = APP_PASSWORD = APP_TENANTID = ""
        APP_TYPE = "MultiTenant"

    adapter, bot = CloudAdapter(ConfigurationBotFrameworkAuthentication(Open())), Echo()

    async def take(request: web.Request) -> web.StreamResponse:
        return await adapter.process(request, bot) or web.Response(status=201)

    app = web.Application()
    app.router.add_post("/api/messages", take)
    async with serving(app) as url:
        yield url


async def serve(name: str, folder: Path) -> None:
    """Serve until standard input ends."""
    async with {"lateral": lateral, "echo": echo}[name](folder) as address:
        print(address, flush=True)
        lines = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
        while await lines.readline():
            print(time.process_time(), flush=True)


LOOPS = {"lateral": new_event_loop, "echo": asyncio.new_event_loop}
"""The event loop of each: the quick one that `lateral serve` takes, and the one that botbuilder's samples run on."""


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=LOOPS[sys.argv[1]]) as runner:
        runner.run(serve(sys.argv[1], Path(sys.argv[2])))
