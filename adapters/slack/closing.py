"""Takes the controls off messages that were answered: one after another in each workspace, in no turn's way.

It is a courtesy: the talk knows a stale press for one anyway. So the oldest are let go where too many wait, and
nothing is kept for a later run.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from adapters.slack.calls import Call, Refused
from adapters.slack.mrkdwn import UPDATING
from adapters.slack.outgoing import draw_answered

log = logging.getLogger(__name__)

WAITING = 1_000
"""How many messages of a workspace may wait; Slack takes about one update a second from each."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A message that was answered, and what was chosen, in words; empty where nothing is to be shown."""

    person: str
    channel: str
    ts: str
    blocks: tuple[Mapping[str, Any], ...]
    chosen: str = ""


class Closing:
    """Updates messages so that they show what was chosen, and nothing to press."""

    def __init__(self, call: Call) -> None:
        """Take a way to call Slack."""
        self._call = call
        self._lines: dict[str, deque[Answered]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def add(self, answered: Answered) -> None:
        """Have a message closed, after those of its workspace that wait already."""
        team = answered.person.split(":")[1]
        line = self._lines.get(team)
        if line is not None:
            line.append(answered)
            return
        self._lines[team] = deque((answered,), maxlen=WAITING)
        task = asyncio.create_task(self._work_off(team))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work_off(self, team: str) -> None:
        line = self._lines[team]
        try:
            while line:
                await self._close(team, line.popleft())
        finally:
            del self._lines[team]

    async def _close(self, team: str, answered: Answered) -> None:
        payload = draw_answered([dict(block) for block in answered.blocks], answered.chosen)
        where = {"channel": answered.channel, "ts": answered.ts}
        while True:
            try:
                await self._call(team, "chat.update", **where, **payload, **UPDATING)
            except Refused as refused:
                if refused.after is None:
                    log.info("chat.update was refused: %s", refused.error)
                    return
                await asyncio.sleep(refused.after)
            else:
                return

    def forget(self, person: str) -> None:
        """Let go of what waits and is a person's; with a prefix that ends with a colon, of all whose ids begin so."""
        for line in self._lines.values():
            kept = [each for each in line if not _is(each.person, person)]
            line.clear()
            line.extend(kept)

    async def finish(self, seconds: float) -> None:
        """Wait until all that waits is closed, or so many seconds have passed; let go of the rest."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        for task in tuple(self._tasks):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


def _is(person: str, whose: str) -> bool:
    return person.startswith(whose) if whose.endswith(":") else person == whose
