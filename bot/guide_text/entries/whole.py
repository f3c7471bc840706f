"""The whole of a guide, and what guides of one language share: the keys that may stand at the top of a file."""

from __future__ import annotations

from bot.guide_text.entries.growing import ACTION, GAIN, SKILL
from bot.guide_text.entries.keys import text
from bot.guide_text.entries.questions import LADDER, MENU_ITEM, SECTION
from bot.guide_text.entries.settled import FOLLOW_UP, PROMISE, SCORING, said
from bot.guide_text.entries.texts import DOCUMENT, FACT, NUDGE, PATTERN, PROMPT, TIP, TOPIC
from bot.guide_text.format import Entry, Key, Many, Named, Ref, Serving, Text

GUIDE = Entry(
    "guide",
    {
        "id": Key(Text("name"), "The guide's stable name."),
        "title": text("The guide's name for a person.", use="title"),
        "version": Key(Text("name"), "Any words that tell one edition from another."),
        "language": Key(Text("name"), "The language it is written in, such as `en-GB`."),
        "welcome": Key(said("welcome"), "What is said first of all."),
        "privacy": Key(said("privacy"), "What happens with what a person tells."),
        "closing": Key(said("closing"), "What is said when a plan stands."),
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
        "answer-phrases": Key(Named(Many(Text("phrase"))), "How people answer a question in their own words.", {}),
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
