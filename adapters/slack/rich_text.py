"""CommonMark to Slack's rich text: words travel as data, so nothing a person typed can become mark-up.

A text is read into pieces (a paragraph, a list item, a quote, a code block), pieces are laid into `rich_text`
blocks, and each block keeps the plain form of what it shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from adapters.slack import limits
from adapters.slack.mrkdwn import split, weight

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


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one style. `url` makes it a link."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, list item, quote or code block. `number` is an ordered item's, 0 for a bullet."""

    spans: tuple[Span, ...]
    kind: Literal["text", "item", "quote", "code"] = "text"
    number: int = 0
    indent: int = 0

    @property
    def plain(self) -> str:
        """Return the piece without mark-up; a link shows its address."""
        said = "".join(span.text + (f" ({span.url})" if span.url not in ("", span.text) else "") for span in self.spans)
        if self.kind != "item":
            return said
        return "  " * self.indent + (f"{self.number}. " if self.number else "- ") + said


@dataclass(frozen=True, slots=True)
class Shown:
    """A block, and what it says as plain text."""

    block: Block
    plain: str


def draw_text(commonmark: str) -> list[Shown]:
    """Return a text as rich_text blocks, each within Slack's limits; nothing of it is lost."""
    return draw_pieces(read_pieces(commonmark))


def draw_pieces(pieces: Iterable[Piece]) -> list[Shown]:
    """Return pieces as rich_text blocks. A paragraph after a list opens a block, for the space between them."""
    groups: list[list[Piece]] = []
    said = size = 0
    for piece in (part for whole in pieces for part in cut(whole)):
        words = weight(piece.plain) + len("\n\n")
        frame = words + _FRAME * (1 + len(piece.spans))
        apart = piece.kind == "text" and bool(groups) and groups[-1][-1].kind != "text"
        if not groups or apart or said + words > limits.TEXT_OBJECT + len("\n\n") or size + frame > _BLOCK_JSON:
            groups.append([])
            said = size = 0
        groups[-1].append(piece)
        said, size = said + words, size + frame
    return [Shown({"type": "rich_text", "elements": _elements(group)}, plain_of(group)) for group in groups]


def plain_of(pieces: Iterable[Piece]) -> str:
    """Return pieces as plain text: paragraphs apart, list items line by line."""
    said, before = "", ""
    for piece in pieces:
        said += ("" if not said else "\n" if piece.kind == before == "item" else "\n\n") + piece.plain
        before = piece.kind
    return said


def cut(piece: Piece) -> list[Piece]:
    """Return a piece in parts small enough for a block; what follows the first part of an item stands below it."""
    parts: list[Piece] = []
    for at in range(0, len(piece.spans), SPANS):
        for spans in _portions(piece.spans[at : at + SPANS]):
            kind = "text" if piece.kind == "item" and parts else piece.kind
            parts.append(replace(piece, spans=spans, kind=kind))
    return parts


def _portions(spans: tuple[Span, ...]) -> Iterator[tuple[Span, ...]]:
    """Yield spans in portions of at most 3,000 escaped characters, addresses counted."""
    portion: list[Span] = []
    room = limits.TEXT_OBJECT
    for span in spans:
        extra = weight(span.url) + 3 if span.url else 0
        for text in split(span.text, limits.TEXT_OBJECT - extra if span.url else limits.TEXT_OBJECT):
            needed = weight(text) + extra
            if portion and needed > room:
                yield tuple(portion)
                portion, room = [], limits.TEXT_OBJECT
            portion.append(replace(span, text=text))
            room -= needed
    if portion:
        yield tuple(portion)


def _elements(pieces: list[Piece]) -> list[Block]:
    """Return a block's elements: paragraphs joined into a section, items that follow on into one list."""
    drawn: list[Block] = []
    before: Piece | None = None
    for piece in pieces:
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


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})


def read_pieces(commonmark: str) -> list[Piece]:
    """Return the pieces of a CommonMark text. Links are kept only to http and https; images give their words."""
    reading = _Reading()
    for token in _parser().parse(commonmark):
        reading.take(token)
    return [piece for piece in reading.pieces if any(span.text.strip() for span in piece.spans)]


class _Reading:
    """Where in lists and quotes the reading of a text stands, and the pieces found so far."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._next: list[int] = []
        self._fresh = False
        self._quotes = 0
        self._heading = False

    def take(self, token: Token) -> None:
        """Take the next token."""
        if token.type in ("bullet_list_open", "ordered_list_open"):
            self._next.append(0 if token.type == "bullet_list_open" else int(token.attrs.get("start", 1)))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self._next.pop()
        elif token.type == "list_item_open":
            self._fresh = True
        elif token.type in ("blockquote_open", "blockquote_close"):
            self._quotes += token.nesting
        elif token.type in ("heading_open", "heading_close"):
            self._heading = token.nesting == 1
        elif token.type == "inline":
            self._add(_spans(token, bold=self._heading), "text")
        elif token.type in ("fence", "code_block"):
            self._add((Span(token.content.rstrip("\n")),), "code")

    def _add(self, spans: tuple[Span, ...], kind: Literal["text", "code"]) -> None:
        if self._next and self._fresh:
            number, self._fresh = self._next[-1], False
            self._next[-1] += 1 if number else 0
            self.pieces.append(Piece(spans, "item", number, len(self._next) - 1))
        elif self._next and self.pieces and self.pieces[-1].kind == "item":
            item = self.pieces[-1]
            self.pieces[-1] = replace(item, spans=(*item.spans, Span("\n"), *spans))
        else:
            self.pieces.append(Piece(spans, "quote" if self._quotes and kind == "text" else kind))


def _spans(inline: Token, *, bold: bool) -> tuple[Span, ...]:
    """Return the spans of a paragraph; neighbours in one style are joined."""
    style = Span("", bold=bold)
    found: list[Span] = []
    depth = {"strong": int(bold), "em": 0}
    for token in inline.children or ():
        name = token.type.removesuffix("_open").removesuffix("_close")
        if name in depth:
            depth[name] += token.nesting
            style = replace(style, bold=depth["strong"] > 0, italic=depth["em"] > 0)
        elif name == "link":
            style = replace(style, url=_address(token) if token.nesting == 1 else "")
        elif said := _said(token):
            span = replace(style, text=said, code=token.type == "code_inline")
            if found and replace(found[-1], text="") == replace(span, text=""):
                found[-1] = replace(span, text=found[-1].text + said)
            else:
                found.append(span)
    return tuple(found)


def _said(token: Token) -> str:
    return "\n" if token.type in ("softbreak", "hardbreak") else token.content


def _address(token: Token) -> str:
    url = str(token.attrs.get("href", ""))
    safe = url.lower().startswith(("http://", "https://")) and weight(url) <= limits.LINK // 2
    return url if safe else ""
