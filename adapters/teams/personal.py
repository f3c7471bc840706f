"""The cards in people's own chats: which one waits for an answer, and what was answered in place of a pressed one."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any

from bot.events import Chose, Event, Submitted
from bot.messages import Message

KEPT = 10_000
"""How many people's last question is remembered, so that its controls can be taken off."""

ANSWERS_KEPT = 500
"""How many answers to presses are remembered, so that a press delivered twice is answered alike."""


@dataclass(frozen=True, slots=True)
class Card:
    """A card that asks: the id of its activity, what it says, and how it was answered, if it was by words."""

    id: str
    message: Message
    chosen: str = ""


class Cards:
    """Remembers, in memory alone, what people have before them."""

    def __init__(self) -> None:
        """Begin with nothing: what was asked before a restart keeps its controls, and a press on it still counts."""
        self._asked: OrderedDict[str, Card] = OrderedDict()
        self._answers: OrderedDict[str, tuple[str, Mapping[str, Any]]] = OrderedDict()

    def answered(self, person: str, card: str, words: str) -> None:
        """Note the words, or the label pressed, that answered a person's last question; `card` where it is known."""
        asked = self._asked.get(person)
        if asked is not None and card in ("", asked.id):
            self._asked[person] = replace(asked, chosen=words)

    def label(self, person: str, event: Event | None) -> str:
        """Return the words on what was chosen on a person's last question; empty where they are not known."""
        asked = self._asked.get(person)
        if asked is None or not isinstance(event, (Chose, Submitted)):
            return ""
        labels = {pick.id: pick.label for control in asked.message.controls for pick in control.options}
        labels |= {control.id: control.label for control in asked.message.controls if control.kind == "button"}
        if isinstance(event, Chose):
            return labels.get(event.option, "")
        values = [value if isinstance(value, tuple) else (value,) for value in event.fields.values()]
        return ", ".join(labels.get(entry, entry) for value in values for entry in value)

    def shown(self, person: str, card: str, message: Message) -> Card | None:
        """Note a card posted to a person; return the one before it, if that is to lose its controls."""
        before = self._asked.get(person)
        if not asks(message) and not (before and before.chosen):
            return None
        self._put(person, card, message)
        return before

    def replaced(self, person: str, card: str, message: Message) -> Card | None:
        """Note what took the place of a pressed card; return the last question, if that stood on another card."""
        before = self._asked.get(person)
        self._put(person, card, message)
        return before if before is not None and before.id != card else None

    def _put(self, person: str, card: str, message: Message) -> None:
        self._asked.pop(person, None)
        if asks(message) and card:
            self._asked[person] = Card(card, message)
        if len(self._asked) > KEPT:
            self._asked.popitem(last=False)

    def remember(self, key: str, person: str, body: Mapping[str, Any]) -> None:
        """Note what was answered to a press."""
        self._answers[key] = (person, body)
        if len(self._answers) > ANSWERS_KEPT:
            self._answers.popitem(last=False)

    def answer_to(self, key: str) -> Mapping[str, Any] | None:
        """Return what was answered to a press that was delivered before."""
        found = self._answers.get(key)
        return found[1] if found else None

    def forget(self, person: str) -> None:
        """Drop what is remembered of a person."""
        self._asked.pop(person, None)
        for key in [key for key, (whose, _) in self._answers.items() if whose == person]:
            del self._answers[key]


def asks(message: Message) -> bool:
    """Say whether a message waits for an answer, after which its controls mean nothing any more."""
    return bool(message.controls) and (message.question is not None or message.about == "confirm")


def run_of(person: str) -> str:
    """Return what a card carries to show for whom it was drawn, without saying who that is."""
    return blake2b(person.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
