"""Many options: a list to mark with a button that sends it, or menus; and labels in full above what cuts them short."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TypeVar

from adapters.slack import limits
from adapters.slack.labels import Labels
from adapters.slack.mrkdwn import shorten, weight
from adapters.slack.rich_text import Block, Piece, Shown, Span, draw_pieces
from adapters.slack.sheet import Sheet, Unit, plain_text
from bot.messages import Control, Pick

Thing = TypeVar("Thing")

_LISTED = 3_000
"""Up to how many escaped characters the labels of one menu may have in the plain form of its message."""

_ROOM = limits.BLOCKS_JSON - 1_000
"""How much JSON one menu may be, with room left for what stands around it."""


def list_to_mark(control: Control, kind: str, sheet: Sheet) -> list[Unit]:
    """Return a list to mark, with the button that sends it."""
    picks = control.options
    listed = _is_long(picks)
    mark: Block = {"type": kind, "action_id": sheet.next_id("mark")}
    if kind == "multi_static_select":
        mark["placeholder"] = plain_text(sheet.labels.choose)
        mark["max_selected_items"] = max(1, min(control.most, len(picks)))
        listed = listed or weight(numbered(list(enumerate(picks, 1)))) > _LISTED
    options = [_option(number, pick, listed=_is_long(picks)) for number, pick in enumerate(picks, 1)]
    mark |= _grouped(options, sheet.labels) if len(options) > limits.SELECT_OPTIONS else {"options": options}
    many = kind != "radio_buttons"
    send = {
        "type": "button",
        "action_id": sheet.next_id("send"),
        "text": plain_text(sheet.labels.send),
        "value": sheet.stamp.value(control.id, many=many),
    }
    plain = "" if listed else numbered(list(enumerate(picks, 1)))
    unit = (Shown(sheet.actions([mark], control.id), plain), Shown(sheet.actions([send]), ""))
    return [*(listing(picks) if listed else []), unit]


def _grouped(options: list[Block], labels: Labels) -> Block:
    groups = []
    first = 1
    for group in parts_of(limits.SELECT_OPTIONS, options):
        label = plain_text(labels.range.format(first=first, last=first + len(group) - 1))
        groups.append({"label": label, "options": group})
        first += len(group)
    return {"option_groups": groups}


def menus(picks: Sequence[Pick], sheet: Sheet) -> list[Unit]:
    """Return as many menus as the options take, each saying which of them it holds."""
    long = _is_long(picks)
    units = listing(picks) if long else []
    parts = list(_menu_parts(list(enumerate(picks, 1)), long=long))
    for part in parts:
        words = sheet.labels.choose
        if len(parts) > 1:
            words += f" ({sheet.labels.range.format(first=part[0][0], last=part[-1][0])})"
        menu = {
            "type": "static_select",
            "action_id": sheet.next_id("menu"),
            "placeholder": plain_text(words),
            "options": [_option(number, pick, listed=long) for number, pick in part],
        }
        units.append((Shown(sheet.actions([menu]), "" if long else numbered(part)),))
    return units


def _menu_parts(picks: list[tuple[int, Pick]], *, long: bool) -> Iterator[list[tuple[int, Pick]]]:
    """Yield options in portions that one menu, and the message it stands in, can hold."""
    part: list[tuple[int, Pick]] = []
    size = said = 0
    for number, pick in picks:
        drawn, words = len(json.dumps(_option(number, pick, listed=long), ensure_ascii=False)), weight(pick.label) + 6
        if part and (len(part) == limits.SELECT_OPTIONS or size + drawn > _ROOM or said + words > _LISTED):
            yield part
            part, size, said = [], 0, 0
        part.append((number, pick))
        size, said = size + drawn, said + (0 if long else words)
    yield part


def _option(number: int, pick: Pick, *, listed: bool) -> Block:
    words = f"{number}. {pick.label}" if listed else pick.label
    return {"text": plain_text(shorten(words, limits.OPTION_TEXT)), "value": pick.id}


def _is_long(picks: Sequence[Pick]) -> bool:
    return any(len(pick.label) > limits.OPTION_TEXT for pick in picks)


def listing(picks: Sequence[Pick]) -> list[Unit]:
    """Return all labels in full, numbered, as a text of the message."""
    return said(*(Piece((Span(pick.label),), "item", number) for number, pick in enumerate(picks, 1)))


def said(*pieces: Piece) -> list[Unit]:
    """Return words as units, each of which may stand in a message of its own."""
    return [(shown,) for shown in draw_pieces(pieces)]


def numbered(picks: list[tuple[int, Pick]]) -> str:
    """Return labels with their numbers, for the plain form of the message."""
    return "\n".join(f"{number}. {pick.label}" for number, pick in picks)


def parts_of(size: int, things: list[Thing]) -> Iterator[list[Thing]]:
    """Yield things in their order, so many at a time."""
    return (things[at : at + size] for at in range(0, len(things), size))
