"""Tone: British, plain and kind words; every finding here is a warning, for an editor's eye."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.guide_checks.draft import Draft
from bot.guide_checks.reading_level import sentences
from bot.guide_checks.texts import count_words
from bot.guide_text.source import Problem, report

LONGEST_SENTENCE = 25
"""Words; we aim for 20 and say something from 26 on."""

_Z_STEMS = (
    "organi|prioriti|summari|visuali|recogni|reali|minimi|maximi|standardi|categori|emphasi|apologi|utili|customi"
)
_BRITISH: Mapping[str, str] = {
    rf"\w*(?:{_Z_STEMS})z(?:e|es|ed|ing|ation|ations|er)": "an s instead of the z",
    r"(?:analyz|paralyz)\w+": "an s instead of the z",
    r"(?:color|behavior|favor|honor|labor|neighbor|endeavor|rumor|humor)(?:s|ed|ing|ite|able|ful)?": "-our",
    r"(?:center|theater|meter)s?": "-re",
    r"(?:travel|cancel|model|label|counsel)(?:ed|ing|er)": "a double l",
    r"(?:defense|offense|license to)": "-ce",
    r"(?:fulfill|enroll|skillful)(?:s|ment)?": "a single l",
    r"(?:gray|mom|math|gotten|vacation)": "the British word",
}
_SPELLING = tuple((re.compile(rf"\b{pattern}\b", re.IGNORECASE), mend) for pattern, mend in _BRITISH.items())
_GENDERED = re.compile(
    r"\b(?:he|she|him|his|hers?|he/she|s/he|guys|chairman|manpower|man-hours?|mankind|manned|foreman|salesman)\b",
    re.IGNORECASE,
)
_PUSHY = re.compile(
    r"\b(?:act now|hurry|last chance|before it['\u2019]?s too late|don['\u2019]t miss|missing out|"
    r"amazing|awesome|incredible|game[- ]chang(?:er|ing)|unlock your|supercharge|crush it|dream job|"
    r"you should have|you failed|disappoint\w*|falling behind|no excuses?|must act|rock ?star|ninja)\b",
    re.IGNORECASE,
)
_PAY = re.compile(r"[£$€]\s?\d|\b\d[\d,.]*\s?(?:pounds|dollars|euros)\b|\b(?:GBP|USD|EUR)\s?\d")


def check(draft: Draft) -> Iterator[Problem]:
    """Yield long sentences, American spelling, gendered or pushy words, and figures of pay."""
    british = draft.guide.language.lower() in ("en-gb", "en_gb", "en")
    for each, use in draft.texts():
        called, text = f"{each.called[0].upper()}{each.called[1:]}", each.value
        for pattern, mend in _SPELLING if british else ():
            if match := pattern.search(text):
                yield report(each.spot, "spelling", f"{called} has {match[0]!r}.", f"Spell it with {mend}.", "warning")
        if match := _GENDERED.search(text):
            message = f"{called} has {match[0]!r}."
            yield report(each.spot, "gendered-word", message, "Use “they”, or a word for anyone.", "warning")
        if match := _PUSHY.search(text):
            message = f"{called} pushes: {match[0]!r}."
            yield report(each.spot, "pushy-words", message, "Say calmly what helps, and leave the choice.", "warning")
        if match := _PAY.search(text):
            message = f"{called} gives a figure of money: {match[0]!r}."
            yield report(each.spot, "pay-figure", message, "Say where to look such figures up.", "warning")
        longest = max((count_words(sentence) for sentence in sentences(text)), default=0) if use.judged else 0
        if longest > LONGEST_SENTENCE:
            message = f"{called} has a sentence of {longest} words."
            yield report(each.spot, "long-sentence", message, "Make two of it; aim for 20.", "warning")
