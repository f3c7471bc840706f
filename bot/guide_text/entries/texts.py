"""What is told: topics, tips, nudges, facts, patterns of CV lines, prompts and documents."""

from __future__ import annotations

from bot.guide_text.entries.keys import ASKS, DOES, ID, OF_TOPIC, SERVES, WITH_DOCUMENT, text
from bot.guide_text.format import Day, Entry, Flag, Key, Many, Number, OneOf, Ref, Text

TOPIC = Entry(
    "topic",
    {
        "id": ID,
        "title": text("Its name.", use="title"),
        "answer": text("What is said to a question about it."),
        "asks": ASKS,
        "facts": Key(Many(Ref(("fact",))), "Facts shown beneath the answer.", ()),
        "document": WITH_DOCUMENT,
        "within": Key(Ref(("topic",)), "The wider topic it belongs to.", ""),
        "rests": Key(Flag(), "Whether the talk rests after this answer.", False),  # noqa: FBT003
        "guide": SERVES,
    },
)

TIP = Entry(
    "tip",
    {
        "id": ID,
        "text": text("The tip, in at most 40 words.", use="tip"),
        "topic": Key(Ref(("topic",)), "The topic it belongs to."),
        "skill": Key(Ref(("skill",)), "The skill it trains.", ""),
        "level": Key(Number(0, 3), "The level it suits; 0 suits anyone.", 0),
        "guide": SERVES,
    },
)

CHANNEL_MOMENTS = ("month-start", "month-middle", "quarter-start", "half-end")

PERSON_MOMENTS = (
    *("cue", "open", "gap", "fixes", "shadowed", "misfit", "obstacle", "quarter", "silence"),
    *("new-year", "fresh-start", "project-closed", "new-role"),
)

MOMENTS = ("any", *CHANNEL_MOMENTS, *PERSON_MOMENTS)
"""When a nudge fits: at any time, at a point of the calendar, or by how things stand with a person."""

NUDGE = Entry(
    "nudge",
    {
        "id": ID,
        "to": Key(OneOf(("channel", "person")), "Who reads it."),
        "moment": Key(Text("name"), "When it fits, in plain words."),
        "when": Key(OneOf(MOMENTS), "The same for the scheduler; left out: any time.", "any"),
        "only-if": Key(Text("name"), "What must be true of a channel before it is posted there.", ""),
        "text": text("The nudge: at most 45 words to a channel, 59 to a person.", use="private nudge"),
        "offers": text("What is on its button, where it opens something of its own.", "", "label"),
        "opens": Key(Ref(("section",)), "The section that its button opens.", ""),
        "does": Key(OneOf(DOES), "What its button does instead.", ""),
        "detail": Key(Text("name"), "With `does: document` the document.", ""),
        "cue": text("What a step may be tied to; such steps are shown with it.", "", "label"),
        "topic": OF_TOPIC,
        "guide": SERVES,
    },
)

FACT = Entry(
    "fact",
    {
        "id": ID,
        "text": text("The fact."),
        "source": text("Where it was found.", use="source"),
        "year": Key(Number(1900, 2100), "The year it was found true."),
        "review-by": Key(Day(), "The day by which to look again."),
        "guide": SERVES,
    },
)

PATTERN = Entry(
    "pattern",
    {
        "id": ID,
        "situation": text("Where it grows from, with gaps in [square brackets].", use="pattern"),
        "line": text("The CV line, with gaps in [square brackets].", use="pattern"),
        "fits": Key(Many(Ref(("action", "skill"))), "The actions or skills it grows from.", ()),
        "guide": SERVES,
    },
)

PROMPT = Entry(
    "prompt",
    {
        "id": ID,
        "question": text("The interview question.", use="line"),
        "shows": text("What a good answer shows.", use="line"),
        "coach": text("A coach's question.", use="line"),
        "guide": SERVES,
    },
)

DOCUMENT = Entry(
    "document",
    {
        "id": ID,
        "title": text("Its name.", use="label"),
        "body": text("The text itself.", use="document"),
        "asks": ASKS,
        "guide": SERVES,
    },
)
