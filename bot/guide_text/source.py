"""What an author wrote, as plain marked data: each value with its file and line, and each problem there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from bot.errors import InvalidGuide

Severity = Literal["error", "warning"]

SHOWN = 5
"""How many problems stand in an error; `lateral check` shows them all."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file. Lines count from 1."""

    file: str
    line: int


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing for the author to mend: where it is, what is wrong, and what to do about it.

    `code` is stable and machine-readable; an `error` keeps a talk from starting, a `warning` does not.
    """

    file: str
    line: int
    code: str
    message: str
    mend: str
    severity: Severity = "error"

    def __str__(self) -> str:
        """Return one line: where, what, and the mend."""
        return f"{self.file}:{self.line}: {self.message} {self.mend} [{self.code}]"


class BrokenGuide(InvalidGuide):
    """The guide has mistakes, so no talk was started. Run `lateral check` to see each one."""

    def __init__(self, message: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(message)
        self.problems = problems
        """Every mistake that keeps a talk from starting."""

    @classmethod
    def made_of(cls, what: str, problems: tuple[Problem, ...]) -> BrokenGuide:
        """Return the error that says of something, such as "The guide `tea`", what its first mistakes are."""
        shown = "\n".join(f"  {problem}" for problem in problems[:SHOWN])
        rest = f"\n  … and {len(problems) - SHOWN} more: run `lateral check`." if len(problems) > SHOWN else ""
        count = "a mistake" if len(problems) == 1 else f"{len(problems)} mistakes"
        return cls(f"{what} has {count}, so no talk was started.\n{shown}{rest}", problems)


@dataclass(frozen=True, slots=True)
class Source:
    """A value as written: words, a list of sources, or a mapping of names to sources.

    `keys` holds where each name of a mapping stands, since a value may begin on a later line.
    """

    value: str | tuple[Source, ...] | Mapping[str, Source]
    file: str
    line: int
    keys: Mapping[str, Spot] = field(default_factory=dict)

    @property
    def spot(self) -> Spot:
        """Return where the value begins."""
        return Spot(self.file, self.line)

    def spot_of(self, key: str) -> Spot:
        """Return where a key of this mapping stands, or where the mapping begins."""
        return self.keys.get(key, self.spot)

    def get(self, key: str) -> Source | None:
        """Return the value under a key; None when this is no mapping or has no such key."""
        return self.value.get(key) if isinstance(self.value, Mapping) else None


def report(spot: Spot | Source, code: str, message: str, mend: str, severity: Severity = "error") -> Problem:
    """Return a problem at a spot."""
    return Problem(spot.file, spot.line, code, message, mend, severity)


def suggest(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return a mend that names the nearest known word, or else `otherwise`, or some of the known words."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - a guide without mistakes never needs it

    names = sorted(set(known))
    nearest = process.extractOne(word, names, scorer=fuzz.ratio, processor=str.lower, score_cutoff=60)
    if nearest is not None:
        return f"Did you mean `{nearest[0]}`?"
    if otherwise or not names:
        return otherwise or "Remove it, or add what it names."
    shown = ", ".join(f"`{name}`" for name in names[:8])
    return f"Use one of: {shown}{', …' if len(names) > 8 else ''}."


def merge(sources: Iterable[Source]) -> tuple[Source, tuple[Problem, ...]]:
    """Join the mappings of several files into one; a key that stands in two files is a problem."""
    values: dict[str, Source] = {}
    keys: dict[str, Spot] = {}
    problems: list[Problem] = []
    first = Spot("", 1)
    for source in sources:
        first = first if first.file else source.spot
        if not isinstance(source.value, Mapping):
            problems.append(
                report(
                    source,
                    "not-a-mapping",
                    "This file does not hold keys and values.",
                    "Begin it with a key such as `tips:`.",
                )
            )
            continue
        for key, value in source.value.items():
            if key in values:
                before = keys[key]
                problems.append(
                    report(
                        source.spot_of(key),
                        "duplicate-key",
                        f"`{key}` stands here and in {before.file}, line {before.line}.",
                        "Keep each top-level key in one file, and move the entries there.",
                    )
                )
                continue
            values[key], keys[key] = value, source.spot_of(key)
    return Source(values, first.file, first.line, keys), tuple(problems)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return problems without repeats: errors first within a file, then by line."""
    return tuple(
        sorted(
            set(problems),
            key=lambda found: (found.file, found.severity, found.line, found.code, found.message),
        )
    )
