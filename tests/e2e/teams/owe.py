"""Puts a message into the outbox of a Lateral that is stopped, so that it comes unasked after the next start.

owe.py DATABASE PLACE TEXT            to a person
owe.py DATABASE PLACE TEXT ABOUT      a post for a channel, whose button leads to a talk about that
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from adapters import content_files
from adapters.storage.sqlite import SqliteStore
from adapters.teams.channels import draw_post
from bot.messages import Message
from bot.ports import Commit
from bot.records import to_record
from bot.state import State

GUIDE = content_files.load(content_files.CONTENT / "pm-to-pmo")


async def owe(database: Path, place: str, message: Message) -> None:
    """Commit a message for a place, with what is known there unchanged."""
    store = SqliteStore.open(database)
    try:
        stored = await store.load(place, GUIDE.id)
        await store.commit(
            Commit(
                person=place,
                guide=GUIDE.id,
                key=f"owed:{datetime.now(UTC).timestamp()}",
                expected=stored.version if stored else 0,
                record=stored.record if stored else to_record(State(GUIDE.id)),
                messages=(message,),
                conversation=place,
                at=datetime.now(UTC).timestamp(),
            )
        )
    finally:
        store.close()


def main(database: str, place: str, text: str, about: str = "") -> None:
    """Owe one message."""
    button = GUIDE.phrases.labels["talk_about"]
    message = draw_post(text, button, about) if about else Message(text)
    asyncio.run(owe(Path(database), place, message))


if __name__ == "__main__":
    main(*sys.argv[1:])
