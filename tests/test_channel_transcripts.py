"""Golden talks in a channel: its posts set up, changed, paused and stopped, and what then stands there for all to read.

A transcript holds what was done (`> words` by somebody entitled, `? words` by anybody else, `press: label`, `@ moment`
lets time pass) and, below each, what was said to whoever asked. What follows `In the channel:` everybody reads.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from adapters.console.outgoing import plain_lines
from adapters.storage.sqlite import SqliteStore
from bot.channel_controls import FACTS, order_in
from bot.channel_conversation import Asked, Channels
from bot.channel_footing import Manner, Order
from bot.events import Chose, Submitted
from bot.guide import Guide
from bot.messages import Message
from bot.ports import LANE
from bot.wording import Wording

FOLDER = Path(__file__).parent / "transcripts" / "channels"
START = datetime(2026, 11, 25, 9, 0, tzinfo=ZoneInfo("Europe/London"))
PLACE = "chat:T1:C1"
MANNER = Manner("/lateral nudge", "whoever made this channel")


class Player:
    """Plays a transcript's lines and writes the transcript that comes of it."""

    def __init__(self, guide: Guide, wording: Wording, store: SqliteStore) -> None:
        self.store = store
        self.channels = Channels(guide, wording, store, MANNER)
        self.now = START
        self.last: tuple[Message, ...] = ()
        self.written: list[str] = []

    async def play(self, line: str) -> None:
        self.written += ["", line]
        if line.startswith("@ "):
            await self.wait(datetime.fromisoformat(line[2:]))
        else:
            words = self.pressed(line[7:]) if line.startswith("press: ") else line[2:]
            asked = Asked(PLACE, Order(words, may=not line.startswith("? ")), f"{line}{self.now}")
            self.last = (await self.channels.take(asked, self.now)).messages
            self.show(self.last)

    def pressed(self, label: str) -> str:
        """Return the words that the button of that label, or the ticks of those labels, stand for."""
        controls = [control for message in self.last for control in message.controls]
        found = next((control.id for control in controls if control.label == label), "")
        ticked = tuple(pick.id for control in controls for pick in control.options if pick.label in label.split(", "))
        words = order_in(Chose(found) if found else Submitted({FACTS: ticked}))
        assert words is not None, f"nothing there is called {label!r}"
        return words

    async def wait(self, until: datetime) -> None:
        """Let time pass, waking whenever something is due."""
        while (due := await self.store.next_due("chat")) is not None and due <= until.timestamp():
            moment = datetime.fromtimestamp(due, UTC)
            claims = await self.store.claim("chat", due, 60.0, 10)
            for owed in await self.channels.write_due(self.channels.decide_due(claims, moment)):
                assert owed.conversation == PLACE + LANE
                assert not owed.message.personal
                self.written += ["", f"    {moment.astimezone(START.tzinfo):%A %d %B, %H:%M}. In the channel:"]
                self.show((owed.message,))
                await self.store.delivered([owed.id])
        self.now = until

    def show(self, messages: tuple[Message, ...]) -> None:
        for message in messages:
            self.written += ["", *("    " + line if line else "" for line in plain_lines(message))]


async def play(path: Path, guide: Guide, wording: Wording, database: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    store = SqliteStore.open(database)
    player = Player(guide, wording, store)
    try:
        for line in lines:
            if line.startswith(("> ", "? ", "press: ", "@ ")):
                await player.play(line)
    finally:
        await asyncio.to_thread(store.close)
    return "\n".join([*(line for line in lines if line.startswith("#")), *player.written]) + "\n"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
async def test_what_is_said_in_a_channel_is_as_it_was_read_and_agreed(path, guide, wording, tmp_path, request):
    played = await play(path, guide, wording, tmp_path / "talk.db")
    if request.config.getoption("--rewrite-transcripts"):
        path.write_text(played, encoding="utf-8")
    assert played == path.read_text(encoding="utf-8")
