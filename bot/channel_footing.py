"""What an order for a channel is decided on, and the answers that can be given from there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from bot.channel_offers import name_day, offer_ways
from bot.channels import facts_asked, keep_up, local_day
from bot.days import show_time
from bot.guide import Guide
from bot.replies import AskPosts, Offer, Reply, ShowPosts, TurnDownOrder, Words
from bot.subscription import Span, Subscription
from bot.typed.schedules import Schedule
from bot.value import Value
from bot.working_time import name_of_country, zone_of


class Manner(Value, frozen=True):
    """How orders are given on a platform: what they begin with there, and who may give them, both in words."""

    call: str
    whom: str


def manner_on(guide: Guide, platform: str) -> Manner:
    """Return how orders are given on a platform, in the guide's words."""
    labels = guide.phrases.labels
    return Manner(labels[f"orders_{platform}"], labels[f"keepers_{platform}"])


class Order(Value, frozen=True):
    """What somebody orders for a channel: the words after the call. `may`: they are entitled to change its posts.

    `turn` is a number that differs from channel to channel, and says where in the guide's list this one begins. It is
    filled in from the channel's id.
    """

    words: str
    may: bool
    turn: int = 0


class Obeyed(NamedTuple):
    """What came of an order: what is now to be remembered (None: nothing), and what to say to whoever asked."""

    sub: Subscription | None
    replies: tuple[Reply, ...] = ()


class Footing(Value, frozen=True):
    """All that an order is decided on. `now` is the asker's local time; `sub` is None where none was ever set up."""

    guide: Guide
    sub: Subscription | None
    order: Order
    said: Schedule
    manner: Manner
    now: datetime

    def turn_down(self, why: str, words: str = "") -> Obeyed:
        """Change nothing, and say why; `words` are those that were not understood."""
        return Obeyed(self.sub, (TurnDownOrder(why, self.manner.call, self.manner.whom, Words(words)),))

    @property
    def plan(self) -> Subscription:
        """Return the plan that stands; asked for only where one does."""
        assert self.sub is not None  # noqa: S101 - `obey` has seen to it
        return self.sub

    @property
    def labels(self) -> Mapping[str, str]:
        """Return the guide's words for what can be pressed."""
        return self.guide.phrases.labels

    def ask(self, what: str, offers: tuple[Offer, ...], day: str = "") -> Obeyed:
        """Change nothing, and ask for what is missing, with some answers to press."""
        return Obeyed(self.sub, (AskPosts(what, self.manner.call, day, offers),))

    def settled(self, what: str, sub: Subscription, begins: date | None = None) -> Obeyed:
        """Return what is remembered from now on, and say so; `begins` is the first day of a rest that was set."""
        kept = keep_up(self.guide, sub, self.now)
        shown, upcoming = self.shown(what, kept), next_day(kept)
        still_to_come = begins is not None and upcoming is not None and upcoming < begins
        return Obeyed(kept, (shown.changed(begins=begins) if still_to_come else shown,))

    def shown(self, what: str, sub: Subscription) -> ShowPosts:
        """Return a plan as it is shown, with what can be done about it; `what` says why it is."""
        moments = facts_asked(self.guide)
        asks = self.order.may and what in ("set", "list")
        return ShowPosts(
            what,
            self.manner.call,
            rhythm=sub.rhythm,
            day=name_day(sub.day),
            at=show_time(sub.minute),
            zone=f"UTC{sub.week.zone}" if sub.week.zone[:1] in ("", "+", "-") else sub.week.zone,
            country=name_of_country(sub.week.country),
            next=next_day(sub),
            rests=tuple((first, after - timedelta(days=1)) for first, after in self.rests_of(sub)),
            holds=tuple(moments[fact] for fact in sub.facts if fact in moments),
            asked=tuple(Offer(fact, moment) for fact, moment in moments.items()) if asks else (),
            offers=offer_ways(self.labels, rests=bool(self.rests_of(sub))) if self.order.may else (),
        )

    def rests_of(self, sub: Subscription) -> tuple[Span, ...]:
        """Return the rests that are not over yet."""
        return tuple(span for span in sub.rests if span[1] > local_day(sub, self.now))


def next_day(sub: Subscription) -> date | None:
    """Return the local day of the next post, or None when none comes."""
    return datetime.fromtimestamp(sub.due * 60, zone_of(sub.week.zone)).date() if sub.due else None
