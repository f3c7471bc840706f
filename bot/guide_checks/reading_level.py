"""Reading level: plain enough for a tired person on a phone, at most grade 8.

A grade says little about a few words: one long word moves it by a year or two. So texts of fewer than 12
words are not judged alone, those of fewer than 30 have two grades' leave, and each list of entries is judged
once more as a whole. Names, short forms and gaps count as one short word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bot.guide_checks.draft import Draft
from bot.guide_checks.texts import count_words
from bot.guide_text.source import Problem, report
from bot.guide_text.values import Found

Grade = Callable[[str], float]
"""Returns the Flesch-Kincaid grade of a plain text."""

HIGHEST = 8.0
FEWEST_WORDS = 12
ENOUGH_WORDS = 30
LEAVE = 2.0

_NAME = re.compile(r"\b\w*[A-Z]\w*[A-Z0-9]\w*(?:[-/]\w+)*\b|\b[A-Z]{1,2}\d+\b")
_GAP = re.compile(r"\{\{?[\w-]*\}?\}|\[[^\[\]\n]*\](?:\([^()\n]*\))?")
_LIST_MARK = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+(?:it )?", re.MULTILINE)
_SENTENCE_END = re.compile(r"(?<=[.!?…:])[”\"')*_]*\s+|\n+")


def check(draft: Draft, grade: Grade) -> Iterator[Problem]:
    """Yield texts, and whole lists of texts, that are harder to read than grade 8."""
    together: dict[str, list[tuple[Found, str]]] = {}
    for each, use in draft.texts():
        if not use.judged:
            continue
        text = simplify(each.value, draft.names)
        together.setdefault(each.owner, []).append((each, text))
        words = count_words(text)
        if words < FEWEST_WORDS:
            continue
        level = grade(text)
        if level > (HIGHEST if words >= ENOUGH_WORDS else HIGHEST + LEAVE):
            message = f"{each.called[0].upper()}{each.called[1:]} reads at grade {level:.1f}."
            mend = f"Aim for grade {HIGHEST:.0f}: shorter sentences, shorter words."
            yield report(each.spot, "reading-level", message, mend)
    for owner, texts in together.items():
        whole = "\n".join(text for _, text in texts)
        if count_words(whole) >= ENOUGH_WORDS and grade(whole) > HIGHEST:
            message = f"Taken together, the texts of each {owner} read at grade {grade(whole):.1f}."
            yield report(texts[0][0].spot, "reading-level", message, f"Aim for grade {HIGHEST:.0f} on the whole.")


def simplify(text: str, names: tuple[str, ...] = ()) -> str:
    """Return a text as it is judged: no marks, names as one short word, every line a sentence."""
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "it", text)
    plain = _NAME.sub("it", _LIST_MARK.sub("", _GAP.sub("it", text)))
    plain = re.sub(r"[*_`#]+", "", plain)
    lines = (line.strip() for line in plain.split("\n"))
    return "\n".join(line if line[-1] in ".!?" else f"{line}." for line in lines if line)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; a line of a list is one."""
    return [part for part in _SENTENCE_END.split(re.sub(r"[*_`]+", "", text)) if part and part.strip()]
