"""The files of a guide, described once: the reader, the checks and the editors' schema follow this page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.guide_text.format import Day, Entry, Flag, Id, Key, Many, Named, Number, OneOf, Ref, Route, Serving, Text

_GUIDE = Key(Serving(), "The items of the guide's checklist that this text serves.", ())
_SAYS = Key(Many(Text("phrase")), "Other words a person may type for it.", ())
_ASKS = Key(Many(Text("phrase")), "Ways a person may ask for it.", ())
_TOPIC = Key(Ref(("topic",)), "The topic it belongs to.", "")
_DOCUMENT = Key(Ref(("document",)), "The document that goes with it.", "")


def _text(about: str, default: Any = ..., use: str = "text") -> Key:
    return Key(Text(use), about, default)


OPTION = Entry(
    "option",
    {
        "id": Key(Id(), "A stable name; answers are kept under it."),
        "label": _text("What is on the button.", use="label"),
        "says": _SAYS,
        "reply": _text("What is said when it is chosen.", ""),
        "then": Key(Route(), "Where the talk goes on when it is chosen.", ""),
        "skill": Key(Ref(("skill",)), "The skill it speaks for.", ""),
        "guide": _GUIDE,
    },
)

_ASKED: Mapping[str, Key] = {
    "kind": Key(OneOf(("choice", "multi", "text", "date")), "How it is answered."),
    "text": _text("What is asked."),
    "why": _text("What is said to a person who asks why.", ""),
    "hint": _text("A short hint inside the field.", "", "hint"),
    "most": Key(Number(1, 20), "How many options of a `multi` may be picked.", 1),
    "source": Key(OneOf(("gains", "actions")), "Takes the options from the guide's gains or actions.", ""),
    "skill": Key(Ref(("skill",)), "The skill its answer speaks to.", ""),
    "options": Key(Many(OPTION), "What can be answered.", ()),
    "then": Key(Route(), "Where the talk goes on after any answer without a route of its own.", ""),
    "guide": _GUIDE,
}
QUESTION = Entry("question", {"id": Key(Id(), "A stable name; answers are kept under it."), **_ASKED})
LADDER_OPTION = Entry("ladder option", OPTION.keys)
RUNG = Entry(
    "ladder question",
    {
        "part": Key(Id(), "Its name within a skill."),
        **{key: described for key, described in _ASKED.items() if key != "skill"},
        "options": Key(Many(LADDER_OPTION), "What can be answered.", ()),
    },
)

SHOWS = ("profile", "gains", "plan", "closing", "evidence", "smaller", "other", "follow-up")

SECTION = Entry(
    "section",
    {
        "id": Key(Id(), "A stable name."),
        "title": _text("Its name for a person.", use="title"),
        "intro": _text("What is said first.", ""),
        "outro": _text("What is said at the end.", ""),
        "shows": Key(OneOf(SHOWS), "What is shown at the end.", ""),
        "then": Key(Route(), "The section that follows, or `menu`.", "menu"),
        "questions": Key(Many(QUESTION), "What is asked, in order.", ()),
        "skills": Key(Many(Ref(("skill",))), "The skills that the ladder's questions are asked for.", ()),
        "each-action": Key(Number(1, 5), "For how many chosen actions the `each` questions are asked.", 0),
        "each": Key(Many(QUESTION), "What is asked once for each chosen action.", ()),
        "guide": _GUIDE,
    },
)

DOES = (
    *("plan", "profile", "progress", "tip", "cv", "help", "privacy", "export", "delete", "pause", "stop"),
    *("restart", "review", "remind", "menu", "document", "practice", "notes"),
)

MENU_ITEM = Entry(
    "menu item",
    {
        "id": Key(Id(), "A stable name."),
        "label": _text("What is on the button.", use="label"),
        "within": Key(Text("name"), "The menu it stands in; left out: the main menu.", ""),
        "opens": Key(Ref(("section",)), "The section it opens.", ""),
        "does": Key(OneOf(DOES), "What it does instead.", ""),
        "detail": Key(Text("name"), "With `does: menu` the menu it opens; with `does: document` the document.", ""),
        "says": _SAYS,
        "guide": _GUIDE,
    },
)

SKILL = Entry(
    "skill",
    {
        "id": Key(Id(), "A stable name."),
        "title": _text("Its name.", use="label"),
        "topic": _TOPIC,
        "means": _text("What it is, in plain words.", use="line"),
        "why": _text("Why it matters.", use="line"),
        "levels": Key(Many(Text("line"), 4, 4), "What one does at each of four levels."),
        "steps": Key(Many(Many(Text("line"), 1, 6), 3, 3), "What to do to get from each level to the next."),
        "proof": _text("The question that asks for an example.", use="line"),
        "cv": _text("A CV line with gaps in [square brackets].", use="pattern"),
        "guide": _GUIDE,
    },
)

GAIN = Entry(
    "gain",
    {
        "id": Key(Id(), "A stable name."),
        "label": _text("What is on the button.", use="label"),
        "gives": _text("What one may gain."),
        "costs": _text("What it asks in return."),
        "topic": _TOPIC,
        "says": _SAYS,
        "guide": _GUIDE,
    },
)

ACTION = Entry(
    "action",
    {
        "id": Key(Id(), "A stable name."),
        "label": _text("What is on the button.", use="label"),
        "text": _text("What to do."),
        "small": _text("A 15-minute form of it, in one sentence.", "", "line"),
        "why": _text("Why it helps.", ""),
        "minutes": Key(Number(1, 480), "How long it takes, in minutes.", 15),
        "topic": _TOPIC,
        "skill": Key(Ref(("skill",)), "The skill it trains.", ""),
        "document": _DOCUMENT,
        "asks": Key(Flag(), "Whether somebody else has to say yes first.", False),  # noqa: FBT003
        "before": Key(Ref(("document",)), "A document to look at shortly before the day.", ""),
        "after": Key(Ref(("section",)), "The section that asks how it went, in place of the guide's own.", ""),
        "headline": Key(Flag(), "Whether it is one of the guide's own cards.", False),  # noqa: FBT003
        "says": _SAYS,
        "guide": _GUIDE,
    },
)

TOPIC = Entry(
    "topic",
    {
        "id": Key(Id(), "A stable name."),
        "title": _text("Its name.", use="title"),
        "answer": _text("What is said to a question about it."),
        "asks": _ASKS,
        "facts": Key(Many(Ref(("fact",))), "Facts shown beneath the answer.", ()),
        "document": _DOCUMENT,
        "within": Key(Ref(("topic",)), "The wider topic it belongs to.", ""),
        "rests": Key(Flag(), "Whether the talk rests after this answer.", False),  # noqa: FBT003
        "guide": _GUIDE,
    },
)

TIP = Entry(
    "tip",
    {
        "id": Key(Id(), "A stable name."),
        "text": _text("The tip, in at most 40 words.", use="tip"),
        "topic": Key(Ref(("topic",)), "The topic it belongs to."),
        "skill": Key(Ref(("skill",)), "The skill it trains.", ""),
        "level": Key(Number(0, 3), "The level it suits; 0 suits anyone.", 0),
        "guide": _GUIDE,
    },
)

CHANNEL_MOMENTS = ("month-start", "month-middle", "quarter-start", "half-end")
PERSON_MOMENTS = (
    *("cue", "open", "gap", "fixes", "shadowed", "misfit", "obstacle", "quarter", "silence"),
    *("new-year", "project-closed", "new-role"),
)
MOMENTS = ("any", *CHANNEL_MOMENTS, *PERSON_MOMENTS)
"""When a nudge fits: at any time, at a point of the calendar, or by how things stand with a person."""

NUDGE = Entry(
    "nudge",
    {
        "id": Key(Id(), "A stable name."),
        "to": Key(OneOf(("channel", "person")), "Who reads it."),
        "moment": Key(Text("name"), "When it fits, in plain words."),
        "when": Key(OneOf(MOMENTS), "The same for the scheduler; left out: any time.", "any"),
        "only-if": Key(Text("name"), "What must be true of a channel before it is posted there.", ""),
        "text": _text("The nudge: at most 45 words to a channel, 59 to a person.", use="private nudge"),
        "offers": _text("What is on its button, where it opens something of its own.", "", "label"),
        "opens": Key(Ref(("section",)), "The section that its button opens.", ""),
        "does": Key(OneOf(DOES), "What its button does instead.", ""),
        "detail": Key(Text("name"), "With `does: document` the document.", ""),
        "cue": _text("What a step may be tied to; such steps are shown with it.", "", "label"),
        "topic": _TOPIC,
        "guide": _GUIDE,
    },
)

FACT = Entry(
    "fact",
    {
        "id": Key(Id(), "A stable name."),
        "text": _text("The fact."),
        "source": _text("Where it was found.", use="source"),
        "year": Key(Number(1900, 2100), "The year it was found true."),
        "review-by": Key(Day(), "The day by which to look again."),
        "guide": _GUIDE,
    },
)

PATTERN = Entry(
    "pattern",
    {
        "id": Key(Id(), "A stable name."),
        "situation": _text("Where it grows from, with gaps in [square brackets].", use="pattern"),
        "line": _text("The CV line, with gaps in [square brackets].", use="pattern"),
        "fits": Key(Many(Ref(("action", "skill"))), "The actions or skills it grows from.", ()),
        "guide": _GUIDE,
    },
)

PROMPT = Entry(
    "prompt",
    {
        "id": Key(Id(), "A stable name."),
        "question": _text("The interview question.", use="line"),
        "shows": _text("What a good answer shows.", use="line"),
        "coach": _text("A coach's question.", use="line"),
        "guide": _GUIDE,
    },
)

DOCUMENT = Entry(
    "document",
    {
        "id": Key(Id(), "A stable name."),
        "title": _text("Its name.", use="label"),
        "body": _text("The text itself.", use="document"),
        "asks": _ASKS,
        "guide": _GUIDE,
    },
)

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

LADDER = Entry("ladder", {"questions": Key(Many(RUNG), "What is asked for each skill.")})


PROMISE = Entry(
    "promise",
    {
        "text": _text("What is said."),
        "document": _DOCUMENT,
        "buddy": Key(Ref(("action",)), "The step of swapping a line with a buddy.", ""),
        "guide": _GUIDE,
    },
)


def _said(name: str) -> Entry:
    return Entry(name, {"text": _text("What is said."), "guide": _GUIDE}, short="text")


GUIDE = Entry(
    "guide",
    {
        "id": Key(Text("name"), "The guide's stable name."),
        "title": _text("The guide's name for a person.", use="title"),
        "version": Key(Text("name"), "Any words that tell one edition from another."),
        "language": Key(Text("name"), "The language it is written in, such as `en-GB`."),
        "welcome": Key(_said("welcome"), "What is said first of all."),
        "privacy": Key(_said("privacy"), "What happens with what a person tells."),
        "closing": Key(_said("closing"), "What is said when a plan stands."),
        "promise": Key(PROMISE, "What is said once, when the first plan stands.", None),
        "items": Key(Serving(), "The checklist of what the guide has to say, such as `G1-G71`.", ()),
        "names": Key(Many(Text("name")), "Names and short forms that the reading level passes over.", ()),
        "menu": Key(Many(MENU_ITEM), "The menus."),
        "scoring": Key(SCORING, "How answers become a profile.", None),
        "follow-up": Key(FOLLOW_UP, "Where a person's wishes about notes are asked for.", None),
        "ladder": Key(LADDER, "What is asked for each skill.", None),
        "sections": Key(Many(SECTION), "The talk itself."),
        "skills": Key(Many(SKILL), "The skills it looks at.", ()),
        "gains": Key(Many(GAIN), "What there is to gain, and the price.", ()),
        "actions": Key(Many(ACTION), "What one can do.", ()),
        "topics": Key(Many(TOPIC), "What people ask about.", ()),
        "tips": Key(Many(TIP), "Quick tips.", ()),
        "nudges": Key(Many(NUDGE), "Lines that are sent unasked to those who said yes.", ()),
        "facts": Key(Many(FACT), "Checked statements.", ()),
        "patterns": Key(Many(PATTERN), "CV lines with gaps.", ()),
        "prompts": Key(Many(PROMPT), "Interview questions to practise with.", ()),
        "ask-back": Key(Many(Text("line")), "Questions to ask in an interview.", ()),
        "documents": Key(Many(DOCUMENT), "Longer texts to copy or work through.", ()),
        "topic-phrases": Key(Named(Many(Text("phrase")), Ref(("topic",))), "More ways to ask about a topic.", {}),
        "action-phrases": Key(Named(Many(Text("phrase")), Ref(("action",))), "More words for an action.", {}),
        "intents": Key(Named(Many(Text("phrase"))), "Words for each thing one can ask the bot to do.", {}),
        "words": Key(Named(Many(Text("words"))), "Small words by their meaning: `yes`, `no`, …", {}),
        "labels": Key(Named(Text("said")), "The words on the buttons that every talk has.", {}),
    },
)
"""The whole of a guide, as the merged files of its folder hold it."""

SHARED = Entry(
    "phrases",
    {key: GUIDE.keys[key] for key in ("intents", "words", "labels", "topic-phrases", "action-phrases")},
)
"""What guides of one language share: phrases.yml and labels.yml beside their folders."""
