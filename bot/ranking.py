"""Which of many labelled sentences a typed one is most like: word and word-pair weights, compared by cosine."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt

from bot.words import stem

_ASKING = frozenset(
    [
        "what",
        "which",
        "how",
        "why",
        "who",
        "whom",
        "where",
        "when",
        "is",
        "are",
        "do",
        "does",
        "will",
        "would",
        "can",
        "could",
        "should",
        "am",
        "did",
        "may",
    ]
)
_DAYS = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "tomorrow",
        "tonight",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)
_SPANS = frozenset(
    ["day", "days", "week", "weeks", "month", "months", "year", "fortnight", "weekend", "minutes", "hours"]
)


@dataclass(frozen=True, slots=True)
class Likeness:
    """A label and how like it the words are; `near` is 0 to about 1.3 for the nearest sentences alone."""

    label: str
    score: float
    near: float = 0.0
    place: int = -1


def features(words: Sequence[str]) -> list[str]:
    """Return what is compared: stems, pairs of stems, and marks such as "asks" or "names a day"."""
    stems = ["~day" if word in _DAYS else "~number" if word.isdigit() else stem(word) for word in words]
    marks = ["~asks"] if words and words[0] in _ASKING else []
    if any(word in _SPANS for word in words) or "~day" in stems:
        marks.append("~when")
    return [*stems, *(f"{one} {two}" for one, two in pairwise(["^", *stems])), *marks]


class Ranking:
    """An index over labelled sentences: the nearest sentences and the habits of each label, together."""

    PAIR = 0.3
    MARK = 0.5
    UNKNOWN = 1.0
    HABIT = 0.15
    SMOOTH = 15.0

    def __init__(self, sentences: Iterable[tuple[str, Sequence[str]]]) -> None:
        """Take pairs of label and words; O(words) in time and memory."""
        self._labels: list[str] = []
        bags = []
        for label, words in sentences:
            self._labels.append(label)
            bags.append(set(features(words)))
        held: Counter[str] = Counter()
        for bag in bags:
            held.update(bag)
        count = len(bags) + 1
        self._highest = log(count)
        used: dict[str, Counter[str]] = defaultdict(Counter)
        for label, bag in zip(self._labels, bags, strict=True):
            for name in bag:
                used[name][label] += 1
        self._weight = {
            name: self._scale(name) * log(count / held[name]) * self._telling(labels) for name, labels in used.items()
        }
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, bag in enumerate(bags):
            self._post(place, bag)
        self._learn_habits(used, held, count)

    BASE = 0.2

    @classmethod
    def _telling(cls, labels: Mapping[str, int]) -> float:
        """How far a word points to few labels: 1 for one label, less the more evenly it is spread."""
        total = sum(labels.values())
        spread = sum(times * log(total / times) for times in labels.values()) / total
        return cls.BASE + (1 - cls.BASE) / (1 + spread)

    @classmethod
    def _scale(cls, name: str) -> float:
        return cls.PAIR if " " in name else cls.MARK if name[0] == "~" else 1.0

    def _post(self, place: int, bag: set[str]) -> None:
        weight = self._weight
        length = sqrt(sum(weight[name] ** 2 for name in bag)) or 1.0
        for name in bag:
            self._postings[name].append((place, weight[name] / length))

    def _learn_habits(self, used: Mapping[str, Counter[str]], held: Mapping[str, int], count: int) -> None:
        """Count how much more often a label uses a word than all do (a naive Bayes ratio, smoothed)."""
        sizes = Counter(self._labels)
        self._unused = {label: log(self.SMOOTH / (size + self.SMOOTH)) for label, size in sizes.items()}
        self._habits = {
            name: [
                (label, self._scale(name) * log(1 + times * count / (self.SMOOTH * held[name])))
                for label, times in labels.items()
            ]
            for name, labels in used.items()
        }

    def rank(self, words: Sequence[str], but: int = -1) -> list[Likeness]:
        """Return the labels most like `words`, best first; words never seen count against all."""
        bag = set(features(words))
        weights = {}
        square = 0.0
        for name in bag:
            known = self._weight.get(name)
            if known is not None:
                weights[name] = known
                square += known * known
            elif " " not in name:
                square += (self.UNKNOWN * self._highest) ** 2
        near = self._nearest(weights, sqrt(square) or 1.0, but)
        habit = self._habit(weights)
        none = (0.0, -1)
        ranked = [Likeness(label, near.get(label, none)[0] + habit[label], *near.get(label, none)) for label in habit]
        ranked.sort(key=lambda likeness: (-likeness.score, likeness.label))
        return ranked[:6]

    def _nearest(self, weights: dict[str, float], length: float, but: int) -> dict[str, tuple[float, int]]:
        scores: dict[int, float] = {}
        get = scores.get
        for name, weight in weights.items():
            share = weight / length
            for place, other in self._postings[name]:
                scores[place] = get(place, 0.0) + share * other
        scores.pop(but, None)
        grouped: dict[str, list[tuple[float, int]]] = {}
        for place, score in scores.items():
            if score > 0.1:
                grouped.setdefault(self._labels[place], []).append((score, place))
        return {label: self._joined(found) for label, found in grouped.items()}

    @staticmethod
    def _joined(found: list[tuple[float, int]]) -> tuple[float, int]:
        found.sort(reverse=True)
        more = [score for score, _ in found[1:4]]
        return found[0][0] + 0.15 * sum(more[:1]) + 0.08 * sum(more[1:]), found[0][1]

    def _habit(self, names: Iterable[str]) -> dict[str, float]:
        names = list(names)
        size = sum(self._scale(name) for name in names)
        scores = {label: unused * size for label, unused in self._unused.items()}
        for name in names:
            for label, gain in self._habits[name]:
                scores[label] += gain
        share = self.HABIT / sqrt(len(names) or 1)
        return {label: share * score for label, score in scores.items()}
