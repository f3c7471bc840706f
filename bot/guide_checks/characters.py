"""Characters nobody sees: they break searches, confuse screen readers, or turn a line round."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bot.guide_checks.draft import Draft
from bot.guide_text.format import Text
from bot.guide_text.source import Problem, Spot, report

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]"
)
_JOINED_PICTURE = re.compile(
    "(?<=[\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d(?=[\u2190-\u2bff\U0001f000-\U0001faff])"
)


def check_lines(file: str, text: str) -> tuple[Problem, ...]:
    """Return a problem for each line of a file with a character that cannot be seen."""
    if _HIDDEN.search(text.replace("\n", "").replace("\r", "")) is None:
        return ()
    found = ((number, _first(line)) for number, line in enumerate(re.split("\r\n|\n|\r", text), 1))
    return tuple(_problem(Spot(file, number), sign) for number, sign in found if sign)


def check(draft: Draft) -> Iterator[Problem]:
    """Yield texts that hold such a character by way of an escape, such as U+200B written out."""
    for each in (*draft.found, *draft.shared):
        if isinstance(each.kind, Text):
            sign = _first(each.value.replace("\n", ""))
            if sign:
                yield _problem(each.spot, sign)


def _first(text: str) -> str:
    hidden = _HIDDEN.search(_JOINED_PICTURE.sub("", text))
    return hidden[0] if hidden else ""


def _problem(spot: Spot, sign: str) -> Problem:
    name = unicodedata.name(sign, "a control character").lower()
    message = f"There is a character here that cannot be seen: U+{ord(sign):04X}, {name}."
    return report(spot, "hidden-character", message, "Delete the word and type it again.")
