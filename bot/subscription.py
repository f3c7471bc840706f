"""What is remembered of a channel that gets posts: frozen, small, of nobody in person; it becomes a record and back.

A record is compact JSON with a version. It holds a plan and a calendar, no names, no ids and no words of anybody's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, get_args

import orjson

from bot.errors import RecordTooNew
from bot.working_time import MON_FRI, Week

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


@dataclass(frozen=True, slots=True)
class Subscription:
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
        return replace(self, rests=tuple(spans[-MOST_RESTS:]))


def to_record(sub: Subscription) -> bytes:
    """Return the record of a subscription."""
    return orjson.dumps(
        {
            "v": SCHEMA,
            "r": sub.rhythm,
            "d": sub.day,
            "m": sub.minute,
            "w": [sub.week.zone, list(sub.week.workdays), sub.week.country],
            "s": sub.since,
            "l": sub.looked,
            "b": sub.before,
            "n": sub.due,
            "f": list(sub.facts),
            "p": [[first.isoformat(), after.isoformat()] for first, after in sub.rests],
            "t": [day.isoformat() for day in sub.sent[-2:]],
            "u": list(sub.used[-MOST_USED:]),
            "k": sub.turn,
            "x": sub.stopped,
        }
    )


def from_record(record: bytes) -> Subscription:
    """Return the subscription of a record.

    Raises:
        RecordTooNew: a newer version of Lateral wrote it.
    """
    raw: dict[str, Any] = orjson.loads(record)
    if raw["v"] > SCHEMA:
        raise RecordTooNew
    zone, workdays, country = raw["w"]
    return Subscription(
        rhythm=raw["r"],
        day=raw["d"],
        minute=raw["m"],
        week=Week(zone, tuple(workdays) or MON_FRI, country),
        since=raw["s"],
        looked=raw["l"],
        before=raw["b"],
        due=raw["n"],
        facts=tuple(raw["f"]),
        rests=tuple((date.fromisoformat(first), date.fromisoformat(after)) for first, after in raw["p"]),
        sent=tuple(date.fromisoformat(day) for day in raw["t"]),
        used=tuple(raw["u"]),
        turn=raw["k"],
        stopped=raw["x"],
    )
