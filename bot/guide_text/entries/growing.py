"""What a person can grow by: skills, what there is to gain, and what to do."""

from __future__ import annotations

from bot.guide_text.entries.keys import ID, OF_TOPIC, SAYS, SERVES, WITH_DOCUMENT, text
from bot.guide_text.format import Entry, Flag, Key, Many, Number, Ref, Text

SKILL = Entry(
    "skill",
    {
        "id": ID,
        "title": text("Its name.", use="label"),
        "topic": OF_TOPIC,
        "means": text("What it is, in plain words.", use="line"),
        "why": text("Why it matters.", use="line"),
        "levels": Key(Many(Text("line"), 4, 4), "What one does at each of four levels."),
        "steps": Key(Many(Many(Text("line"), 1, 6), 3, 3), "What to do to get from each level to the next."),
        "proof": text("The question that asks for an example.", use="line"),
        "cv": text("A CV line with gaps in [square brackets].", use="pattern"),
        "guide": SERVES,
    },
)

GAIN = Entry(
    "gain",
    {
        "id": ID,
        "label": text("What is on the button.", use="label"),
        "gives": text("What one may gain."),
        "costs": text("What it asks in return."),
        "topic": OF_TOPIC,
        "says": SAYS,
        "guide": SERVES,
    },
)

ACTION = Entry(
    "action",
    {
        "id": ID,
        "label": text("What is on the button.", use="label"),
        "text": text("What to do."),
        "small": text("A 15-minute form of it, in one sentence.", "", "line"),
        "why": text("Why it helps.", ""),
        "minutes": Key(Number(1, 480), "How long it takes, in minutes.", 15),
        "topic": OF_TOPIC,
        "skill": Key(Ref(("skill",)), "The skill it trains.", ""),
        "document": WITH_DOCUMENT,
        "asks": Key(Flag(), "Whether somebody else has to say yes first.", False),  # noqa: FBT003
        "before": Key(Ref(("document",)), "A document to look at shortly before the day.", ""),
        "after": Key(Ref(("section",)), "The section that asks how it went, in place of the guide's own.", ""),
        "headline": Key(Flag(), "Whether it is one of the guide's own cards.", False),  # noqa: FBT003
        "says": SAYS,
        "guide": SERVES,
    },
)
