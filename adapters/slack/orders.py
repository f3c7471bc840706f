"""Orders for a channel's posts on Slack: who may give them, and where only they see the answer.

Whoever brought us in, made the channel, or runs the workspace may; decision record 22 says why. Slack is asked anew for
each order, and only after the acknowledgement; orders of those known to have brought us in are noted before it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from adapters.slack.addresses import place_of
from adapters.slack.arrivals import Ordered, Who
from adapters.slack.asides import draw_aside
from adapters.slack.calls import Refused
from adapters.slack.handled import Handled
from adapters.slack.people import People
from adapters.slack.saying import Saying
from adapters.storage import keepers
from bot.channel_conversation import Answered, Asked, Channels
from bot.channel_footing import Order
from bot.errors import StoreError
from bot.messages import Message
from bot.typed.schedules import opens_order

Payload = Mapping[str, Any]
_RUNS_IT = ("is_admin", "is_owner", "is_primary_owner")
_GUEST = ("is_restricted", "is_ultra_restricted", "is_stranger", "deleted", "is_bot")


@dataclass(frozen=True, slots=True)
class _Known:
    """What Slack says of who orders, and of the channel; None where it cannot be looked into."""

    user: Payload
    channel: Payload | None


@dataclass
class Orders:
    """Takes orders for channels and sees to them. `ask` gives a person's `user` object, or None."""

    channels: Channels
    saying: Saying
    people: People
    ask: Callable[[Who], Awaitable[Payload | None]]

    def read(self, words: str) -> str | None:
        """Return the words of an order for a channel, or None where it is none."""
        return opens_order(self.channels.guide, words)

    async def take(self, it: Ordered) -> Handled:
        """See to an order."""
        now = self.people.now(it.who.person)
        if it.channel.startswith("D") or not it.channel:
            return self.answer(it, Answered((Message(self.saying.label("posts_in_channel")),)))
        if self.channels.shows(it.words, now):
            keeper = await self._keeps(it.who, it.channel)
            return self.answer(it, await self._take(it, now, may=keeper))
        if self.people.zone(it.who.person) and await self._keeps(it.who, it.channel):
            return self.answer(it, await self._take(it, now, may=True))
        return Handled(after=(lambda: self._order_later(it),))

    def answer(self, it: Ordered, answered: Answered) -> Handled:
        """Answer at once: a command in its own response, all else where only they see it."""
        if answered.duplicate:
            return Handled()
        parts = draw_aside(answered.messages)
        if it.respond and not it.replaces:
            return Handled(parts[0], (lambda: self._tell(it, parts[1:]),))
        return Handled(after=(lambda: self._tell(it, parts),))

    async def _order_later(self, it: Ordered) -> None:
        """See to an order of somebody of whom Slack must say whether they are entitled."""
        known = await self._look_up(it)
        hindered = "could_not_note" if known is None else _hindrance(it, known)
        if known is None or hindered:
            await self._tell(it, [self.saying.note(hindered)])
            return
        self.people.note(it.who, known.user)
        now = self.people.now(it.who.person)
        try:
            answered = await self._take(it, now, may=await self._is_entitled(it, known))
        except StoreError:
            await self._tell(it, [self.saying.note("could_not_note")])
            raise
        await self._tell(it, draw_aside(answered.messages))

    async def _look_up(self, it: Ordered) -> _Known | None:
        """Return what Slack says, or None where it says nothing at all of the person."""
        user = await self.ask(it.who)
        if user is None:
            return None
        try:
            answer = await self.saying.posting.call(it.who.team, "conversations.info", channel=it.channel)
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
        return await self.saying.store.read(partial(keepers.keeps, place_of(who.team, channel), who.person))

    async def _take(self, it: Ordered, now: datetime, *, may: bool) -> Answered:
        place = place_of(it.who.team, it.channel)
        return await self.channels.take(Asked(place, Order(it.words, may), it.key), now)

    async def _tell(self, it: Ordered, parts: list[Payload]) -> None:
        """Show an answer to whoever ordered, and to nobody else."""
        for number, part in enumerate(parts):
            if it.respond:
                await self.saying.respond(it.respond, {**part, "replace_original": it.replaces and not number})
                continue
            shown = {name: part[name] for name in ("text", "blocks")}
            within = {"thread_ts": it.thread} if it.thread else {}
            to = {"channel": it.channel, "user": it.who.user, **within}
            await self.saying.posting.quietly(it.who.team, "chat.postEphemeral", **to, **shown)


def _hindrance(it: Ordered, known: _Known) -> str:
    """Return the label of what stands in the way of any post there, or nothing."""
    if known.channel is None:
        return "" if it.mention else "posts_mention_me"
    if known.channel.get("is_archived"):
        return "posts_archived"
    return "" if known.channel.get("is_member") or it.mention else "posts_invite_me"
