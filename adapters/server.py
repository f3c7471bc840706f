"""One HTTP server for the platforms that are set up: it starts in order, tells whether it is well, and drains."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web

from adapters.launch import Running, load_wording
from adapters.settings import Settings, SlackSettings
from adapters.slack.app import SlackChat, Spoken
from adapters.slack.installations import Installations, Workspaces
from adapters.slack.oauth import InstallPages, InstallSettings, States, authorize_page
from adapters.slack.rotation import Client
from adapters.slack.single_installation import SingleInstallation
from adapters.slack.web_api import FormApi
from adapters.storage.sqlite import SqliteStore
from bot.errors import MissingSetting, OperatorError, StoreError

BODY_BYTES = 1_000_000
"""The largest body of a request that is read."""

DRAIN_SECONDS = 20.0
"""How long a stop waits for what was begun."""

NOTHING_SET = """There is nothing to serve yet. For Slack, set
  SLACK_SIGNING_SECRET: copy it from Basic Information of your Slack app
  SLACK_BOT_TOKEN: copy it from OAuth & Permissions (one workspace)
  or SLACK_CLIENT_ID and SLACK_CLIENT_SECRET: copy them from Basic Information (many workspaces)
or, to run without a public address,
  SLACK_APP_TOKEN: make one under App-Level Tokens with connections:write, beside SLACK_BOT_TOKEN.
docs/how-to/run-on-slack.md goes through it step by step."""

log = logging.getLogger(__name__)


@dataclass
class Server:
    """A server with its platforms, before it listens."""

    app: web.Application
    slack: SlackChat
    store: SqliteStore
    is_draining: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self.app.router.add_get("/healthz", self._healthy, allow_head=True)
        self.app.router.add_get("/readyz", self._ready, allow_head=True)
        self.app.router.add_routes(self.slack.routes())

    async def _healthy(self, _request: web.Request) -> web.Response:
        """Say that the process answers."""
        return web.Response(text="ok\n")

    async def _ready(self, _request: web.Request) -> web.Response:
        """Say whether turns can be taken: the database can be read, and no stop has begun."""
        if self.is_draining:
            return web.Response(status=503, text="stopping\n")
        try:
            await self.store.load("server:ready", "")
        except StoreError as error:
            return web.Response(status=503, text=f"{type(error).__name__}\n")
        return web.Response(text="ok\n")


@asynccontextmanager
async def opened(
    settings: Settings, slack: SlackSettings | None, running: Running, *, pace: float = 1.0
) -> AsyncIterator[Server]:
    """Make everything a server needs and start its platforms; stop them in order at the end.

    Args:
        settings: where content and cache lie.
        slack: what the environment says of Slack.
        running: the conversation and its store.
        pace: least seconds between two messages in a channel.

    Raises:
        MissingSetting: no platform is set up; the message says what to set.
        OperatorError: Slack does not accept a token.
        PlatformError: Slack could not be reached.
    """
    if slack is None:
        raise MissingSetting(NOTHING_SET)
    async with AsyncExitStack() as closing:
        session = await closing.enter_async_context(aiohttp.ClientSession())
        api, app = FormApi(session, slack.api_url), web.Application(client_max_size=BODY_BYTES)
        workspaces: Workspaces
        if slack.many:
            client = Client(slack.client_id, slack.client_secret)
            workspaces = installations = Installations(running.store, api, client)
            install = InstallSettings(client, authorize_page(slack.api_url), slack.redirect_uri)
            InstallPages(installations, States(running.store), api, install).add_routes(app)
        else:
            workspaces = await SingleInstallation.meet(slack.bot_token, running.store, api)
        wording = load_wording(settings, running.conversation.guide)
        spoken = Spoken(running.conversation, wording, running.store)
        chat = SlackChat(slack, spoken, workspaces, session, pace=pace)
        closing.push_async_callback(chat.stop, DRAIN_SECONDS)
        await chat.start()
        yield Server(app, chat, running.store)


@asynccontextmanager
async def listening(server: Server, host: str, port: int) -> AsyncIterator[str]:
    """Listen, and give the address; at the end finish the requests that are being answered. Port 0: any free one.

    Raises:
        OperatorError: the address cannot be listened on.
    """
    runner = web.AppRunner(server.app, access_log=None, handle_signals=False, shutdown_timeout=DRAIN_SECONDS / 2)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise OperatorError(f"Nothing can listen on {host}:{port}: {error.strerror or error}.") from None
        where, number = runner.addresses[0][:2]
        yield f"http://{f'[{where}]' if ':' in where else where}:{number}"
    finally:
        server.is_draining = True
        await runner.cleanup()


async def until_told() -> None:
    """Wait until SIGTERM or SIGINT asks to stop."""
    loop, told = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    try:
        await told.wait()
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
