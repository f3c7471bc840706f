"""A date where a day of the week is asked for: "the 15 of december" is the day of the week that it falls on."""

from __future__ import annotations

import re

from bot.events import Answered, Event, Puzzled
from bot.typed.calendar_days import WEEKDAYS
from bot.typed.date_words import MONTH
from bot.typed.hearing import Heard
from bot.typed.named_days import NamedDays
from bot.typed.small_words import SmallWords

_MONTH = re.compile(MONTH)
_DATE = re.compile(rf"{MONTH}|next|coming|\d{{1,4}}(?:st|nd|rd|th)?|\d+[./-]\d+\S*")
_LEAST = 3
"""From how many weekdays on the table on a day of the week is asked for."""


class Weekdays:
    """Finds the option that names the weekday of a date."""

    def __init__(self, small: SmallWords, days: NamedDays) -> None:
        self._plain = small.places.filler | small.polite | small.days
        self._days = days

    def picked(self, message: Heard, otherwise: Event | None) -> Event | None:
        """Return the weekday of the one date named; else what the words are otherwise heard as.

        A weekday by its name and an option by its number stand; the "5" of "5 december" is no number of an option.
        """
        if message.expects.context != "choice":
            return otherwise
        named = {option.label.lower(): option.id for option in message.expects.options}
        if len(named.keys() & {*WEEKDAYS}) < _LEAST:
            return otherwise
        rest = [word for word in message.words if word not in self._plain and not _DATE.fullmatch(word)]
        dated = any(_MONTH.fullmatch(word) for word in message.words)
        if rest or (isinstance(otherwise, Answered) and not dated):
            return otherwise
        days = self._days.find(message).days
        if len(days) != 1:
            return otherwise
        option = named.get(WEEKDAYS[days[0].weekday()])
        return Answered(options=(option,)) if option else Puzzled((), message.text)
