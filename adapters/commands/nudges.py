"""`lateral nudges`: what an operator sees and decides about notes, for the whole installation."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from adapters.commands.clock import clock_at
from adapters.commands.figures import day_of, kinds_told
from adapters.deciding import Deciding
from adapters.launch import Running, looking_into
from adapters.storage import agenda, switches
from adapters.storage.switches import Switches
from bot.beat import local
from bot.channel_conversation import Channels, channel_key
from bot.channel_footing import manner_on
from bot.channels import due_now
from bot.dialogue import step
from bot.events import Ticked
from bot.holdouts import WITHOUT
from bot.ports import Claim
from bot.records import from_record
from bot.replies import FollowUpNote
from bot.subscription import from_record as subscription

PLATFORMS = ("console", "slack", "teams")
MOST = 1000
REMINDING = {"reminders": "reminder of", "near": "to prepare for", "look-back": "to look back on"}
"""How the kinds of note that speak of plan lines are told."""


def show(*, database: Path | None, now: str | None = None) -> None:
    """Print how many people and channels have a next note, by platform; what is switched; how many went lately."""
    asyncio.run(_show(database, day_of(now)))


async def _show(database: Path | None, today: date) -> None:
    async with looking_into(database) as opened:
        store = opened.store
        switched = await store.read(switches.read)
        rows = await store.read(agenda.count)
        lately = await store.read(partial(switches.sent, 7))
        kinds = await kinds_told(store, today)
    sys.stdout.write("Notes are on hold.\n" if switched.held else "Notes may go.\n")
    sys.stdout.write(f"At most {switched.cap} a day.\n" if switched.cap else "No cap for a day.\n")
    for platform, of_channels, number, due in rows:
        whose = f"{platform} channels" if of_channels else platform
        sys.stdout.write(f"{whose}: {number} waiting, the first at {_at(due)}\n")
    for day, number in lately:
        sys.stdout.write(f"{day}: {number} sent\n")
    sys.stdout.writelines(f"{line}\n" for line in kinds)


def due(*, database: Path | None, now: str | None) -> None:
    """Print who would get what by then, when and why. Nothing is sent, and nothing changes."""
    asyncio.run(_due(database, clock_at(now).now()))


async def _due(database: Path | None, now: datetime) -> None:
    async with looking_into(database) as opened:
        event = Ticked(tuple(sorted(await opened.store.stopped())))
        claims = await _coming(opened, now)
        told = [line for claim in claims for line in _told_in_any_case(opened, claim, event, now)]
        held = (await opened.store.read(switches.read)).held
    if held:
        sys.stdout.write("Notes are on hold; this is what would go.\n")
    sys.stdout.writelines(f"{line}\n" for line in told or ["Nobody has anything due."])


async def _coming(opened: Running, now: datetime) -> Sequence[Claim]:
    found: list[tuple[str, str, float]] = []
    for platform in PLATFORMS:
        found += await opened.store.read(partial(agenda.coming, platform, now.timestamp(), MOST))
    return await opened.store.read(lambda connection: agenda.with_records(found, connection.cursor()))


def _told_in_any_case(opened: Running, claim: Claim, event: Ticked, now: datetime) -> list[str]:
    """Say what somebody would get; of a record that cannot be read, that it would be passed over."""
    try:
        return _told(opened, claim, event, now)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told, and so are the others
        return [f"{claim.person}: due {_at(claim.due)}: passed over ({type(error).__name__})"]


def _told(opened: Running, claim: Claim, event: Ticked, now: datetime) -> list[str]:
    if claim.stored is None:
        return []
    if claim.guide == channel_key(opened.conversation.guide):
        nudge = due_now(opened.conversation.guide, subscription(claim.stored.record), now)
        return [f"{claim.person}: due {_at(claim.due)}: post {nudge.id} to a channel"] if nudge else []
    state = from_record(claim.stored.record)
    made = step(opened.conversation.guide, state, event, local(opened.conversation.guide, state, now))
    why = [_why(reply) for reply in made.replies if isinstance(reply, FollowUpNote)]
    if not why and any(count.kind == WITHOUT for count in made.counts):
        why = ["weekly note, held out this week"]
    return [f"{claim.person}: due {_at(claim.due)}: {each}" for each in why]


def _why(note: FollowUpNote) -> str:
    if note.kind in REMINDING:
        number = len(note.lines) + note.more
        return f"{REMINDING[note.kind]} {number} plan line{'s' if number != 1 else ''} with a day"
    return f"weekly note: {note.kind}"


def send(*, database: Path | None, now: str | None) -> None:
    """Plan what is due by then at once, without waiting for the server; the server sends it."""
    asyncio.run(_send(database, clock_at(now).now()))


async def _send(database: Path | None, now: datetime) -> None:
    planned = 0
    async with looking_into(database) as opened:
        if (await opened.store.read(switches.read)).held:
            sys.stdout.write("Notes are on hold, so nothing was planned. `lateral nudges resume-all` lets them go.\n")
            return
        for platform in PLATFORMS:
            claims = await opened.store.claim(platform, now.timestamp(), 0.0, MOST)
            planned += await _plan(opened, platform, claims, now.astimezone(UTC))
    sys.stdout.write(f"{planned} note{'s' if planned != 1 else ''} planned.\n")


async def _plan(opened: Running, platform: str, claims: Sequence[Claim], now: datetime) -> int:
    """Plan the notes and the posts among these claims; return how many those are."""
    talk = opened.conversation
    notes = [claim for claim in claims if claim.guide == talk.guide.id]
    posts = [claim for claim in claims if claim.guide == channel_key(talk.guide)]
    event = Ticked(tuple(sorted(await opened.store.stopped())))
    turns = Deciding().decide(notes, lambda some: talk.decide_due(some, event, now))
    planned = len(await talk.write_due(turns))
    if posts:
        channels = Channels(talk.guide, talk.wording, opened.store, manner_on(talk.guide, platform))
        turns = Deciding().decide(posts, lambda some: channels.decide_due(some, now))
        planned += len(await channels.write_due(turns))
    return planned


def switch(*, database: Path | None, held: bool | None = None, cap: int | None = None) -> None:
    """Put all notes on hold, let them go again, or cap a day; it holds at once, also for what is queued."""
    asyncio.run(_switch(database, held, cap))


async def _switch(database: Path | None, held: bool | None, cap: int | None) -> None:  # noqa: FBT001 - passed on
    async with looking_into(database) as opened:
        now: Switches = await opened.store.read(switches.read)
        held = now.held if held is None else held
        changed = replace(now, held=held, cap=now.cap if cap is None else cap)
        await opened.store.write(partial(switches.write, changed))
    sys.stdout.write("Notes are on hold.\n" if changed.held else "Notes may go.\n")
    sys.stdout.write(f"At most {changed.cap} a day.\n" if changed.cap else "No cap for a day.\n")


def _at(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d %H:%M UTC")
