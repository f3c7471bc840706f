"""Names: each one stands once, and every name that is used belongs to something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.guide_checks.draft import Draft
from bot.guide_text.format import Id, Ref, Serving
from bot.guide_text.source import Problem, Spot, report, suggest

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
RESERVED = frozenset({"menu", "end"})


def check(draft: Draft) -> Iterator[Problem]:
    """Yield names given twice, names of nothing, and checklist items that are unknown or left out."""
    yield from _guide(draft)
    yield from _duplicates(draft)
    yield from _asked_twice(draft)
    yield from _reserved(draft)
    yield from _references(draft)
    yield from _items(draft)
    yield from _circles(draft)


def _guide(draft: Draft) -> Iterator[Problem]:
    guide, folder = draft.guide, draft.spot.file.rpartition("/")[0]
    if guide.language and not _LANGUAGE.fullmatch(guide.language):
        message = f"`language: {guide.language}` is no language tag."
        yield report(draft.read.spot_of("language"), "bad-language", message, "Write it as `en-GB`.")
    if folder and guide.id and guide.id != folder:
        message = f"The guide calls itself `{guide.id}`, and its folder `{folder}`."
        yield report(draft.read.spot_of("id"), "id-differs", message, "Give both the same name.", "warning")


def _duplicates(draft: Draft) -> Iterator[Problem]:
    seen: dict[tuple[str, str], Spot] = {}
    for each in draft.found:
        if not isinstance(each.kind, Id):
            continue
        name = (each.owner, each.owner_id)
        if name in seen:
            before = seen[name]
            there = f"{before.file}, line {before.line}"
            message = f"{each.owner.capitalize()} `{each.value}` stands here and in {there}."
            yield report(each.spot, "duplicate-id", message, "Rename one of them, or remove it.")
        seen.setdefault(name, each.spot)


def _asked_twice(draft: Draft) -> Iterator[Problem]:
    seen: set[str] = set()
    mend = "Name each skill in one section, and give other questions other names."
    for question in draft.guide.questions():
        if question.id in seen:
            spot = draft.built.asked[question.id].source.spot
            yield report(spot, "duplicate-id", f"Two questions come out as `{question.id}`.", mend)
        seen.add(question.id)


def _reserved(draft: Draft) -> Iterator[Problem]:
    sections = draft.ids.get("section", {})
    for kind in ("question", "section", "ladder question"):
        for name, spot in draft.ids.get(kind, {}).items():
            if name in RESERVED:
                message = f"`{name}` already means something in a route."
                yield report(spot, "reserved-id", message, "Choose another name.")
            elif kind == "question" and name in sections:
                message = f"A section is called `{name}` too, so a route cannot tell them apart."
                yield report(spot, "reserved-id", message, "Rename one of them.")


def _references(draft: Draft) -> Iterator[Problem]:
    for each in draft.found:
        if isinstance(each.kind, Ref):
            known = set().union(*(draft.ids.get(kind, {}) for kind in each.kind.to))
            if "question" in each.kind.to:
                known |= set(draft.guide.question_by_id)
            if "action" in each.kind.to:
                known |= set(draft.guide.steps)
            if each.value not in known:
                kinds = " or ".join(each.kind.to)
                mend = suggest(each.value, known, f"Write the {kinds}, or remove the name.")
                yield report(each.spot, "unknown-reference", f"There is no {kinds} `{each.value}`.", mend)


def _items(draft: Draft) -> Iterator[Problem]:
    items = draft.guide.items
    served: set[str] = set()
    for each in draft.found:
        if isinstance(each.kind, Serving) and each.key == "guide":
            served.add(each.value)
            if items and each.value not in items:
                mend = f"The checklist runs from {items[0]} to {items[-1]}. {suggest(each.value, items)}"
                yield report(each.spot, "unknown-item", f"`{each.value}` is not on the guide's checklist.", mend)
    missing = [item for item in items if item not in served]
    if missing:
        named = ", ".join(missing[:20]) + (" and more" if len(missing) > 20 else "")
        message = f"No text says {named} of the checklist."
        mend = f"Write it, and mark the text with `guide: [{missing[0]}]`."
        yield report(draft.read.spot_of("items"), "uncovered-item", message, mend)


def _circles(draft: Draft) -> Iterator[Problem]:
    within = {topic.id: topic.within for topic in draft.guide.topics}
    for topic in draft.guide.topics:
        above, seen = topic.within, {topic.id}
        while above in within and above not in seen:
            seen.add(above)
            above = within[above]
        if above == topic.id:
            spot = draft.ids["topic"][topic.id]
            mend = "Remove `within` from one of them."
            yield report(spot, "topic-circle", f"Topic `{topic.id}` ends up within itself.", mend)
