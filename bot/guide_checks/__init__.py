"""Every problem of a guide at once, each with its file, its line and the mend.

`check` holds what a guide must get right before a talk may start. `review` adds what an editor should see but
a talk need not stop for: reading level, tone, words that a button cuts, near-duplicates, and facts whose day has come.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain

from bot.guide_checks import (
    buttons,
    characters,
    entries,
    likeness,
    lines,
    menus,
    phrases,
    plans,
    promises,
    questions,
    reading_level,
    routes,
    texts,
    tone,
    upkeep,
)
from bot.guide_checks.characters import check_lines
from bot.guide_checks.draft import Draft
from bot.guide_checks.reading_level import Grade
from bot.guide_checks.templates import check_templates
from bot.guide_text.source import Problem, in_order

__all__ = ["Draft", "Grade", "check", "check_lines", "check_templates", "review"]


def check(draft: Draft) -> tuple[Problem, ...]:
    """Return the problems that do not depend on the day or on an editor's judgement."""
    each = (entries, routes, questions, menus, texts, characters, promises, lines, phrases, plans)
    return in_order(chain.from_iterable((*(one.check(draft) for one in each), likeness.check_same(draft))))


def review(draft: Draft, today: date, grade: Grade) -> tuple[Problem, ...]:
    """Return what an editor should look at, as of a local day."""

    def found() -> Iterator[Problem]:
        yield from upkeep.check(draft, today)
        yield from tone.check(draft)
        yield from buttons.check(draft)
        yield from likeness.check_near(draft)
        yield from reading_level.check(draft, grade)

    return in_order(found())
