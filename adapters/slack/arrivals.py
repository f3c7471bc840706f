"""What can arrive from Slack: frozen values that say who, where, and what it means for the talk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from adapters.ignored import Ignored
from adapters.slack.stamps import WantsToWrite
from bot.events import Event
from bot.value import Value

Payload = Mapping[str, Any]


class Who(Value, frozen=True):
    """A person in a workspace."""

    team: str
    user: str
    enterprise: str | None = None

    @property
    def person(self) -> str:
        """Return the id the person is known by: platform, workspace, user."""
        return f"slack:{self.team}:{self.user}"


class Pressed(Value, frozen=True):
    """The message a press came from. Its blocks may be JSON as it came. `label` is what was chosen, in words."""

    channel: str
    ts: str
    blocks: tuple[Payload, ...] | bytes
    label: str


class Turned(Value, frozen=True):
    """A turn of the talk: words, a press or a form. `aside` is the response address of a message only they see."""

    who: Who
    event: Event
    key: str
    pressed: Pressed | None = None
    aside: str = ""


class Writes(Value, frozen=True):
    """Someone wants the modal to write an answer in."""

    who: Who
    wants: WantsToWrite
    trigger: str


class Shares(Value, frozen=True):
    """Someone wants a tip to stand in the channel for all to see."""

    who: Who
    tip: str
    respond: str
    key: str


class Commanded(Value, frozen=True):
    """A slash command. `respond` is where more of an answer may go than the acknowledgement holds."""

    who: Who
    name: str
    words: str
    key: str
    respond: str = ""
    channel: str = ""


class Mentioned(Value, frozen=True):
    """A question put to us in a channel. `thread` is where the answer goes; `within` is the one it came in, if any."""

    who: Who
    channel: str
    thread: str
    words: str
    key: str
    within: str = ""


class Ordered(Value, frozen=True):
    """An order for a channel. `respond` is the address for the answer; without one it is told to them in the channel.

    `replaces`: the answer takes the place of what only they see and have pressed. `mention`: it was typed in the
    channel, so that we are known to be in it; `thread` is the one it was typed in, if any.
    """

    who: Who
    channel: str
    words: str
    key: str
    respond: str = ""
    replaces: bool = False
    mention: bool = False
    thread: str = ""


class Talks(Value, frozen=True):
    """Someone pressed the button of a post: they want to talk about it alone."""

    who: Who
    about: str
    key: str
    respond: str


class Gone(Value, frozen=True):
    """A channel is archived or deleted, or we are out of it, `at` that moment (POSIX seconds)."""

    team: str
    channel: str
    at: float


class OpenedHome(Value, frozen=True):
    """Someone opened App Home, on the tab `home` or `messages`."""

    who: Who
    tab: str


class Joined(Value, frozen=True):
    """We were added to a channel; `inviter` may be empty."""

    who: Who
    channel: str
    inviter: str
    key: str


class Picked(Value, frozen=True):
    """Someone picked a message to keep as evidence."""

    who: Who
    words: str
    link: str
    trigger: str


class Kept(Value, frozen=True):
    """Someone confirmed a line of evidence."""

    who: Who
    words: str
    link: str
    key: str


class Left(Value, frozen=True):
    """A workspace removed us, or took our token back, `at` that moment (POSIX seconds)."""

    team: str
    at: float


Arrival = (
    Turned | Writes | Shares | Commanded | Mentioned | OpenedHome | Joined | Picked | Kept | Left | Ignored
    | Ordered | Talks | Gone
)  # fmt: skip
