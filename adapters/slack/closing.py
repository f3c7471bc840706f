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
from typing import Any

from adapters.json_text import read_json
from adapters.slack.calls import Call, Refused
from adapters.slack.mrkdwn import UPDATING
from adapters.slack.outgoing import draw_answered
from bot.value import Value

log = logging.getLogger(__name__)

WAITING = 100
"""How many messages of a workspace may wait: about as many as Slack takes updates of in two minutes."""

WORKSPACES = 1_000
"""Of how many workspaces it is remembered what they used, before those that used little are let go."""

AT_ONCE = 30
"""How many updates a workspace may make without a pause between them, after it made none for a while."""


class Answered(Value, frozen=True):
    """A message that was answered, and what was chosen, in words; empty where nothing is to be shown.

    Its blocks may be JSON as it came.
    """

    person: str
    channel: str
    ts: str
    blocks: tuple[Mapping[str, Any], ...] | bytes
    chosen: str = ""


class Closing:
    """Updates messages so that they show what was chosen, and nothing to press."""

    def __init__(self, call: Call, *, pace: float = 1.0) -> None:
        """Take a way to call Slack. `pace` is how many seconds apart a workspace's updates are in the long run.

        Slack promises fifty a minute (its tier 3); what is asked for beyond that is refused, and costs time here.
        """
        self._call = call
        self._pace = pace
        self._spent: dict[str, float] = {}
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
                if (wait := self._wait(team)) > 0:
                    await asyncio.sleep(wait)
                if line:
                    await self._close_in_any_case(team, line.popleft())
        finally:
            del self._lines[team]

    async def _close_in_any_case(self, team: str, answered: Answered) -> None:
        """Close a message; one that cannot be drawn is left as it is, and holds up none of those behind it."""
        try:
            await self._close(team, answered)
        except Exception:
            log.exception("an answered message could not be closed")

    def _wait(self, team: str) -> float:
        """Note one more update of a workspace, and return how many seconds it has to wait.

        What is noted is the moment up to which the workspace has used what it may; it may be ahead by `AT_ONCE`.
        """
        now = asyncio.get_running_loop().time()
        if len(self._spent) > WORKSPACES:
            self._spent = {known: until for known, until in self._spent.items() if until > now}
        until = max(now, self._spent.get(team, now)) + self._pace
        self._spent[team] = until
        return max(0.0, until - now - AT_ONCE * self._pace)

    async def _close(self, team: str, answered: Answered) -> None:
        blocks = read_json(answered.blocks) if isinstance(answered.blocks, bytes) else answered.blocks
        payload = draw_answered([dict(block) for block in blocks or ()], answered.chosen)
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
