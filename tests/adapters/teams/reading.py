"""Reads cards as a person would: their words, what can be chosen, and what a press on it sends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.messages import to_plain

Json = dict[str, Any]


def card_of(activity: Json) -> Json:
    """Return the card of a message."""
    return activity["attachments"][0]["content"] if activity.get("attachments") else {"body": []}


def words_of(activity: Json) -> str:
    """Return what a person reads of a message."""
    return activity["text"] if activity.get("text") else plain(card_of(activity))


def plain(card: Json) -> str:
    """Return the words of a card, without those on controls."""
    return "\n\n".join(paragraphs(card))


def paragraphs(card: Json) -> list[str]:
    """Return the words of each element of a card's body that has some."""
    return [words for element in card["body"] if (words := _words(element))]


def _words(element: Json) -> str:
    kind = element["type"]
    if kind == "TextBlock":
        return to_plain(element["text"])
    if kind == "RichTextBlock":
        return "".join(run if isinstance(run, str) else run["text"] for run in element["inlines"])
    inner = [*element.get("items", ()), *element.get("columns", ())]
    joint = " " if kind == "ColumnSet" else "\n"
    return joint.join(words for each in inner if (words := _words(each)))


def actions(node: Any) -> Iterator[Json]:
    """Yield the actions of a card, without their fallbacks."""
    if isinstance(node, dict):
        if str(node.get("type", "")).startswith("Action."):
            yield node
        else:
            for value in node.values():
                yield from actions(value)
    elif isinstance(node, list):
        for value in node:
            yield from actions(value)


def inputs(node: Any) -> Iterator[Json]:
    """Yield the inputs of a card."""
    if isinstance(node, dict):
        if str(node.get("type", "")).startswith("Input."):
            yield node
        for value in node.values():
            yield from inputs(value)
    elif isinstance(node, list):
        for value in node:
            yield from inputs(value)


def choices(card: Json) -> dict[str, str]:
    """Return what can be chosen on a card: option ids, and the words on them."""
    found = {a["data"]["lateral"]["option"]: a["title"] for a in actions(card) if "option" in a["data"]["lateral"]}
    for entry in inputs(card):
        found |= {_option(choice["value"]): choice["title"] for choice in entry.get("choices", ())}
    return found


def pressed(card: Json, option: str) -> Json:
    """Return the data that choosing an option sends.

    Raises:
        LookupError: it is not on the card.
    """
    for action in actions(card):
        if action["data"]["lateral"].get("option") == option:
            return dict(action["data"])
    for entry in inputs(card):
        for choice in entry.get("choices", ()):
            if _option(choice["value"]) == option:
                return sent(card, entry["id"], choice["value"])
    raise LookupError(option)


def sent(card: Json, input_id: str, value: str) -> Json:
    """Return the data that sending one filled input sends."""
    for action in actions(card):
        ours = action["data"]["lateral"]
        if input_id in (*ours.get("inputs", ()), ours.get("instead")):
            return {**action["data"], input_id: value}
    raise LookupError(input_id)


def filled(card: Json, value: str) -> Json:
    """Return the data that a text or a date, filled in, sends."""
    entry = next(entry for entry in inputs(card) if entry["type"] in ("Input.Text", "Input.Date"))
    return sent(card, entry["id"], value)


def _option(value: str) -> str:
    return value.replace("%2C", ",").replace("%25", "%")
