"""A line of words as the Markdown that every client of Teams reads alike; none where some would read it otherwise.

Backslashes are no help: clients on phones know them before `*` and `_` only, and make links of what is escaped.
"""

from __future__ import annotations

import re
from itertools import pairwise

from adapters.pieces import Span

_ALIKE = re.compile(r"(?:[^\W_]|[ .,;:!?'\"\u2018\u2019\u201c\u201d()/%+=\u2026\u2013\u2014\u00b7-]|&(?![#\w]))*")
"""Words that every client shows as they are, within a line."""

_LINKING = re.compile(r"://|\bwww\.|[^\W\d_]\.[^\W\d_]", re.IGNORECASE)
"""What a client might make a link of by itself."""

_OPENING = re.compile(r"\s*([-+=]|\d+[.)])|\s{4}|\t")
"""How a line begins that would be read as a list, a rule, or code that is set in."""

_ADDRESS = re.compile(r"https?://[\w.~/?=&%#:,;+-]+", re.ASCII)
"""An address that every client reads alike in a link, if it has no underscore."""

_BEFORE, _AFTER = frozenset(" (\u201c\u2018\u2014"), frozenset(" .,;:!?)\u201d\u2019\u2026\u2014")
"""What may stand before and after words in bold or italic."""


def markdown_of(spans: tuple[Span, ...]) -> str | None:
    """Return one line as the Markdown that every client reads alike, or None where there is none."""
    if not all(_is_alike(span) for span in spans) or _OPENING.match(spans[0].text):
        return None
    padded = (Span(" "), *spans, Span(" "))
    for before, after in pairwise(padded):
        if _style(before) != _style(after) and not _may_touch(before, after):
            return None
    return "".join(_mark_up(span) for span in spans)


def _is_alike(span: Span) -> bool:
    ragged = any(_style(span)) and span.text != span.text.strip()
    if ragged or span.code or (span.bold and span.italic):
        return False
    if span.url and ("_" in span.url or not _ADDRESS.fullmatch(span.url)):
        return False
    return bool(_ALIKE.fullmatch(span.text)) and not _LINKING.search(span.text)


def _may_touch(before: Span, after: Span) -> bool:
    """Say whether a style may end or begin between two spans: one side has to be open."""
    if any(_style(before)) and any(_style(after)):
        return False
    return before.text[-1:] in _BEFORE if any(_style(after)) else after.text[:1] in _AFTER


def _style(span: Span) -> tuple[bool, bool, str]:
    return span.bold, span.italic, span.url


def _mark_up(span: Span) -> str:
    mark = "**" if span.bold else "_" if span.italic else ""
    words = f"{mark}{span.text}{mark}"
    return f"[{words}]({span.url})" if span.url else words
