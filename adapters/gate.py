"""The last look before a note goes: is it still wanted, still in time, ours to send, and do operators let notes go?"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial

from adapters.outcomes import Held, Never, Outcome, Send, Sent, Taken
from adapters.storage import outbox, switches
from adapters.storage.sqlite import SqliteStore
from bot.channel_conversation import Channels
from bot.conversation import Conversation, Delivery
from bot.errors import StoreError
from bot.events import Returned
from bot.ports import LANE, Owed

log = logging.getLogger(__name__)

HELD = "held by the operator"
HELD_SECONDS = 60.0
"""After how long a note on hold is looked at again."""

LONGEST_QUIET = 900.0
"""After how long it is asked again whether somebody may be disturbed: they may have ended it sooner."""

Quiet = Callable[[str], Awaitable[float]]
"""Says until when (POSIX seconds) a person is not to be disturbed; 0: they may be, or nobody can tell."""

LEASE = 120.0
"""How long a note is ours while it is being sent, in seconds. Whoever dies with it lets it go then."""

NOT_FINAL = frozenset(("too late", "no longer wanted", "stopped for everybody"))
"""Reasons of our own; what a platform says of a note it does not take ends that person's notes."""


class Gate:
    """Stands between the outbox and a platform for what is sent unasked, to people and to channels."""

    def __init__(  # noqa: PLR0913 - all that a note has to pass
        self,
        store: SqliteStore,
        talk: Conversation,
        send: Send,
        now: Callable[[], float],
        *,
        channels: Channels | None = None,
        quiet: Quiet | None = None,
    ) -> None:
        """Join a store, a conversation, channels if there are any, a way to send, and the time (POSIX seconds).

        `quiet` says who is not to be disturbed, where a platform tells.
        """
        self._quiet = quiet
        self._store = store
        self._talk = talk
        self._channels = channels
        self._send = send
        self._now = now

    async def send(self, owed: Owed) -> Outcome:
        """Send a message; a note only if it may still go. A note that comes back is taken back."""
        if not owed.conversation.endswith(LANE):
            return await self._send(owed)
        outcome = await self._check(owed) or await self._send_note(owed)
        if isinstance(outcome, Never):
            await self._take_back(owed, outcome.reason)
        return outcome

    async def _check(self, owed: Owed) -> Outcome | None:
        now = self._now()
        if owed.message.expires and now > owed.message.expires:
            return Never("too late")
        if not await self._is_wanted(owed, now):
            return Never("no longer wanted")
        if owed.message.note in await self._store.stopped():
            return Never("stopped for everybody")
        if self._quiet is not None and owed.message.personal and (until := await self._quiet(owed.person)) > now:
            return Held("not to be disturbed", min(until - now, LONGEST_QUIET))
        return await self._store.write(partial(_take, owed.id, now))

    async def _send_note(self, owed: Owed) -> Outcome:
        """Send a note. That it was taken is made durable at once: a kill doubles only what is just being sent."""
        outcome = await self._send(owed.changed(conversation=owed.conversation.removesuffix(LANE)))
        if isinstance(outcome, Sent):
            try:
                await self._store.write(partial(outbox.drop_taken, [owed.id]))
            except StoreError as error:
                log.warning("that a note was sent is noted later: %s", error)
        return outcome

    async def _is_wanted(self, owed: Owed, now: float) -> bool:
        if owed.message.personal:
            return await self._talk.wants_note(owed.person, owed.message.revision)
        return self._channels is not None and await self._channels.wants(owed.person, datetime.fromtimestamp(now, UTC))

    async def _take_back(self, owed: Owed, reason: str) -> None:
        if not owed.message.personal:
            await self._take_post_back(owed, reason)
            return
        event = Returned(final=reason not in NOT_FINAL)
        delivery = Delivery(owed.person, event, owed.person, f"returned:{owed.id}")
        if await self._talk.knows(owed.person):
            await self._talk.take(delivery, datetime.fromtimestamp(self._now(), UTC))

    async def _take_post_back(self, owed: Owed, reason: str) -> None:
        if self._channels is None:
            return
        final = reason not in NOT_FINAL
        await self._channels.returned(owed, datetime.fromtimestamp(self._now(), UTC), final=final)
        if final:
            log.warning("posts to %s have ended, and nothing of it is kept: %s", owed.person, reason)


def _take(id_: int, now: float, cursor: sqlite3.Cursor) -> Outcome | None:
    """Take a note for ourselves and count it; None: it may go."""
    if not outbox.take(id_, now, now + LEASE, cursor):
        return Taken()
    day = datetime.fromtimestamp(now, UTC).date().isoformat()
    if not switches.count(day, cursor):
        outbox.hold(id_, now, HELD, cursor)
        return Held(HELD, HELD_SECONDS)
    return None
