"""Sends messages to Slack for the courier, and takes the controls off those that were answered."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

from adapters.outcomes import Later, Never, Outcome, Sent
from adapters.slack.addresses import Address, read_address
from adapters.slack.arrivals import Pressed
from adapters.slack.calls import Call, Refused
from adapters.slack.closing import Answered, Closing
from adapters.slack.mrkdwn import POSTING
from adapters.slack.outgoing import draw
from adapters.slack.rich_text import Texts
from bot.messages import Message
from bot.ports import Owed

log = logging.getLogger(__name__)

GONE = frozenset(
    (
        *("channel_not_found", "is_archived", "account_inactive", "not_in_channel", "user_not_found", "user_disabled"),
        *("cannot_dm_bot", "messages_tab_disabled", "restricted_action", "team_not_found", "token_revoked"),
        *("invalid_auth", "not_authed", "missing_scope", "no_installation", "msg_too_long", "invalid_blocks"),
        *("thread_not_found", "msg_blocks_too_long", "invalid_arguments", "no_text"),
    )
)
"""Errors that sending again would not cure."""

CHANNEL_GONE = frozenset(("channel_not_found", "is_archived", "not_in_channel"))
"""The errors that end a channel's posts for good. A token that is wrong for a day, say, is not to cost it its plan."""

KEPT = 10_000
"""How many people's last question is remembered, so that its controls can be taken off."""


class Posting:
    """Posts and updates messages."""

    def __init__(self, call: Call, *, pace: float = 1.0, is_own: Callable[[str], bool] = lambda _: False) -> None:
        """Take a way to call Slack.

        `pace` is how many seconds are left between the parts of a message that is too long for one. `is_own` says
        whether a text is the guide's own: such a text is drawn once.
        """
        self.call = call
        self._texts = Texts(is_own)
        self._pace = pace
        self._asked: OrderedDict[str, Answered] = OrderedDict()
        self._begun: dict[int, int] = {}
        self._closing = Closing(call, pace=pace)

    async def send(self, owed: Owed) -> Outcome:
        """Post one message from the outbox; parts of it that Slack already took are not sent again."""
        address = read_address(owed.conversation)
        hides = address.shared and owed.message.personal
        message = owed.message.changed(controls=()) if hides else owed.message
        parts = draw(message, message.revision, texts=self._texts.draw)
        taken = self._begun.pop(owed.id, 0)
        for place, payload in enumerate(parts[taken:], taken):
            if place > taken:
                await asyncio.sleep(self._pace)
            try:
                answer = await self._post(address, payload)
            except Refused as refused:
                if refused.error in (GONE if owed.message.personal else CHANNEL_GONE):
                    return Never(refused.error)
                self._begun[owed.id] = place
                return Later(refused.error, refused.after)
            if _asks(message) and not address.shared and place == len(parts) - 1:
                blocks = tuple(payload["blocks"])
                where = str(answer.get("channel")), str(answer.get("ts"))
                self._now_asked(Answered(owed.person, *where, blocks))
        return Sent()

    async def _post(self, address: Address, payload: Mapping[str, Any]) -> Mapping[str, Any]:
        thread = {"thread_ts": address.thread} if address.thread else {}
        arguments = {"channel": address.channel, **payload, **POSTING, **thread}
        return await self.call(address.team, "chat.postMessage", **arguments)

    def _now_asked(self, asked: Answered) -> None:
        """Note what a person is being asked; what they were asked before is closed."""
        before = self._asked.pop(asked.person, None)
        self._asked[asked.person] = asked
        if len(self._asked) > KEPT:
            self._asked.popitem(last=False)
        if before is not None:
            self._closing.add(before)

    def answered(self, person: str, pressed: Pressed | None, words: str) -> None:
        """Note how the last question was answered.

        A message that was pressed is to be closed with `close`. Words, if they were the answer, are shown on the
        question's message as soon as the next question is posted; later ones answer something else.
        """
        asked = self._asked.get(person)
        if asked is None:
            return
        if pressed is None:
            self._asked[person] = asked.changed(chosen=asked.chosen or words)
        elif asked.ts == pressed.ts:
            del self._asked[person]

    def close(self, person: str, pressed: Pressed) -> None:
        """Show on a pressed message what was chosen, and take its controls off."""
        self._closing.add(Answered(person, pressed.channel, pressed.ts, pressed.blocks, pressed.label))

    async def finish(self, seconds: float) -> None:
        """Wait until the messages under way have lost their controls, or so many seconds have passed."""
        await self._closing.finish(seconds)

    async def quietly(self, team: str, method: str, **arguments: Any) -> None:
        """Call a method whose failing harms nobody; it is noted in the log, without what was said."""
        try:
            await self.call(team, method, **arguments)
        except Refused as refused:
            log.info("%s was refused: %s", method, refused.error)

    def forget(self, person: str) -> None:
        """Drop what is remembered of a person's last question."""
        self._asked.pop(person, None)
        self._closing.forget(person)

    def drop(self, team: str) -> None:
        """Drop what is remembered of a workspace."""
        for person in [person for person in self._asked if person.startswith(f"slack:{team}:")]:
            del self._asked[person]
        self._closing.forget(f"slack:{team}:")


def _asks(message: Message) -> bool:
    """Say whether a message waits for an answer, after which its controls mean nothing any more."""
    return bool(message.controls) and (message.question is not None or message.about == "confirm")
