"""Messages drawn for a terminal, as plain lines, or as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.conversation import Turn
from bot.messages import Control, Message, Pick


def to_json(turn: Turn, messages: tuple[Message, ...]) -> dict[str, Any]:
    """Return a turn as one JSON object: what was heard, the phase, the question and the messages."""
    intent, detail = turn.heard
    line: dict[str, Any] = {
        "heard": {"intent": intent, "detail": detail},
        "phase": turn.phase,
        "question": turn.question,
        "messages": [_message(message) for message in messages],
    }
    return {**line, "duplicate": True} if turn.duplicate else line


def _message(message: Message) -> dict[str, Any]:
    return {"text": message.text, "plain": message.plain, "controls": [_control(c) for c in message.controls]}


def _control(control: Control) -> dict[str, Any]:
    drawn: dict[str, Any] = {
        "kind": control.kind,
        "id": control.id,
        "label": control.label,
        "options": [{"id": pick.id, "label": pick.label} for pick in control.options],
    }
    return {**drawn, "most": control.most} if control.kind == "multi" else drawn


def picks_of(message: Message) -> tuple[Pick, ...]:
    """Return what can be chosen under a message by number."""
    return tuple(pick for control in message.controls for pick in control.options)


def buttons_of(message: Message) -> tuple[Control, ...]:
    """Return the buttons under a message."""
    return tuple(control for control in message.controls if control.kind == "button")


def plain_lines(message: Message) -> Iterator[str]:
    """Yield a message as bare lines: the text, the numbered options, and the words of its buttons."""
    yield from message.plain.splitlines()
    for number, pick in enumerate(picks_of(message), 1):
        if pick.label != str(number):
            yield f"  {number}. {pick.label}"
    if buttons := buttons_of(message):
        yield "  [" + " | ".join(button.label for button in buttons) + "]"
