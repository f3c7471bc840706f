"""Says things on Slack: turns are owed until they were taken, also where only one sees them; a few words are not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.courier import Courier
from adapters.slack.arrivals import Pressed, Who
from adapters.slack.asides import MOST_PARTS, draw_aside, with_share
from adapters.slack.posting import Posting
from adapters.storage.sqlite import SqliteStore
from bot.conversation import Conversation, Turn
from bot.messages import Message

Payload = Mapping[str, Any]
Respond = Callable[[str, Payload], Awaitable[bool]]
"""Sends to a response address, and says whether it was taken."""


@dataclass
class Saying:
    """What all who see to arrivals say things with."""

    talk: Conversation
    store: SqliteStore
    courier: Courier
    posting: Posting
    respond: Respond

    def hand(self, turn: Turn, person: str, conversation: str) -> None:
        """Let the messages of a turn be sent."""
        self.courier.hand(turn.owed_to(person, conversation))

    def send(self, who: Who, turn: Turn, pressed: Pressed | None = None) -> None:
        """Let a turn be sent to a person's direct messages, and take the controls off what they pressed."""
        self.courier.hand(turn.owed_to(who.person, who.person))
        if pressed is not None:
            self.posting.close(who.person, pressed)

    def shown_aside(self, turn: Turn) -> list[Payload]:
        """Return the parts of a turn's answer for where only they see it; none where it is too long for that."""
        parts = draw_aside(with_share(turn.messages, self.label("share")))
        return parts if len(parts) <= MOST_PARTS else []

    async def send_aside(self, who: Who, turn: Turn, respond: str, parts: Sequence[Payload]) -> None:
        """Give an answer where only they see it; if it is not all taken there, give it in the direct messages."""
        for part in parts:
            if not await self.respond(respond, part):
                self.send(who, turn)
                return
        await self.store.delivered(turn.owed)

    async def tell(self, respond: str, payload: Payload) -> None:
        """Send to a response address what is no loss if it is not taken."""
        await self.respond(respond, payload)

    def note(self, name: str) -> Payload:
        """Return one of the guide's own short texts, for a response."""
        return draw_aside((Message(self.label(name)),))[0]

    def label(self, name: str) -> str:
        """Return one of the guide's own short texts."""
        return self.talk.guide.phrases.labels[name]
