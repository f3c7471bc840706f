"""What can arrive from Teams: frozen values that say who, where, and what it means for the talk."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.ignored import Ignored
from adapters.teams.references import THREAD, Kind, Reference
from bot.events import Event


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an activity comes from, and from whom. `user` is the id our bot knows a person by, `aad` the directory's.

    `conversation` is Teams' own id of it, with the thread in a channel. `at` is when it was sent, POSIX seconds.
    """

    tenant: str
    service_url: str
    conversation: str
    kind: Kind
    bot: str
    user: str
    aad: str = ""
    team: str = ""
    channel: str = ""
    locale: str = ""
    zone: str = ""
    at: float = 0.0

    @property
    def person(self) -> str:
        """Return the id a person is known by: platform, tenant, and the directory's id, or ours where it has none."""
        return f"teams:{self.tenant}:{self.aad or self.user}"

    @property
    def place(self) -> str:
        """Return the id of where it was: the person in their own chat, or the channel."""
        if self.kind == "personal":
            return self.person
        return f"teams:{self.tenant}:{self.conversation.partition(THREAD)[0]}"

    @property
    def team_place(self) -> str:
        """Return the id of the team it was in, which is that of its first channel; elsewhere that of the place."""
        return f"teams:{self.tenant}:{self.team}" if self.team else self.place

    @property
    def outbox(self) -> str:
        """Return the outbox conversation in which to answer: the person's own, or the thread."""
        return self.person if self.kind == "personal" else f"teams:{self.tenant}:{self.conversation}"

    @property
    def reference(self) -> Reference:
        """Return what is kept in order to write here. Of a channel, nothing personal is."""
        personal = self.kind == "personal"
        return Reference(
            place=self.place,
            kind=self.kind,
            tenant=self.tenant,
            service_url=self.service_url,
            conversation=self.conversation.partition(THREAD)[0],
            bot=self.bot,
            user=self.user if personal else "",
            aad=self.aad if personal else "",
            team=self.team,
            channel=self.channel,
            locale=self.locale if personal else "",
            zone=self.zone if personal else "",
        )


@dataclass(frozen=True, slots=True)
class Pressed:
    """The card a press came from. `in_place`: its answer can take the card's place; `run`: for whom it was drawn."""

    card: str
    in_place: bool
    run: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class Turned:
    """A turn of someone's talk, in their own chat: words, or a press. A press may have nothing filled in."""

    origin: Origin
    event: Event | None
    key: str
    pressed: Pressed | None = None


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A question put to us where others read."""

    origin: Origin
    words: str
    key: str


@dataclass(frozen=True, slots=True)
class Talks:
    """Someone pressed the button of a channel's post that opens their own chat. `about` says at which place."""

    origin: Origin
    about: str
    key: str
    in_place: bool


@dataclass(frozen=True, slots=True)
class Ordered:
    """An order for the posts of a channel: words after the call, typed or as a button stands for them."""

    origin: Origin
    words: str
    key: str
    pressed: Pressed | None = None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Someone pressed a card of a talk where others read, to which it was copied."""

    origin: Origin


@dataclass(frozen=True, slots=True)
class Searched:
    """Someone looks for a tip to insert. `skip` and `count` say which page."""

    origin: Origin
    words: str
    skip: int
    count: int


@dataclass(frozen=True, slots=True)
class Inserted:
    """Someone put a card into their own chat, such as a tip they found, and wrote nothing beside it."""

    origin: Origin


@dataclass(frozen=True, slots=True)
class Rated:
    """Someone pressed thumbs up or down. It is taken, and not kept: nobody is asked to rate anything."""

    origin: Origin


@dataclass(frozen=True, slots=True)
class Installed:
    """We were added: to someone's own chat, or to a team."""

    origin: Origin


@dataclass(frozen=True, slots=True)
class Removed:
    """We were taken out, or a team or channel was deleted. `whole_team`: not only this channel."""

    origin: Origin
    whole_team: bool = False


@dataclass(frozen=True, slots=True)
class Unserved:
    """Something that wants an answer at once, and that we do not offer. `known`: it belongs to Teams as we know it."""

    name: str
    known: bool


Arrival = (
    Turned | Mentioned | Talks | Ordered | Elsewhere | Searched | Inserted | Rated
    | Installed | Removed | Unserved | Ignored
)  # fmt: skip
