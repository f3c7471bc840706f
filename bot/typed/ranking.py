"""Which of many labelled sentences a typed one is most like: word and word-pair weights, compared by cosine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import hypot, log, sqrt

from bot.typed.words import stem
from bot.value import Value

_UNKNOWN = 0.8
"""What a word never seen weighs, against the rarest one seen."""
_PAIR = 0.3
"""What a pair of words weighs against a single one."""
_MARK = 0.8
_BASE = 0.5
"""What is left of the weight of a word that all labels share evenly."""
_HABIT = 0.2
_SMOOTH = 15.0
_FAINT = 0.3
"""Words below this share of the heaviest one do not look for further sentences."""
_FAR = 0.3
"""Sentences below this share of the nearest one do not count."""
_KEPT = 6


class Likeness(Value, frozen=True):
    """A label and how like it the words are.

    `near` is 0 to about 1.3 for the nearest sentences alone, `place` the number of the nearest one, and `strange`
    the share of the words that no sentence holds.
    """

    label: str
    score: float
    near: float = 0.0
    place: int = -1
    strange: float = 0.0


def lead_of(ranked: Sequence[Likeness]) -> float:
    """Return by how much the first label leads; all of its score where it is alone."""
    return ranked[0].score - (ranked[1].score if len(ranked) > 1 else 0.0)


class Marks(Value, frozen=True):
    """Small words that give a sentence its shape: it asks, it names a day, it counts a span of time."""

    asking: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()
    spans: frozenset[str] = frozenset()

    def features(self, words: Sequence[str]) -> set[str]:
        """Return what is compared: stems, pairs of stems, and marks such as "asks" or "names a day"."""
        days = self.days
        stems = ["~day" if word in days else "~number" if word.isdigit() else stem(word) for word in words]
        bag = set(stems)
        bag.update(map(" ".join, pairwise(["^", *stems])))
        if words and words[0] in self.asking:
            bag.add("~asks")
        if "~day" in bag or not self.spans.isdisjoint(words):
            bag.add("~when")
        return bag


def _scale(name: str) -> float:
    return _PAIR if " " in name else _MARK if name[0] == "~" else 1.0


class Ranking:
    """An index over labelled sentences: the nearest sentences and the habits of each label, together.

    Nearness is a cosine over weighted words and pairs. A word weighs more the rarer it is and the fewer the
    labels that share it. Habit is a smoothed naive Bayes ratio: how much more often a label uses a word than
    all sentences do.
    """

    def __init__(
        self, sentences: Iterable[tuple[str, Sequence[str]]], marks: Marks, kin: Mapping[str, str] | None = None
    ) -> None:
        """Take pairs of label and words, and labels that share the habits of another; O(words) in time and memory."""
        self._kin = kin or {}
        self._marks = marks
        self._labels: list[str] = []
        bags: list[set[str]] = []
        used: dict[str, dict[str, int]] = {}
        for label, words in sentences:
            self._labels.append(label)
            habit = self._kin.get(label, label)
            bag = marks.features(words)
            bags.append(bag)
            for name in bag:
                labels = used.setdefault(name, {})
                labels[habit] = labels.get(habit, 0) + 1
        self._highest = log(len(bags) + 1)
        self._weights: dict[str, float] = {}
        self._habits: dict[str, list[tuple[str, float]]] = {}
        for name, labels in used.items():
            self._weigh(name, labels)
        sizes = Counter(self._kin.get(label, label) for label in self._labels)
        self._unused = [(label, log(_SMOOTH / (size + _SMOOTH))) for label, size in sizes.items()]
        self._postings: dict[str, dict[int, float]] = {name: {} for name in used}
        for place, bag in enumerate(bags):
            self._post(place, bag)

    def _weigh(self, name: str, labels: Mapping[str, int]) -> None:
        """Note what a word weighs, and which labels have a habit of it."""
        scale = _scale(name)
        total = sum(labels.values())
        spread = 0.0
        share = (len(self._labels) + 1) / (_SMOOTH * total)
        habits = []
        for label, times in labels.items():
            spread += times * log(total / times)
            habits.append((label, scale * log(1 + times * share)))
        telling = _BASE + (1 - _BASE) / (1 + spread / total)
        self._weights[name] = scale * telling * (self._highest - log(total))
        self._habits[name] = habits

    def _post(self, place: int, bag: set[str]) -> None:
        weights, postings = self._weights, self._postings
        held = [(name, weights[name]) for name in bag]
        length = hypot(*(weight for _, weight in held)) or 1.0
        for name, weight in held:
            postings[name][place] = weight / length

    def rank(self, words: Sequence[str]) -> list[Likeness]:
        """Return the labels most like `words`, best first; words never seen count against all."""
        known: list[tuple[str, float]] = []
        square = 0.0
        unseen = 0
        for name in self._marks.features(words):
            weight = self._weights.get(name)
            if weight is not None:
                known.append((name, weight))
                square += weight * weight
            elif " " not in name:
                unseen += 1
                square += (_UNKNOWN * self._highest) ** 2
        if all("~" in name for name, _ in known):
            return []
        near = self._nearest(known, sqrt(square) or 1.0)
        habit = self._habit([name for name, _ in known])
        strange = unseen / (len(set(words)) or 1)
        ranked = [
            Likeness(label, score + habit[self._kin.get(label, label)], score, place, strange)
            for label, (score, place) in near.items()
        ]
        ranked.sort(key=_best_first)
        return ranked[:_KEPT]

    def _nearest(self, known: list[tuple[str, float]], length: float) -> dict[str, tuple[float, int]]:
        """Return each label's likeness and its nearest sentence; faint words only tell between those found."""
        known.sort(key=_heaviest_first)
        least = _FAINT * known[0][1]
        scores: dict[int, float] = {}
        get = scores.get
        for name, weight in known:
            share = weight / length
            held = self._postings[name]
            if weight < least and len(held) > len(scores):
                for place, score in scores.items():
                    if place in held:
                        scores[place] = score + share * held[place]
            else:
                for place, other in held.items():
                    scores[place] = get(place, 0.0) + share * other
        least = _FAR * max(scores.values())
        grouped: dict[str, list[tuple[float, int]]] = {}
        for place, score in scores.items():
            if score > least:
                grouped.setdefault(self._labels[place], []).append((score, -place))
        return {label: _joined(found) for label, found in grouped.items()}

    def _habit(self, names: list[str]) -> dict[str, float]:
        size = sum(map(_scale, names))
        scores = {label: unused * size for label, unused in self._unused}
        for name in names:
            for label, gain in self._habits[name]:
                scores[label] += gain
        share = _HABIT / sqrt(len(names))
        return {label: share * score for label, score in scores.items()}


def _joined(found: list[tuple[float, int]]) -> tuple[float, int]:
    """Join a label's sentences: the nearest counts whole, the next three a little."""
    found.sort(reverse=True)
    more = [score for score, _ in found[1:4]]
    return found[0][0] + 0.15 * sum(more[:1]) + 0.08 * sum(more[1:]), -found[0][1]


def _heaviest_first(weighed: tuple[str, float]) -> tuple[float, str]:
    return -weighed[1], weighed[0]


def _best_first(likeness: Likeness) -> tuple[float, str]:
    return -likeness.score, likeness.label
