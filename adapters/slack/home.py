"""App Home as a view: headings, and below each its messages with their controls. Progress is words, never a picture."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from adapters.slack import limits
from adapters.slack.controls import draw_controls, without_menu
from adapters.slack.labels import ENGLISH, Labels
from adapters.slack.rich_text import Block, Piece, Shown, Span, View, draw_pieces, read_pieces
from adapters.slack.sheet import Sheet, Unit, plain_text
from bot.messages import Message

CALLBACK = "lateral:home"
"""The callback_id of the view."""

_DIVIDER: Block = {"type": "divider"}


@dataclass(frozen=True, slots=True)
class Overview:
    """What App Home shows: a title, and sections of a heading and an already worded message each."""

    title: str
    sections: tuple[tuple[str, Message], ...]


def draw_home(overview: Overview, revision: int, labels: Labels = ENGLISH) -> View:
    """Return the view for views.publish.

    A page holds a bounded number of blocks. Where there is more, it ends between two blocks, with a line that
    says where the rest is to be had; a list and the button that sends it are never parted.

    Args:
        overview: what to show; headings and title are plain text, messages CommonMark.
        revision: the revision of the talk, which a press on a control then carries.
        labels: the words this adapter adds.
    """
    more = [shown.block for shown in draw_pieces([Piece((Span(labels.home_cut, italic=True),))])]
    blocks: list[Block] = []
    for unit in _units(overview, revision, labels):
        drawn = [shown.block for shown in unit]
        if not _holds([*blocks, *drawn, *more]):
            blocks += more
            break
        blocks += drawn
    return {"type": "home", "callback_id": CALLBACK, "blocks": blocks}


def _units(overview: Overview, revision: int, labels: Labels) -> Iterator[Unit]:
    plain = Sheet("", revision, labels)
    yield from _heading(overview.title)
    for place, (heading, message) in enumerate(overview.sections):
        if place:
            yield (Shown(_DIVIDER, ""),)
        yield from _heading(heading)
        yield from ((shown,) for shown in draw_pieces(_below(heading, read_pieces(message.text))))
        sheet = Sheet(message.question or "", revision, labels, plain.numbers)
        yield from draw_controls(without_menu(message.controls), sheet)


def _below(heading: str, pieces: list[Piece]) -> list[Piece]:
    """Return the pieces that follow a heading, without a first one that says the same."""
    return pieces[1:] if pieces and pieces[0].plain.strip() == heading.strip() else pieces


def _heading(words: str) -> list[Unit]:
    flat = " ".join(words.split())
    if not flat:
        return []
    if len(flat) > limits.HEADER:
        return [(shown,) for shown in draw_pieces([Piece((Span(flat, bold=True),))])]
    return [(Shown({"type": "header", "text": plain_text(flat)}, flat),)]


def _holds(blocks: list[Block]) -> bool:
    return len(blocks) <= limits.VIEW_BLOCKS and len(json.dumps(blocks).encode()) <= limits.VIEW_BYTES - 1_000
