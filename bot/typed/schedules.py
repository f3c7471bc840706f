"""What is ordered for a channel in a few words: which wish, which days and hour, which zone; the rest is not guessed.

"weekly monday 09:30 in Berlin", "change to tuesday 10", "pause 2 weeks", "skip next week", "stop". A word that means
nothing here is handed back, so that nothing is done by half.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache

from bot.guide import Guide
from bot.subscription import FIRST, Rhythm
from bot.typed.calendar_days import WEEKDAYS
from bot.typed.dates import find_days
from bot.typed.words import Lexicon, clean
from bot.value import Value
from bot.working_time import country_named, zone_named

WISHES = ("list", "preview", "change", "pause", "skip", "resume", "stop", "help")
"""What can be wanted beside a plan, each with its words under `nudge-<wish>` in the phrases."""

_BEATS: Mapping[str, Rhythm] = {"weekly": "week", "fortnightly": "fortnight", "monthly": "month"}
_TIMES = (
    re.compile(r"\b(\d{1,2})[:.h](\d{2}) ?(am|pm)?(?![\w:])"),
    re.compile(r"\b(\d{1,2})() ?(am|pm)\b"),
    re.compile(r"\bat (\d{1,2})()()(?![\w:.])"),
    re.compile(r"\b(\d{1,2})()() *$"),
)
_OFFSET = re.compile(r"\b(?:utc|gmt) ?([+-])(\d{1,2})(?::?(\d{2}))?(?!\d)")
_NAMED_ZONE = re.compile(r"\b[a-z_]+(?:/[a-z_+-]+\d*)+")
_PLACED = re.compile(r"\b(?:time ?zone|zone|in)\b")
_HOLIDAYS = re.compile(r"\b(?:public )?holidays?\b(?: (?:of|in|for|from))?")
_FACTS = re.compile(r"\b(?:with|about|also)\b(.*)")
_WORD = re.compile(r"[a-z0-9]+(?:['-][a-z0-9]+)*")
_LONGEST_NAME = 4


class Schedule(Value, frozen=True):
    """What the words say; None or empty where they say nothing.

    `wish` is one of `WISHES`, or empty. `facts` are those of the guide that hold in the channel. `days` are named
    days, for a rest. `unknown` holds the words that mean nothing here.
    """

    wish: str = ""
    rhythm: Rhythm | None = None
    day: int | None = None
    minute: int | None = None
    zone: str = ""
    country: str | None = None
    facts: tuple[str, ...] | None = None
    days: tuple[date, ...] = ()
    unknown: str = ""

    @property
    def plans(self) -> bool:
        """Say whether anything of a plan is named."""
        named = (self.rhythm, self.day, self.minute, self.country, self.facts)
        return bool(self.zone) or any(part is not None for part in named)


def read_schedule(guide: Guide, typed: str, now: datetime) -> Schedule:
    """Return what words order; `now` is the asker's local time, for days such as "next week"."""
    known = _known_of(guide)
    text = f" {' '.join(clean(typed).split())} "
    wish, rest = known.wish(text)
    if wish in ("pause", "skip"):
        found = find_days(rest.strip(), now, asked=True)
        unclear = rest.strip() if rest.strip() and not found.days else ""
        return Schedule(wish, days=found.days, unknown=unclear)
    said = Schedule(wish)
    for take in (_take_facts, _take_holidays, _take_zone, _take_time):
        said, rest = take(known, said, rest)
    said, rest = known.take_beat(said, rest)
    return said.changed(unknown=" ".join(known.left_of(rest)))


def opens_order(guide: Guide, typed: str) -> str | None:
    """Return what follows the word that an order for a channel begins with; None where the words are no order."""
    first, _, rest = typed.strip().partition(" ")
    return rest.strip() if first.lower() in guide.phrases.words.get("nudge-opens", ("nudge",)) else None


class _Known:
    """The words of a guide's phrases that orders are made of."""

    def __init__(self, guide: Guide) -> None:
        words = guide.phrases.words
        self.facts = {nudge.only_if: nudge.moment for nudge in guide.nudges if nudge.to == "channel" and nudge.only_if}
        self._noise = frozenset(words.get("nudge-noise", ()))
        self._wishes = {wish: words.get(f"nudge-{wish}", (wish,)) for wish in WISHES}
        self._beats = {name: words.get(f"nudge-{name}", (name,)) for name in _BEATS}
        self._first = words.get("nudge-first", ("first working day",))
        self._lexicon = Lexicon({day: words.get(day, ()) for day in WEEKDAYS})
        for phrases in (*self._wishes.values(), *self._beats.values(), self._first, sorted(self._noise)):
            for phrase in phrases:
                self._lexicon.learn(phrase)
        self._lexicon.know(WEEKDAYS)

    def wish(self, text: str) -> tuple[str, str]:
        """Return the wish that the words begin with, and the words after it."""
        plain = self._mended(text)
        begun = [
            (len(phrase), wish, phrase)
            for wish, phrases in self._wishes.items()
            for phrase in phrases
            if plain.startswith(f" {phrase} ")
        ]
        if not begun:
            return "", text
        _, wish, phrase = max(begun)
        return wish, " ".join(("", *text.split()[len(phrase.split()) :], ""))

    def take_beat(self, said: Schedule, text: str) -> tuple[Schedule, str]:
        """Return how often and on which day, and the words left."""
        text = self._mended(text)
        rhythm: Rhythm | None = None
        for _, name, phrase in sorted(
            ((len(phrase), name, phrase) for name, phrases in self._beats.items() for phrase in phrases), reverse=True
        ):
            if f" {phrase} " in text:
                text = text.replace(f" {phrase} ", " ")
                rhythm = rhythm or _BEATS[name]
        first = next((phrase for phrase in sorted(self._first, key=len, reverse=True) if f" {phrase} " in text), "")
        text = text.replace(f" {first} ", " ") if first else text
        days = [WEEKDAYS.index(word) for word in text.split() if word in WEEKDAYS]
        text = " ".join(("", *(word for word in text.split() if word not in WEEKDAYS), ""))
        day = days[0] if days else FIRST if first else None
        return said.changed(rhythm="month" if first and not rhythm else rhythm, day=day), text

    def left_of(self, text: str) -> Iterator[str]:
        """Yield the words that mean nothing here."""
        yield from (word for word in text.split() if word not in self._noise)

    def _mended(self, text: str) -> str:
        """Return words with slips mended and days in the singular, in blanks."""
        words = (_singular(word) for token in _WORD.findall(text) for word in self._lexicon.read(token) or [token])
        return " ".join(("", *words, ""))


def _singular(word: str) -> str:
    return word[:-1] if word[:-1] in WEEKDAYS else word


@lru_cache(maxsize=16)
def _known_of(guide: Guide) -> _Known:
    return _Known(guide)


def _take_facts(known: _Known, said: Schedule, text: str) -> tuple[Schedule, str]:
    match = _FACTS.search(text)
    if match is None:
        return said, text
    rest = f" {' '.join(match[1].replace('-', ' ').replace(',', ' ').split())} "
    found: list[str] = []
    for fact, moment in known.facts.items():
        name = fact.replace("-", " ")
        way = next((f" {way} " for way in (moment.lower(), f"{name}s", name) if f" {way} " in rest), "")
        if way:
            found.append(fact)
            rest = rest.replace(way, " ")
    if not found and " none " not in rest:
        return said, text
    return said.changed(facts=tuple(found)), f"{text[: match.start()]}{rest.replace(' none ', ' ')}"


def _take_holidays(_known: _Known, said: Schedule, text: str) -> tuple[Schedule, str]:
    match = _HOLIDAYS.search(text)
    if match is None:
        return said, text
    if text[match.end() :].strip() == "none":
        return said.changed(country=""), f"{text[: match.start()]} "
    country, rest = _longest(text[match.end() :], country_named)
    return (said.changed(country=country), f"{text[: match.start()]} {rest}") if country else (said, text)


def _take_zone(_known: _Known, said: Schedule, text: str) -> tuple[Schedule, str]:
    if match := _OFFSET.search(text):
        sign, hours, minutes = match.groups()
        if int(hours) <= 14 and int(minutes or 0) < 60:
            return said.changed(zone=f"{sign}{int(hours):02}:{minutes or '00'}"), _PLACED.sub(
                " ", _without(text, match)
            )
    if (match := _NAMED_ZONE.search(text)) and (zone := zone_named(match[0])):
        return said.changed(zone=zone), _PLACED.sub(" ", _without(text, match))
    for match in _PLACED.finditer(text):
        zone, rest = _longest(text[match.end() :], zone_named)
        if zone:
            return said.changed(zone=zone), f"{text[: match.start()]} {rest}"
    return said, text


def _take_time(_known: _Known, said: Schedule, text: str) -> tuple[Schedule, str]:
    for pattern in _TIMES:
        for match in pattern.finditer(text):
            hours, minutes, half = int(match[1]), int(match[2] or 0), match[3]
            if half and 1 <= hours <= 12:
                hours = hours % 12 + (12 if half == "pm" else 0)
            if hours < 24 and minutes < 60:
                return said.changed(minute=hours * 60 + minutes), _without(text, match)
    for word in ("noon", "midday"):
        if f" {word} " in text:
            return said.changed(minute=12 * 60), text.replace(f" {word} ", " ")
    return said, text


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"


def _longest(text: str, named: Callable[[str], str]) -> tuple[str, str]:
    """Return what the first words name, the more of them the better, and the words after those."""
    words: Sequence[str] = text.split()
    for count in range(min(_LONGEST_NAME, len(words)), 0, -1):
        if found := named(" ".join(words[:count]).strip(".,;")):
            return found, f"{' '.join(words[count:])} "
    return "", text
