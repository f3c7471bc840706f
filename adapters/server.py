"""One HTTP server for the platforms that are set up: it starts in order, tells whether it is well, and drains."""

from __future__ import annotations

import asyncio
import logging
import signal
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, cast

import aiohttp
from aiohttp import web

from adapters import content_files, legal_pages
from adapters.courier import Courier
from adapters.launch import Running
from adapters.scheduler import Scheduler
from adapters.settings import Settings, SlackSettings, TeamsSettings
from adapters.spoken import Spoken
from adapters.startup import Startup
from adapters.storage.sqlite import SqliteStore
from bot.errors import MissingSetting, OperatorError, StoreError

if TYPE_CHECKING:
    from adapters.slack.app import SlackChat
    from adapters.teams.app import TeamsChat

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
For Microsoft Teams, set
  TEAMS_APP_ID and TEAMS_TENANT_ID: copy them from Configuration of your Azure Bot
  TEAMS_APP_PASSWORD: make a client secret of its app (or set TEAMS_APP_TYPE to UserAssignedMSI)
or, to try Teams on your own machine with no app registered, give --insecure-local.
docs/how-to/run-on-slack.md and docs/how-to/run-on-teams.md go through it step by step."""

log = logging.getLogger(__name__)


class Platform(Protocol):
    """A chat platform that is set up."""

    courier: Courier
    scheduler: Scheduler

    def routes(self) -> list[web.RouteDef]:
        """Return what it wants to be asked at."""

    async def start(self) -> None:
        """Begin to listen and to deliver.

        Raises:
            OperatorError: the platform does not accept what was set.
            PlatformError: it could not be reached; start again.
        """

    async def stop(self, seconds: float) -> None:
        """Finish what was begun, within so many seconds."""


@dataclass
class Server:
    """A server with its platforms, before it listens. At least one of them is set up."""

    app: web.Application
    chats: Mapping[str, Platform]
    store: SqliteStore
    startups: Mapping[str, Startup] = field(default_factory=dict)
    is_draining: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self.app.router.add_get("/healthz", self._healthy, allow_head=True)
        self.app.router.add_get("/readyz", self._ready, allow_head=True)
        self.app.router.add_get("/readyz/{platform}", self._ready_for, allow_head=True)
        for chat in self.chats.values():
            self.app.router.add_routes(chat.routes())

    @property
    def slack(self) -> SlackChat:
        """Return Slack, where it is set up."""
        return cast("SlackChat", self.chats["slack"])

    @property
    def teams(self) -> TeamsChat:
        """Return Teams, where it is set up."""
        return cast("TeamsChat", self.chats["teams"])

    async def _healthy(self, _request: web.Request) -> web.Response:
        """Say that the process answers."""
        return web.Response(text="ok\n")

    async def _ready(self, _request: web.Request) -> web.Response:
        """Say whether turns can be taken and notes sent: the database can be read, all goes on, no stop has begun.

        A platform that cannot be reached yet is named; that alone is no reason to send nothing to the other one.
        """
        if unwell := await self._unwell():
            return web.Response(status=503, text=unwell)
        waiting = [f"{startup}\n" for startup in self.startups.values() if startup.waits_for]
        return web.Response(status=200 if len(waiting) < len(self.chats) else 503, text="".join(waiting) or "ok\n")

    async def _ready_for(self, request: web.Request) -> web.Response:
        """Say whether one platform is served, for whoever watches each by itself."""
        name = request.match_info["platform"]
        if name not in self.chats:
            return web.Response(status=404, text="Not set up here.\n")
        if unwell := await self._unwell():
            return web.Response(status=503, text=unwell)
        startup = self.startups.get(name)
        waits = startup is not None and startup.waits_for
        return web.Response(status=503, text=f"{startup}\n") if waits else web.Response(text="ok\n")

    async def _unwell(self) -> str:
        """Return what keeps every platform from being served, in lines; empty where nothing does."""
        if self.is_draining:
            return "stopping\n"
        if ended := self._ended():
            return "".join(f"{name} has ended\n" for name in ended)
        try:
            await self.store.load("server:ready", "")
        except StoreError as error:
            return f"{type(error).__name__}\n"
        return ""

    def _ended(self) -> list[str]:
        """Return what was to go on until a stop and ended by itself: `slack scheduler`, and the like."""
        lasting = [
            (f"{name} {part}", task)
            for name, chat in self.chats.items()
            for part, task in (("courier", chat.courier), ("scheduler", chat.scheduler))
        ]
        return [name for name, task in lasting if task.has_ended]


@asynccontextmanager
async def opened(  # noqa: PLR0913 - the platforms, and what they share
    settings: Settings,
    slack: SlackSettings | None,
    running: Running,
    *,
    teams: TeamsSettings | None = None,
    pace: float | None = None,
    now: Callable[[], float] = time.time,
) -> AsyncIterator[Server]:
    """Make everything a server needs and start its platforms; stop them in order at the end.

    Args:
        settings: where the content lies.
        slack: what the environment says of Slack.
        running: the conversation and its store.
        teams: what it says of Teams.
        pace: least seconds between two messages in a channel; None: what suits each platform.
        now: POSIX seconds; the clock of turns, notes and the outbox.

    Raises:
        MissingSetting: no platform is set up; the message says what to set.
        OperatorError: a platform does not accept a token. One that cannot be reached yet is started once it can be.
    """
    if slack is None and teams is None:
        raise MissingSetting(NOTHING_SET)
    async with AsyncExitStack() as closing:
        app, chats = web.Application(client_max_size=BODY_BYTES), dict[str, Platform]()
        app.router.add_routes(legal_pages.routes(running.conversation.guide, content_files.pages(settings.content)))
        if slack is not None:
            session = await closing.enter_async_context(aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()))
            chats["slack"] = _slack(app, slack, running, session, pace, now)
        if teams is not None:
            chats["teams"] = await _teams(closing, teams, running, pace, now)
        startups = {name: Startup(name.title(), chat.start) for name, chat in chats.items()}
        for name, chat in chats.items():
            closing.push_async_callback(chat.stop, DRAIN_SECONDS)
            closing.push_async_callback(startups[name].stop)
            await startups[name].begin()
        yield Server(app, chats, running.store, startups)


def _slack(  # noqa: PLR0913, PLR0917 - what Slack needs, joined here once
    app: web.Application,
    slack: SlackSettings,
    running: Running,
    session: aiohttp.ClientSession,
    pace: float | None,
    now: Callable[[], float],
) -> SlackChat:
    """Return Slack, not yet started, with the pages to install it from."""
    # Imported here, and Teams below: the SDK of a platform that is not set up costs time and memory.
    from adapters.slack.app import SlackChat  # noqa: PLC0415
    from adapters.slack.installations import Installation, Installations, Workspaces  # noqa: PLC0415
    from adapters.slack.oauth import InstallPages, InstallSettings, States, authorize_page  # noqa: PLC0415
    from adapters.slack.rotation import Client  # noqa: PLC0415
    from adapters.slack.single_installation import SingleInstallation  # noqa: PLC0415
    from adapters.slack.web_api import FormApi  # noqa: PLC0415

    api = FormApi(session, slack.api_url)
    found: Workspaces = SingleInstallation(Installation("", bot_token=slack.bot_token), running.store, api)
    if slack.many:
        client = Client(slack.client_id, slack.client_secret)
        found = many = Installations(running.store, api, client)
        install = InstallSettings(client, authorize_page(slack.api_url), slack.redirect_uri)
        InstallPages(many, States(running.store), api, install).add_routes(app)
    spoken = Spoken(running.conversation, running.store)
    return SlackChat(slack, spoken, found, session, pace=1.0 if pace is None else pace, now=now)


async def _teams(
    closing: AsyncExitStack,
    teams: TeamsSettings,
    running: Running,
    pace: float | None,
    now: Callable[[], float],
) -> TeamsChat:
    """Return Teams, not yet started. There a turn is a single card."""
    from adapters.teams.app import TeamsChat  # noqa: PLC0415
    from adapters.teams.connector import open_session  # noqa: PLC0415
    from adapters.teams.posting import PACE  # noqa: PLC0415

    session = await closing.enter_async_context(open_session())
    spoken = Spoken(running.conversation.joined(), running.store)
    return TeamsChat(teams, spoken, session, pace=PACE if pace is None else pace, now=now)


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
