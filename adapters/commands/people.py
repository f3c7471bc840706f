"""`lateral tip`, `lateral export` and `lateral forget`: what concerns one person."""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from adapters.commands.clock import clock_at
from adapters.console.outgoing import picks_of
from adapters.launch import existing, load_guide, load_wording, running
from adapters.settings import read_settings
from adapters.storage.sqlite import SqliteStore
from bot.conversation import Delivery
from bot.dialogue import step, understanding_of
from bot.errors import UnknownGuide
from bot.events import Wanted
from bot.messages import Message
from bot.ports import Everything
from bot.records import from_record
from bot.topics import wanted_tip


def give_tip(topic: str, *, person: str, database: Path | None, guide: str | None, now: str | None) -> None:
    """Print one tip and remember that this person saw it."""
    asyncio.run(_give_tip(topic, person, database, guide, clock_at(now).now()))


async def _give_tip(topic: str, person: str, database: Path | None, guide: str | None, now: datetime) -> None:
    async with running(read_settings(), database, guide) as opened:
        talked = opened.conversation.guide
        wanted = wanted_tip(talked, understanding_of(talked), topic, now)
        turn = await opened.conversation.take(Delivery(person, wanted, aside=True), now)
        sys.stdout.write(_told_tip(turn.messages[0]) + "\n")
        await opened.store.delivered(turn.owed)


def _told_tip(message: Message) -> str:
    """Return a tip as text; for an unknown topic, the commands that give one on the nearest."""
    if message.about != "no_such_topic":
        return message.plain
    nearest = [pick.id.removeprefix("do:tip:") for pick in picks_of(message)]
    return "\n".join([message.plain, *(f"  lateral tip {topic}" for topic in nearest)])


def export(person: str, *, form: str, database: Path | None) -> None:
    """Print everything kept about a person, as JSON or to be read.

    Raises:
        StoreMissing: there is no such database; none is made.
    """
    found = _kept(person, existing(read_settings(), database))
    if form == "json":
        if found == Everything():
            sys.stderr.write(_nothing(person))
        sys.stdout.write(json.dumps(_as_data(person, found), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write(_as_text(person, found))


def _kept(person: str, path: Path) -> Everything:
    store = SqliteStore.open(path)
    try:
        return asyncio.run(store.export(person))
    finally:
        store.close()


def _as_data(person: str, found: Everything) -> dict[str, Any]:
    return {
        "person": person,
        "records": {guide: json.loads(stored.record) for guide, stored in found.records.items()},
        "owed": [entry.message.text for entry in found.owed],
        "deliveries": list(found.deliveries),
        "places": [dict(place) for place in found.places],
        "keeps": list(found.keeps),
    }


def _as_text(person: str, found: Everything) -> str:
    if not (found.records or found.owed or found.places or found.keeps):
        return _nothing(person)
    parts = [f"# What is kept about {person}\n"]
    for guide_id, stored in found.records.items():
        parts.append(_told(guide_id, stored.record))
    if found.owed:
        parts.append("Not yet delivered:\n\n" + "\n\n".join(entry.message.text for entry in found.owed) + "\n")
    for place in found.places:
        kept = (f"- {name}: {value}" for name, value in place.items() if value not in ("", None))
        parts.append("Kept to write to you:\n\n" + "\n".join(kept) + "\n")
    if found.keeps:
        parts.append(
            "Channels they brought Lateral into:\n\n" + "\n".join(f"- {place}" for place in found.keeps) + "\n"
        )
    return "\n".join(parts)


def _nothing(person: str) -> str:
    return f"Nothing is kept about {person}.\n"


def _told(guide_id: str, record: bytes) -> str:
    """Return a record in the guide's own words, or bare where that guide is gone."""
    settings = read_settings()
    try:
        guide = load_guide(settings, guide_id)
    except UnknownGuide:
        return record.decode("utf-8", "replace") + "\n"
    moment = clock_at(None).now()
    made = step(guide, from_record(record), Wanted("export"), moment)
    return load_wording(settings, guide).word(made.replies[:1])[0].text + "\n"


def forget(person: str, *, database: Path | None, asking: bool) -> None:
    """Remove everything about a person and print a receipt; ask first if `asking` and something is kept.

    Raises:
        StoreMissing: there is no such database; none is made.
        click.Abort: the answer was no; nothing was removed.
    """
    path = existing(read_settings(), database)
    if asking and _kept(person, path) != Everything():
        click.confirm(f"Remove everything about {person}? It cannot be undone.", abort=True)
    rows = _forgotten(person, path)
    if rows:
        sys.stdout.write(f"Forgotten: {person}. {rows} row{'s' if rows != 1 else ''} removed; nothing is left.\n")
    else:
        sys.stdout.write(f"Nothing was kept about {person}.\n")


def _forgotten(person: str, path: Path) -> int:
    store = SqliteStore.open(path)
    try:
        return asyncio.run(store.forget(person))
    finally:
        store.close()
