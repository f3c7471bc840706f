"""One order for a channel from end to end, and the posts that come of it: gather, decide, word, commit.

What an adapter does with it:

- `order_in(event)` of `bot.channel_controls`, or `opens_order(guide, words)` of `bot.typed.schedules`, says whether
  something is an order, and gives its words. `Channels.shows(words, now)` says whether anybody may give it; for all
  others the adapter finds out who is entitled on its platform, and says so in `Order.may`.
- `Channels.take(Asked(...), now)` is durable when it returns. Its messages are for whoever asked and nobody else.
- Posts need nothing more: the scheduler claims them under `Channels.key` and the gate looks once more. They come as
  messages with `personal=False`, one button, whose press `talk_in` reads and `wanted_about` turns into an event.
- `Channels.end(place, at)` when the channel is gone, or we are out of it: nothing about it is kept.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from bot.channel_footing import Manner, Order
from bot.channel_orders import is_showing, obey
from bot.channels import due_now, expires, keep_up, may_post, posted, take_back
from bot.conversation import TRIES, Memory, owed_by
from bot.errors import StaleVersion
from bot.guide import Guide
from bot.messages import Message
from bot.ports import LANE, Claim, Commit, Owed, Stored
from bot.replies import ChannelPost
from bot.subscription import Subscription, from_record, to_record
from bot.wording import Wording


class Asked(NamedTuple):
    """An order as a platform handed it over: for which channel, and a key that names it once and for all.

    An empty key means that the platform never delivers twice.
    """

    place: str
    order: Order
    key: str = ""


class Answered(NamedTuple):
    """The answer to an order, for whoever asked. It is not owed: if it gets lost, they can ask for the list.

    `duplicate`: the order had been taken before, and nothing happened now.
    """

    messages: tuple[Message, ...] = ()
    duplicate: bool = False


class Channels:
    """Takes orders for channels about one guide, and posts what is due there."""

    def __init__(self, guide: Guide, wording: Wording, store: Memory, manner: Manner) -> None:
        """Join a guide, its wording, a store, and how orders are given on the platform."""
        self.guide = guide
        self.key = channel_key(guide)
        self._wording = wording
        self._store = store
        self._manner = manner

    def shows(self, words: str, now: datetime) -> bool:
        """Say whether an order in these words only shows something, so that anybody may give it."""
        return is_showing(self.guide, words, now)

    async def take(self, asked: Asked, now: datetime) -> Answered:
        """Take an order. When this returns, what it changed is durable.

        Args:
            asked: what was ordered, and for which channel.
            now: the present moment in the asker's own zone.

        Raises:
            StoreError: the store could not be used; nothing was changed.
        """
        order = asked.order.changed(turn=zlib.crc32(asked.place.encode()))
        for _ in range(TRIES):
            stored = await self._store.load(asked.place, self.key)
            before = from_record(stored.record) if stored else None
            made = obey(self.guide, before, order, self._manner, now)
            messages = self._wording.word(made.replies)
            if made.sub is None or made.sub == before:
                return Answered(messages)
            try:
                done = await self._store.commit(self._commit(asked.place, asked.key, stored, made.sub, now))
            except StaleVersion:
                continue
            return Answered(messages) if done.outcome == "done" else Answered(duplicate=True)
        raise StaleVersion

    def decide_due(self, claims: Sequence[Claim], now: datetime) -> list[Commit]:
        """Decide the posts that are due; what was claimed of a channel that is gone brings none.

        Args:
            claims: what is due under `key`, as claimed.
            now: the present moment; each channel's own zone is applied to it.

        Raises:
            RecordTooNew: a newer version of Lateral wrote one of the records.
        """
        return [self._due_turn(claim, claim.stored, now) for claim in claims if claim.stored is not None]

    async def write_due(self, turns: Sequence[Commit]) -> tuple[Owed, ...]:
        """Make posts that were decided durable; return what is now owed.

        Raises:
            StoreError: the store could not be used; nothing was changed.
        """
        return owed_by(turns, await self._store.commit_all(turns))

    def _due_turn(self, claim: Claim, stored: Stored, now: datetime) -> Commit:
        sub = from_record(stored.record)
        nudge = due_now(self.guide, sub, now)
        messages: tuple[Message, ...] = ()
        if nudge is not None:
            until = expires(sub, now).timestamp()
            messages = self._wording.word((ChannelPost(nudge.text, self._manner.call, nudge.id, until),))
            sub = posted(sub, nudge, now)
        key = f"post:{claim.guide}:{claim.person}:{claim.due:.0f}:{stored.version}"
        commit = self._commit(claim.person, key, stored, keep_up(self.guide, sub, now), now)
        return commit.changed(messages=messages, conversation=claim.person + LANE)

    def _commit(self, place: str, key: str, stored: Stored | None, sub: Subscription, now: datetime) -> Commit:
        return Commit(
            person=place,
            guide=self.key,
            key=key,
            expected=stored.version if stored else 0,
            record=to_record(sub),
            at=now.timestamp(),
            due=sub.due * 60.0,
        )

    async def wants(self, place: str, now: datetime) -> bool:
        """Say whether a post may still go to a channel: it may have been stopped or paused since it was written."""
        stored = await self._store.load(place, self.key)
        return stored is not None and may_post(from_record(stored.record), now)

    async def returned(self, owed: Owed, now: datetime, *, final: bool) -> None:
        """Take a post back that was not given: it is due again, or (`final`) nothing of the channel is kept.

        Raises:
            StoreError: the store could not be used; nothing was changed.
        """
        if final:
            await self._store.forget(owed.person)
            return
        for _ in range(TRIES):
            stored = await self._store.load(owed.person, self.key)
            if stored is None:
                return
            back = keep_up(self.guide, take_back(from_record(stored.record), owed.message.subject), now)
            try:
                await self._store.commit(self._commit(owed.person, f"returned:{owed.id}", stored, back, now))
            except StaleVersion:
                continue
            return

    async def end(self, place: str, at: float) -> bool:
        """Forget a channel that was gone, or that we were out of, `at` a moment (POSIX seconds); say if anything went.

        What was set up after that moment stays: the news came late.

        Raises:
            StoreError: the store could not be used; nothing was changed.
        """
        stored = await self._store.load(place, self.key)
        if stored is not None and from_record(stored.record).since * 60 > at:
            return False
        return await self._store.forget(place) > 0


def channel_key(guide: Guide) -> str:
    """Return the name under which channels are remembered, beside the people of the guide."""
    return f"{guide.id}#channel"
