"""Texts for Slack's one field that is always read as mark-up, a message's `text`: escaped, and split, never cut.

Everything on screen goes out as `rich_text` and `plain_text`, which carry words as data. `text` is the form for
notifications and screen readers. In it `& < >` are escaped, so that no mention, channel or link can be written;
`POSTING` and `UPDATING` switch off what Slack would otherwise read into the rest.
"""

from __future__ import annotations

from collections.abc import Mapping

from adapters import pieces
from adapters.pieces import shorten

__all__ = ["POSTING", "UPDATING", "escape", "shorten", "split", "unescape", "weight"]

POSTING: Mapping[str, object] = {
    "mrkdwn": False,
    "parse": "none",
    "link_names": False,
    "unfurl_links": False,
    "unfurl_media": False,
}
"""Send these beside the payload with chat.postMessage, chat.postEphemeral and a response_url: no emphasis from
typed `*` and `_`, no links from typed addresses, and nothing fetched from them."""

UPDATING: Mapping[str, object] = {"parse": "none", "link_names": False}
"""Send these beside the payload with chat.update, which takes no more."""

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def escape(words: str) -> str:
    """Return words as Slack shows them literally: `<!channel>` becomes `&lt;!channel&gt;`."""
    return words.translate(_ESCAPES)


def unescape(text: str) -> str:
    """Return what `escape` was given."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def weight(words: str) -> int:
    """Return how many characters words take up once they are escaped."""
    return len(words) + 4 * words.count("&") + 3 * (words.count("<") + words.count(">"))


def split(text: str, limit: int) -> list[str]:
    """Return text in parts of at most `limit` escaped characters; joined, they are the text again.

    A part ends after a line where that leaves it at least half full, else after a word, and inside a word only
    if the word alone is longer than a part.

    Raises:
        ValueError: the limit is too small to hold one escaped character.
    """
    if limit < len("&amp;"):
        raise ValueError(f"A part of {limit} characters holds nothing.")
    return pieces.split(text, limit, weight)
