"""Promises no guide may make: of a job, a promotion, pay or a pass; and no verdicts, streaks or ranks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.guide_checks.draft import Draft
from bot.guide_text.source import Problem, report

_PRIZE = r"(?:job|role|post|position|promotion|promoted|raise|rise|salary|interview|offer|certificate|exam)\b(?!-)"
_SURE = r"(?:will|shall|(?:is|are|be|am) (?:sure|certain|bound) to|(?:is|are) going to|(?:you|it)['\u2019]ll)"
_GIVES = r"(?:give|bring|earn|win|land|make|get|lead (?:you )?to|help you get)"
_THE = r"(?:an? |the |that |your |more )?(?:\w+ )?"
_UNSAID = r"(?<!when )(?<!whenever )(?<!if )(?<!until )(?<!once )"


def _compile(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


_PROMISES = _compile(
    r"\bwill (?:\w+ )?(?:get|land|win|earn) you\b",
    r"\bguarantee\w*",
    r"\b(?:sure-?fire|fool-?proof|can(?:not|['\u2019]t) fail|never fails?)\b",
    rf"\bready for {_THE}(?:promotion|role|job|move|post)\b(?!-)",
    rf"\bsecur(?:e|es|ed|ing) (?:you )?(?:an? |the |that |your )(?:\w+ )?{_PRIZE}",
    rf"\b{_SURE} (?:\w+ )?{_GIVES} (?:you )?{_THE}{_PRIZE}",
    r"\bwill (?:\w+ )?be (?:promoted|hired|offered|appointed)\b",
    r"\b(?:will|['\u2019]ll) (?:\w+ )?(?:pass|ace) (?:the|your|that|an?) (?:\w+ )?(?:exam|test|interview)\b",
    r"\bwill (?:\w+ )?(?:raise|increase|double|boost|lift) your (?:pay|salary|wage|income)\b",
    rf"\bpromis(?:e|es|ed|ing) (?:you )?{_THE}{_PRIZE}",
    rf"\b(?:assured|certain|sure) of {_THE}{_PRIZE}",
)
_VERDICTS = _compile(
    rf"{_UNSAID}\byou(?: are|['\u2019]re) (?:\w+ )?(?:not )?ready\b(?! to (?:go|stop|begin|start|carry))",
    r"\bstreaks?\b",
    r"\bleader ?boards?\b",
    r"\byour (?:total |overall |final )?score\b",
    r"\byou (?:have )?(?:scored|ranked)\b",
    r"\b(?:days?|weeks?) in a row\b",
)
_HONEST = re.compile(
    r"\b(?:no|not|nobody|none|never|cannot|without|nor|neither|rather than|instead of|nothing)\b"
    r"|n['\u2019]t\b",
    re.IGNORECASE,
)
_NEVER = re.compile(r"\bwill (?:never|not)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?;\n]+")


def check(draft: Draft) -> Iterator[Problem]:
    """Yield texts that promise what nobody can, or that judge and rank a person."""
    for each, _ in draft.texts():
        promise, verdict = find_promise(each.value), find_verdict(each.value)
        if promise:
            message = f"{each.called[0].upper()}{each.called[1:]} makes a promise: {promise!r}."
            mend = "Say “can help”, “may raise your chances” or “is often valued”."
            yield report(each.spot, "banned-promise", message, mend)
        if verdict:
            message = f"{each.called[0].upper()}{each.called[1:]} judges or counts the person: {verdict!r}."
            mend = "Say what was done and what proof there is; leave out scores, ranks, streaks and “ready”."
            yield report(each.spot, "banned-promise", message, mend)


def find_promise(text: str) -> str:
    """Return the words that promise something, or nothing; “no step can promise the role” is honest."""
    found = _first(text, _PROMISES)
    return "" if _NEVER.search(found) else found


def find_verdict(text: str) -> str:
    """Return the words that judge or rank a person, or nothing; “there is no streak to break” is honest."""
    return _first(text, _VERDICTS)


def _first(text: str, patterns: tuple[re.Pattern[str], ...]) -> str:
    for sentence in _SENTENCE.findall(text):
        for pattern in patterns:
            match = pattern.search(sentence)
            if match and not _HONEST.search(sentence[: match.start()]):
                return match[0]
    return ""
