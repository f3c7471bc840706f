"""Words for the fields of a card that are plain strings: shown as typed on every client, and obeyed on none.

Teams' clients read such fields each in their own way. The title of a choice is Markdown on a desktop and plain on a
phone; phones know no backslash before a bracket. So nothing is escaped here with marks that might be seen: a mark-up
character is replaced by its double, and what would otherwise be read as one is parted by a space of no width.
"""

from __future__ import annotations

import re
from functools import lru_cache

GAP = "\u200b"
"""A space of no width."""

DOUBLES = {"*": "\u2217", "_": "\u02cd", "`": "\u02cb"}
"""Characters that style what stands between two of them, and those that look the same and mean nothing."""

_DOUBLES = str.maketrans(DOUBLES)

_FORMING = re.compile(r"[{$](?=\{)|<(?=[\w/!?@])|&(?=[#\w])")
"""What begins a date or a placeholder of a template, a tag or mention, and a character written by its name."""

_MARKING = re.compile(r"\\|\](?=[(\[:])|~(?=~)|:(?=//)|\b[wW]{3}(?=\.)")
"""What escapes, links and strikes out in Markdown, and what clients make links of by themselves."""

_OPENING = re.compile(r"^(?=[^\S\n]*([-+#>=|]|\d+[.)])|[^\S\n]{4}|\t)", re.MULTILINE)
"""Where a line would open a list, a heading, a quote, a rule, a table, or code that is set in."""

_CLOSING = re.compile(r"[^\S\n]+$", re.MULTILINE)
"""Spaces at the end of a line, two of which would break it."""

_HALVES = re.compile("[\ud800-\udfff]")

_RUNS = re.compile(r"(?<=[{$])(?=\{)|(?<=<)(?=[\w/!?])")

REMEMBERED = 512
"""How many words are remembered as they were made harmless: most are the guide's own, and come again and again."""


def mend(words: str) -> str:
    """Return words without halves of characters, which cannot be sent: the halves of one are joined."""
    if words.isascii() or not _HALVES.search(words):
        return words
    return words.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def literal(words: str) -> str:
    """Return words for a field that is plain on every client: a message's text sent as plain, and its summary."""
    return _FORMING.sub(_part, mend(words))


@lru_cache(maxsize=REMEMBERED)
def neutral(words: str) -> str:
    """Return words for a field that some clients read as Markdown: titles, labels, a card's `fallbackText`."""
    parted = _MARKING.sub(_part, literal(words)).translate(_DOUBLES)
    return _OPENING.sub(GAP, _CLOSING.sub("", parted))


@lru_cache(maxsize=REMEMBERED)
def spoken(words: str) -> str:
    """Return words for `speak`, which may be read as a mark-up language of its own (SSML)."""
    return re.sub(r"[<>&]+", " ", _FORMING.sub(_part, mend(words)))


def forget_words() -> None:
    """Drop the words that were made harmless lately: somebody's own may be among them."""
    neutral.cache_clear()
    spoken.cache_clear()


def runs(words: str) -> list[str]:
    """Return words in the runs a rich text holds them in: none has what would begin a date or a mention."""
    return _RUNS.split(mend(words))


def _part(found: re.Match[str]) -> str:
    return found[0] + GAP
