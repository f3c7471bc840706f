"""`lateral serve`: runs the server until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
import sys
from pathlib import Path

from adapters.launch import running
from adapters.server import listening, opened, until_told
from adapters.settings import read_settings, read_slack_settings


def run(*, host: str, port: int, database: Path | None, guide: str | None) -> None:
    """Serve what is set up, until SIGTERM or Ctrl-C.

    Raises:
        LateralError: it could not start; the message says what to do.
    """
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    asyncio.run(_serve(host, port, database, guide))


async def _serve(host: str, port: int, database: Path | None, guide: str | None) -> None:
    settings, slack = read_settings(), read_slack_settings()
    async with (
        running(settings, database, guide) as talk,
        opened(settings, slack, talk) as server,
        listening(server, host, port) as address,
    ):
        way = "by Socket Mode" if slack and slack.app_token else f"at {address}"
        sys.stderr.write(f"Lateral listens {way}. Press Ctrl-C to stop.\n")
        await until_told()
        sys.stderr.write("Stopping: what was begun is finished first.\n")
