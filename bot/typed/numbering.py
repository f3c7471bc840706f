"""Which place in a row of options a person means: "2", "option b", "the last but one", "not 2 but 3"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

from bot.typed.small_words import Places

CARDINALS = "one two three four five six seven eight nine ten".split()  # noqa: SIM905 - reads better in a row
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()  # noqa: SIM905 - as above
_VALUES = {word: place for row in (CARDINALS, ORDINALS) for place, word in enumerate(row, 1)}
_BEYOND = "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty fifty hundred"
_VALUES |= dict.fromkeys((*_BEYOND.split(), "zero"), 99)
_FAR_OUT = 999
ORDINAL = rf"(?:{'|'.join(ORDINALS)}|\d{{1,3}}(?:st|nd|rd|th))"
_NUMBER = rf"(?:{'|'.join(CARDINALS)}|\d{{1,3}})"
_NAMED = r"(?:number|option|answer|choice|letter|nr|num|point|item|line|button|level)"
_END = r"(?:last|end|final|top|highest)(?: one)?"
_COUNTED = re.compile(
    rf"\b{_NUMBER} (?:more )?(?:days?|weeks?|months?|years?|yrs?|minutes?|hours?|hrs?|seconds?|moments?|times?|tips?|"
    r"questions?|persons?|people|projects?|things?|steps?|more(?! like)|other|another)\b"
    rf"|\b(?:minute|hour|day|week|month|year|time)s? or {_NUMBER}\b"
)
_TAKEN_BACK = re.compile(r"^.*#.*\b(?:no|actually|sorry|rather|wait|correction|instead|i mean)\b(?=.*#)")
_OTHERS_VIEW = re.compile(
    r"\b(?:(?:even )?though |although |but |while |and |whereas )?"
    r"(?:(?:my|our|the|his|her|some|most) (?!answer|own)\w+(?: \w+)?|others|some|they|he|she|people|everyone) "
    r"(?:would |might |may |will |could |always |probably |only )*"
    r"(?:says?|said|thinks?|thought|gives?|gave|rates?|rated|puts?|reckons?|claims?|calls?|called|scores?|scored|marks?)"
    rf"(?: (?!{_NUMBER}\b)\w+){{0,3}} {_NUMBER}\b"
)
"""What somebody else would say: "though my manager would say 4" is no answer of a person's own."""
_BUT = ("but", "except", "excluding", "without", "apart", "besides")
"""After one of these, what is left out of "all" is named."""
_JOINS = frozenset(("one", "or", "and", "between", "either"))
_TORN = frozenset(("or", "between", "either", "half"))
_MARK = re.compile(r"#(\d+)")


@dataclass(frozen=True, slots=True)
class Picked:
    """Places in the row of options, from 0, in the order of the row. `sure`: nothing else was said."""

    places: tuple[int, ...]
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Torn:
    """The words fit several options, or one that is not there: the places nearest to what was said.

    `beyond`: what was said is no place in the row at all ("7" of five).
    """

    places: tuple[int, ...]
    sure: bool = True
    beyond: bool = field(default=False, compare=False)


Reading = Picked | Torn | None


def by_place(words: Sequence[str], count: int, most: int, places: Places) -> Reading:
    """Return the options named by number, letter or place in a row.

    Args:
        words: The words as the lexicon reads them.
        count: How many options there are.
        most: How many may be picked.
        places: The words for lowest, highest and so on, and those that may stand beside a number.

    Returns:
        The places picked, the places in doubt, or None where no place is named.
    """
    if not words or not count:
        return None
    edge = _edge(words, count, most, places)
    if edge is not None:
        return edge
    left_out = excepted(words, places)
    if left_out is not None:
        return _all_but(by_place(left_out, count, count, places), count, most)
    text = _own_view(" ".join(words))
    if _COUNTED.search(text):
        return None
    return _weigh(_marked(text, words, count, most, places), count, most, places)


def excepted(words: Sequence[str], places: Places) -> Sequence[str] | None:
    """Return the words after "all but", "everything except" and the like; None where nothing is left out so."""
    at = next((at for at, word in enumerate(words) if word in _BUT), 0)
    plain = [word for word in words[:at] if word not in places.filler]
    every = not places.every.isdisjoint({" ".join(words[:at]), " ".join(plain), " ".join(plain[:1])})
    return words[at + 1 :] if every else None


def _all_but(left_out: Reading, count: int, most: int) -> Reading:
    if not isinstance(left_out, Picked):
        return None
    others = tuple(place for place in range(count) if place not in left_out.places)
    return Picked(others, left_out.sure) if others and most > 1 else Torn(others[:2])


def _own_view(text: str) -> str:
    """Return the text without what somebody else would say, where a number is left."""
    own = _OTHERS_VIEW.sub(" ", text)
    return own if re.search(rf"\b{_NUMBER}\b", own) else text


def _edge(words: Sequence[str], count: int, most: int, places: Places) -> Reading:
    """Read "all", "none", "the lowest", "in the middle", "the first two"."""
    text = " ".join(words)
    said = (text, " ".join(word for word in words if word not in places.filler) or text)
    if not places.every.isdisjoint(said) or not places.none.isdisjoint(said):
        if most == 1:
            return Torn((0, count - 1), beyond=True)
        wanted = () if not places.none.isdisjoint(said) else tuple(range(count))
        return Picked(wanted)
    if not places.lowest.isdisjoint(said):
        return Picked((0,))
    if not places.highest.isdisjoint(said):
        return Picked((count - 1,))
    if not places.middle.isdisjoint(said):
        return Picked((count // 2,)) if count % 2 else Torn((count // 2 - 1, count // 2))
    return _run(text, count) if most > 1 else None


def _run(text: str, count: int) -> Reading:
    found = re.search(rf"\b(first|top|last|bottom|final) ({_NUMBER})\b", text)
    size = value_of(found[2]) if found else 0
    if not found or not 1 < size <= count:
        return None
    return Picked(tuple(range(size) if found[1] in ("first", "top") else range(count - size, count)))


def value_of(word: str) -> int:
    """Return the number that a word or figures stand for; far more than any row has where they stand for too much."""
    if word in _VALUES:
        return _VALUES[word]
    figures = word.rstrip("stndrh")
    return int(figures) if len(figures) <= 3 else _FAR_OUT


def _mark(value: float) -> str:
    """Return the sign for a place: twice its number, so that halves are whole."""
    return f" #{round(2 * value)} "


@cache
def _phrases(count: int) -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...]:
    """Return the ways to name a place in a row of `count`, most specific first."""
    spelled = CARDINALS[min(count, len(CARDINALS)) - 1]
    rows: list[tuple[str, Callable[[re.Match[str]], str]]] = [
        (
            rf"\b({_NUMBER}) (?:out )?of (?:the )?(?:{count}|{spelled})\b|\b(\d+)/{count}\b",
            lambda m: _mark(value_of(m[1] or m[2])),
        ),
        (r"\b(?:last|final) but one\b|\bpenultimate\b", lambda _: _mark(count - 1)),
        (rf"\b({ORDINAL}) from (?:the )?top\b", lambda m: _mark(value_of(m[1]))),
        (r"\b(?:third|3rd) (?:to|from) (?:the )?(?:last|end|top)\b", lambda _: _mark(count - 2)),
        (r"\b(?:second|2nd) (?:from (?:the )?)?(?:lowest|bottom|worst|start)\b", lambda _: _mark(2)),
        (r"\b(?:second|2nd) (?:highest|best|strongest|biggest)\b", lambda _: _mark(count - 1)),
        (
            rf"\b(?:(?:one|second|2nd|next|1)(?: one)? (?:before|to|from)|before) (?:the )?{_END}\b",
            lambda _: _mark(count - 1),
        ),
        (r"\b(?:last|final)(?: one)?\b(?! (?:time|week|month|year|question|answer))", lambda _: _mark(count)),
        (rf"\b({_NUMBER}) and (?:a|one) half\b", lambda m: _mark(value_of(m[1]) + 0.5)),
        (rf"\bminus {_NUMBER}\b", lambda _: _mark(_FAR_OUT)),
        (rf"\b(?:less|fewer|lower|worse) than (?:a )?({_NUMBER})\b", lambda m: _mark(value_of(m[1]) - 0.5)),
        (rf"\b(?:more|higher|better) than (?:a )?({_NUMBER})\b", lambda m: _mark(value_of(m[1]) + 0.5)),
        (rf"\b(?:one|1|just|right) (?:below|under) (?:the )?{_END}\b", lambda _: _mark(count - 1)),
        (rf"\bnot (?:the |a |an )?(?:{_NUMBER}|{ORDINAL})\b(?: but)?", lambda _: " "),
        (rf"\b({ORDINAL})(?: one)?\b", lambda m: _mark(value_of(m[1]))),
        (rf"\b{_NAMED} ([a-h])\b", lambda m: _mark(ord(m[1]) - 96)),
        (rf"\b{_NAMED} [i-z]\b", lambda _: _mark(_FAR_OUT)),
        (r"\b(\d)\.(\d)\b", lambda m: _mark(int(m[1]) + (0.5 if int(m[2]) else 0))),
        (r"\b(\d)[-/:](\d)\b", lambda m: f" {m[1]} or {m[2]} "),
        (rf"\bfrom ({_NUMBER}) (?:up )?to ({_NUMBER})\b", lambda m: f" {m[1]} or {m[2]} "),
        (rf"\b{_NAMED} one\b|\bone (?=and\b|or\b)|\b(?<=and )one\b|\b(?<=or )one\b", lambda _: _mark(1)),
    ]
    return tuple((re.compile(pattern), read) for pattern, read in rows)


def _marked(text: str, words: Sequence[str], count: int, most: int, places: Places) -> str:
    """Return the text with every place named in it as a sign."""
    if most > 1:
        text = re.sub(r"\b(\d)(?:-| to | through )(\d)\b", _spread, text)
    for pattern, read in _phrases(count):
        text = pattern.sub(read, text)
    text = re.sub(r"(?<!#)\b(\d+)\b", lambda m: _mark(value_of(m[1])), text)
    text = re.sub(rf"\b(?!one\b)({'|'.join(_VALUES)})\b", lambda m: _mark(value_of(m[1])), text)
    if "#" not in text:
        text = _lone(text, words, count, places)
    return _TAKEN_BACK.sub("", text)


def _spread(match: re.Match[str]) -> str:
    first, last = int(match[1]), int(match[2])
    return " and ".join(str(number) for number in range(first, last + 1)) if first < last else match[0]


def _lone(text: str, words: Sequence[str], count: int, places: Places) -> str:
    """Read "one", and letters, where nothing else in the sentence has a meaning."""
    rest = [word for word in words if word not in places.filler and len(word) > 1 and word not in _JOINS]
    if rest:
        return text
    letters = [ord(word) - 96 for word in words if len(word) == 1 and "a" <= word <= "z"]
    inside = [place for place in letters if place <= count]
    if "one" in words and not (set(words) & {"the", "this", "that", "a", "another"}):
        return _mark(1)
    if inside and words[-1] != "one" and (inside != [1] or words[-1] == "a"):
        listed = len(letters) == len(words) or not _JOINS.isdisjoint(words)
        chosen = inside if len(inside) == 1 or inside[0] != 1 or listed else inside[1:]
        return text + "".join(_mark(place) for place in chosen)
    return text


def _weigh(text: str, count: int, most: int, places: Places) -> Reading:
    doubled = list(dict.fromkeys(int(found) for found in _MARK.findall(text)))
    if not doubled:
        return None
    rest = [word for word in _MARK.sub(" ", text).split() if len(word) > 1 or word.isdigit()]
    sure = all(word in places.filler or word in _JOINS for word in rest)
    near = list(dict.fromkeys(min(max((value + up) // 2, 1), count) - 1 for value in doubled for up in (0, 1)))
    if any(value % 2 or not 2 <= value <= 2 * count for value in doubled):
        second = near[1:2] or [near[0] - 1 if near[0] else min(1, count - 1)]
        beyond = all(not 2 <= value <= 2 * count for value in doubled)
        return Torn(tuple(dict.fromkeys((near[0], *second))), sure, beyond)
    if len(near) > 1 and (most == 1 or not _TORN.isdisjoint(rest)):
        return Torn(tuple(near[: max(most, 2)]), sure)
    return Picked(tuple(sorted(near)), sure)
