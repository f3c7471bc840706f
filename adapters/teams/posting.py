"""Sends messages to Teams for the courier, and takes the controls off those that were answered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Any

from adapters.outcomes import Later, Never, Outcome, Sent
from adapters.teams.calls import Rejected
from adapters.teams.connector import Connector
from adapters.teams.outgoing import draw, draw_answered
from adapters.teams.personal import Card, Cards, run_of
from adapters.teams.references import Reference, References, is_shared, place_of
from adapters.teams.stamps import Stamp
from adapters.teams.tenant_pace import Urgency
from bot.channel_controls import TALK
from bot.messages import Message, escape
from bot.ports import Owed

log = logging.getLogger(__name__)

PACE = 0.2
"""Least seconds between two messages in one conversation. Teams allows seven in a second, and eight in two."""


class Posting:
    """Posts and updates messages."""

    def __init__(
        self,
        connector: Connector,
        references: References,
        cards: Cards,
        now: Callable[[], float],
        *,
        pace: float = PACE,
    ) -> None:
        """Take a client, where to write, what people have before them, and the time (POSIX seconds)."""
        self._connector = connector
        self._references = references
        self._cards = cards
        self._now = now
        self._pace = pace
        self._begun: dict[int, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def send(self, owed: Owed) -> Outcome:
        """Post one message from the outbox; parts of it that Teams already took are not sent again."""
        place = place_of(owed.conversation)
        reference = await self._references.find(place)
        if reference is None:
            return Never("no reference")
        if reference.blocked_at is not None:
            return Never("blocked")
        try:
            outcome: Outcome = await self._post(owed, reference)
        except Rejected as rejected:
            if rejected.gone:
                await self._references.block(place, self._now())
            outcome = Never(rejected.code) if rejected.final else Later(rejected.code, rejected.after)
        if reference.kind == "farewell" and not isinstance(outcome, Later):
            await self._references.said_farewell(place)
        return outcome

    async def _post(self, owed: Owed, reference: Reference) -> Sent:
        shared = is_shared(owed.conversation)
        message = in_channel(owed.message) if shared else owed.message
        thread = owed.conversation.removeprefix(f"teams:{reference.tenant}:") if shared else ""
        parts, taken = draw(message, stamp_for(owed.person, message)), self._begun.pop(owed.id, 0)
        # Only what goes unasked has an hour after which it is not to go.
        urgency = Urgency.UNASKED if message.expires else Urgency.REPLY
        card = ""
        for place, activity in enumerate(parts[taken:], taken):
            if place > taken:
                await asyncio.sleep(self._pace)
            try:
                card = await self._connector.post(reference.address(thread), activity, urgency=urgency)
            except Rejected:
                self._begun[owed.id] = place
                raise
        if not shared:
            self.close(reference, self._cards.shown(owed.person, card, message))
        return Sent()

    def close(self, reference: Reference, card: Card | None) -> None:
        """Take the controls off a card, and show there how it was answered, apart from what is under way."""
        if card is None or not card.id:
            return
        task = asyncio.create_task(self._close(reference, card))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _close(self, reference: Reference, card: Card) -> None:
        try:
            answered = draw_answered(card.message, card.chosen)
            await self._connector.update(reference.address(), card.id, answered)
        except Rejected as rejected:
            log.info("a card could not be updated: %s", rejected.code)

    async def quietly(self, reference: Reference, activity: Mapping[str, Any], conversation: str = "") -> None:
        """Post something whose failing harms nobody; it is noted in the log, without what was said."""
        try:
            await self._connector.post(reference.address(conversation), activity)
        except Rejected as rejected:
            log.info("a note could not be posted: %s", rejected.code)

    async def finish(self) -> None:
        """Wait until the cards under way have lost their controls."""
        await asyncio.gather(*self._tasks, return_exceptions=True)


def stamp_for(person: str, message: Message) -> Stamp:
    """Return what a person's card is drawn for."""
    return Stamp(message.revision, message.question or "", run_of(person))


def in_channel(message: Message) -> Message:
    """Return a message for where others read: of its controls, only those that open someone's own chat stay.

    The topics nearest to one that nobody wrote about are then named in the text, for the next mention.
    """
    kept = tuple(control for control in message.controls if control.id.startswith(TALK))
    text = message.text
    if message.about == "no_such_topic":
        labels = [pick.label for control in message.controls for pick in control.options]
        text = "\n".join([text, "", *(f"- {escape(label)}" for label in labels)])
    return message.changed(text=text, controls=kept, question=None, seams=())
