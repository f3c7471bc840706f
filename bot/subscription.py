"""What is remembered of a channel that gets posts: frozen, small, of nobody in person; it becomes a record and back.

A record is compact JSON with a version. It holds a plan and a calendar, no names, no ids and no words of anybody's.
"""

from __future__ import annotations

from datetime import date
from typing import Literal, get_args

import msgspec

from bot.errors import RecordTooNew, RecordUnreadable
from bot.value import Value
from bot.working_time import Week

SCHEMA = 1
"""The version written into every record."""

Rhythm = Literal["week", "fortnight", "month"]
"""How often a post comes: every week, every two weeks, or once a month."""

RHYTHMS: tuple[Rhythm, ...] = get_args(Rhythm)

FIRST = -1
"""In place of a weekday: the first working day of the month."""

MOST_USED = 60
"""How many posts are remembered as used; the oldest go first."""

MOST_RESTS = 12
"""How many spans without posts are remembered; those that end last stay."""

Span = tuple[date, date]
"""Local days: the first of a rest, and the first after it."""


_KEYS = {
    "rhythm": "r", "day": "d", "minute": "m", "week": "w", "since": "s", "looked": "l", "before": "b", "due": "n",
    "facts": "f", "rests": "p", "sent": "t", "used": "u", "turn": "k", "stopped": "x",
}  # fmt: skip
"""The names of the fields in a record."""


class Subscription(Value, frozen=True, rename=_KEYS, tag_field="v", tag=SCHEMA):
    """How posts come to one channel. Moments are whole minutes since 1970 in UTC, days are local dates.

    `day` is 0 (Monday) to 6, or `FIRST`; `minute` is of the local day. `facts` are what a nudge's `only_if` may ask
    for and holds here. `since` is when the plan was made or last moved to other days. `looked` is the moment up to
    which everything due has been seen to, `before` the one before that; `due` is the next (0: none). `sent` holds the
    days of the last posts, `used` the ids of the nudges, the latest last. `turn` is where in the guide's list this
    channel begins, so that two channels do not read the same. `stopped`: none come, until they are set up again.
    """

    rhythm: Rhythm
    day: int
    minute: int
    week: Week
    since: int
    looked: int
    before: int = 0
    due: int = 0
    facts: tuple[str, ...] = ()
    rests: tuple[Span, ...] = ()
    sent: tuple[date, ...] = ()
    used: tuple[str, ...] = ()
    turn: int = 0
    stopped: bool = False

    def rests_on(self, day: date) -> bool:
        """Say whether nothing is to come on that day."""
        return any(first <= day < after for first, after in self.rests)

    def resting(self, first: date, after: date) -> Subscription:
        """Return the same with a rest more."""
        spans = sorted({*self.rests, (first, after)}, key=lambda span: span[1])
        return self.changed(rests=tuple(spans[-MOST_RESTS:]))


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Subscription).decode


def to_record(sub: Subscription) -> bytes:
    """Return the record of a subscription."""
    return _encode(sub.changed(sent=sub.sent[-2:], used=sub.used[-MOST_USED:]))


def from_record(record: bytes) -> Subscription:
    """Return the subscription of a record.

    Raises:
        RecordTooNew: a newer version of Lateral wrote it.
        RecordUnreadable: it is no record of a subscription.
    """
    try:
        return _decode(record)
    except ValueError:
        raise _what_is_wrong(record) from None


def _what_is_wrong(record: bytes) -> RecordTooNew | RecordUnreadable:
    try:
        return RecordTooNew() if msgspec.json.decode(record)["v"] > SCHEMA else RecordUnreadable()
    except (ValueError, TypeError, LookupError):
        return RecordUnreadable()
