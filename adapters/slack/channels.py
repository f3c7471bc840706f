"""Posts to channels on Slack: who may order them there, and where only they see the answer.

Whoever brought us in, made the channel, or runs the workspace may; decision record 22 says why. Slack is asked anew for
each order, and only after the acknowledgement; orders of those known to have brought us in are noted before it.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from adapters.courier import Courier
from adapters.slack.arrivals import Ordered, Who
from adapters.slack.asides import draw_aside
from adapters.slack.calls import Refused
from adapters.slack.handled import Handled
from adapters.slack.people import People
from adapters.slack.posting import Posting
from adapters.storage import keepers
from adapters.storage.sqlite import SqliteStore
from bot.channel_conversation import Answered, Asked, Channels
from bot.channel_footing import Order
from bot.errors import StoreError
from bot.messages import Message
from bot.ports import LANE
from bot.replies import TellChannel
from bot.wording import Wording

log = logging.getLogger(__name__)

Payload = Mapping[str, Any]
_RUNS_IT = ("is_admin", "is_owner", "is_primary_owner")
_GUEST = ("is_restricted", "is_ultra_restricted", "is_stranger", "deleted", "is_bot")


@dataclass(frozen=True, slots=True)
class _Known:
    """What Slack says of who orders, and of the channel; None where it cannot be looked into."""

    user: Payload
    channel: Payload | None


@dataclass
class ChannelDesk:
    """Takes orders for channels and sees to them. `ask` gives a person's `user` object, or None."""

    channels: Channels
    wording: Wording
    store: SqliteStore
    posting: Posting
    courier: Courier
    people: People
    ask: Callable[[Who], Awaitable[Payload | None]]
    respond: Callable[[str, Payload], Awaitable[bool]]

    async def order(self, it: Ordered, now: datetime) -> Handled:
        """See to an order; `now` is the present moment with whoever gave it, as far as their zone is known."""
        if it.channel.startswith("D") or not it.channel:
            return self._answer(it, Answered((Message(self._label("posts_in_channel")),)))
        if self.channels.shows(it.words, now):
            keeper = await self._keeps(it.who, it.channel)
            return self._answer(it, await self._take(it, now, may=keeper))
        if self.people.zone(it.who.person) and await self._keeps(it.who, it.channel):
            return self._answer(it, await self._take(it, now, may=True))
        return Handled(after=(lambda: self._order_later(it),))

    async def note_keeper(self, who: Who, channel: str) -> None:
        """Note who brought us into a channel."""
        await self.store.write(partial(keepers.note, place_of(who.team, channel), who.person))

    async def welcome(self, who: Who, channel: str, now: datetime) -> Handled:
        """Show whoever brought us into a channel, alone, how posts are set up."""
        place = place_of(who.team, channel)
        answered = await self.channels.take(Asked(place, Order("", may=True)), now)
        hello = self.wording.word((TellChannel(setup=True),))
        it = Ordered(who, channel, "", "")
        return self._answer(it, Answered((*hello, *answered.messages)))

    async def gone(self, team: str, channel: str, at: float) -> None:
        """Forget a channel that is archived or deleted, or that we are out of."""
        place = place_of(team, channel)
        if not await self.channels.end(place, at):
            return
        for conversation in (place, place + LANE):
            self.courier.forget(conversation)
        self.courier.forget_everyone(f"{place}:")
        log.info("channel %s is gone, and nothing of it is kept", place)

    async def _order_later(self, it: Ordered) -> None:
        """See to an order of somebody of whom Slack must say whether they are entitled."""
        known = await self._look_up(it)
        hindered = "could_not_note" if known is None else _hindrance(it, known)
        if known is None or hindered:
            await self._tell(it, draw_aside((Message(self._label(hindered)),)))
            return
        self.people.note(it.who, known.user)
        now = self.people.now(it.who.person)
        try:
            answered = await self._take(it, now, may=await self._is_entitled(it, known))
        except StoreError:
            await self._tell(it, draw_aside((Message(self._label("could_not_note")),)))
            raise
        await self._tell(it, draw_aside(answered.messages))

    async def _look_up(self, it: Ordered) -> _Known | None:
        """Return what Slack says, or None where it says nothing at all of the person."""
        user = await self.ask(it.who)
        if user is None:
            return None
        try:
            answer = await self.posting.call(it.who.team, "conversations.info", channel=it.channel)
        except Refused as refused:
            if refused.error not in ("missing_scope", "channel_not_found"):
                return None
            return _Known(user, None)
        return _Known(user, answer.get("channel") or {})

    async def _is_entitled(self, it: Ordered, known: _Known) -> bool:
        if await self._keeps(it.who, it.channel):
            return True
        if any(known.user.get(name) for name in _GUEST):
            return False
        made = known.channel is not None and known.channel.get("creator") == it.who.user
        return made or any(known.user.get(name) for name in _RUNS_IT)

    async def _keeps(self, who: Who, channel: str) -> bool:
        return await self.store.read(partial(keepers.keeps, place_of(who.team, channel), who.person))

    async def _take(self, it: Ordered, now: datetime, *, may: bool) -> Answered:
        place = place_of(it.who.team, it.channel)
        return await self.channels.take(Asked(place, Order(it.words, may), it.key), now)

    def _answer(self, it: Ordered, answered: Answered) -> Handled:
        """Answer at once: a command in its own response, all else where only they see it."""
        if answered.duplicate:
            return Handled()
        parts = draw_aside(answered.messages)
        if it.respond and not it.replaces:
            return Handled(parts[0], (lambda: self._tell(it, parts[1:]),))
        return Handled(after=(lambda: self._tell(it, parts),))

    async def _tell(self, it: Ordered, parts: list[Payload]) -> None:
        """Show an answer to whoever ordered, and to nobody else."""
        for number, part in enumerate(parts):
            if it.respond:
                await self.respond(it.respond, {**part, "replace_original": it.replaces and not number})
                continue
            shown = {name: part[name] for name in ("text", "blocks")}
            within = {"thread_ts": it.thread} if it.thread else {}
            to = {"channel": it.channel, "user": it.who.user, **within}
            await self.posting.quietly(it.who.team, "chat.postEphemeral", **to, **shown)

    def _label(self, name: str) -> str:
        return self.channels.guide.phrases.labels[name]


def _hindrance(it: Ordered, known: _Known) -> str:
    """Return the label of what stands in the way of any post there, or nothing."""
    if known.channel is None:
        return "" if it.mention else "posts_mention_me"
    if known.channel.get("is_archived"):
        return "posts_archived"
    return "" if known.channel.get("is_member") or it.mention else "posts_invite_me"


def place_of(team: str, channel: str) -> str:
    """Return the id a channel is known by: platform, workspace, channel."""
    return f"slack:{team}:{channel}"
