"""The days a message names, by what they are for: an answer, the end of a pause, the day something is put off to."""

from __future__ import annotations

from datetime import date

from bot.typed.dates import Finding, find_days
from bot.typed.hearing import Heard
from bot.typed.plan_lines import without_line
from bot.typed.words import Lexicon, clean


class NamedDays:
    """Finds days in messages, in the words of one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def find(self, message: Heard) -> Finding:
        """Return the days that are named; where a date is asked for, "two weeks" and a bare "15" are days, too."""
        words = self._lexicon.dated(clean(message.text))
        return find_days(words, message.now, asked=message.expects.context == "date")

    def ends_of_pause(self, message: Heard) -> tuple[date, ...]:
        """Return the days that a pause may last until; "two weeks" is one, with or without a "for"."""
        words = self._lexicon.dated(clean(message.text))
        return self.find(message).days or find_days(words, message.now, asked=True).days

    def put_off_to(self, message: Heard) -> str:
        """Return the day something is put off to, as ISO; "not this week" means the next one. Empty without a day."""
        words = without_line(self._lexicon.dated(clean(message.text))).replace("not this", "next")
        days = find_days(words.replace("not today", ""), message.now, asked=True).days
        return days[0].isoformat() if days else ""
