"""`lateral serve`: runs the server until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from adapters.launch import running
from adapters.server import listening, opened, until_told
from adapters.settings import (
    INSECURE_LOCAL,
    TeamsSettings,
    read_settings,
    read_slack_settings,
    read_teams_app_id,
    read_teams_settings,
)
from adapters.speed import new_event_loop
from adapters.storage.sharing import shared
from bot.errors import OperatorError

LOOPBACK = ("127.0.0.1", "localhost", "::1")
OPEN = """INSECURE: Teams' address takes requests from anyone on this machine, with no proof of who they are.
This is for trying out alone. It listens on {host} only; never put it on a network.
"""

SHARED = (
    "Another `lateral serve` uses %s, too. No note is sent twice, but each of the two keeps the pace of messages in a"
    " channel for itself, so together they may be too fast for it. Stop one of them, unless it is about to end."
)

log = logging.getLogger(__name__)


def run(*, host: str, port: int, database: Path | None, guide: str | None, insecure_local: bool = False) -> None:
    """Serve what is set up, until SIGTERM or Ctrl-C.

    With `insecure_local`, Teams is served with no app registered, to this machine alone.

    Raises:
        LateralError: it could not start; the message says what to do.
    """
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    teams = _open(host) if insecure_local else read_teams_settings()
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        runner.run(_serve(host, port, database, guide, teams))


def _open(host: str) -> TeamsSettings:
    """Return Teams' settings for one's own machine, and say loudly what that means.

    Raises:
        OperatorError: others could reach it, or an app is registered after all.
    """
    if host not in LOOPBACK:
        raise OperatorError(f"--insecure-local listens on this machine only, not on {host}. Leave out --host.")
    if read_teams_app_id():
        raise OperatorError("TEAMS_APP_ID is set, so --insecure-local is not for you. Leave one of the two out.")
    sys.stderr.write(OPEN.format(host=host))
    return INSECURE_LOCAL


async def _serve(host: str, port: int, database: Path | None, guide: str | None, teams: TeamsSettings | None) -> None:
    settings, slack = read_settings(), read_slack_settings()
    async with (
        running(settings, database, guide) as talk,
        _told(database or settings.database),
        opened(settings, slack, talk, teams=teams) as server,
        listening(server, host, port) as address,
    ):
        way = "by Socket Mode" if slack and slack.app_token and not teams else f"at {address}"
        sys.stderr.write(f"Lateral listens {way}. Press Ctrl-C to stop.\n")
        await until_told()
        sys.stderr.write("Stopping: what was begun is finished first.\n")


@asynccontextmanager
async def _told(database: Path) -> AsyncIterator[None]:
    """Tell in the log where another server uses the same file, and let one that starts later know of this one."""
    with shared(database) as has_another:
        if has_another:
            log.warning(SHARED, database)
        yield
