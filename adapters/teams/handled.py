"""What seeing to an arrival comes to: what goes into the answer, and what is done after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from adapters.deeds import Deeds
from adapters.teams.outgoing import Activity

Body = Mapping[str, object]

CARD = "application/vnd.microsoft.card.adaptive"
"""The kind of an answer that takes the pressed card's place."""

WORDS = "application/vnd.microsoft.activity.message"
"""The kind of an answer that whoever pressed reads, and nobody else; the card stays."""


@dataclass(frozen=True, slots=True)
class Handled:
    """What goes into the answer, and what is done after it; `lost`: in place of that, when it could not be sent."""

    body: Body | None = None
    after: Deeds = ()
    lost: Deeds = ()
    status: int = 200


def in_its_place(activity: Activity) -> Body:
    """Return the answer that puts a message's card in the place of the pressed one."""
    return _body(CARD, activity["attachments"][0]["content"])


def only_to_them(words: str) -> Body:
    """Return the answer that says a few words to whoever pressed."""
    return _body(WORDS, words)


def _body(kind: str, value: object) -> Body:
    return {"statusCode": 200, "type": kind, "value": value}
