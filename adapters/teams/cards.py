"""Adaptive Cards for messages: as many as a message needs, each within what Teams takes of one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from adapters.pieces import Piece, Span
from adapters.teams import limits
from adapters.teams.charts import draw_chart
from adapters.teams.choices import Sheet, execute
from adapters.teams.controls import draw_controls
from adapters.teams.escaping import mend, neutral, spoken
from adapters.teams.labels import Labels
from adapters.teams.stamps import Stamp, action_data
from adapters.teams.texts import Element, Shown, draw_pieces, draw_text, size
from bot.messages import Control, Message

_FRAME = 500
"""About how many bytes the root of a card takes beside its body and its words."""

_STEP = re.compile(r".*:#(\d+)")
"""The id of a button that does something to one step of a numbered list."""


@dataclass(frozen=True, slots=True)
class Card:
    """A card, and its words for a notification: plain, and without the buttons beside them."""

    content: Element
    plain: str


def draw_cards(message: Message, stamp: Stamp, labels: Labels) -> list[Card]:
    """Return the cards of a message, its controls at the end; an empty message has none.

    Where several messages were joined, the controls of each stand beneath its own words.
    """
    stamp = replace(stamp, question=stamp.question or message.question or "")
    texts = [text for text, _ in message.parts]
    beside, below = zip(*_beside(message, stamp), strict=True)
    drawn = draw_controls(below, Sheet(stamp, labels), sum(map(len, beside)))
    shown: list[Shown] = []
    for text, actions, controls in zip(texts, beside, drawn, strict=True):
        part = [*draw_text(text, actions), *controls]
        shown += [_apart(part[0]), *part[1:]] if shown and part else part
    return _pack([*draw_chart(message.chart), *shown], labels)


def draw_answered_card(message: Message, chosen: str, labels: Labels) -> Card:
    """Return a message's last card without its controls, and with what was chosen."""
    shown = [*draw_chart(message.chart), *draw_text(message.text)]
    words = mend(" ".join(chosen.split()))
    answer: tuple[Span, ...] = (Span(f"{labels.chosen} ", italic=True), Span(words)) if words else ()
    if not answer and not shown:
        answer = (Span(labels.answered, italic=True),)
    drawn = draw_pieces([Piece(answer)]) if answer else []
    return _pack([*shown, *(_apart(each) for each in drawn)], labels)[-1]


def _apart(shown: Shown) -> Shown:
    first, *more = shown.elements
    return replace(shown, elements=({**first, "separator": True}, *more))


def _beside(message: Message, stamp: Stamp) -> Iterator[tuple[dict[int, Element], Sequence[Control]]]:
    """Yield of each part of a message the buttons beside the items they are for, by number, and the controls left."""
    finds_room = len(message.controls) <= limits.ACTIONS
    for text, controls in message.parts:
        steps = {
            int(found[1]): control
            for control in controls
            if control.kind == "button" and (found := _STEP.fullmatch(control.id))
        }
        if steps and finds_room and _has_items(text, steps):
            left = [control for control in controls if control not in steps.values()]
            drawn = {number: execute(mend(each.label), action_data(stamp, each.id)) for number, each in steps.items()}
            yield drawn, left
        else:
            yield {}, controls


def _has_items(text: str, numbers: Iterable[int]) -> bool:
    """Say whether a text has an item for each of these numbers, and only one."""
    found = [int(number) for number in re.findall(r"^(\d{1,9})\. ", text, re.MULTILINE)]
    return all(found.count(number) == 1 for number in numbers)


def _pack(shown: Iterable[Shown], labels: Labels) -> list[Card]:
    """Fill cards with what is shown in its order, each as full as Teams takes."""
    packed: list[list[_Part]] = []
    held = actions = 0
    for each in shown:
        part = _Part(each, neutral(each.plain), spoken(each.plain))
        weight = size(each.elements) + size(part.fallback) + size(part.spoken)
        if not packed or held + weight > limits.CARD_BYTES - _FRAME or actions + each.actions > limits.ACTIONS:
            packed.append([])
            held = actions = 0
        packed[-1].append(part)
        held, actions = held + weight, actions + each.actions
    return [_card(each, labels) for each in packed]


@dataclass(frozen=True, slots=True)
class _Part:
    """What is shown, and its words in the card's two other forms."""

    shown: Shown
    fallback: str
    spoken: str


def _card(parts: list[_Part], labels: Labels) -> Card:
    content = {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": limits.CARD_VERSION,
        "lang": labels.language,
        "fallbackText": _joined(part.fallback for part in parts) or labels.choose,
        "speak": _joined(part.spoken for part in parts) or labels.choose,
        "body": [element for part in parts for element in part.shown.elements],
    }
    said = _joined(part.shown.plain for part in parts if not _is_buttons(part.shown))
    return Card(content, said or _joined(part.shown.plain for part in parts) or labels.choose)


def _is_buttons(shown: Shown) -> bool:
    """Say whether these are buttons that are no options of a question, which would be numbered."""
    return shown.plain.startswith("[") and all(element["type"] == "ActionSet" for element in shown.elements)


def _joined(said: Iterable[str]) -> str:
    return "\n\n".join(words for words in said if words)
