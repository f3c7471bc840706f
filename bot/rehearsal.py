"""A plan line that is typed once more: saying it again helps it to stick, so the repeating is a yes to it."""

from __future__ import annotations

from bot.messages import to_plain
from bot.plan import slot_values
from bot.talk import Talk

FITS, YES = "fits", "yes"
"""The part of a slot's questions that shows the finished line, and its answer that keeps it."""

FEWEST = 4
"""From how many words on something typed can be the line."""

MOSTLY = 0.6
"""The share of the line's words that have to be there; people shorten and misspell."""


def rehearses(talk: Talk, text: str) -> bool:
    """Say whether the words typed are the plan line that was just shown, in the main."""
    question = talk.question
    if question is None or question.part != FITS or not question.slot or talk.state.confirming:
        return False
    if question.option(YES) is None:
        return False
    typed = _words(text)
    line = _words(to_plain(str(slot_values(talk.guide, talk.state, question)["line"])))
    return len(typed) >= FEWEST and len(typed & line) >= MOSTLY * len(line)


def _words(text: str) -> set[str]:
    return {"".join(filter(str.isalnum, word)) for word in text.casefold().split()} - {""}
