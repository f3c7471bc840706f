"""Golden conversations: whole talks a career adviser can read and correct, played against a real SQLite file.

A transcript holds what a person did (`> words`, `press: label`, `@ moment` moves the clock, `restart` ends the
process) and, below each, what was said. `pytest --rewrite-transcripts` writes what is said now; read it before
you keep it.
"""

from __future__ import annotations

import asyncio
from datetime import datetime
from pathlib import Path

import pytest

from adapters.console.app import MovableClock, Talker
from adapters.console.incoming import Line
from adapters.console.outgoing import plain_lines
from adapters.launch import Running
from adapters.storage.sqlite import SqliteStore
from bot.conversation import Conversation
from bot.events import Chose, Event, Said, Started
from bot.guide import Guide
from bot.messages import Message
from bot.wording import Wording

FOLDER = Path(__file__).parent / "transcripts"
START = datetime.fromisoformat("2026-11-23T09:00:00+00:00")


class FixedClock(MovableClock):
    """A clock that stands still until it is moved."""

    moment = START

    def now(self) -> datetime:
        return self.moment

    def move_to(self, moment: datetime) -> None:
        self.moment = moment


class Player:
    """Plays a transcript's lines and writes the transcript that comes of it."""

    def __init__(self, guide: Guide, wording: Wording, path: Path) -> None:
        self.guide, self.wording, self.path = guide, wording, path
        self.clock = FixedClock()
        self.last: tuple[Message, ...] = ()
        self.written: list[str] = []

    def open(self) -> None:
        self.store = SqliteStore.open(self.path)
        running = Running(Conversation(self.guide, self.wording, self.store), self.store)
        self.talker = Talker(running, "console:me", self.clock)

    async def play(self, line: str) -> None:
        self.written += ["", line]
        if line.startswith("@ "):
            self.clock.move_to(datetime.fromisoformat(line[2:]))
            self.show(await self.talker.notes())
        elif line == "restart":
            self.store.close()
            self.open()
        else:
            await self.turn(self.event(line))

    def event(self, line: str) -> Event:
        if line == "start":
            return Started()
        if line.startswith("press: "):
            return Chose(self.labelled(line[7:]))
        return Said(line[2:])

    def labelled(self, label: str) -> str:
        for message in reversed(self.last):
            for control in message.controls:
                for pick in (control, *control.options):
                    if pick.label == label:
                        return pick.id
        raise AssertionError(f"nothing on the table is called {label!r}")

    async def turn(self, event: Event) -> None:
        turn, messages = await self.talker.take(Line(event))
        await self.talker.shown(turn)
        self.show(messages)

    def show(self, messages: tuple[Message, ...]) -> None:
        self.last = messages or self.last
        for message in messages:
            self.written += ["", *("    " + line if line else "" for line in plain_lines(message))]


def inputs(text: str) -> tuple[list[str], list[str]]:
    """Return a transcript's opening comment, and what the person did."""
    lines = text.splitlines()
    head = [line for line in lines if line.startswith("#")]
    return head, [line for line in lines if line.startswith(("> ", "press: ", "@ ")) or line in ("restart", "start")]


async def play(path: Path, guide: Guide, wording: Wording, database: Path) -> str:
    head, done = inputs(path.read_text(encoding="utf-8"))
    player = Player(guide, wording, database)
    player.open()
    try:
        for line in done:
            await player.play(line)
    finally:
        await asyncio.to_thread(player.store.close)
    return "\n".join([*head, *player.written]) + "\n"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
async def test_the_talk_is_as_it_was_read_and_agreed(path, guide, wording, tmp_path, request):
    played = await play(path, guide, wording, tmp_path / "talk.db")
    if request.config.getoption("--rewrite-transcripts"):
        path.write_text(played, encoding="utf-8")
    assert played == path.read_text(encoding="utf-8")


def test_there_are_at_least_eight_different_people():
    assert len(list(FOLDER.glob("*.txt"))) >= 8
