"""Which option a person means: by number, letter, place in the row, or the words on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

_CARDINALS = {
    word: place
    for place, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1)
}
_LARGE = dict.fromkeys(
    ["eleven", "twelve", "thirteen", "fifteen", "twenty", "thirty", "fifty", "hundred", "thousand", "dozen"],
    99,
)
_ORDINALS = {
    word: place
    for place, word in enumerate(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"], 1
    )
}
_HALVES = ("half", "halves")
_NAMING = frozenset(
    [
        "number",
        "option",
        "answer",
        "choice",
        "letter",
        "no",
        "nr",
        "num",
        "point",
        "item",
        "line",
        "button",
        "level",
        "point",
        "pick",
    ]
)
_TAKEN_BACK = frozenset(["no", "actually", "sorry", "rather", "wait", "correction", "instead", "mean"])
_LINKING = frozenset(
    [
        "because",
        "since",
        "as",
        "but",
        "though",
        "if",
        "when",
        "and",
        "so",
        "out",
        "or",
        "then",
        "than",
        "that",
        "which",
        "in",
        "on",
        "it",
        "i",
        "my",
        "we",
        "at",
    ]
)
_FROM_END = frozenset(["last", "end", "bottom", "back"])
_COUNTED = frozenset(
    [
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
        "minute",
        "minutes",
        "hour",
        "hours",
        "tip",
        "tips",
        "question",
        "questions",
        "person",
        "people",
        "project",
        "projects",
        "time",
        "times",
        "thing",
        "things",
        "step",
        "steps",
        "more",
        "other",
        "another",
        "moment",
        "second",
        "seconds",
    ]
)


@dataclass(frozen=True, slots=True)
class Picked:
    """Places in the row of options, from 0, in the order of the row."""

    places: tuple[int, ...]
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Torn:
    """The words fit several options, or one that is not there: the places nearest to what was said."""

    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """The options on the table as words: for each one, the ways to say it."""

    ways: tuple[tuple[tuple[str, ...], ...], ...]
    most: int = 1


@dataclass(slots=True)
class Places:
    """Small words that name a place in a row, as the author collected them."""

    filler: frozenset[str] = frozenset()
    lowest: frozenset[str] = frozenset()
    middle: frozenset[str] = frozenset()
    highest: frozenset[str] = frozenset()
    every: frozenset[str] = frozenset()
    none: frozenset[str] = frozenset()
    ladder: tuple[frozenset[str], ...] = ()
    _bare: Mapping[str, str] = field(default_factory=dict)


Reading = Picked | Torn | None


@dataclass(slots=True)
class _Counted:
    """Numbers found in a sentence: twice the value (so that halves are whole), and what is left over."""

    doubled: list[int] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    counts_things: bool = False
    torn: bool = False


def by_place(words: Sequence[str], count: int, most: int, places: Places) -> Reading:
    """Return the options named by number, letter or place in a row of `count`; None where none is named."""
    if not words or not count:
        return None
    text = " ".join(words)
    whole = _whole(text, words, count, most, places)
    if whole is not None:
        return whole
    found = _count(words, count, most, places)
    if not found.doubled or found.counts_things:
        return None
    sure = not [word for word in found.rest if word not in places.filler and word != "but"]
    return _placed(found, count, most, sure=sure)


def _whole(text: str, words: Sequence[str], count: int, most: int, places: Places) -> Reading:
    bare = " ".join(word for word in words if word not in places.filler) or text
    for said in (text, bare):
        if most > 1 and said in places.every:
            return Picked(tuple(range(count))) if count <= most else Torn(tuple(range(most)))
        if most > 1 and said in places.none:
            return Picked(())
    if most == 1 and (text in places.every or text in places.none):
        return Torn((0, count - 1))
    for said in (text, bare, bare.replace("the ", "")):
        if said in places.lowest:
            return Picked((0,))
        if said in places.highest:
            return Picked((count - 1,))
        if said in places.middle:
            return Picked((count // 2,)) if count % 2 else Torn((count // 2 - 1, count // 2))
    return _run(words, count, most)


def _run(words: Sequence[str], count: int, most: int) -> Reading:
    """Read "the first two" and "the last three"."""
    if most == 1:
        return None
    for edge, number in zip(words, words[1:], strict=False):
        size = _CARDINALS.get(number) or (int(number) if number.isdecimal() and len(number) < 3 else 0)
        if edge in ("first", "top") and 1 < size <= count:
            return Picked(tuple(range(size)))
        if edge in ("last", "bottom", "final") and 1 < size <= count:
            return Picked(tuple(range(count - size, count)))
    return None


def _count(words: Sequence[str], count: int, most: int, places: Places) -> _Counted:
    found = _Counted()
    at = 0
    while at < len(words):
        used = _from_end(words, at, count, found) or _number(words, at, count, most, found, places)
        if not used:
            _other(words, at, found)
        at += used or 1
    return found


def _from_end(words: Sequence[str], at: int, count: int, found: _Counted) -> int:
    """Read "last", "second to last", "last but one", "one before the last"; return the words used."""
    here = words[at : at + 4]
    if here[0] in ("penultimate", "penult"):
        found.doubled.append(2 * (count - 1))
        return 1
    if here[0] in ("last", "final", "latter") and here[1:3] == ["but", "one"]:
        found.doubled.append(2 * (count - 1))
        return 3
    tail = [word for word in words[at + 1 : at + 5] if word not in ("the", "one", "option")]
    if here[0] in ("one", "next", "second", "2nd", "third", "3rd", "1", "before", "best", "highest") and tail[:1]:
        back = 2 if here[0] in ("third", "3rd") else 1
        if tail[0] in ("before", "to", "from") and tail[1:2] and tail[1] in (*_FROM_END, "final", "top", "bottom"):
            found.doubled.append(2 * (1 + back if tail[1] == "bottom" and tail[0] == "from" else count - back))
            return len(words[at + 1 : at + 5]) + 1 - max(len(tail) - 2, 0)
        if here[0] in ("second", "2nd", "third", "3rd") and tail[0] in ("highest", "best", "lowest", "worst"):
            found.doubled.append(2 * (count - back if tail[0] in ("highest", "best") else 1 + back))
            return 2
    if here[0] in ("last", "final") and not (here[1:2] and here[1] in ("time", "week", "month", "year", "question")):
        found.doubled.append(2 * count)
        return 2 if here[1:2] and here[1] == "one" else 1
    return 0


def _number(words: Sequence[str], at: int, count: int, most: int, found: _Counted, places: Places) -> int:
    word = words[at]
    ahead = words[at + 1] if at + 1 < len(words) else ""
    value = _value(word, words, at, count, places)
    if value is None:
        return _odd_figures(word, count, most, found)
    if ahead in ("out", "of") and at + 2 < len(words):
        total = words[at + 3] if ahead == "out" and at + 3 < len(words) else words[at + 2]
        if _plain(total) == count:
            found.doubled.append(2 * value)
            return 4 if ahead == "out" else 3
    if word not in _ORDINALS and ahead in _COUNTED:
        found.counts_things = True
        return 1
    if at and words[at - 1] in ("not", "minus"):
        found.rest = [left for left in found.rest if left != "not"]
        return 1
    if words[at + 1 : at + 4] in (["and", "a", "half"], ["and", "one", "half"]):
        found.doubled.append(2 * value + 1)
        return 4
    found.doubled.append(2 * value)
    return 2 if word in _ORDINALS and ahead == "one" else 1


def _plain(word: str) -> int | None:
    if word.isdecimal():
        return int(word) if len(word) < 4 else 999
    return _CARDINALS.get(word, _LARGE.get(word))


def _value(word: str, words: Sequence[str], at: int, count: int, places: Places) -> int | None:
    if word == "one":
        return _one(words, at)
    plain = _plain(word)
    if plain is not None:
        return plain
    if word in _ORDINALS:
        return _ORDINALS[word]
    if word[0].isdecimal() and word[:-2].isdecimal() and word[-2:] in ("st", "nd", "rd", "th"):
        return int(word[:-2]) if len(word) < 6 else 999
    if len(word) == 2 and word[0] in "abcdefgh" and word[1].isdecimal():
        return None
    return _letter(word, words, at, count, places)


def _one(words: Sequence[str], at: int) -> int | None:
    """Tell "one" the number from "one" the pronoun ("the second one", "this one")."""
    if at and words[at - 1] in ("number", "option", "answer", "level", "choice", "just", "only"):
        return 1
    pronoun = at and words[at - 1] in (
        *(
            "this",
            "that",
            "which",
            "previous",
            "next",
            "other",
            "another",
            "good",
            "last",
            "each",
            "every",
            "any",
        ),
        *(
            "middle",
            "lowest",
            "highest",
            "top",
            "bottom",
            "right",
            "same",
            "wrong",
            "no",
            "quick",
            "some",
            "the",
        ),
    )
    numbers = [word for word in words if word != "one" and (word in _ORDINALS or _plain(word) is not None)]
    follows = words[at + 1] if at + 1 < len(words) else ""
    listed = follows in ("and", "or") or (at and words[at - 1] in ("and", "or", "between"))
    return None if pronoun or (numbers and not listed) else 1


def _letter(word: str, words: Sequence[str], at: int, count: int, places: Places) -> int | None:
    if len(word) != 1 or not "a" <= word <= "z":
        return None
    named = bool(at) and words[at - 1] in _NAMING
    alone = all(other == word or other in places.filler or len(other) == 1 for other in words)
    place = ord(word) - ord("a") + 1
    if place > count and not (named and word not in "is"):
        return None
    if word in "ai" and not named and len(words) > 1:
        last = at == len(words) - 1
        return place if word == "a" and alone and last else None
    return place if named or alone or (at == len(words) - 1 and place <= count) else None


def _odd_figures(word: str, count: int, most: int, found: _Counted) -> int:
    """Read "3/5" (three of five), "2-3" and "3.5"."""
    for sign in "/-.:":
        first, found_sign, second = word.partition(sign)
        if not (found_sign and first.isdecimal() and second.isdecimal() and len(word) < 6):
            continue
        one, two = int(first), int(second)
        if sign == "/" and two == count:
            found.doubled.append(2 * one)
        elif sign == "." and len(second) == 1:
            found.doubled.append(2 * one + (1 if two else 0))
        elif sign == "-" and most > 1 and one < two:
            found.doubled += [2 * number for number in range(one, min(two, count + 1) + 1)]
        else:
            found.doubled += [2 * one, 2 * two]
        return 1
    return 0


def _other(words: Sequence[str], at: int, found: _Counted) -> None:
    word = words[at]
    if word in _TAKEN_BACK and found.doubled and any(_looks_placed(later) for later in words[at + 1 :]):
        found.doubled.clear()
    elif word in _HALVES and found.doubled:
        found.torn = True
    else:
        found.rest.append(word)
        if word in ("or", "between", "either"):
            found.torn = True


def _looks_placed(word: str) -> bool:
    return word in _ORDINALS or _plain(word) is not None or word in ("last", "middle") or len(word) == 1


def _placed(found: _Counted, count: int, most: int, *, sure: bool) -> Reading:
    values = list(dict.fromkeys(found.doubled))
    near = [min(max((value + up) // 2, 1), count) - 1 for value in values for up in (0, 1)]
    near = list(dict.fromkeys(near))
    outside = [value for value in values if value % 2 or not 2 <= value <= 2 * count]
    if outside:
        beyond = near if len(near) > 1 else [near[0], near[0] - 1 if near[0] else min(1, count - 1)]
        return Torn(tuple(dict.fromkeys(beyond[:2])))
    if len(values) == 1:
        return Picked((values[0] // 2 - 1,), sure=sure)
    if found.torn or len(values) > most:
        return Torn(tuple(value // 2 - 1 for value in values[: max(most, 2)]))
    return Picked(tuple(sorted(value // 2 - 1 for value in values)), sure=sure)


def by_words(words: Sequence[str], row: Row, places: Places) -> Reading:
    """Return the options whose own words are said, exactly, in part, or with slips; None where none is."""
    said = tuple(words)
    bare = _bare(said, places)
    exact = [at for at, ways in enumerate(row.ways) if said in ways or (bare and bare in ways)]
    exact = exact or [at for at, ways in enumerate(row.ways) if any(_bare(way, places) == bare for way in ways if bare)]
    if exact:
        return Picked((exact[0],)) if len(exact) == 1 else Torn(tuple(exact[:2]))
    held = _held(said, row)
    if held and not _denied(said, held):
        at = tuple(dict.fromkeys(place for place, _ in held))
        if len(at) == 1 or (row.most > 1 and len(at) <= row.most):
            return Picked(tuple(sorted(at)), sure=False)
        return Torn(at[:2])
    return _likest(bare, row, places)


def _bare(words: tuple[str, ...], places: Places) -> tuple[str, ...]:
    return tuple(word for word in words if word not in places.filler)


def _held(said: tuple[str, ...], row: Row) -> list[tuple[int, int]]:
    """Return (place, length) of the options whose words stand in a row inside what was said."""
    found = []
    text = f" {' '.join(said)} "
    for place, ways in enumerate(row.ways):
        long = max((len(way) for way in ways if way and f" {' '.join(way)} " in text), default=0)
        if long:
            found.append((place, long))
    longest = max((long for _, long in found), default=0)
    return [(place, long) for place, long in found if row.most > 1 or long == longest]


def _denied(said: tuple[str, ...], held: list[tuple[int, int]]) -> bool:
    return any(word in ("not", "never") for word in said) and len(held) == 1 and len(said) > held[0][1]


def _likest(bare: tuple[str, ...], row: Row, places: Places) -> Reading:
    if not bare:
        return None
    scored = []
    text = " ".join(bare)
    for place, ways in enumerate(row.ways):
        best = 0.0
        for way in ways:
            content = _bare(way, places)
            if not content:
                continue
            shared = len(set(bare) & set(content))
            best = max(
                best,
                100.0 * shared / len(set(bare)) if shared and shared >= len(set(bare)) / 2 else 0.0,
                fuzz.ratio(text, " ".join(content)) if len(text) > 3 else 0.0,
            )
        scored.append((best, place))
    scored.sort(key=lambda pair: (-pair[0], pair[1]))
    if scored[0][0] < 75:
        return None
    close = [place for score, place in scored if score >= scored[0][0] - 8]
    return Picked((close[0],), sure=False) if len(close) == 1 else Torn(tuple(close[:2]))


def by_ladder(words: Sequence[str], count: int, places: Places) -> Reading:
    """Return the rung of a frequency or agreement scale that the words name, on a row of five."""
    if count != len(places.ladder):
        return None
    for said in (" ".join(words), " ".join(_bare(tuple(words), places))):
        rungs = [place for place, ways in enumerate(places.ladder) if said in ways]
        if rungs:
            return Picked((rungs[0],))
    return None
