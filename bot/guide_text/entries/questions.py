"""What a talk is made of: sections, their questions and options, the ladder, and the menus."""

from __future__ import annotations

from collections.abc import Mapping

from bot.guide_text.entries.keys import ANSWERED_ID, DOES, ID, SAYS, SERVES, text
from bot.guide_text.format import Entry, Id, Key, Many, Number, OneOf, Ref, Route, Text

OPTION = Entry(
    "option",
    {
        "id": ANSWERED_ID,
        "label": text("What is on the button.", use="label"),
        "says": SAYS,
        "reply": text("What is said when it is chosen.", ""),
        "then": Key(Route(), "Where the talk goes on when it is chosen.", ""),
        "skill": Key(Ref(("skill",)), "The skill it speaks for.", ""),
        "guide": SERVES,
    },
)

_ASKED: Mapping[str, Key] = {
    "kind": Key(OneOf(("choice", "multi", "text", "date")), "How it is answered."),
    "text": text("What is asked."),
    "why": text("What is said to a person who asks why.", ""),
    "hint": text("A short hint inside the field.", "", "hint"),
    "most": Key(Number(1, 20), "How many options of a `multi` may be picked.", 1),
    "source": Key(OneOf(("gains", "actions")), "Takes the options from the guide's gains or actions.", ""),
    "skill": Key(Ref(("skill",)), "The skill its answer speaks to.", ""),
    "options": Key(Many(OPTION), "What can be answered.", ()),
    "then": Key(Route(), "Where the talk goes on after any answer without a route of its own.", ""),
    "guide": SERVES,
}

QUESTION = Entry("question", {"id": ANSWERED_ID, **_ASKED})

LADDER_OPTION = Entry("ladder option", OPTION.keys)

RUNG = Entry(
    "ladder question",
    {
        "part": Key(Id(), "Its name within a skill."),
        **{key: described for key, described in _ASKED.items() if key != "skill"},
        "options": Key(Many(LADDER_OPTION), "What can be answered.", ()),
    },
)

LADDER = Entry("ladder", {"questions": Key(Many(RUNG), "What is asked for each skill.")})

SHOWS = ("profile", "gains", "plan", "closing", "evidence", "smaller", "other", "follow-up")

SECTION = Entry(
    "section",
    {
        "id": ID,
        "title": text("Its name for a person.", use="title"),
        "intro": text("What is said first.", ""),
        "outro": text("What is said at the end.", ""),
        "shows": Key(OneOf(SHOWS), "What is shown at the end.", ""),
        "then": Key(Route(), "The section that follows, or `menu`.", "menu"),
        "questions": Key(Many(QUESTION), "What is asked, in order.", ()),
        "skills": Key(Many(Ref(("skill",))), "The skills that the ladder's questions are asked for.", ()),
        "each-action": Key(Number(1, 5), "For how many chosen actions the `each` questions are asked.", 0),
        "each": Key(Many(QUESTION), "What is asked once for each chosen action.", ()),
        "guide": SERVES,
    },
)

MENU_ITEM = Entry(
    "menu item",
    {
        "id": ID,
        "label": text("What is on the button.", use="label"),
        "within": Key(Text("name"), "The menu it stands in; left out: the main menu.", ""),
        "opens": Key(Ref(("section",)), "The section it opens.", ""),
        "does": Key(OneOf(DOES), "What it does instead.", ""),
        "detail": Key(Text("name"), "With `does: menu` the menu it opens; with `does: document` the document.", ""),
        "says": SAYS,
        "guide": SERVES,
    },
)
