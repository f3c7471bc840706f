"""Joins the parts of Lateral on Slack: what sees to arrivals, what sends, and what notices that something is due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import aiohttp

from adapters.courier import Courier
from adapters.gate import Gate
from adapters.scheduler import Scheduler
from adapters.settings import SlackSettings
from adapters.slack.addresses import read_address
from adapters.slack.arrivals import Who
from adapters.slack.channels import ChannelDesk
from adapters.slack.desk import Desk
from adapters.slack.disturbing import Disturbing
from adapters.slack.home import Overview
from adapters.slack.installations import Workspaces
from adapters.slack.leaving import Leaving
from adapters.slack.orders import Orders
from adapters.slack.pages import Pages
from adapters.slack.people import People
from adapters.slack.posting import Posting
from adapters.slack.saying import Saying
from adapters.slack.web_api import WebApi
from adapters.spoken import Spoken
from bot.channel_conversation import Channels
from bot.channel_footing import manner_on
from bot.conversation import Conversation
from bot.ports import LANE


@dataclass(frozen=True, slots=True)
class Parts:
    """What arrivals are given to, and what is started and stopped."""

    desk: Desk
    api: WebApi
    posting: Posting
    courier: Courier
    scheduler: Scheduler


def join(  # noqa: PLR0913 - all that a platform is joined with
    spoken: Spoken,
    settings: SlackSettings,
    session: aiohttp.ClientSession,
    workspaces: Workspaces,
    *,
    pace: float,
    now: Callable[[], float],
    dropped: Counter[str],
) -> Parts:
    """Return the parts, none of them started.

    `pace`: see Courier. `now` gives POSIX seconds. `dropped` counts what is not taken, and why.
    """
    api = WebApi(session, settings.api_url, workspaces)
    posting = Posting(api.call, pace=pace, is_own=spoken.talk.wording.is_own)
    channels = Channels(spoken.talk.guide, spoken.wording, spoken.store, manner_on(spoken.talk.guide, "slack"))
    quiet = Disturbing(api.call, now).quiet_until
    gate = Gate(spoken.store, spoken.talk, posting.send, now, channels=channels, quiet=quiet)
    courier = Courier(spoken.store, gate.send, now, pace=pace, place=_place, prefix="slack:")
    scheduler = Scheduler(spoken.store, spoken.talk, "slack", courier.hand, now, channels=channels)
    people = People(api.user, now)
    pages = _pages(spoken.talk, posting, people)
    saying = Saying(spoken.talk, spoken.store, courier, posting, api.respond)
    orders = Orders(channels, saying, people, api.user)
    desk = Desk(
        saying=saying,
        people=people,
        pages=pages,
        leaving=Leaving(workspaces, courier, people, posting, pages),
        channels=ChannelDesk(channels, spoken.wording, saying, orders, people),
        orders=orders,
        dropped=dropped,
    )
    return Parts(desk, api, posting, courier, scheduler)


def _place(conversation: str) -> str:
    """Return the channel of a conversation: all its threads share one pace."""
    address = read_address(conversation.removesuffix(LANE))
    return f"{address.team}:{address.channel}"


def _pages(talk: Conversation, posting: Posting, people: People) -> Pages:
    """Return the pages of App Home, each drawn from the person's talk as it then stands."""

    async def draw_page(who: Who) -> tuple[Overview, int]:
        sections, revision = await talk.glance(who.person, people.now(who.person))
        return Overview(talk.guide.phrases.labels["home_title"], sections), revision

    return Pages(posting, draw_page)
