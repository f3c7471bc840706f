"""Likeness: two tips that say the same are one tip."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz

from bot.guide_checks.draft import Draft, plain_words
from bot.guide_text.source import Problem, report
from bot.guide_text.values import Found

NEAR = 86.0
"""Likeness from 0 to 100 above which two texts are held to say the same."""


def check_same(draft: Draft) -> Iterator[Problem]:
    """Yield tips, nudges and facts whose words are those of another."""
    seen: dict[str, Found] = {}
    for each in _compared(draft):
        first = seen.setdefault(plain_words(each.value), each)
        if first is not each:
            other = f"{first.owner} `{first.owner_id}`"
            message = f"{each.owner.capitalize()} `{each.owner_id}` says the same as {other}."
            yield report(each.spot, "duplicate-text", message, "Remove one of them, or say something new.")


def check_near(draft: Draft) -> Iterator[Problem]:
    """Yield tips and nudges that say nearly the same as another."""
    entries = [(each, plain_words(each.value)) for each in _compared(draft)]
    for later, (each, text) in enumerate(entries):
        for first, other in entries[:later]:
            if each.owner == first.owner and text != other and fuzz.token_sort_ratio(text, other) > NEAR:
                message = f"{each.owner.capitalize()} `{each.owner_id}` says nearly the same as `{first.owner_id}`."
                mend = "Keep the better one, or make them differ."
                yield report(each.spot, "near-duplicate", message, mend, "warning")


def _compared(draft: Draft) -> Iterator[Found]:
    return (each for each in draft.found if each.key == "text" and each.owner in ("tip", "nudge", "fact"))
