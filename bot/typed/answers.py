"""Which option a person means by the words on it: exactly, in part, or with slips."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.typed.numbering import Picked, Reading, Torn, excepted
from bot.typed.small_words import Places

_LIKE_AT = 75
"""Of 100, how like an option's words the typed ones must be."""
_CLOSE = 8
_LONG = 4
"""In more words than these, a single word of an option's says too little."""
_NEAR_BEFORE = 6
_NEAR_AFTER = 5
"""Within how many words before and after an option's words a "not" is about them."""
_EXCEPTING = (
    "anything but",
    "everything but",
    "all but",
    "anything except",
    "other than",
    "rather than",
    "except",
    "instead of",
)
_COUNTS = {"half an": 0.5, "half a": 0.5, "a": 1.0, "an": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0}
_COUNTS |= {"five": 5.0, "six": 6.0, "seven": 7.0, "eight": 8.0, "nine": 9.0, "ten": 10.0}
_AMOUNT = re.compile(rf"\b({'|'.join(_COUNTS)}|\d{{1,3}})( and (?:a|one) half)? (minute|hour)s?\b")
_HOURS = re.compile(r"\b(\d{1,3}) ?(?:h|hr|hrs)\b")
_REFUSED = re.compile(rf"\bnot (?:{'|'.join(_COUNTS)}|\d{{1,3}}) (?:minute|hour)s?\b")
_OR_MORE = re.compile(rf"\b(an|one) (minute|hour) or ({'|'.join(_COUNTS)}|\d{{1,3}})\b")
_POINTING = frozenset(("you", "i", "we", "they", "me", "us", "them", "it", "there", "here"))
"""Words that say too little to be like an option by themselves: "are you still there"."""
_RHYTHMS = (
    (2, re.compile(r"\b(?:(?:every|each) (?:other|two|second|2) weeks?|(?:a|per|every|each) fortnight|fortnightly)\b")),
    (2, re.compile(r"\b(?:twice|two times) (?:a|per|every|each) month\b")),
    (4, re.compile(r"\b(?:(?:a|per|every|each|most) weeks?|weekly)\b")),
)
"""How many times a month something is that is said of a week; amounts on options count by the month."""
_REFUSALS = ("no", "nope", "nah")
_VERBS = ("is", "are", "was", "can", "could", "has", "does", "would", "will", "ever")
_WHOLE = 100.0
"""Every word that was said stands on the option."""


@dataclass(frozen=True, slots=True)
class Row:
    """The options on the table as words: for each one, the ways to say it; and how many may be picked."""

    ways: tuple[tuple[tuple[str, ...], ...], ...]
    most: int = 1


def by_words(words: Sequence[str], row: Row, places: Places) -> Reading:
    """Return the options whose own words are said: exactly, then in part, then with slips; None where none is."""
    said = tuple(words)
    bare = _bare(said, places)
    exact = [place for place, ways in enumerate(row.ways) if said in ways]
    exact = exact or [place for place, ways in enumerate(row.ways) if any(_same(said, way, places) for way in ways)]
    if exact:
        return Picked((exact[0],)) if len(exact) == 1 else Torn(tuple(exact[:2]))
    if {"yes", "no"} <= set(said) and len(bare) <= _LONG:
        return Torn(tuple(place for place, ways in enumerate(row.ways) if {("yes",), ("no",)} & set(ways)), beyond=True)
    held = _held(said, row, places)
    if not held:
        return None if _excepts(said) else _likest(bare, row, places)
    others = _all_but(said, held, row, places)
    if others is not None:
        return others
    if _excepts(said) or _denied(said, [_longest(said, row.ways[place], places) for place in held], places):
        refusing = [place for place, ways in enumerate(row.ways) if ("no",) in ways]
        if said[0] in _REFUSALS and len(refusing) == 1:
            return Picked((refusing[0],), sure=False)
        return Torn((), sure=False, beyond=True)
    if row.most == 1 and len(bare) > _LONG and _says_little(said, [row.ways[place] for place in held], places):
        return None
    if len(held) == 1 or len(held) <= row.most:
        return Picked(tuple(sorted(held)), sure=False)
    likest = _likest(bare, row, places)
    return likest if isinstance(likest, Picked) else Torn(tuple(held[:2]), sure=False)


def _bare(words: tuple[str, ...], places: Places) -> tuple[str, ...]:
    return tuple(word for word in words if word not in places.filler or word in places.denying)


def _same(said: tuple[str, ...], way: tuple[str, ...], places: Places) -> bool:
    """Tell whether two rows of words differ in filler only; "the PMO" and "no PMO" differ in more."""
    plain = [word for word in said if word not in places.filler]
    alike = places.denying.isdisjoint(said) == places.denying.isdisjoint(way)
    return bool(plain) and alike and plain == [word for word in way if word not in places.filler]


def _held(said: tuple[str, ...], row: Row, places: Places) -> list[int]:
    """Return the places of the options whose words stand unbroken in what was said; of one choice, the longest."""
    lengths = [len(_longest(said, ways, places)) for ways in row.ways]
    longest = max(lengths, default=0)
    return [place for place, length in enumerate(lengths) if length and (row.most > 1 or length == longest)]


def _says_little(said: tuple[str, ...], held: Sequence[Iterable[tuple[str, ...]]], places: Places) -> bool:
    """Tell whether a long sentence holds but one word of an option; two of one option's alone say enough."""
    if any(len(_longest(said, ways, places)) > 1 for ways in held):
        return False
    return len(held) > 1 or len({way for way in held[0] if len(way) == 1 and way[0] in _bare(said, places)}) < 2


def _longest(said: tuple[str, ...], ways: Iterable[tuple[str, ...]], places: Places) -> tuple[str, ...]:
    """Return the longest way that stands in what was said; one small word ("more") is none beside others."""
    text = f" {' '.join(said)} "
    rest = _bare(said, places)
    found = [
        way
        for way in ways
        if way and f" {' '.join(way)} " in text and (len(way) > 1 or not rest or way[0] in rest)
        if not (way[0] == "no" and (_goes_on(text, way) or _is_within(said, way)))
    ]
    return max(found, key=len, default=())


def _goes_on(text: str, way: tuple[str, ...]) -> bool:
    """Tell whether a verb follows: "no PMO is ever useful" says something else than "no PMO"."""
    return any(f" {' '.join(way)} {verb} " in text for verb in _VERBS)


def _is_within(said: tuple[str, ...], way: tuple[str, ...]) -> bool:
    """Tell whether a bare "no" stands within a longer sentence: "have no time", "my boss might say no"."""
    quoted = said[-1] == "no" and said[-2:-1] in (("say",), ("says",), ("said",))
    return way == ("no",) and len(said) > _LONG and (quoted or "no" not in (*said[:2], said[-1]))


def _denied(said: tuple[str, ...], ways: Sequence[tuple[str, ...]], places: Places) -> bool:
    """Tell whether a "not" stands beside words of options that hold none; "no, none" denies nothing.

    One far from them denies something else: "I am a contractor, and with their office I am not in touch".
    """
    nots = [at for at, word in enumerate(said) if word in places.denying]
    return any(_beside(_place_of(way, said), len(way), nots) for way in ways if places.denying.isdisjoint(way))


def _place_of(way: tuple[str, ...], said: tuple[str, ...]) -> int:
    return next((at for at in range(len(said)) if said[at : at + len(way)] == way), 0)


def _beside(at: int, size: int, nots: Sequence[int]) -> bool:
    return any(at - _NEAR_BEFORE <= denies < at + size + _NEAR_AFTER for denies in nots)


def _all_but(said: tuple[str, ...], held: Sequence[int], row: Row, places: Places) -> Picked | None:
    """Return all options but those named after "all except", where several may be picked; else None."""
    others = tuple(place for place in range(len(row.ways)) if place not in held)
    every = excepted(said, places) is not None
    return Picked(others, sure=False) if every and 1 < len(others) <= row.most else None


def _excepts(said: tuple[str, ...]) -> bool:
    text = f" {' '.join(said)} "
    return any(f" {words} " in text for words in _EXCEPTING)


def by_amount(words: Sequence[str], row: Row, after: int = 0) -> Reading:
    """Return the option whose minutes or hours are meant, or the two nearest; None where no amount is named.

    What is said from the place `after` on counts most, and a bare number there means the unit named before:
    "two hours, but it is four".
    """
    words = _HOURS.sub(r"\1 hour", " ".join(words)).split()
    said = _amounts(_with_unit(words, after)[after:]) or _amounts(words)
    times = next((times for times, pattern in _RHYTHMS if pattern.search(" ".join(words))), 1)
    said = [times * span for span in said]
    offered = {place: found[0] for place, ways in enumerate(row.ways) if (found := _amounts(ways[0] if ways else ()))}
    if len(said) == 2 and {*said} <= {*offered.values()}:
        return Torn(tuple(place for place, span in offered.items() if span in said))
    if len(said) != 1 or len(offered) < 2:
        return None
    nearest = sorted(offered, key=lambda place: abs(offered[place] - said[0]))[:2]
    most = max(offered, key=lambda place: offered[place])
    beyond = said[0] > offered[most] and any("more" in way for way in row.ways[most])
    if offered[nearest[0]] == said[0] or beyond:
        return Picked((most if beyond else nearest[0],))
    return Torn(tuple(sorted(nearest)))


def _with_unit(words: Sequence[str], after: int) -> list[str]:
    """Return the words, with the unit named before the place `after` said again at their end."""
    unit = next((word for word in words[:after] if word in ("minute", "minutes", "hour", "hours")), "")
    return [*words, unit] if unit else list(words)


def _amounts(words: Sequence[str]) -> list[float]:
    """Return the spans named in the words, in minutes: two for "an hour or two", none for "not four hours"."""
    text = _OR_MORE.sub(r"\1 \2 or \3 \2", " ".join(words))
    found = _AMOUNT.findall(_REFUSED.sub(" ", text))
    return [
        (_COUNTS.get(count) or float(count)) * (60 if unit == "hour" else 1) + (30 if half and unit == "hour" else 0)
        for count, half, unit in found
    ]


def _likest(bare: tuple[str, ...], row: Row, places: Places) -> Reading:
    """Return the option most like the words, by words shared and by spelling; doubt where two are as like."""
    if _POINTING.issuperset(bare):
        return None
    likeness = [
        max((_likeness(bare, _bare(way, places), places.denying) for way in ways), default=0.0) for ways in row.ways
    ]
    best = max(likeness, default=0.0)
    if best < _LIKE_AT:
        return None
    close = [place for place, like in enumerate(likeness) if like >= best - _CLOSE]
    whole = best >= _WHOLE and len(set(bare)) > 1
    return Picked((close[0],), sure=whole) if len(close) == 1 else Torn(tuple(close[:2]), sure=False)


def _likeness(said: tuple[str, ...], way: tuple[str, ...], denying: frozenset[str]) -> float:
    """Return from 0 to 100 how like an option's words are; one that says "not" is unlike one that does not.

    A single word is no slip for one with another first letter: "boring" is no "morning".
    """
    if not way or denying.isdisjoint(said) != denying.isdisjoint(way):
        return 0.0
    text, words = " ".join(said), " ".join(way)
    shared = 100.0 * len(set(said) & set(way)) / len(set(said))
    slips = len(text) > 3 and (len(said) > 1 or text[0] == words[0])
    return max(shared, fuzz.ratio(text, words) if slips else 0.0)


def by_ladder(words: Sequence[str], count: int, places: Places) -> Reading:
    """Return the rung of a frequency or agreement scale that the words name, on a row of as many options."""
    if count != len(places.ladder):
        return None
    said = {" ".join(words), " ".join(_bare(tuple(words), places))}
    rung = next((place for place, ways in enumerate(places.ladder) if not ways.isdisjoint(said)), None)
    return None if rung is None else Picked((rung,))
