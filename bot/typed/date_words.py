"""The words of a date as figures: "twenty third" as 23rd, "a couple of wks" as 2 week, "eom" as end of month."""

from __future__ import annotations

import re

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
"""A month's English name, whole or short, as a pattern."""
UNIT = r"(day|week|fortnight|month|year|quarter|night)s?"
"""A span of days, as a pattern whose group is the span in the singular."""

_TO_TWENTY = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"),
)
_NTH_WORDS = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12, "twentieth": 20}
_FIGURES = {word: str(number) for number, word in enumerate(_TO_TWENTY)}
_FIGURES |= {f"{word}th": f"{number}th" for number, word in enumerate(_TO_TWENTY)}
_FIGURES |= {word: f"{number}th" for word, number in _NTH_WORDS.items()}
_FIGURES |= {
    "thirty": "30",
    "forty": "40",
    "sixty": "60",
    "ninety": "90",
    "thirtieth": "30th",
    "couple": "2",
    "few": "3",
}
_FIGURES |= {
    "wk": "week",
    "wks": "week",
    "mth": "month",
    "mths": "month",
    "yr": "year",
    "till": "until",
    "til": "until",
}
_FIGURES |= {"eod": "today", "eow": "end of week", "eom": "end of month", "eoy": "end of year"}

_REWORDED = (
    (re.compile(r"\b(\d+)(d|w)\b"), lambda m: f"{m[1]} {'day' if m[2] == 'd' else 'week'}"),
    (re.compile(rf"\b(\d{{1,2}})({MONTH})\b"), r"\1 \2"),
    (re.compile(r"\b(?:20|30) ?(?=\d(?:st|nd|rd|th)\b)"), lambda m: m[0][0]),
    (re.compile(r"\b(\d{4})/(\d{1,2})/(\d{1,2})\b"), r"\1-\2-\3"),
    (re.compile(r"\b(20\d\d)([01]\d)([0-3]\d)\b"), r"\1-\2-\3"),
    (re.compile(r"\b(?:a )?(2|3) of (?=days?|weeks?|months?)"), r"\1 "),
    (re.compile(r"\ba (?=[23] )|\bno(?:t)? later than\b|\b1th thing\b|\bworking (?=week\b)"), ""),
    (
        re.compile(r"\b(?:before|by the time)(?: the)? (week|month|year|quarter) (?:is )?(?:out|over|up|ends)\b"),
        r"end of \1",
    ),
    (re.compile(r"\bnot tomorrow (?:but )?(?:the )?day after\b(?! tomorrow)"), "day after tomorrow"),
    (re.compile(r"\bhalf a year\b"), "6 month"),
    (re.compile(r"\blast day of\b"), "end of"),
    (re.compile(r"\b(year|month|week) end\b"), r"end of \1"),
    (re.compile(rf"\b(?:a|an) (?={UNIT}\b|hour)"), "1 "),
    (re.compile(r"\b1 (day|night) 1 month\b"), r"\1 a month"),
    (re.compile(r"\b(?:same|this) (?:day|time) next (week|month|year)\b"), r"1 \1 later"),
)


def as_figures(words: str) -> str:
    """Return lower-case words with numbers as figures, and spans and edges in their plainest form."""
    text = " ".join(_FIGURES.get(word, word) for word in words.split())
    for pattern, better in _REWORDED:
        text = pattern.sub(better, text)
    return text
