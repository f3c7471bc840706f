"""A yes or a no to something that cannot be taken back: nothing but a plain yes counts as one."""

from __future__ import annotations

from bot.events import Event, Puzzled, Wanted
from bot.typed.hearing import Heard
from bot.typed.small_words import Verdict
from bot.typed.wanting import LOOSE, SURE, Wanting, nearness
from bot.typed.wishes import Wishes

_NUMBERED: dict[str, Verdict] = {"1": "yes", "2": "no"}
"""A yes-or-no question is drawn with yes first."""
_ECHOES = frozenset(("delete", "restart"))
"""Wishes that ask to be confirmed; to say one again is a yes."""
_YES_OR_NO = ("yes:", "no:")
_OF_A_LINE = frozenset(("done", "drop", "undo", "partly", "snooze", "shrink", "swap", "repeat", "change", "log"))
_OF_A_LINE |= {"asked", "agreed", "refused", "claim"}
"""Wishes about one line of a plan."""


class Consent:
    """Reads a yes, a no or a doubt out of a whole message and its clauses, and what else is said in their place."""

    def __init__(self, wishes: Wishes, wanting: Wanting) -> None:
        self._wishes = wishes
        self._small = wishes.small
        self._wanting = wanting

    def hear(self, message: Heard) -> Event:
        """Take nothing but a plain yes for one: what is confirmed cannot be taken back."""
        words = message.words
        verdict = self.verdict(message)
        if verdict in ("yes", "no"):
            return Wanted(verdict, text=message.text)
        label = "" if verdict else self._wishes.exactly(words)
        if label:
            return Puzzled((), message.text) if label == "unknown" else self._wanting.wanted(label, message)
        return Puzzled(_YES_OR_NO, message.text) if verdict else self._aside(message)

    def _aside(self, message: Heard) -> Event:
        """Hear a question or a plain command where a yes or no is due; anything vaguer is asked about."""
        event = self._wanting.wish(message)
        if isinstance(event, Puzzled) and event.readings and not (message.asks or self._small.asks(message.words)):
            return Puzzled(_YES_OR_NO, message.text)
        if not isinstance(event, Wanted) or event.intent in ("yes", "no"):
            return event
        if event.intent in _OF_A_LINE:
            return Puzzled(_YES_OR_NO, message.text)
        ranked = self._wishes.ranked(message.words, asked=True)
        asks = message.asks or self._small.asks(message.words)
        return event if asks or nearness(ranked) >= SURE else Puzzled(_YES_OR_NO, message.text)

    def verdict(self, message: Heard) -> Verdict:
        """Return the verdict of the whole, or of all its clauses together; half a yes is "unsure"."""
        found = self._said(message)
        return "unsure" if found == "yes" and self._wishes.measures.is_half_hearted(message.words) else found

    def _said(self, message: Heard) -> Verdict:
        small, words = self._small, message.words
        if len(words) == 1 and words[0] in _NUMBERED:
            return _NUMBERED[words[0]]
        clauses = list(self._wishes.lexicon.clauses(message.text)) or [words]
        last = small.verdict(clauses[0], whole=True) if len(clauses) > 1 else ""
        if last == "no":
            return "no"
        taken_back = self._taken_back(words)
        if taken_back:
            return taken_back
        whole = small.verdict(words, whole=True)
        clauses = clauses if message.asks else self._without_reasons(clauses)
        if whole or self._assents(words) or all(self._assents(clause) for clause in clauses):
            return whole or "yes"
        opening = small.verdict(words)
        said = [opening, *(small.verdict(clause, whole=True) for clause in clauses)]
        if "no" in said and opening != "unsure":
            return "unsure" if last == "yes" else "no"
        known = opening == "yes" and (self._wishes.exactly(words) or message.asks)
        return "unsure" if opening and not known else ""

    def _reasons(self, words: list[str]) -> bool:
        return self._wishes.openings.gives_reason(words, denies=self._small.denies(words))

    def _taken_back(self, words: list[str]) -> Verdict:
        """Return "no" for "yes, I mean no", and a doubt for a yes that takes something back; empty for neither."""
        after = (self._wishes.takings_back.after_taking_back(words[at:]) for at in range(1, len(words)))
        verdict: Verdict = next((self._small.verdict(rest, whole=True) for rest in after if rest), "")
        return "unsure" if verdict == "yes" else verdict

    def _without_reasons(self, clauses: list[list[str]]) -> list[list[str]]:
        """Return the clauses, last one first, without the reasons given after a yes: "yes, I am leaving the firm"."""
        *later, first = clauses
        return [*(clause for clause in later if not self._reasons(clause)), first]

    def _assents(self, words: list[str]) -> bool:
        """Tell whether a clause is a yes, alone or with the wish said again: "yes, delete it all"."""
        bare = self._small.bare(words)
        rest = bare[self._small.opens_with_yes(bare) :]
        if self._small.agrees(words) or (len(rest) < len(bare) and self._reasons(rest)):
            return True
        if not rest or len(rest) == len(bare) or self._small.denies(rest):
            return False
        best = next(iter(self._wishes.ranked(rest, asked=True)), None)
        return best is not None and best.label in _ECHOES and best.near >= LOOSE
