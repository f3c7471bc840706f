"""When a channel gets a post, and which: pure rules; nothing is sent from here.

The rules, each from the guide's evidence on follow-up (a yes first, few, at work, nobody named):

1. Nothing without a plan that somebody entitled to made. A stop or a rest silences it at once; a rest ends by itself.
2. One post in seven days at the most, whatever the plan.
3. Only in working hours of a working day, local time. A week whose day is a holiday is left out.
4. A post that missed its hour goes later that day. One that missed its day is left out by the week; rarer ones come
   at their hour on the next working day. So there is one at the most to catch up, and never a burst.
5. What fits the calendar comes first, then what fits at any time. What asks for a fact comes only where it holds.
6. No nudge comes again before every other that fits has come since.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from bot.guide import Guide, Nudge
from bot.subscription import FIRST, Subscription
from bot.working_time import CLOSES, Week, is_first_working_day, is_quiet, is_working_day, wall, zone_of

DAYS_APART = 7
"""The least days from one post to the next."""

_REACH: Mapping[str, int] = {"week": 0, "fortnight": 6, "month": 6}
"""For how many days after its own a post may still come."""

_LOOK_AHEAD = 500
"""How many days ahead a post is looked for: a rest may be a year long."""


def moments(week: Week, day: date) -> frozenset[str]:
    """Return the points of the calendar that a local day lies at, as a guide names them in `when`."""
    found = {
        "any": True,
        "month-start": day.day <= 7 or is_first_working_day(week, day),
        "month-middle": 11 <= day.day <= 20,
        "quarter-start": day.month % 3 == 1 and day.day <= 14,
        "half-end": day.month in (6, 12) and day.day > 14,
    }
    return frozenset(name for name, holds in found.items() if holds)


def choose(guide: Guide, sub: Subscription, day: date) -> Nudge | None:
    """Return the nudge for a local day, or None where none fits."""
    now = moments(sub.week, day)
    posts = _posts(guide)
    begin = sub.turn % len(posts) if posts else 0
    turned = posts[begin:] + posts[:begin]
    fitting = [nudge for nudge in turned if nudge.when in now and (not nudge.only_if or nudge.only_if in sub.facts)]
    place = {name: number for number, name in enumerate(sub.used, 1)}
    return min(fitting, key=lambda nudge: (place.get(nudge.id, 0), nudge.when == "any"), default=None)


@lru_cache(maxsize=16)
def _posts(guide: Guide) -> tuple[Nudge, ...]:
    return tuple(nudge for nudge in guide.nudges if nudge.to == "channel")


def facts_asked(guide: Guide) -> Mapping[str, str]:
    """Return what the guide's posts may ask of a channel: each fact, and its moment in plain words."""
    return {nudge.only_if: nudge.moment for nudge in _posts(guide) if nudge.only_if}


def local_day(sub: Subscription, now: datetime) -> date:
    """Return the date it is in a channel's zone."""
    return now.astimezone(zone_of(sub.week.zone)).date()


def next_due(guide: Guide, sub: Subscription, now: datetime) -> datetime | None:
    """Return when the next post is due, in UTC; never before now, and None when none is."""
    if sub.stopped:
        return None
    today = local_day(sub, now)
    for day in _due_days(guide, sub, today):
        moment = wall(sub.week.zone, day, sub.minute)
        if moment > now:
            return moment.astimezone(UTC)
        if day == today and not is_quiet(sub.week, now):
            return now.astimezone(UTC)
    return None


def due_now(guide: Guide, sub: Subscription, now: datetime) -> Nudge | None:
    """Return what is to be posted at a moment; nothing in quiet hours, at rest, or after a stop."""
    today = local_day(sub, now)
    if not may_post(sub, now) or wall(sub.week.zone, today, sub.minute) > now:
        return None
    due = next(_due_days(guide, sub, today), None) == today
    return choose(guide, sub, today) if due else None


def may_post(sub: Subscription, now: datetime) -> bool:
    """Say whether anything may be posted at a moment: in working hours, not at rest, not stopped."""
    return not sub.stopped and not is_quiet(sub.week, now) and not sub.rests_on(local_day(sub, now))


def expires(sub: Subscription, now: datetime) -> datetime:
    """Return when the working day of that moment ends: what has not gone by then is not to go."""
    return wall(sub.week.zone, local_day(sub, now), CLOSES)


def _due_days(guide: Guide, sub: Subscription, today: date) -> Iterator[date]:
    """Yield the days from today on on which a post is due: its own, or others soon after, if it did not come then."""
    reach = _REACH[sub.rhythm]
    own = -reach - 1
    for ahead in range(-reach, _LOOK_AHEAD):
        day = today + timedelta(days=ahead)
        is_own = _is_own_day(sub, day)
        own = ahead if is_own else own
        if 0 <= ahead <= own + reach and (is_own or _is_free(sub, day)) and choose(guide, sub, day) is not None:
            yield day


def _is_own_day(sub: Subscription, day: date) -> bool:
    """Say whether the plan has a post on a day, not yet seen to."""
    if not _is_planned(sub, day) or not _is_free(sub, day):
        return False
    return wall(sub.week.zone, day, sub.minute).timestamp() >= sub.looked * 60 + 60


def _is_free(sub: Subscription, day: date) -> bool:
    apart = not sub.sent or (day - sub.sent[-1]).days >= DAYS_APART
    return apart and not sub.rests_on(day) and is_working_day(sub.week, day)


def _is_planned(sub: Subscription, day: date) -> bool:
    if sub.rhythm == "month":
        return _is_planned_in_month(sub, day)
    if day.weekday() != sub.day:
        return False
    begin = datetime.fromtimestamp(sub.since * 60, zone_of(sub.week.zone)).date()
    first = begin + timedelta(days=(sub.day - begin.weekday()) % 7)
    return sub.rhythm == "week" or (day - first).days % 14 == 0


def _is_planned_in_month(sub: Subscription, day: date) -> bool:
    """Say whether it is the first working day of the month, or the first such weekday of it that is one."""
    if day.day > 14:
        return False
    if sub.day == FIRST:
        return is_first_working_day(sub.week, day)
    return day.weekday() == sub.day and (day.day <= 7 or not is_working_day(sub.week, day - timedelta(days=7)))


def keep_up(guide: Guide, sub: Subscription, now: datetime) -> Subscription:
    """Return the subscription with what is due next worked out.

    Rests are dropped once they have been over for a week: until then a post of theirs could be taken for one missed.
    """
    over = local_day(sub, now) - timedelta(days=DAYS_APART)
    kept = sub.changed(rests=tuple(span for span in sub.rests if span[1] > over))
    due = next_due(guide, kept, now)
    return kept.changed(due=minutes(due) if due else 0)


def posted(sub: Subscription, nudge: Nudge, now: datetime) -> Subscription:
    """Return the subscription once a post was handed over: it counts, and all that was due by now is seen to."""
    return sub.changed(
        before=sub.looked,
        looked=minutes(now),
        sent=(*sub.sent, local_day(sub, now))[-2:],
        used=(*(name for name in sub.used if name != nudge.id), nudge.id),
    )


def take_back(sub: Subscription, name: str) -> Subscription:
    """Return the subscription after a post of that nudge came back: it has not been used, and is due again."""
    if not sub.used or sub.used[-1] != name:
        return sub
    return sub.changed(looked=sub.before or sub.looked, sent=sub.sent[:-1], used=sub.used[:-1])


def minutes(moment: datetime) -> int:
    """Return a moment in whole minutes since 1970, rounded down."""
    return int(moment.timestamp() // 60)
