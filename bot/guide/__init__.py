"""The guide as frozen data: what an adviser wrote, in the shape the engine walks.

Nothing here knows a subject, a file or a platform.
"""

from __future__ import annotations

from bot.guide.checklist import Serves
from bot.guide.growing import Action, Gain, Skill
from bot.guide.questions import ASIDE, MENU, MenuItem, Option, Question, Section, type_of_question
from bot.guide.settled import FollowUp, Phrases, Promise, Scoring
from bot.guide.texts import Document, Fact, Nudge, Pattern, Prompt, Tip, Topic
from bot.guide.whole import LISTS, Guide

__all__ = [
    "ASIDE",
    "LISTS",
    "MENU",
    "Action",
    "Document",
    "Fact",
    "FollowUp",
    "Gain",
    "Guide",
    "MenuItem",
    "Nudge",
    "Option",
    "Pattern",
    "Phrases",
    "Promise",
    "Prompt",
    "Question",
    "Scoring",
    "Section",
    "Serves",
    "Skill",
    "Tip",
    "Topic",
    "type_of_question",
]
