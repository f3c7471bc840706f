"""What stands in channels: posts with a button that opens someone's own chat, and the place it leads to there. Pure."""

from __future__ import annotations

from adapters.teams.incoming import TALK
from bot.events import Event, Started, Wanted
from bot.guide import Guide
from bot.messages import Control, Message


def draw_post(text: str, button: str, about: str = "") -> Message:
    """Return a post for a channel; its button opens the own chat of whoever presses it.

    Args:
        text: what is said, as CommonMark; nothing personal.
        button: the words on the button.
        about: where the talk then begins: the id of a nudge, a topic, a tip or a section; empty: where it lies.
    """
    return Message(text, (Control("button", f"{TALK}{about}", button),), about="post", personal=False)


def meaning(guide: Guide, about: str) -> Event:
    """Return what someone wants who pressed the button of a post about this; where it is not known, to go on."""
    nudge = next((nudge for nudge in guide.nudges if nudge.id == about), None)
    topic = nudge.topic if nudge else about
    if topic in guide.topic_by_id:
        return Wanted("ask", topic)
    if about in guide.section_by_id:
        return Wanted("open", about)
    if about in guide.tip_by_id:
        return Wanted("tip", guide.tip_by_id[about].topic)
    return Started()
