"""CommonMark to Slack's rich text: words travel as data, so nothing a person typed can become mark-up.

A text is read into pieces (a paragraph, a list item, a quote, a code block), pieces are laid into `rich_text`
blocks, and each block keeps the plain form of what it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from adapters import pieces
from adapters.pieces import Piece, Span, plain_of
from adapters.slack import limits
from adapters.slack.mrkdwn import weight
from bot.value import Value

__all__ = [
    "Block",
    "Piece",
    "Shown",
    "Span",
    "Texts",
    "View",
    "cut",
    "draw_pieces",
    "draw_text",
    "plain_of",
    "read_pieces",
]

Block = dict[str, Any]
"""A block, or any other part of a payload, as it goes out in JSON."""

View = dict[str, Any]
"""A modal or an App Home, as views.open and views.publish take it."""

SPANS = 40
"""The most differently styled stretches in one piece; each weighs something in the JSON that Slack counts."""

_FRAME = 80
"""About how many characters of JSON hold one stretch of text."""

_BLOCK_JSON = limits.BLOCKS_JSON // 2
"""About how much JSON one block may be, so that its message has room for controls."""


class Shown(Value, frozen=True):
    """A block, and what it says as plain text."""

    block: Block
    plain: str


def draw_text(commonmark: str) -> list[Shown]:
    """Return a text as rich_text blocks, each within Slack's limits; nothing of it is lost."""
    return draw_pieces(read_pieces(commonmark))


class Texts:
    """Draws texts, and remembers those that are the guide's own. What has words of a person's in it is never kept."""

    def __init__(self, is_own: Callable[[str], bool]) -> None:
        """Take what says whether a text is the guide's own, with nothing of a person's in it."""
        self._is_own = is_own
        self._drawn: dict[str, list[Shown]] = {}

    def draw(self, commonmark: str) -> list[Shown]:
        """Return what `draw_text` gives."""
        found = self._drawn.get(commonmark)
        if found is None:
            found = draw_text(commonmark)
            if self._is_own(commonmark):
                self._drawn[commonmark] = found
        return found


def read_pieces(commonmark: str) -> list[Piece]:
    """Return the pieces of a CommonMark text; an address that would fill a block is left out."""
    return pieces.read_pieces(commonmark, lambda url: weight(url) <= limits.LINK // 2)


def draw_pieces(wholes: Iterable[Piece]) -> list[Shown]:
    """Return pieces as rich_text blocks. A paragraph after a list opens a block, for the space between them."""
    groups: list[list[Piece]] = []
    said = size = 0
    for piece in (part for whole in wholes for part in cut(whole)):
        words = weight(piece.plain) + len("\n\n")
        frame = words + _FRAME * (1 + len(piece.spans))
        apart = piece.kind == "text" and bool(groups) and groups[-1][-1].kind != "text"
        if not groups or apart or said + words > limits.TEXT_OBJECT + len("\n\n") or size + frame > _BLOCK_JSON:
            groups.append([])
            said = size = 0
        groups[-1].append(piece)
        said, size = said + words, size + frame
    return [Shown({"type": "rich_text", "elements": _elements(group)}, plain_of(group)) for group in groups]


def cut(piece: Piece) -> list[Piece]:
    """Return a piece in parts small enough for a block; what follows the first part of an item stands below it."""
    parts: list[Piece] = []
    for at in range(0, len(piece.spans), SPANS):
        for spans in _portions(piece.spans[at : at + SPANS]):
            kind = "text" if piece.kind == "item" and parts else piece.kind
            parts.append(piece.changed(spans=spans, kind=kind))
    return parts


def _portions(spans: tuple[Span, ...]) -> Iterator[tuple[Span, ...]]:
    """Yield spans in portions of at most 3,000 escaped characters, addresses counted."""
    return pieces.portions(spans, limits.TEXT_OBJECT, weight, lambda span: weight(span.url) + 3 if span.url else 0)


def _elements(group: list[Piece]) -> list[Block]:
    """Return a block's elements: paragraphs joined into a section, items that follow on into one list."""
    drawn: list[Block] = []
    before: Piece | None = None
    for piece in group:
        spans = [_element(span) for span in piece.spans]
        if piece.kind == "item":
            section = {"type": "rich_text_section", "elements": spans}
            if before and _follows(before, piece):
                drawn[-1]["elements"].append(section)
            else:
                drawn.append(_list(piece, section))
        elif piece.kind == "text" and before and before.kind == "text":
            drawn[-1]["elements"] += [{"type": "text", "text": "\n\n"}, *spans]
        else:
            names = {"text": "rich_text_section", "quote": "rich_text_quote", "code": "rich_text_preformatted"}
            drawn.append({"type": names[piece.kind], "elements": spans})
        before = piece
    return drawn


def _follows(before: Piece, piece: Piece) -> bool:
    same = before.kind == "item" and before.indent == piece.indent and bool(before.number) == bool(piece.number)
    return same and (not piece.number or piece.number == before.number + 1)


def _list(piece: Piece, section: Block) -> Block:
    drawn: Block = {
        "type": "rich_text_list",
        "style": "ordered" if piece.number else "bullet",
        "indent": min(piece.indent, limits.LIST_INDENT),
        "elements": [section],
    }
    return {**drawn, "offset": piece.number - 1} if piece.number > 1 else drawn


def _element(span: Span) -> Block:
    style = {name: True for name in ("bold", "italic", "code") if getattr(span, name)}
    drawn: Block = {"type": "link", "url": span.url} if span.url else {"type": "text"}
    drawn["text"] = span.text
    return {**drawn, "style": style} if style else drawn
