"""What is waited for when words come in, and the stable names under which a heard event is reported."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from bot.events import Answered, Event, Puzzled, Wanted
from bot.guide import Guide, Option
from bot.value import Value

Context = Literal["idle", "scale", "confirm", "date", "text", "choice", "multi"]
Detail = str | int | list[int] | None

REWORD = "reword:"
"""The reading of words that ask to put a step in one's own words."""
NO_WORDS = "words:"
"""The reading of "done", "ok" and the like where a person's own words are asked for."""
UNDECIDED = "undecided:"
"""The reading of "maybe" and "it depends" where no option says so."""
WHICH_ONES = "which:"
"""The reading of "most of them", where several may be picked and it is not said which."""
TOO_MANY = "many:"
"""The reading of more answers than may be picked."""
PLAIN_YES = "plain:"
"""The reading of words that would turn something on, and are no plain yes to it."""
FOREIGN = "language:"
"""The reading of a sentence in a language that the guide does not read."""
LOST = "lost"
"""The detail of a wish to skip that was never said: the person cannot tell."""
RULED_OUT = "not:"
"""How a reading begins that names days that do not suit."""
_HEARD_AS = {"review": "back", "edit": "back", "undo": "back", "menu": "help", "document": "help", "practice": "cv"}
_HEARD_AS |= {"drop": "plan", "add": "plan", "snooze": "remind", "log": "cv", "claim": "cv"}
_HEARD_AS |= dict.fromkeys(
    ("partly", "shrink", "swap", "repeat", "change", "asked", "agreed", "refused", "called-off"), "plan"
)
_HEARD_AS |= {"quiet": "stop", "less": "remind", "more": "remind", "notes": "remind", "fit": "plan", "save": "tip"}
_HEARD_AS |= {"reason": "why", "buddy": "plan"}
_ALSO_TOPICS = {"privacy": "privacy", "cv": "cv", "about": "help"}
"""Intents that a guide may also write topics about (`cv-lines`, `about-this-guide`), by how such a topic begins."""
SUPPORT = "support"
"""The topic for people in need."""
_OPENING = ("what", "why", "how", "who", "which", "does", "is", "will")


class Expects(Value, frozen=True):
    """What the talk is waiting for: a context, the options on the table, and how many may be picked.

    `turns_on`: an answer turns something on, so that only a plain yes to it counts as one. `about`: under which name
    the guide lists how people answer in their own words.
    """

    context: Context
    options: tuple[Option, ...] = ()
    most: int = 1
    turns_on: bool = False
    about: str = ""


class Heard(Value, frozen=True):
    """One message on its way through the readings: as typed, as words, and what it may answer."""

    text: str
    words: list[str]
    expects: Expects
    now: datetime

    @property
    def asked(self) -> bool:
        """Whether a question is on the table."""
        return self.expects.context != "idle"

    @property
    def asks(self) -> bool:
        """Whether the message looks like a question itself."""
        return "?" in self.text or self.words[0] in _OPENING


def heard(event: Event, expects: Expects, guide: Guide | None = None) -> tuple[str, Detail]:
    """Return the stable intent and detail of an event.

    Args:
        event: What `Understanding.hear` returned.
        expects: What was expected when it was heard; it gives options their numbers.
        guide: Where given, a topic within another is reported as the outermost one.

    Returns:
        The intent, and a topic id, an action id, an option's number (from 1; a list where several were picked),
        an ISO date, or None.
    """
    if isinstance(event, Answered):
        return _answered(event, expects)
    if isinstance(event, Wanted):
        line = ancestry(event.detail, guide)
        named = next((meant for topic in line if (meant := _ALSO_TOPICS.get(topic.partition("-")[0]))), "")
        if event.intent == "ask" and named:
            return named, None
        plain = event.intent in ("repeat", "claim", "edit", "skip") or event.detail.startswith("#")
        detail = "" if plain else line[-1].partition("#")[0]
        if event.intent == "tip" and guide is not None and detail not in guide.topic_by_id:
            detail = ""
        return _HEARD_AS.get(event.intent, event.intent), detail or None
    if isinstance(event, Puzzled) and event.readings:
        return "clarify", None
    return "unknown", None


def _answered(event: Answered, expects: Expects) -> tuple[str, Detail]:
    if event.day is not None:
        return "date", event.day.isoformat()
    numbers = [place for place, option in enumerate(expects.options, 1) if option.id in event.options]
    return "answer", numbers[0] if len(numbers) == 1 else numbers or None


def ancestry(topic_id: str, guide: Guide | None) -> list[str]:
    """Return the topic and what it lies within, outwards; a ring of topics ends where it began."""
    line = [topic_id]
    while guide is not None and topic_id in guide.topic_by_id:
        topic_id = guide.topic_by_id[topic_id].within
        if not topic_id or topic_id in line:
            break
        line.append(topic_id)
    return line
