"""Which option a person means by the words on it: exactly, in part, or with slips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.numbering import Picked, Reading, Torn
from bot.small_words import Places

_LIKE_AT = 75
"""Of 100, how like an option's words the typed ones must be."""
_CLOSE = 8
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
    exact = exact or [
        place for place, ways in enumerate(row.ways) if bare and any(_bare(w, places) == bare for w in ways)
    ]
    if exact:
        return Picked((exact[0],)) if len(exact) == 1 else Torn(tuple(exact[:2]))
    held = _held(said, row)
    if not held:
        return _likest(bare, row, places)
    if any(word in places.denying for word in said):
        return None
    if len(held) == 1 or len(held) <= row.most:
        return Picked(tuple(sorted(held)), sure=False)
    likest = _likest(bare, row, places)
    return likest if isinstance(likest, Picked) else Torn(tuple(held[:2]), sure=False)


def _bare(words: tuple[str, ...], places: Places) -> tuple[str, ...]:
    return tuple(word for word in words if word not in places.filler)


def _held(said: tuple[str, ...], row: Row) -> list[int]:
    """Return the places of the options whose words stand unbroken in what was said; of one choice, the longest."""
    text = f" {' '.join(said)} "
    lengths = [max((len(way) for way in ways if way and f" {' '.join(way)} " in text), default=0) for ways in row.ways]
    longest = max(lengths, default=0)
    return [place for place, length in enumerate(lengths) if length and (row.most > 1 or length == longest)]


def _likest(bare: tuple[str, ...], row: Row, places: Places) -> Reading:
    """Return the option most like the words, by words shared and by spelling; doubt where two are as like."""
    if not bare:
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
    """Return from 0 to 100 how like an option's words are; one that says "not" is unlike one that does not."""
    if not way or denying.isdisjoint(said) != denying.isdisjoint(way):
        return 0.0
    text = " ".join(said)
    shared = 100.0 * len(set(said) & set(way)) / len(set(said))
    return max(shared, fuzz.ratio(text, " ".join(way)) if len(text) > 3 else 0.0)


def by_ladder(words: Sequence[str], count: int, places: Places) -> Reading:
    """Return the rung of a frequency or agreement scale that the words name, on a row of as many options."""
    if count != len(places.ladder):
        return None
    said = {" ".join(words), " ".join(_bare(tuple(words), places))}
    rung = next((place for place, ways in enumerate(places.ladder) if not ways.isdisjoint(said)), None)
    return None if rung is None else Picked((rung,))
