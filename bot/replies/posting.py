"""Posts to channels, and what is said to whoever orders them."""

from __future__ import annotations

from datetime import date

from bot.replies.parts import Offer, Words
from bot.replies.reply import Reply


class ChannelPost(Reply, frozen=True):
    """What stands in a channel for all to read. `call` is what an order there begins with, such as a command.

    `expires` is the POSIX second after which it is not to go; `about` the id of the nudge.
    """

    text: str
    call: str
    about: str = ""
    expires: float = 0.0


class ShowPosts(Reply, frozen=True):
    """How posts come to a channel, and (`what`) what was just done: `set`, `changed`, `paused`, `list`, ... .

    `rhythm` is `week`, `fortnight` or `month`, `day` a weekday or empty for the first working day of a month. `at` is
    the local time in `zone`, `next` the local date of the next post. `rests` are spans without posts, first and last
    day; `begins` is the first day of the one just set, where a post still comes before it. `holds` are the moments
    that fit the channel, `asked` all that a post may ask for.
    """

    what: str
    call: str
    rhythm: str = ""
    day: str = ""
    at: str = ""
    zone: str = ""
    country: str = ""
    next: date | None = None
    rests: tuple[tuple[date, date], ...] = ()
    begins: date | None = None
    holds: tuple[str, ...] = ()
    asked: tuple[Offer, ...] = ()
    offers: tuple[Offer, ...] = ()


class PreviewPost(Reply, frozen=True):
    """The next post of a channel, shown to whoever asked; without a `day`, none is to come."""

    call: str
    text: str = ""
    day: date | None = None
    at: str = ""
    zone: str = ""
    offers: tuple[Offer, ...] = ()


class AskPosts(Reply, frozen=True):
    """A question about a channel's posts: which `day`, to which they `move`, what `time`, or how long to `pause`."""

    what: str
    call: str
    day: str = ""
    offers: tuple[Offer, ...] = ()


class TurnDownOrder(Reply, frozen=True):
    """Why an order for a channel was not followed; nothing was changed.

    `why`: `entitled` (it is for those named in `whom`), `unknown` (for the `words` that mean nothing), `weekend`,
    `hours`, `past` or `long` (of a rest), `none` (no posts are set up), `empty` (the guide has none for channels).
    """

    why: str
    call: str
    whom: str = ""
    words: Words | str = ""
