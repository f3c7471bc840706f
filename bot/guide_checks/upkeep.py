"""Upkeep: facts that are due for another look, and entries that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from bot.guide_checks.draft import Draft
from bot.guide_text.reading import Record
from bot.guide_text.source import Problem, report

SOON = timedelta(days=30)


def check(draft: Draft, today: date) -> Iterator[Problem]:
    """Yield facts past their day, or soon to be, and topics, facts and documents that lie idle."""
    for fact in draft.read.values["facts"]:
        yield from _fact(fact, today)
    yield from _idle(draft)


def _fact(fact: Record, today: date) -> Iterator[Problem]:
    day, year, name = fact.values["review-by"], fact.values["year"], fact.values["id"]
    if day < today:
        message = f"Fact `{name}` was to be looked at again by {day.isoformat()}."
        mend = "Look it up, mend the text, and move `review-by` on."
        yield report(fact.spot_of("review-by"), "fact-overdue", message, mend)
    elif day <= today + SOON:
        message = f"Fact `{name}` is to be looked at again by {day.isoformat()}."
        yield report(fact.spot_of("review-by"), "fact-due", message, "Look it up soon.", "warning")
    if year > today.year:
        message = f"Fact `{name}` was found in {year}, which has not come yet."
        yield report(fact.spot_of("year"), "odd-year", message, "Give the year it was found true.")
    elif day != date.max and year > day.year:
        message = f"Fact `{name}` is reviewed before the year it was found in."
        yield report(fact.spot_of("review-by"), "odd-year", message, "Move `review-by` on.")


def _idle(draft: Draft) -> Iterator[Problem]:
    guide = draft.guide
    tipped = {tip.topic for tip in guide.tips}
    wider = {topic.within for topic in guide.topics}
    named = {skill.topic for skill in guide.skills} | {gain.topic for gain in guide.gains}
    named |= {action.topic for action in guide.actions}
    shown = {name for topic in guide.topics for name in topic.facts}
    for topic in guide.topics if guide.tips else ():
        if topic.id in named - tipped - wider:
            spot = draft.ids["topic"][topic.id]
            message = f"Topic `{topic.id}` has no tip."
            yield report(spot, "topic-without-tip", message, "Write one: people are pointed to this topic.", "warning")
    for fact in guide.facts:
        if fact.id not in shown:
            message = f"No topic shows fact `{fact.id}`."
            mend = "Name it in the `facts:` of a topic, or remove it."
            yield report(draft.ids["fact"][fact.id], "idle-fact", message, mend, "warning")
    used = {topic.document for topic in guide.topics} | {action.document for action in guide.actions}
    used |= {item.detail for item in guide.menu} | {action.before for action in guide.actions}
    used |= {guide.promise.document} if guide.promise else set()
    listed = any(item.does == "document" and not item.detail for item in guide.menu)
    for document in guide.documents:
        if not listed and not document.asks and document.id not in used:
            message = f"Nothing leads to document `{document.id}`."
            mend = "Name it in a topic, an action or a menu."
            yield report(draft.ids["document"][document.id], "idle-document", message, mend, "warning")
