"""The talk in a terminal: asks, shows, remembers; and the same talk as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TextIO

from adapters.console.incoming import BadLine, Line, read_line
from adapters.console.outgoing import plain_lines, to_json
from adapters.console.screen import Screen
from adapters.launch import Running
from bot.conversation import Delivery, Turn
from bot.errors import StoreError
from bot.events import Event, Said, Started
from bot.messages import Message
from bot.ports import LANE

LEASE = 1.0
"""How long what is due is held, in seconds: it is shown at once."""

OVER = ("stopped", "new")
"""The phases that end a run: the person stopped, or is no longer known."""


@dataclass
class MovableClock:
    """A clock that can be set; from there it goes on ticking."""

    ahead: timedelta = field(default_factory=timedelta)
    zone_from: datetime | None = None

    def now(self) -> datetime:
        """Return the present moment, as moved, with its offset."""
        moment = datetime.now().astimezone() + self.ahead
        return moment.astimezone(self.zone_from.tzinfo) if self.zone_from else moment

    def move_to(self, moment: datetime) -> None:
        """Let it be that moment now."""
        self.ahead = moment - datetime.now().astimezone()
        self.zone_from = moment


class Talker:
    """One person's talk over the console."""

    def __init__(self, running: Running, person: str, clock: MovableClock) -> None:
        """Join a conversation, a person and a clock."""
        self.clock = clock
        self._running = running
        self._person = person

    async def take(self, line: Line) -> tuple[Turn, tuple[Message, ...]]:
        """Take one turn and return it with the messages to show.

        For a delivery taken before, these are the messages it still owed.
        """
        if line.now is not None:
            self.clock.move_to(line.now)
        person = line.person or self._person
        delivery = Delivery(person, line.event, key=line.key)
        turn = await self._running.conversation.take(delivery, self.clock.now())
        if turn.duplicate:
            return turn, await self.left_over(delivery.person)
        return turn, turn.messages

    async def notes(self) -> tuple[Message, ...]:
        """Return the notes that are due by now, if the person said yes to any."""
        now = self.clock.now()
        claims = await self._running.store.claim("console", now.timestamp(), LEASE, 1000)
        mine = [claim for claim in claims if claim.person == self._person]
        await self._running.conversation.follow_up(mine, now)
        return await self.left_over() if mine else ()

    async def shown(self, turn: Turn) -> None:
        """Note that a turn's messages were shown."""
        await self._running.store.delivered(turn.owed)

    async def left_over(self, person: str = "") -> tuple[Message, ...]:
        """Return messages that were owed when an earlier run ended, oldest first."""
        mine = (person or self._person, (person or self._person) + LANE)
        found: list[Message] = []
        while True:
            owed = await self._running.store.owed(self.clock.now().timestamp(), 1000)
            due = [entry for entry in owed if entry.conversation in mine]
            if not due:
                return tuple(found)
            found += [entry.message for entry in due]
            await self._running.store.delivered([entry.id for entry in due])


async def chat(running: Running, person: str, clock: MovableClock) -> None:
    """Have the talk in a terminal until the person leaves. Leaving is a pause; the next run picks it up."""
    talker = Talker(running, person, clock)
    screen = Screen()
    screen.show((*await talker.left_over(), *await talker.notes()))
    event: Event = Started()
    while True:
        turn, messages = await talker.take(Line(event))
        screen.show(messages)
        await talker.shown(turn)
        if turn.phase in OVER:
            return
        answer = await screen.ask(messages)
        if answer is None:
            screen.say_goodbye()
            return
        event = answer


async def chat_plain(running: Running, person: str, clock: MovableClock, lines: Iterable[str], out: TextIO) -> None:
    """Have the talk as bare lines, for pipes and screens without control codes."""
    talker = Talker(running, person, clock)
    _print(await talker.notes(), out)
    await _say(talker, Started(), out)
    for line in lines:
        if line.strip() and await _say(talker, Said(line.strip()), out) in OVER:
            return


async def _say(talker: Talker, event: Event, out: TextIO) -> str:
    turn, messages = await talker.take(Line(event))
    _print(messages, out)
    await talker.shown(turn)
    return turn.phase


def _print(messages: Iterable[Message], out: TextIO) -> None:
    out.writelines("\n".join(plain_lines(message)) + "\n\n" for message in messages)
    out.flush()


async def chat_jsonl(running: Running, person: str, clock: MovableClock, lines: Iterable[str], out: TextIO) -> None:
    """Speak JSON lines: one out, flushed, for each one in, written only after the turn is durable."""
    talker = Talker(running, person, clock)
    for raw in lines:
        if not raw.strip():
            continue
        await _answer_line(talker, raw, out)


async def _answer_line(talker: Talker, raw: str, out: TextIO) -> None:
    try:
        turn, messages = await talker.take(read_line(raw))
    except (BadLine, StoreError) as error:
        _write(out, {"error": str(error)})
        return
    _write(out, to_json(turn, messages))
    await talker.shown(turn)


def _write(out: TextIO, line: dict[str, Any]) -> None:
    out.write(json.dumps(line, ensure_ascii=False) + "\n")
    out.flush()
