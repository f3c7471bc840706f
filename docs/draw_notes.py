"""Draws docs/pictures/notes.png: the reminder of a real plan, and a real channel's idea of the week, as on Slack.

`python -m docs.draw_notes` plans, waits and draws; it needs Chromium. The words and the buttons are what the engine and
the adapter make. Slack's own clients draw them a little differently.
"""  # noqa: INP001

from __future__ import annotations

import asyncio
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from adapters.slack.outgoing import draw
from bot.channel_conversation import Asked, Channels
from bot.channel_footing import Order, manner_on
from bot.messages import Message
from bot.ports import Owed
from docs.draw_slack import Sheet, Talk, html_of, page_of, row
from docs.draw_teams import SAFE

PICTURE = Path(__file__).parent / "pictures" / "notes.png"
SIZE = (1012, 330)
"""Of the picture, in pixels."""

PLACE = "slack:T0LATERAL1:C0PROJECTS"
ORDERED = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
POSTED = datetime(2026, 12, 7, 9, 30, tzinfo=UTC)
REMINDED = datetime(2026, 12, 15, 10, 0, tzinfo=UTC)
PLANNING = (
    *("hello", "no, we have none", "the second one", "sideways", "two hours", "3", "skip", "skip"),
    *("a step of my own", "ask the PMO leader for half a day of shadowing", "i feel awkward asking"),
    *("my weekly team meeting ends", "in two weeks", "yes, it fits", "remind me", "yes"),
)


async def draw_page() -> str:
    """Return a page with both cards."""
    sheet, talk = Sheet(), Talk()
    for words in PLANNING:
        await talk.say(words)
    claims = await talk.store.claim("slack", REMINDED.timestamp(), 60.0, 9)
    reminder = await talk.conversation.follow_up(claims, REMINDED)
    sheet.add("In your own messages, on the day you set", _shown(reminder, "10:00"))
    sheet.add("In a channel that asked for it, once a week", _shown(await _post(talk), "09:30"))
    return page_of(sheet.cards, "few")


async def _post(talk: Talk) -> Iterable[Owed]:
    """Order a post a week for a channel, and return the first."""
    channels = Channels(talk.guide, talk.wording, talk.store, manner_on(talk.guide, "slack"))
    await channels.take(Asked(PLACE, Order("weekly monday 09:30", may=True), "an order"), ORDERED)
    claims = await talk.store.claim("slack", POSTED.timestamp(), 60.0, 9)
    mine = [claim for claim in claims if claim.guide == channels.key]
    return await channels.write_due(channels.decide_due(mine, POSTED))


def _shown(notes: Iterable[Owed], at: str) -> str:
    return "".join(row("Lateral", _blocks(note.message), at) for note in notes)


def _blocks(message: Message) -> str:
    return "".join(html_of(payload["blocks"]) for payload in draw(message, message.revision))


def take_picture(page: str, picture: Path) -> None:
    """Let Chromium draw a page into a picture.

    Raises:
        CalledProcessError: it did not.
    """
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or "google-chrome"
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "page.html"
        written.write_text(page, encoding="utf-8")
        size = f"--window-size={SIZE[0]},{SIZE[1]}"
        command = [chromium, *SAFE, f"--user-data-dir={folder}/profile", size, f"--screenshot={picture}"]
        subprocess.run([*command, written.as_uri()], check=True, capture_output=True, timeout=120)  # noqa: S603


if __name__ == "__main__":
    take_picture(asyncio.run(draw_page()), PICTURE)
