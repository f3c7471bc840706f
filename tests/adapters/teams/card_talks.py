"""Everything that is said in talks: one that asks for all there is, and some that go at random."""

from __future__ import annotations

from random import Random

from bot.events import Submitted
from bot.messages import Message, join
from tests.talking import Conversing

ASKED = (
    "tip", "help", "progress", "profile", "plan", "review", "export", "privacy", "cv", "practice", "documents", "menu",
    "what are the downsides?", "done", "tip about flying saucers", "pause until Monday", "hello", "qwertz",
    "delete everything about me", "no", "thanks", "stop", "start",
)  # fmt: skip

TYPED = (*ASKED, "1", "2", "skip", "why", "back", "in two weeks", "yes", "*no* <at>time</at>", "[x](http://a.example)")


class Noting(Conversing):
    """A talk that notes what was said in it: message by message, and as the one message of each turn."""

    def __init__(self, *given: object) -> None:
        super().__init__(*given)
        self.said: list[Message] = []

    def take(self, event: object) -> str:
        heard = super().take(event)
        self.said += dict.fromkeys((*self.messages, *join(self.messages)))
        return heard


def ask_for_everything(talk: Noting) -> list[Message]:
    """Have a whole talk, ask for all that can be asked for, and return what was said."""
    talk.through_quick_six()
    talk.through_plan()
    for words in ASKED:
        talk.say(words)
    for document in talk.guide.documents:
        talk.press(f"do:document:{document.id}")
    for section in talk.guide.sections:
        talk.press(f"do:review:{section.id}")
        talk.press(f"open:{section.id}")
    talk.say("delete everything about me", "yes")
    return talk.said


def wander(talk: Noting, seed: int, turns: int) -> list[Message]:
    """Press, type and fill in at random, and return what was said."""
    chance = Random(seed)
    talk.start()
    for _ in range(turns):
        picks = list(talk.picks)
        if picks and chance.random() < 0.7:
            talk.press(chance.choice(picks), talk.question)
        elif talk.question and chance.random() < 0.5:
            talk.take(Submitted({talk.question: chance.choice(TYPED)}))
        else:
            talk.say(chance.choice(TYPED))
    return talk.said
