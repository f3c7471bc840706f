"""A talk for tests: words and presses go in, messages and state come out; the engine alone, no store."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.dialogue import step
from bot.events import Chose, Event, Said, Started, Submitted
from bot.guide import Guide
from bot.messages import Message
from bot.records import from_record, to_record
from bot.state import State
from bot.talk import Step
from bot.wording import Wording


class Conversing:
    """One person talking. Every state goes through its record, so that nothing lives beside it."""

    def __init__(self, guide: Guide, wording: Wording, now: datetime) -> None:
        self.guide = guide
        self.wording = wording
        self.now = now
        self.state: State | None = None
        self.step: Step | None = None
        self.messages: tuple[Message, ...] = ()
        self.offered_with_plan: dict[str, str] = {}

    def take(self, event: Event) -> str:
        """Take a turn and return what was said, as plain text."""
        made = step(self.guide, self.state, event, self.now)
        self.step = made
        self.state = None if made.erase else from_record(to_record(made.state))
        self.messages = self.wording.word(made.replies, asking=made.question is not None)
        return "\n\n".join(message.plain for message in self.messages)

    def start(self) -> str:
        return self.take(Started())

    def say(self, *words: str) -> str:
        """Say these one after another and return the last reply."""
        heard = ""
        for text in words:
            heard = self.take(Said(text))
        return heard

    def press(self, option: str, question: str | None = None) -> str:
        return self.take(Chose(option, question))

    def submit(self, fields: Mapping[str, str | tuple[str, ...]]) -> str:
        return self.take(Submitted(fields))

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)

    @property
    def question(self) -> str | None:
        return self.step.question if self.step else None

    @property
    def phase(self) -> str:
        return self.step.phase if self.step else "new"

    @property
    def intent(self) -> str:
        return self.step.heard[0] if self.step else ""

    @property
    def picks(self) -> dict[str, str]:
        """What can be pressed under the last messages: id to label."""
        found: dict[str, str] = {}
        for message in self.messages:
            for control in message.controls:
                found |= {pick.id: pick.label for pick in control.options}
                if control.kind == "button":
                    found[control.id] = control.label
        return found

    def through_intake(self) -> str:
        """Answer the intake: has a PMO, is drawn to it, aims at PMO manager, same grade, two hours."""
        self.start()
        return self.say("1", "2", "1", "2", "1", "2")

    def through_quick_six(self) -> str:
        """Go through the intake, the assets and the six skills: two strong, two weak, two middling."""
        self.through_intake()
        self.press("open:carry")
        self.say("1 and 2")
        ladder = {
            "C1": ["y", "y", "n", "h", "I got two vendors to agree one date"],
            "C2": ["y", "n", "m", "The board chose from my one-page note"],
            "C9": ["n", "y", "l", ""],
            "C10": ["y", "n", "m", ""],
            "C11": ["o"],
            "C13": ["y", "y", "y", "h", "Cut a double report, two hours a month"],
        }
        heard = ""
        for answers in ladder.values():
            for answer in answers:
                heard = self._answer(answer)
        return heard

    def _answer(self, answer: str) -> str:
        question = self.guide.question_by_id[self.question or ""]
        if question.kind == "choice":
            return self.press(answer, question.id)
        return self.submit({question.id: answer}) if answer else self.say("skip")

    def through_plan(self, action: str = "shadowing") -> str:
        """Make a small plan of one action, from wherever the talk is."""
        self.press("open:plan")
        self.say("skip", "skip")
        self.submit({"picks": (action,)})
        made = self.say("keep", "no time", "after our team meeting", "in two weeks", "yes")
        self.offered_with_plan = self.picks
        self.press("none", "notes")
        return made
