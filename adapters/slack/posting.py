"""Sends messages to Slack for the courier, and takes the controls off those that were answered."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from adapters.courier import Later, Never, Outcome, Sent
from adapters.slack.incoming import Pressed, read_address
from adapters.slack.mrkdwn import POSTING, UPDATING
from adapters.slack.outgoing import draw, draw_answered
from bot.events import Event, Said
from bot.ports import Owed

log = logging.getLogger(__name__)

Call = Callable[..., Awaitable[Mapping[str, Any]]]

GONE = frozenset(
    (
        *("channel_not_found", "is_archived", "account_inactive", "not_in_channel", "user_not_found", "user_disabled"),
        *("cannot_dm_bot", "messages_tab_disabled", "restricted_action", "team_not_found", "token_revoked"),
        *("invalid_auth", "not_authed", "missing_scope", "no_installation", "msg_too_long", "invalid_blocks"),
    )
)
"""Errors that sending again would not cure."""

KEPT = 10_000
"""How many people's last question is remembered, so that its controls can be taken off."""


class Refused(Exception):
    """Slack did not do what was asked. `after` is how many seconds it wants us to wait, where it says so."""

    def __init__(self, error: str, after: float | None = None) -> None:
        """Take Slack's own word for it."""
        super().__init__(error)
        self.error = error
        self.after = after


@dataclass(frozen=True, slots=True)
class _Asked:
    """The question someone was sent last, and how they answered it, if they did."""

    channel: str
    ts: str
    blocks: tuple[Mapping[str, Any], ...]
    chosen: str = ""


class Posting:
    """Posts and updates messages."""

    def __init__(self, call: Call) -> None:
        """Take a way to call Slack: `call(team, method, **arguments)`, which raises `Refused`."""
        self.call = call
        self._asked: OrderedDict[str, _Asked] = OrderedDict()

    async def send(self, owed: Owed) -> Outcome:
        """Post one message from the outbox."""
        address = read_address(owed.conversation)
        message = replace(owed.message, controls=()) if address.shared else owed.message
        try:
            for payload in draw(message, message.revision):
                arguments = {"thread_ts": address.thread} if address.thread else {}
                answer = await self.call(
                    address.team, "chat.postMessage", channel=address.channel, **payload, **POSTING, **arguments
                )
        except Refused as refused:
            return Never(refused.error) if refused.error in GONE else Later(refused.error, refused.after)
        if message.controls and not address.shared:
            await self._now_asked(owed.person, str(answer.get("channel")), str(answer.get("ts")), payload["blocks"])
        return Sent()

    async def _now_asked(self, person: str, channel: str, ts: str, blocks: list[Mapping[str, Any]]) -> None:
        before = self._asked.pop(person, None)
        self._asked[person] = _Asked(channel, ts, tuple(blocks))
        if len(self._asked) > KEPT:
            self._asked.popitem(last=False)
        if before is not None:
            await self._update(person, before)

    def answered(self, person: str, pressed: Pressed | None, event: Event) -> None:
        """Note how the last question was answered: by words, which its message will then show."""
        asked = self._asked.get(person)
        if asked is not None and pressed is None and isinstance(event, Said):
            self._asked[person] = replace(asked, chosen=event.text)

    async def close(self, person: str, pressed: Pressed) -> None:
        """Show on a pressed message what was chosen, and take its controls off."""
        asked = self._asked.get(person)
        if asked is not None and asked.ts == pressed.ts:
            del self._asked[person]
        await self._update(person, _Asked(pressed.channel, pressed.ts, pressed.blocks, pressed.label))

    async def _update(self, person: str, asked: _Asked) -> None:
        payload = draw_answered([dict(block) for block in asked.blocks], asked.chosen)
        team = person.split(":")[1]
        await self.quietly(team, "chat.update", channel=asked.channel, ts=asked.ts, **payload, **UPDATING)

    async def quietly(self, team: str, method: str, **arguments: Any) -> None:
        """Call a method whose failing harms nobody; it is noted in the log, without what was said."""
        try:
            await self.call(team, method, **arguments)
        except Refused as refused:
            log.info("%s was refused: %s", method, refused.error)

    def forget(self, person: str) -> None:
        """Drop what is remembered of a person's last question."""
        self._asked.pop(person, None)
