"""Messages as Slack's payloads: blocks for the eye, and always `text` for notifications and screen readers.

A payload goes to chat.postMessage together with `mrkdwn.POSTING`, and to chat.update with `mrkdwn.UPDATING`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from adapters.json_text import write_json
from adapters.slack import limits
from adapters.slack.controls import draw_controls
from adapters.slack.labels import ENGLISH, Labels
from adapters.slack.mrkdwn import escape, split, weight
from adapters.slack.rich_text import Block, Piece, Shown, Span, draw_pieces, draw_text
from adapters.slack.sheet import Sheet, Unit
from bot.messages import Message

Payload = dict[str, Any]
"""`text` and `blocks` of one message."""

_BLOCKS = limits.MESSAGE_BLOCKS - 1
"""One block is left free, for the line that says what was chosen."""

_TEXT = limits.MESSAGE_TEXT + len("\n\n")
"""The plain forms of a message's blocks, each with the break after it."""

_PASSIVE = frozenset(("rich_text", "section", "header", "context", "image", "divider"))
"""The blocks that stay when a message loses its controls."""


def draw(
    message: Message, revision: int, labels: Labels = ENGLISH, texts: Callable[[str], Sequence[Shown]] = draw_text
) -> list[Payload]:
    """Return a message as one payload, or as several where it is more than Slack takes in one.

    Nothing is lost: joined, the payloads say the whole text and hold every option. An empty message has none.

    Args:
        message: what is to be said.
        revision: the revision of the talk after the turn, which a press on its controls then carries.
        labels: the words this adapter adds.
        texts: draws a text.
    """
    sheet = Sheet(message.question or "", revision, labels)
    units: list[Unit] = []
    for text, controls in message.parts:
        units += [*((shown,) for shown in texts(text)), *draw_controls(controls, sheet)]
    return _pack(units, labels)


def draw_answered(blocks: Sequence[Block], chosen: str, labels: Labels = ENGLISH) -> Payload:
    """Return what takes the place of an answered message: the same text, what was chosen, and no controls.

    Args:
        blocks: the message's blocks, as drawn or as Slack sent them back with the press.
        chosen: the labels or the words that were the answer, as plain text; empty where there is nothing to say.
        labels: the words this adapter adds.
    """
    kept = [_without_id(block) for block in blocks if block.get("type") in _PASSIVE]
    said = [words for block in kept if (words := plain_of_block(block))]
    spans: tuple[Span, ...] = (Span(f"{labels.chosen} ", italic=True), Span(chosen.strip())) if chosen.strip() else ()
    if not spans and not kept:
        spans = (Span(labels.answered, italic=True),)
    answer = draw_pieces([Piece(spans)] if spans else [])
    kept += [shown.block for shown in answer]
    said += [shown.plain for shown in answer]
    whole = "\n\n".join(said)
    text = whole if weight(whole) <= limits.MESSAGE_TEXT else said[-1]
    return {"text": escape(split(text, limits.MESSAGE_TEXT)[0]), "blocks": kept}


def _without_id(block: Block) -> Block:
    """Return a block without its id: an updated message needs new ones, and Slack gives them."""
    return {name: said for name, said in block.items() if name != "block_id"}


def plain_of_block(block: Mapping[str, Any]) -> str:
    """Return the words of a block that has no controls, as they are read."""
    if block.get("type") in ("header", "section"):
        return str(block.get("text", {}).get("text", ""))
    if block.get("type") == "image":
        return str(block.get("alt_text", ""))
    if block.get("type") == "context":
        return " ".join(str(element.get("text", "")) for element in block.get("elements", ()))
    if block.get("type") != "rich_text":
        return ""
    return "\n".join(_plain_of_element(element) for element in block.get("elements", ())).strip("\n")


def _plain_of_element(element: Mapping[str, Any]) -> str:
    if element.get("type") != "rich_text_list":
        return "".join(str(part.get("text", part.get("url", ""))) for part in element.get("elements", ()))
    first = element.get("offset", 0) + 1
    items = [_plain_of_element(item) for item in element.get("elements", ())]
    marks = [f"{first + place}. " if element.get("style") == "ordered" else "- " for place in range(len(items))]
    indent = "  " * element.get("indent", 0)
    return "\n".join(indent + mark + item for mark, item in zip(marks, items, strict=True))


def _pack(units: Iterable[Unit], labels: Labels) -> list[Payload]:
    """Fill payloads with units in their order, each as full as Slack takes."""
    packed: list[list[Shown]] = []
    said, size = 0, 1
    for unit in units:
        words = sum(weight(shown.plain) + len("\n\n") for shown in unit if shown.plain)
        drawn = sum(_size(shown.block) for shown in unit)
        full = packed and len(packed[-1]) + len(unit) > _BLOCKS
        if not packed or full or said + words > _TEXT or size + drawn > limits.BLOCKS_JSON:
            packed.append([])
            said, size = 0, 1
        packed[-1].extend(unit)
        said, size = said + words, size + drawn
    return [{"text": _fallback(shown, labels), "blocks": [each.block for each in shown]} for shown in packed]


def _size(block: Block) -> int:
    """Return how much of a message's JSON a block takes, with the comma after it."""
    return len(write_json(block).decode()) + 1


def _fallback(shown: list[Shown], labels: Labels) -> str:
    return escape(_joined(shown)) or labels.choose


def _joined(shown: Iterable[Shown]) -> str:
    return "\n\n".join(each.plain for each in shown if each.plain)
