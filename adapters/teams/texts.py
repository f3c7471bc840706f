"""CommonMark to the texts of a card: Teams' small Markdown where every client reads it alike, words as data where not.

| piece | drawn as |
|---|---|
| a paragraph all in bold | a heading |
| a paragraph, a list of plain words | a TextBlock with bold, italic, lists and links |
| the same with anything in it that some client might read as mark-up | a RichTextBlock, whose runs are never read |
| a list with such words, or inside a list | rows of a mark and words |
| a quote | a shaded box |
| code | a RichTextBlock in a font of even width |
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec

from adapters.pieces import Piece, Span, plain_of, portions, read_pieces
from adapters.teams import limits
from adapters.teams.escaping import forget_words, mend, runs
from adapters.teams.markdown import markdown_of

Element = dict[str, Any]
"""An element or an action of a card, as it goes out in JSON."""

REMEMBERED = 256
"""How many texts are remembered as they were drawn."""

_NESTED = "\u00a0\u00a0\u00a0\u00a0"


@dataclass(frozen=True, slots=True)
class Shown:
    """Elements that stay together on one card, what they say as plain text, and how many actions they hold."""

    elements: tuple[Element, ...]
    plain: str = ""
    actions: int = 0


def size(thing: object) -> int:
    """Return how many bytes something takes as JSON in UTF-8."""
    return len(msgspec.json.encode(thing))


def draw_text(commonmark: str, beside: Mapping[int, Element] | None = None) -> list[Shown]:
    """Return a text as the elements of a card; nothing of it is lost.

    Args:
        commonmark: the text.
        beside: an action to stand beside an item of a numbered list, by its number.
    """
    return list(_drawn(commonmark)) if not beside else draw_pieces(_pieces(commonmark), beside)


@lru_cache(maxsize=REMEMBERED)
def _drawn(commonmark: str) -> tuple[Shown, ...]:
    """Return a text as elements. Each question is drawn twice, asked and answered, and for many people alike."""
    return tuple(draw_pieces(_pieces(commonmark)))


def forget_texts() -> None:
    """Drop the texts that were drawn lately: somebody's own words may be in them."""
    _drawn.cache_clear()
    forget_words()


def _pieces(commonmark: str) -> list[Piece]:
    return read_pieces(mend(commonmark), lambda url: len(url) <= limits.LINK)


def draw_pieces(wholes: Iterable[Piece], beside: Mapping[int, Element] | None = None) -> list[Shown]:
    """Return pieces as the elements of a card, lists in one where they can be."""
    shown: list[Shown] = []
    parts = (part for whole in wholes for part in _cut(whole))
    for group in _groups([part for part in parts if any(span.text.strip() for span in part.spans)]):
        if group[0].kind == "item":
            shown += _list(group, beside or {})
        else:
            shown.append(Shown(tuple(_paragraph(group[0])), plain_of(group)))
    return shown


def rich_text(spans: Iterable[Span], **how: Any) -> Element:
    """Return words as data, in their styles. A `how` of None is left out."""
    said = [run for span in spans for run in _text_runs(span)]
    return {"type": "RichTextBlock", "inlines": said, **{name: value for name, value in how.items() if value}}


def _text_runs(span: Span) -> Iterator[Element]:
    style: Element = {}
    if span.bold:
        style["weight"] = "Bolder"
    if span.italic:
        style["italic"] = True
    if span.code:
        style["fontType"] = "Monospace"
    if span.url:
        style["selectAction"] = {"type": "Action.OpenUrl", "url": span.url}
    for words in runs(span.text):
        yield {"type": "TextRun", "text": words, **style}


def _cut(piece: Piece) -> Iterator[Piece]:
    """Yield a piece in parts that an element can hold; what follows the first part of an item stands below it."""
    weight = sum(size(span.text) + len(span.url) + 100 for span in piece.spans)
    if weight <= limits.ELEMENT_BYTES:
        yield piece
        return
    kind = piece.kind
    for spans in _portions(piece.spans):
        yield piece.changed(spans=spans, kind=kind)
        kind = "text" if kind == "item" else kind


def _portions(spans: Iterable[Span]) -> Iterator[tuple[Span, ...]]:
    return portions(spans, limits.ELEMENT_BYTES, size, lambda span: len(span.url) + 100)


def _groups(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """Yield the pieces one by one, and the items of a list together, up to what an element can hold."""
    group: list[Piece] = []
    held = 0
    for piece in pieces:
        weight = sum(size(span.text) for span in piece.spans)
        if group and not (_goes_on(group[-1], piece) and held + weight <= limits.ELEMENT_BYTES):
            yield group
            group, held = [], 0
        group.append(piece)
        held += weight
    if group:
        yield group


def _goes_on(before: Piece, piece: Piece) -> bool:
    """Say whether an item belongs to the same list as the one before it, or to one inside it."""
    if piece.kind != "item" or before.kind != "item":
        return False
    return before.indent != piece.indent or piece.number == (before.number and before.number + 1)


def _paragraph(piece: Piece) -> list[Element]:
    if piece.kind == "quote":
        return [{"type": "Container", "style": "emphasis", "items": _lines(piece.spans)}]
    if piece.kind == "code":
        return _lines(tuple(span.changed(code=True) for span in piece.spans))
    if _is_heading(piece.spans):
        return [_heading(piece.spans[0].text)]
    return _lines(piece.spans)


def _is_heading(spans: tuple[Span, ...]) -> bool:
    whole = len(spans) == 1 and spans[0].bold and not spans[0].italic and not spans[0].url
    return whole and len(spans[0].text) <= limits.HEADING and markdown_of((Span(spans[0].text),)) is not None


def _heading(words: str) -> Element:
    return {"type": "TextBlock", "text": words, "style": "heading", "size": "Medium", "weight": "Bolder", "wrap": True}


def _lines(spans: tuple[Span, ...]) -> list[Element]:
    """Return a paragraph, a block for each of its lines."""
    drawn = [_line(line) for line in _by_line(spans)]
    return [*drawn[:1], *({**each, "spacing": "None"} for each in drawn[1:])]


def _by_line(spans: tuple[Span, ...]) -> list[tuple[Span, ...]]:
    lines: list[list[Span]] = [[]]
    for span in spans:
        first, *more = span.text.split("\n")
        lines[-1].append(span.changed(text=first))
        lines += [[span.changed(text=text)] for text in more]
    said = [tuple(span for span in line if span.text) for line in lines]
    return [line for line in said if any(span.text.strip() for span in line)]


def _line(spans: tuple[Span, ...]) -> Element:
    aside = all(span.italic for span in spans)
    written = markdown_of(spans)
    if written is None:
        return rich_text(spans)
    block = _text_block(written)
    return {**block, "isSubtle": True} if aside else block


def _text_block(markdown: str) -> Element:
    return {"type": "TextBlock", "text": markdown, "wrap": True}


def _list(items: list[Piece], beside: Mapping[int, Element]) -> list[Shown]:
    """Return a list as Markdown in one block, or as rows."""
    numbers = {item.number for item in items if item.number and not item.indent} & set(beside)
    written = [None if item.indent or numbers else markdown_of(item.spans) for item in items]
    if None not in written:
        lines = [f"{_mark(item)} {words}" for item, words in zip(items, written, strict=True)]
        return [Shown((_text_block("\r".join(lines)),), plain_of(items))]
    return [_row(item, beside.get(item.number) if item.number and not item.indent else None) for item in items]


def _mark(item: Piece) -> str:
    return f"{item.number}." if item.number else "-"


def _row(item: Piece, action: Element | None) -> Shown:
    mark = rich_text([Span(_NESTED * item.indent + (_mark(item) if item.number else "•"))])
    words = _column("stretch", _lines(item.spans))
    columns = [_column("auto", [mark]), words]
    if action is not None:
        columns.append(_column("auto", [{"type": "ActionSet", "actions": [action]}]))
    row = {"type": "ColumnSet", "spacing": "Small", "columns": columns}
    return Shown((row,), plain_of([item]), 0 if action is None else 1)


def _column(width: str, items: list[Element]) -> Element:
    return {"type": "Column", "width": width, "items": items}
