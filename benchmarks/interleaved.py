"""Runs contestants in turn in one run, so that what slows the machine slows all of them alike."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import median

Lap = Callable[[], float]
"""Runs a contestant once and returns its figure, such as seconds a turn."""

Laps = Mapping[str, Sequence[float]]
"""Each contestant's figures, one a round."""

FEWEST_ROUNDS = 5


def race(contestants: Mapping[str, Lap], rounds: int) -> Laps:
    """Return every contestant's laps. The order changes from round to round; one round before is not counted."""
    laps: dict[str, list[float]] = {name: [] for name in contestants}
    for round_, name in in_turns([*contestants], max(rounds, FEWEST_ROUNDS)):
        gc.collect()
        figure = contestants[name]()
        if round_:
            laps[name].append(figure)
    return laps


def in_turns(names: Sequence[str], rounds: int) -> Iterator[tuple[int, str]]:
    """Give whose turn it is, and in which round. Round 0 is one more, which is not counted."""
    for round_ in range(rounds + 1):
        first = round_ % len(names)
        for name in (*names[first:], *names[:first]):
            yield round_, name


def middle(laps: Laps, name: str) -> float:
    """Return the median of a contestant's laps."""
    return median(laps[name])


def ratio(laps: Laps, name: str, to: str) -> float:
    """Return how many times the one figure is of the other: the median of each round's own ratio."""
    return median(one / other for one, other in zip(laps[name], laps[to], strict=True))
