"""What is typed where a day is asked for: the one day that is named, a doubt about which, or a wish."""

from __future__ import annotations

from bot.events import Answered, Event, Puzzled
from bot.typed.dates import Finding
from bot.typed.hearing import Heard
from bot.typed.named_days import NamedDays
from bot.typed.picking import Picking
from bot.typed.wanting import Wanting
from bot.typed.wishes import Wishes

_WH = frozenset(("what", "how", "why", "who", "which", "where"))
_KEEPING_QUIET = frozenset(("pause", "snooze", "mute", "hold", "quiet"))
"""Words that make a day the end of a pause, even where a day is asked for."""
_NO_DAY = ("skip:", "pause:")
_NOT_A_DAY = ("date:",)


class AskedDays:
    """Reads days as answers."""

    def __init__(self, wishes: Wishes, days: NamedDays, picking: Picking, wanting: Wanting) -> None:
        self._wishes = wishes
        self._small = wishes.small
        self._days = days
        self._picking = picking
        self._wanting = wanting

    def hear(self, message: Heard) -> Event:
        """Return the day, a doubt where it is vague or none to come, or what else the words mean."""
        words = message.words
        if self._small.is_vague(words):
            return Puzzled(_NO_DAY, message.text)
        clauses = list(self._wishes.lexicon.clauses(message.text)) or [words]
        asks = any(clause[0] in _WH and "about" not in clause[1:2] for clause in (words, clauses[0]))
        finding = Finding() if asks else self._days.find(message)
        if finding and _KEEPING_QUIET.isdisjoint(words):
            return self._found(finding, message)
        label = self._wishes.exactly(words)
        if label:
            return self._wanting.wanted(label, message)
        label = self._wishes.clause(message.text)
        if label:
            return self._wanting.wanted(label, message)
        if self._small.is_vague(words, within=True) or self._small.rejects_all(words):
            return Puzzled(_NO_DAY, message.text)
        return self._picking.answer(message) or self._wanting.wish(message)

    def _found(self, finding: Finding, message: Heard) -> Event:
        """Take the one day that is named; several, a past one or a denied one leave a doubt."""
        denied = self._small.denies(message.words) and "later" not in message.words
        if len(finding.days) == 1 and not denied:
            return Answered(day=finding.days[0])
        return Puzzled(tuple(f"date:{day.isoformat()}" for day in finding.days[:2]) or _NOT_A_DAY, message.text)
