"""Joins the parts of Lateral on Teams: what sees to arrivals, what sends, and what notices that something is due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import aiohttp

from adapters.courier import Courier
from adapters.gate import Gate
from adapters.scheduler import Scheduler
from adapters.settings import TeamsSettings
from adapters.spoken import Spoken
from adapters.teams.channels import ChannelDesk
from adapters.teams.connector import Connector
from adapters.teams.credentials import (
    AUTHORITY_URL,
    Credentials,
    ManagedIdentityCredentials,
    NoCredentials,
    SecretCredentials,
)
from adapters.teams.desk import Desk
from adapters.teams.hosts import Hosts
from adapters.teams.leaving import Leaving
from adapters.teams.orders import Orders
from adapters.teams.own_chats import OwnChats
from adapters.teams.personal import Cards
from adapters.teams.posting import Posting
from adapters.teams.references import References
from adapters.teams.saying import Saying
from bot.channel_conversation import Channels
from bot.channel_footing import manner_on

AT_ONCE = 1_000
"""How many conversations are sent to at the same time. Many services stand behind Teams, and some may hang."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What arrivals are given to, and what is started and stopped."""

    desk: Desk
    references: References
    posting: Posting
    courier: Courier
    scheduler: Scheduler


def join(  # noqa: PLR0913 - all that a platform is joined with
    spoken: Spoken,
    settings: TeamsSettings,
    session: aiohttp.ClientSession,
    hosts: Hosts,
    *,
    pace: float,
    now: Callable[[], float],
    dropped: Counter[str],
) -> Parts:
    """Return the parts, none of them started.

    `pace`: see Courier. `now` gives POSIX seconds. `dropped` counts what is not taken, and why.
    """
    talk, store = spoken.talk, spoken.store
    connector = Connector(session, _credentials(settings, session), hosts)
    references, cards = References(store), Cards()
    posting = Posting(connector, references, cards, now, pace=pace)
    channels = Channels(talk.guide, spoken.wording, store, manner_on(talk.guide, "teams"))
    gate = Gate(store, talk, posting.send, now, channels=channels)
    courier = Courier(store, gate.send, now, pace=pace, at_once=AT_ONCE, prefix="teams:")
    scheduler = Scheduler(store, talk, "teams", courier.hand, now, channels=channels)
    saying = Saying(talk, store, courier, posting, now)
    chats = OwnChats(references, connector, now)
    desk = Desk(
        saying=saying,
        chats=chats,
        references=references,
        cards=cards,
        leaving=Leaving(store, references, courier, cards, now),
        channels=ChannelDesk(saying, chats, references, dropped),
        orders=Orders(channels, saying, chats, references, connector),
        dropped=dropped,
    )
    return Parts(desk, references, posting, courier, scheduler)


def _credentials(settings: TeamsSettings, session: aiohttp.ClientSession) -> Credentials:
    if settings.is_open:
        return NoCredentials()
    if settings.is_managed:
        return ManagedIdentityCredentials(
            settings.app_id, session, settings.identity_endpoint, settings.identity_header
        )
    authority = settings.login_url or AUTHORITY_URL
    return SecretCredentials(settings.app_id, settings.app_password, settings.tenant_id, session, authority)
