"""CommonMark read into pieces that any chat can draw, and texts split where they are too long, never cut.

A piece is a paragraph, a list item, a quote or a code block. Its words are data: what was escaped is literal again,
and only what the text itself marks has a style.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.value import Value


class Span(Value, frozen=True):
    """A stretch of text in one style. `url` makes it a link."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    url: str = ""


class Piece(Value, frozen=True):
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


def plain_of(pieces: Iterable[Piece]) -> str:
    """Return pieces as plain text: paragraphs apart, list items line by line."""
    said, before = "", ""
    for piece in pieces:
        said += ("" if not said else "\n" if piece.kind == before == "item" else "\n\n") + piece.plain
        before = piece.kind
    return said


def split(text: str, limit: int, weigh: Callable[[str], int]) -> list[str]:
    """Return text in parts that each weigh at most `limit`; joined, they are the text again.

    A part ends after a line where that leaves it at least half full, else after a word, and inside a word only
    if the word alone is longer than a part. No single character may weigh more than the limit.
    """
    parts = []
    while weigh(text) > limit:
        end = _reach(text, limit, weigh)
        at = _last_break(text, end)
        parts.append(text[:at])
        text = text[at:]
    return [*parts, text] if text or not parts else parts


def portions(
    spans: Iterable[Span], limit: int, weigh: Callable[[str], int], frame: Callable[[Span], int]
) -> Iterator[tuple[Span, ...]]:
    """Yield spans in portions that each weigh at most `limit`; `frame` is what a span weighs beside its text."""
    portion: list[Span] = []
    room = limit
    for span in spans:
        beside = frame(span)
        for text in split(span.text, limit - beside, weigh):
            needed = weigh(text) + beside
            if portion and needed > room:
                yield tuple(portion)
                portion, room = [], limit
            portion.append(span.changed(text=text))
            room -= needed
    if portion:
        yield tuple(portion)


def shorten(text: str, limit: int) -> str:
    """Return text on one line, in at most `limit` characters, for a control whose words stand in full beside it."""
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    return flat[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…" if " " in flat[:limit] else flat[: limit - 1] + "…"


def _reach(text: str, limit: int, weigh: Callable[[str], int]) -> int:
    """Return how many of the first characters weigh at most `limit`."""
    low, high = 1, min(limit, len(text))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if weigh(text[:middle]) <= limit else (low, middle - 1)
    return low


def _last_break(text: str, end: int) -> int:
    line = text.rfind("\n", 0, end) + 1
    if line * 2 >= end:
        return line
    if text[end : end + 1].isspace() and not text[end - 1].isspace():
        return end
    word = max((at for at in range(end, 0, -1) if text[at - 1].isspace()), default=0)
    return word or end


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})


def read_pieces(commonmark: str, keeps: Callable[[str], bool] = bool) -> list[Piece]:
    """Return the pieces of a CommonMark text. Images give their words, and so does a link that is not kept.

    Args:
        commonmark: the text.
        keeps: which addresses are short enough for a link; only those to http and https are asked for.
    """
    reading = _Reading(keeps)
    for token in _parser().parse(commonmark):
        reading.take(token)
    return [piece for piece in reading.pieces if any(span.text.strip() for span in piece.spans)]


class _Reading:
    """Where in lists and quotes the reading of a text stands, and the pieces found so far."""

    def __init__(self, keeps: Callable[[str], bool]) -> None:
        self.pieces: list[Piece] = []
        self._keeps = keeps
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
            self._add(_spans(token, self._keeps, bold=self._heading), "text")
        elif token.type in ("fence", "code_block"):
            self._add((Span(token.content.rstrip("\n")),), "code")

    def _add(self, spans: tuple[Span, ...], kind: Literal["text", "code"]) -> None:
        if self._next and self._fresh:
            number, self._fresh = self._next[-1], False
            self._next[-1] += 1 if number else 0
            self.pieces.append(Piece(spans, "item", number, len(self._next) - 1))
        elif self._next and self.pieces and self.pieces[-1].kind == "item":
            item = self.pieces[-1]
            self.pieces[-1] = item.changed(spans=(*item.spans, Span("\n"), *spans))
        else:
            self.pieces.append(Piece(spans, "quote" if self._quotes and kind == "text" else kind))


def _spans(inline: Token, keeps: Callable[[str], bool], *, bold: bool) -> tuple[Span, ...]:
    """Return the spans of a paragraph; neighbours in one style are joined."""
    style = Span("", bold=bold)
    found: list[Span] = []
    depth = {"strong": int(bold), "em": 0}
    for token in inline.children or ():
        name = token.type.removesuffix("_open").removesuffix("_close")
        if name in depth:
            depth[name] += token.nesting
            style = style.changed(bold=depth["strong"] > 0, italic=depth["em"] > 0)
        elif name == "link":
            style = style.changed(url=_address(token, keeps) if token.nesting == 1 else "")
        elif said := _said(token):
            span = style.changed(text=said, code=token.type == "code_inline")
            if found and found[-1].changed(text="") == span.changed(text=""):
                found[-1] = span.changed(text=found[-1].text + said)
            else:
                found.append(span)
    return tuple(found)


def _said(token: Token) -> str:
    return "\n" if token.type in ("softbreak", "hardbreak") else token.content


def _address(token: Token, keeps: Callable[[str], bool]) -> str:
    url = str(token.attrs.get("href", ""))
    return url if url.lower().startswith(("http://", "https://")) and keeps(url) else ""
