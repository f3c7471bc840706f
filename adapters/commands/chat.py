"""`lateral chat`: opens what a talk needs and has it, in a terminal, as bare lines or as JSON lines."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from adapters.commands.clock import clock_at
from adapters.console.app import MovableClock, chat, chat_jsonl, chat_plain
from adapters.launch import running
from adapters.settings import read_settings


def run(*, person: str, database: Path | None, guide: str | None, now: str | None, jsonl: bool) -> None:
    """Have the talk until the person leaves or the input ends."""
    clock = clock_at(now)
    try:
        asyncio.run(_talk(person, database, guide, clock, jsonl=jsonl))
    except KeyboardInterrupt:
        sys.stderr.write("\nPaused. Your place is kept; run this again to go on.\n")


async def _talk(person: str, database: Path | None, guide: str | None, clock: MovableClock, *, jsonl: bool) -> None:
    async with running(read_settings(), database, guide) as opened:
        if jsonl:
            await chat_jsonl(opened, person, clock, sys.stdin, sys.stdout)
        elif sys.stdin.isatty() and sys.stdout.isatty():
            await chat(opened, person, clock)
        else:
            await chat_plain(opened, person, clock, sys.stdin, sys.stdout)
