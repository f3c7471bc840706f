"""Where a message goes on Slack, and the ids by which channels and outbox conversations are known."""

from __future__ import annotations

from bot.value import Value


class Address(Value, frozen=True):
    """Where a message goes: a workspace, a channel or person in it, and perhaps a thread."""

    team: str
    channel: str
    thread: str = ""

    @property
    def shared(self) -> bool:
        """Say whether others can read there."""
        return bool(self.thread) or not self.channel.startswith(("U", "W", "D"))


def read_address(conversation: str) -> Address:
    """Return the address an outbox conversation stands for (`slack:T1:U1`, `slack:T1:C1:1700000000.0001`)."""
    parts = conversation.split(":")
    return Address(parts[1], parts[2], parts[3] if len(parts) > 3 else "")


def place_of(team: str, channel: str) -> str:
    """Return the id a channel is known by: platform, workspace, channel."""
    return f"slack:{team}:{channel}"
