"""What is meant in a message that opens with an aside or a hedge, or that takes back its own first half.

"Hang on, what is a PMO?" asks what a PMO is, "I guess I should start" wants to start, and "my plan, I mean my
profile" wants the profile.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.typed.hearing import Expects
from bot.typed.wishes import Wishes

_LONGEST = 7
"""Words of an aside at most."""
_BREAK = re.compile(r"[,;:.!?\u2026\n]+|\s[-\u2013]+\s|\u2014")
_REASON = re.compile(r"(?<=\w)(?<!\bbut)[ ,]+(?:because|since|cos|coz|cuz)\b", re.IGNORECASE)
_REGRET = re.compile(r"(?<=\w)[ ,]+i(?:['\u2019]m| am) (?:afraid|sorry to say)(?= *[,.;!]| *$)", re.IGNORECASE)
"""Said for politeness after bad news; "I am afraid of it" is a worry."""
_SO = re.compile(r"[,;.] *(?:so|then|hence) ", re.IGNORECASE)
_MARKS = ",.:;- \u2013\u2014"
_SHORT = 200
"""Characters of the longest message that is looked at; in a longer one, an aside says little."""
_LOOSE = 0.5
"""Below this likeness, what follows a greeting is small talk."""
_MEANT_AT = 0.8
"""How like a wish the words must be that stand in place of those taken back."""
_CHOSEN = ("choice", "date")
"""Where one thing is asked for, so that a later one stands in place of an earlier one."""
_TURNING_BACK = ("back", "undo", "review")
_GREETED = 4
"""From this many words on, a greeting may have small talk after it."""
_SMALL_TALK = 12
"""Words of a longer message are more than a greeting with small talk."""
_SPOKEN = ("idle", "scale", "choice", "multi", "date")
"""Where words are no answer of a person's own, and no consent."""


class Asides:
    """Finds the part of a message that says what a person wants."""

    def __init__(self, wishes: Wishes) -> None:
        self._wishes = wishes
        self._small = wishes.small
        self._takings_back = wishes.takings_back
        self._openings = wishes.openings

    def left_out(self, text: str, expects: Expects) -> str:
        """Return the text without its aside, its hedge, or what it takes back; the whole text where it has none."""
        if expects.context not in _SPOKEN or len(text) > _SHORT or " " not in text.strip():
            return text
        text = _REGRET.sub("", text)
        if expects.context == "idle":
            text = self._after_greeting(text)
        text = self._without_opening(text)
        if expects.context in _CHOSEN:
            text = _REASON.split(text, maxsplit=1)[0].strip() or text
        if expects.context == "date":
            text = _SO.split(text)[-1]
            text = self._after(text, self._openings.proposing) or text
        if expects.context in _CHOSEN:
            return self._after_no(text)
        if expects.context != "idle":
            return text
        return self._after_taking_back(self._without_hedge(text))

    def _after_greeting(self, text: str) -> str:
        """Return what follows a greeting; the greeting alone where that is like no wish and asks nothing."""
        words = self._read(text)
        first, _, rest = text.strip().partition(" ")
        if len(words) < _GREETED or self._wishes.exactly(self._read(first)) != "greet" or self._wishes.exactly(words):
            return text
        more = self._read(rest)
        if "?" in rest or len(words) > _SMALL_TALK or not self._small.asking.isdisjoint(more):
            return rest
        meant = self._wishes.clause(rest) or (more and self._is_wish(more, _LOOSE))
        return rest if meant else first

    def _without_opening(self, text: str) -> str:
        """Take off "hang on" or "by the way" where a question or a plain wish follows."""
        rest = self._after(text, self._openings.asides)
        if not rest or self._wishes.exactly(self._read(text)):
            return self._after_but(text)
        words = self._read(rest)
        plain = self._wishes.exactly(words) not in ("", "unknown")
        meant = bool(words) and (plain or self._small.asks(words) or "?" in rest)
        return rest if meant else text

    def _after_but(self, text: str) -> str:
        """Take off all before a question after a "but": "sorry to be so slow, but how do I stop this"."""
        rest = text.partition(" but ")[2]
        words = self._read(rest) if rest else []
        return rest if words and self._small.asks(words) and self._is_wish(words) else text

    def _without_hedge(self, text: str) -> str:
        """Take off "I guess" or "if it is not too much trouble", before and after, where a wish is left."""
        rest = self._after(text, self._openings.hedges)
        rest = rest or self._before(text, self._openings.hedges)
        whole = self._read(text)
        if not rest or self._wishes.exactly(whole) or self._small.verdict(whole, whole=True):
            return text
        return rest if self._is_wish(self._read(rest)) else text

    def _after_taking_back(self, text: str) -> str:
        """Return what is said after an "I mean" in the middle, where that is a wish of its own."""
        clauses = [clause for clause in _BREAK.split(text) if clause.strip()]
        for at in range(len(clauses) - 1, 0, -1):
            rest = self._takings_back.after_taking_back(self._read(clauses[at]) or [""])
            instead = " ".join((*(rest or ()), *clauses[at + 1 :]))
            if rest is not None and self._is_wish(self._read(instead), _LOOSE):
                return instead
            if self._small.denies(self._read(clauses[0])) and self._offers_instead(clauses[at]):
                return ", ".join(clauses[at:])
        return text

    def _after_no(self, text: str) -> str:
        """Return what follows a "no" in the middle: "the template, no, the risk list"."""
        clauses = [clause for clause in _BREAK.split(text) if clause.strip()]
        if not clauses or not self._says_something(self._read(clauses[0])):
            return text
        for at in range(len(clauses) - 1, 0, -1):
            words = self._read(clauses[at])
            instead = self._takings_back.after_taking_back(words)
            rest = list(instead or ())
            taken = instead is not None or self._small.verdict(words, whole=True) == "no"
            if rest or (taken and at + 1 < len(clauses)):
                return ", ".join((*([" ".join(rest)] if rest else ()), *clauses[at + 1 :]))
        return text

    def _says_something(self, words: Sequence[str]) -> bool:
        """Tell whether a clause is more than a "no", an "oops" or an "I mean"."""
        said = not words or self._small.verdict(words, whole=True) or self._wishes.exactly(words) in _TURNING_BACK
        return not said and self._takings_back.after_taking_back(words) is None

    def _offers_instead(self, clause: str) -> bool:
        """Tell whether a clause says what is wanted in place of something denied: "just show me my plan"."""
        words = self._read(clause)
        opens = bool(words) and self._openings.opens_instead(words)
        return opens and not self._small.denies(words) and self._is_wish(words)

    def _is_wish(self, words: Sequence[str], least: float = _MEANT_AT) -> bool:
        if not words:
            return False
        if self._wishes.exactly(words):
            return True
        best = next(iter(self._wishes.ranked(words, asked=False)), None)
        return best is not None and best.near >= least

    def _after(self, text: str, openings: frozenset[str]) -> str:
        """Return what follows one of the openings; empty where the text begins with none, or ends with it."""
        typed = text.split()
        sizes = range(min(len(typed) - 1, _LONGEST), 0, -1)
        size = next((size for size in sizes if " ".join(self._read(" ".join(typed[:size]))) in openings), 0)
        return " ".join(typed[size:]).lstrip(_MARKS) if size else ""

    def _before(self, text: str, endings: frozenset[str]) -> str:
        """Return what comes before one of the endings; empty where the text ends with none."""
        typed = text.split()
        sizes = range(min(len(typed) - 1, _LONGEST), 0, -1)
        size = next((size for size in sizes if " ".join(self._read(" ".join(typed[-size:]))) in endings), 0)
        return " ".join(typed[:-size]).rstrip(_MARKS) if size else ""

    def _read(self, text: str) -> list[str]:
        return self._wishes.lexicon.read(text)
