"""What the controls in a channel carry: a press is an order in words, or the wish to talk about a post alone.

An order's option is `nudge:` and the words one would have typed; a post's is `talk:` and the id of its nudge.
"""

from __future__ import annotations

from bot.events import Chose, Event, Started, Submitted, Wanted
from bot.guide import Guide

ORDER = "nudge:"
"""How the option of a button begins that stands for an order; the words follow."""

FACTS = "nudge:with"
"""The field of what holds in a channel; it hands back names of facts."""

TALK = "talk:"
"""How the option of a post's button begins that opens someone's own talk; what it is about follows."""


def order_in(event: Event) -> str | None:
    """Return the words that the use of a control stands for; None where it is no order."""
    if isinstance(event, Chose) and event.option.startswith(ORDER):
        return event.option.removeprefix(ORDER)
    if isinstance(event, Submitted) and FACTS in event.fields:
        picked = event.fields[FACTS]
        names = (picked,) if isinstance(picked, str) else picked
        return f"with {', '.join(names) or 'none'}"
    return None


def talk_in(event: Event) -> str | None:
    """Return what somebody wants to talk about alone who pressed a post's button; None where that is not it."""
    if isinstance(event, Chose) and event.option.startswith(TALK):
        return event.option.removeprefix(TALK)
    return None


def wanted_about(guide: Guide, about: str) -> Event:
    """Return what someone wants who pressed the button of a post about this; where it is not known, to go on.

    `about` is the id of a nudge, a topic, a tip or a section.
    """
    nudge = guide.nudge_by_id.get(about)
    topic = nudge.topic if nudge else about
    if topic in guide.topic_by_id:
        return Wanted("ask", topic)
    if about in guide.section_by_id:
        return Wanted("open", about)
    if about in guide.tip_by_id:
        return Wanted("tip", guide.tip_by_id[about].topic)
    return Started()
