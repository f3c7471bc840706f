"""What an author settles for the whole guide: scoring, the wishes about notes, the promise, and what is said once."""

from __future__ import annotations

from bot.guide_text.entries.keys import SERVES, WITH_DOCUMENT, text
from bot.guide_text.format import Entry, Key, Many, Named, Number, Ref

SCORING = Entry(
    "scoring",
    {
        "strengths": Key(Number(1, 9), "How many strengths a profile names.", 3),
        "gaps": Key(Number(0, 9), "How many gaps a profile names.", 2),
        "cap": Key(Number(1, 4), "The highest level counted without an example.", 2),
        "minutes": Key(Many(Number(1, 480), 3, 3), "How long an action of each step takes, in minutes.", (30, 60, 120)),
        "aim": Key(Ref(("question",)), "The question whose answer picks a list of priorities.", ""),
        "priorities": Key(Named(Many(Ref(("skill",)))), "The skills that matter for each answer.", {}),
        "cards-by": Key(Ref(("question",)), "The question whose answer picks other action cards.", ""),
        "cards": Key(Named(Many(Ref(("action",)))), "The cards for each answer that gets its own.", {}),
    },
)

FOLLOW_UP = Entry(
    "follow-up",
    {
        "section": Key(Ref(("section",)), "The section that asks for these wishes."),
        "kinds": Key(Ref(("question",)), "The question which notes are wanted; without a yes nothing is sent."),
        "often": Key(Ref(("question",)), "The question how many notes a week: options 0, 1 and 2.", ""),
        "day": Key(Ref(("question",)), "The question for the day: options 0 (Monday) to 6.", ""),
        "time": Key(Ref(("question",)), "The question for the time: options such as `09.30`.", ""),
        "week": Key(Ref(("question",)), "The question which days are worked: `mon-fri` or `sun-thu`.", ""),
        "country": Key(Ref(("question",)), "The question for the country whose public holidays count.", ""),
        "zone": Key(Ref(("question",)), "The question for the time zone, where the chat does not know it.", ""),
    },
)

PROMISE = Entry(
    "promise",
    {
        "text": text("What is said."),
        "document": WITH_DOCUMENT,
        "buddy": Key(Ref(("action",)), "The step of swapping a line with a buddy.", ""),
        "guide": SERVES,
    },
)


def said(name: str) -> Entry:
    """Return the entry of something that is said once; a bare text stands for it."""
    return Entry(name, {"text": text("What is said."), "guide": SERVES}, short="text")
