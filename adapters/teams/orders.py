"""Orders for a channel's posts on Teams: who may give them, and where the answer stands.

An owner of the team may, or whoever added us to it; decision record 23 says why. Teams is asked anew for each order.
What is said of the plan stands where it was ordered. What is for whoever ordered alone, such as the next post before it
comes, goes into the answer to a press, or to their own chat.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from adapters.storage import keepers
from adapters.teams.arrivals import Mentioned, Ordered, Origin
from adapters.teams.calls import Rejected
from adapters.teams.connector import Connector
from adapters.teams.escaping import literal
from adapters.teams.handled import Handled, in_its_place, only_to_them
from adapters.teams.outgoing import draw, draw_note
from adapters.teams.own_chats import OwnChats
from adapters.teams.references import References
from adapters.teams.saying import Saying
from adapters.teams.stamps import Stamp
from bot.channel_conversation import Asked, Channels
from bot.channel_footing import Order
from bot.messages import Message, join
from bot.typed.schedules import opens_order

ASK_SECONDS = 5.0
"""How long Teams may take to say who somebody is in a team: a press wants its answer within ten seconds."""

OWNER = "owner"
"""What Teams calls the role of an owner in its list of a team's members; the others are `user` and `guest`."""

ALONE = frozenset(("preview_post", "turn_down_order"))
"""What is said to whoever ordered, and to nobody else."""


@dataclass
class Orders:
    """Takes orders for channels and sees to them."""

    channels: Channels
    saying: Saying
    chats: OwnChats
    references: References
    connector: Connector

    def read(self, it: Mentioned) -> Ordered | None:
        """Return the order that words with a mention of us are, or None."""
        words = opens_order(self.channels.guide, it.words)
        return None if words is None else Ordered(it.origin, words, it.key)

    async def take(self, it: Ordered) -> Handled:
        """See to an order."""
        origin = await self.chats.resolved(it.origin)
        if origin.kind == "personal":
            return self.saying.tell("posts_in_channel", origin, it.pressed)
        try:
            may = await self._may(it, origin)
        except Rejected:
            return self._answer(it, origin, Message(self.saying.label("could_not_note"), about="turn_down_order"))
        await self.references.renew(origin.reference)
        asked = Asked(origin.place, Order(it.words, may), it.key)
        answered = await self.channels.take(asked, self.chats.now(origin))
        if answered.duplicate:
            return self.saying.tell("had_that", origin, it.pressed) if it.pressed else Handled()
        [message] = join(answered.messages)
        return self._answer(it, origin, message)

    async def _may(self, it: Ordered, origin: Origin) -> bool:
        """Say whether somebody is entitled. Teams is not asked where the order only shows something.

        Raises:
            Rejected: Teams does not say.
        """
        if await self.saying.store.read(partial(keepers.keeps, origin.team_place, origin.person)):
            return True
        if self.channels.shows(it.words, self.chats.now(origin)) or not origin.team:
            return False
        return await self._is_owner(origin)

    async def _is_owner(self, origin: Origin) -> bool:
        to = origin.reference.address(origin.team)
        try:
            member = await asyncio.wait_for(self.connector.member(to, origin.user), ASK_SECONDS)
        except TimeoutError:
            raise Rejected(0, "timeout") from None
        except Rejected as rejected:
            if rejected.status in (403, 404):
                return False
            raise
        return _role(member) == OWNER

    def _answer(self, it: Ordered, origin: Origin, message: Message) -> Handled:
        """Answer where it belongs: in the place of the card, in the thread, or to whoever ordered alone."""
        is_alone = message.about in ALONE
        if it.pressed and it.pressed.in_place:
            body = only_to_them(literal(message.plain)) if is_alone else in_its_place(draw(message, Stamp(0))[0])
            return Handled(body)
        if is_alone:
            return Handled(after=(lambda: self._tell_alone(origin, message),))
        return Handled(after=(lambda: self._post(origin, message),))

    async def _post(self, origin: Origin, message: Message) -> None:
        for activity in draw(message, Stamp(0)):
            await self.saying.posting.quietly(origin.reference, activity, origin.conversation)

    async def _tell_alone(self, origin: Origin, message: Message) -> None:
        """Say something in somebody's own chat, and in the thread where it stands; or there how they can get one."""
        try:
            mine = await self.chats.begun(origin)
        except Rejected:
            told = "add_me_first" if message.about == "preview_post" else ""
        else:
            told = "wrote_to_you"
            note = self.saying.label("from_mention")
            for activity in draw(Message(f"{note}\n\n{message.text}"), Stamp(0)):
                await self.saying.posting.quietly(mine, activity)
        words = draw_note(self.saying.label(told)) if told else draw(message, Stamp(0))[0]
        await self.saying.posting.quietly(origin.reference, words, origin.conversation)


def _role(member: Mapping[str, Any]) -> str:
    role = member.get("userRole")
    return role.lower() if isinstance(role, str) else ""
