"""Keys that several kinds of entry have, meaning the same in each."""

from __future__ import annotations

from typing import Any

from bot.guide_text.format import Id, Key, Many, Ref, Serving, Text

ID = Key(Id(), "A stable name.")
ANSWERED_ID = Key(Id(), "A stable name; answers are kept under it.")
SERVES = Key(Serving(), "The items of the guide's checklist that this text serves.", ())
SAYS = Key(Many(Text("phrase")), "Other words a person may type for it.", ())
ASKS = Key(Many(Text("phrase")), "Ways a person may ask for it.", ())
OF_TOPIC = Key(Ref(("topic",)), "The topic it belongs to.", "")
WITH_DOCUMENT = Key(Ref(("document",)), "The document that goes with it.", "")

DOES = (
    *("plan", "profile", "progress", "tip", "cv", "help", "privacy", "export", "delete", "pause", "stop"),
    *("restart", "review", "remind", "menu", "document", "practice", "notes"),
)
"""What can be opened, done or shown beside a question: by an item of a menu, or by a nudge's button."""


def text(about: str, default: Any = ..., use: str = "text") -> Key:
    """Return a key that holds a text for that use."""
    return Key(Text(use), about, default)
