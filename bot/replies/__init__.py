"""What may be said, as meaning: one small class per reply, worded later by the template of the same name.

`Words` carries what a person typed. Written into any text it comes out escaped, so that it is shown and
never obeyed.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.replies.asking import (
    AllRight,
    AskQuestion,
    Explain,
    Introduce,
    NeedsWords,
    NotADate,
    Note,
    NothingBefore,
    NotUnderstood,
    Stale,
    TooLong,
    TooMany,
    Unsure,
)
from bot.replies.coming_and_going import (
    Confirm,
    Forgotten,
    Kept,
    Paused,
    Restarted,
    ShowExport,
    Stopped,
    TellPrivacy,
    Welcome,
    WelcomeBack,
    YouAreWelcome,
)
from bot.replies.noting import FollowUpNote, FreshStart, NotesChanged, SayWhyNote, ShowFollowUp, ShowSettings, TipKept
from bot.replies.parts import CvLine, Given, Offer, Part, PlanLine, Standing, Words
from bot.replies.planning import (
    AskDay,
    AskLine,
    Close,
    DayMoved,
    Done,
    Dropped,
    LineChanged,
    Prepare,
    ShowAction,
    ShowBuddy,
    ShowDue,
    ShowPlan,
    TellOne,
    WhichOne,
)
from bot.replies.posting import AskPosts, ChannelPost, PreviewPost, ShowPosts, TurnDownOrder
from bot.replies.profiling import Claimed, EvidenceKept, Review, ReviewPart, ShowCv, ShowGains, ShowProfile
from bot.replies.reply import Reply, name_of
from bot.replies.telling import (
    AnswerTopic,
    GiveTip,
    Help,
    ListDocuments,
    NoSuchTopic,
    NothingYet,
    Practise,
    ShowDocument,
    ShowMenu,
    ShowProgress,
    TellChannel,
)

__all__ = [
    "AllRight",
    "AnswerTopic",
    "AskDay",
    "AskLine",
    "AskPosts",
    "AskQuestion",
    "ChannelPost",
    "Claimed",
    "Close",
    "Confirm",
    "CvLine",
    "DayMoved",
    "Done",
    "Dropped",
    "EvidenceKept",
    "Explain",
    "FollowUpNote",
    "Forgotten",
    "FreshStart",
    "GiveTip",
    "Given",
    "Help",
    "Introduce",
    "Kept",
    "LineChanged",
    "ListDocuments",
    "NeedsWords",
    "NoSuchTopic",
    "NotADate",
    "NotUnderstood",
    "Note",
    "NotesChanged",
    "NothingBefore",
    "NothingYet",
    "Offer",
    "Part",
    "Paused",
    "PlanLine",
    "Practise",
    "Prepare",
    "PreviewPost",
    "Reply",
    "Restarted",
    "Review",
    "ReviewPart",
    "SayWhyNote",
    "ShowAction",
    "ShowBuddy",
    "ShowCv",
    "ShowDocument",
    "ShowDue",
    "ShowExport",
    "ShowFollowUp",
    "ShowGains",
    "ShowMenu",
    "ShowPlan",
    "ShowPosts",
    "ShowProfile",
    "ShowProgress",
    "ShowSettings",
    "Stale",
    "Standing",
    "Stopped",
    "TellChannel",
    "TellOne",
    "TellPrivacy",
    "TipKept",
    "TooLong",
    "TooMany",
    "TurnDownOrder",
    "Unsure",
    "Welcome",
    "WelcomeBack",
    "WhichOne",
    "Words",
    "YouAreWelcome",
    "name_of",
    "reply_names",
]


def reply_names() -> Mapping[str, frozenset[str]]:
    """Return each reply's template name and the names its template may use."""
    return {name_of(cls): frozenset(cls.__struct_fields__) for cls in Reply.__subclasses__()}
