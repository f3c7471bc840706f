"""The buttons under plan lines: a handful each, the likeliest first, and all the rest behind one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.messages import Control
from bot.replies import PlanLine

FEW = 2
"""Up to how many lines that are due have every button; a longer list has two for each."""


def due_buttons(lines: Sequence[PlanLine], labels: Mapping[str, str]) -> tuple[Control, ...]:
    """Return the buttons under lines whose day has come."""
    names = _due if len(lines) <= FEW else _short
    numbered = len(lines) > 1
    return tuple(_button(name, line, labels, numbered=numbered) for line in lines for name in names(line))


def plan_buttons(lines: Sequence[PlanLine], labels: Mapping[str, str]) -> tuple[Control, ...]:
    """Return the buttons under the plan: all of them for a single open line, two for each of several."""
    left = [line for line in lines if line.done is None]
    if len(left) != 1:
        return tuple(_button(name, line, labels, numbered=True) for line in left for name in _short(line))
    return (*(_button(name, left[0], labels) for name in _usual(left[0])), *_helping(left[0], labels))


def _usual(line: PlanLine) -> Iterator[str]:
    """Yield what is wanted of a line most; of one that needs somebody's yes, first whether it was asked for."""
    if line.action is not None and line.action.asks and not line.stage:
        yield "asked"
    yield from _due(line)


def _due(line: PlanLine) -> Iterator[str]:
    """Yield what is wanted of a line on its day; of one that was asked for, first the answer to that."""
    if line.stage == "asked":
        yield "agreed"
    yield from ("done", "partly", "snooze", "change")


def _short(_line: PlanLine) -> tuple[str, ...]:
    return "done", "change"


def _button(wish: str, line: PlanLine, labels: Mapping[str, str], *, numbered: bool = False) -> Control:
    label = labels[wish]
    return Control("button", f"do:{wish}:#{line.number}", f"{label}: {line.number}" if numbered else label)


def _helping(line: PlanLine, labels: Mapping[str, str]) -> Iterator[Control]:
    """Yield the text that helps to ask, until somebody has been asked."""
    if line.action is not None and line.action.asks and line.action.document and not line.stage:
        yield Control("button", f"do:document:{line.action.document}", labels["what_to_write"])
