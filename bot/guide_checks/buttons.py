"""Words on buttons: short enough that no chat cuts them off."""

from __future__ import annotations

from collections.abc import Iterator

from bot.guide_checks.draft import Draft
from bot.guide_text.source import Problem, Spot, report
from bot.guide_text.values import Found

SHOWN = 30
"""Characters of a button's words that are shown for certain: Slack's reference says so, and Teams shows some more."""

_PRESSED = frozenset(
    (
        *(("menu item", "label"), ("section", "title"), ("topic", "title"), ("document", "title")),
        *(("action", "label"), ("nudge", "offers"), ("option", "label"), ("ladder option", "label")),
    )
)
"""Whose words stand on buttons: the entry and the key."""


def check(draft: Draft) -> Iterator[Problem]:
    """Yield words on buttons that would be cut off. Of several options to mark, all are shown whole."""
    marked = _marked(draft)
    for each, use in draft.texts():
        size = len(each.value.strip())
        if (each.owner, each.key) in _PRESSED and SHOWN < size <= use.most and each.spot not in marked:
            yield report(each.spot, "cut-on-button", _message(each, size), f"Keep it to {SHOWN}.", "warning")


def _marked(draft: Draft) -> frozenset[Spot]:
    """Return where the labels of options stand of which several may be marked: those are no buttons."""
    several = (question for question in draft.questions() if question.values["kind"] == "multi")
    return frozenset(option.spot_of("label") for question in several for option in question.values["options"])


def _message(each: Found, size: int) -> str:
    called = each.called[0].upper() + each.called[1:]
    return f"{called} has {size} characters, and a button may cut them off."
