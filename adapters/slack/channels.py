"""What is done where others read: a question answered, a first word to whoever brought us in, a channel that is gone.

Nothing personal stands there. Orders for a channel's posts are seen to in `orders`.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import partial

from adapters.slack.addresses import place_of
from adapters.slack.arrivals import Gone, Joined, Mentioned, Ordered, Who
from adapters.slack.handled import Handled
from adapters.slack.orders import Orders
from adapters.slack.people import People
from adapters.slack.saying import Saying
from adapters.storage import keepers
from bot.channel_conversation import Answered, Asked, Channels
from bot.channel_footing import Order
from bot.conversation import Delivery
from bot.dialogue import understanding_of
from bot.events import Event, Wanted
from bot.ports import LANE
from bot.replies import TellChannel
from bot.topics import is_hard
from bot.understanding import Expects
from bot.wording import Wording

log = logging.getLogger(__name__)


@dataclass
class ChannelDesk:
    """Sees to what comes from channels."""

    channels: Channels
    wording: Wording
    saying: Saying
    orders: Orders
    people: People

    async def mentioned(self, it: Mentioned) -> Handled:
        """Answer a question in its thread, or say what can be asked; who tells of something hard is answered alone."""
        now = self.people.now_in_utc()
        heard = understanding_of(self.saying.talk.guide).hear(it.words, Expects("idle"), now)
        if is_hard(self.saying.talk.guide, heard):
            return await self._alone(it, heard)
        known = isinstance(heard, Wanted) and heard.intent in ("ask", "tip")
        event: Event = heard if known else Wanted("channel")
        place = place_of(it.who.team, it.channel)
        delivery = Delivery(place, event, f"{place}:{it.thread}", it.key, aside=True)
        turn = await self.saying.talk.take(delivery, now)
        if turn.duplicate:
            return Handled()
        return Handled(after=(lambda: self.saying.hand(turn, place, delivery.conversation),))

    async def _alone(self, it: Mentioned, event: Event) -> Handled:
        person = it.who.person
        turn = await self.saying.talk.take(Delivery(person, event, person, it.key), self.people.now(person))
        return Handled() if turn.duplicate else Handled(after=(lambda: self.saying.send(it.who, turn),))

    async def joined(self, it: Joined) -> Handled:
        """Show whoever brought us into a channel, alone, how posts are set up, and keep who it was: they may decide."""
        inviter, place = Who(it.who.team, it.inviter), place_of(it.who.team, it.channel)
        await self.saying.store.write(partial(keepers.note, place, inviter.person))
        if not await self.saying.store.first_time(it.key, inviter.person, self.people.now_in_utc().timestamp()):
            return Handled()
        answered = await self.channels.take(Asked(place, Order("", may=True)), self.people.now(inviter.person))
        hello = self.wording.word((TellChannel(setup=True),))
        return self.orders.answer(Ordered(inviter, it.channel, "", ""), Answered((*hello, *answered.messages)))

    async def gone(self, it: Gone) -> None:
        """Forget a channel that is archived or deleted, or that we are out of."""
        place = place_of(it.team, it.channel)
        if not await self.channels.end(place, it.at):
            return
        for conversation in (place, place + LANE):
            self.saying.courier.forget(conversation)
        self.saying.courier.forget_everyone(f"{place}:")
        log.info("channel %s is gone, and nothing of it is kept", place)
