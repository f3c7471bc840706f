"""How the Bot Connector is called, and what comes of it where it does not do what was asked."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

TRY_AGAIN = frozenset((0, 401, 408, 412, 425, 429))
"""What may go better later, beside all of 500 and above; 0 is no answer at all."""

GONE = frozenset(
    (
        *("MessageWritesBlocked", "ConversationBlockedByUser", "BotNotInConversationRoster", "BotDisabledByAdmin"),
        *("ConversationNotFound", "InvalidBotInConversation"),
    )
)
"""What a service says of a conversation in which nothing can be said any more."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where to send: a conversation of a tenant, at the service that speaks for it."""

    tenant: str
    service_url: str
    conversation: str
    bot: str = ""
    person: str = ""


class Rejected(Exception):
    """The Bot Connector did not take something.

    `status` is that of HTTP, 0 without an answer. `code` is the connector's own word, or `timeout`, `unreachable`,
    `no_token` and the like. `after` is how many seconds it wants us to wait, where it says so.
    """

    def __init__(self, status: int, code: str, after: float | None = None) -> None:
        """Take what is known."""
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.after = after

    @property
    def final(self) -> bool:
        """Say whether sending the same again would not be taken either."""
        return self.status < 500 and self.status not in TRY_AGAIN

    @property
    def gone(self) -> bool:
        """Say whether nothing at all can be said in that conversation any more: blocked, uninstalled or gone."""
        return self.status in (403, 404) and self.code in GONE


def path_of(conversation: str, *steps: str) -> str:
    """Return the path below the service address; ids are escaped whole.

    Raises:
        Rejected: an id would lead elsewhere.
    """
    ids = (conversation, *steps)
    if any(step in ("", ".", "..") for step in ids):
        raise Rejected(400, "bad_id")
    return "/".join(("v3/conversations", *(quote(step, safe="") for step in ids)))
