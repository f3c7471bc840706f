"""CV lines: the figures are the person's own, so a line that we offer has gaps and no numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.guide_checks.draft import Draft
from bot.guide_text.source import Problem, Spot, report

_GAP = re.compile(r"\[[^\[\]]*\]")
_NUMBER = re.compile(r"(?<![A-Za-z0-9])\d[\d.,]*\s?%?(?![A-Za-z])|\d+\s?%")


def check(draft: Draft) -> Iterator[Problem]:
    """Yield CV lines with a number that nobody gave, without a gap, or with a gap that is not closed."""
    for pattern in draft.read.values["patterns"]:
        yield from _line(pattern.values["line"], pattern.spot_of("line"), f"pattern `{pattern.values['id']}`")
    for skill in draft.read.values["skills"]:
        yield from _line(skill.values["cv"], skill.spot_of("cv"), f"skill `{skill.values['id']}`")


def _line(text: str, spot: Spot, called: str) -> Iterator[Problem]:
    rest = _GAP.sub("", text)
    number = _NUMBER.search(rest)
    if number:
        message = f"The CV line of {called} gives the number {number[0]!r}, which is not the person's."
        yield report(spot, "invented-number", message, "Put a gap such as `[number]` in its place.")
    if "[" in rest or "]" in rest:
        yield report(spot, "open-gap", f"A gap of the CV line of {called} is not closed.", "Write it as `[number]`.")
    elif text and not _GAP.search(text):
        message = f"The CV line of {called} has no gap to fill."
        yield report(spot, "no-gap", message, "Add one, such as `[result]`.", "warning")
