"""Everything about one person at a glance, for a page of their own: where they are, profile, plan, settings, rights."""

from __future__ import annotations

from datetime import datetime

from bot.events import Wanted
from bot.guide import Guide
from bot.handlers.settling import show_settings
from bot.handlers.telling import tell_plan, tell_privacy, tell_profile, tell_progress
from bot.replies import Reply, Welcome
from bot.state import State
from bot.talk import Talk, ask

HEADINGS = ("here", "progress", "profile", "plan", "notes", "privacy")
"""The parts of the page, in order; `home_<name>` is the label of each."""


def overview(guide: Guide, state: State | None, now: datetime) -> tuple[tuple[str, Reply], ...]:
    """Return the page's parts, each a heading and what stands below it; before the first answer, also what this is."""
    talk = Talk(guide, state or State(guide.id), now)
    said = {
        "here": ask(talk, again=True)[-1],
        "progress": tell_progress(talk, Wanted("progress")).replies[0],
        "profile": tell_profile(talk, Wanted("profile")).replies[0],
        "plan": tell_plan(talk, Wanted("plan")).replies[0],
        "notes": show_settings(talk),
        "privacy": tell_privacy(talk, Wanted("privacy")).replies[0],
    }
    parts = tuple((talk.label(f"home_{name}"), said[name]) for name in HEADINGS)
    return parts if talk.state.answers else ((talk.label("home_welcome"), Welcome(guide.welcome)), *parts)
