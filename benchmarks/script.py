"""The twelve questions as every contestant is given them: ready texts, options and the answers to give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from benchmarks.setting import NOW, Setting
from benchmarks.talks import twelve_questions
from bot.dialogue import step
from bot.events import Chose, Started
from bot.guide import Guide
from bot.talk import Talk
from bot.wording import Wording


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is said, its options (id and label), and the id that is answered."""

    id: str
    text: str
    options: tuple[tuple[str, str], ...]
    answer: str


@dataclass(frozen=True, slots=True)
class Script:
    """A whole talk: what is said before the first question, the questions, and what is said after the last."""

    opening: tuple[str, ...]
    questions: tuple[Asked, ...]
    closing: tuple[str, ...]

    @property
    def texts(self) -> list[str]:
        """Return everything said, in order."""
        return [*self.opening, *(question.text for question in self.questions), *self.closing]

    @property
    def answers(self) -> dict[str, str]:
        """Return what must be stored in the end."""
        return {question.id: question.answer for question in self.questions}

    @property
    def turns(self) -> int:
        """Return how many turns the talk takes: hello, and one for each answer."""
        return 1 + len(self.questions)


class Contestant(Protocol):
    """Somebody who can have the twelve-question talk. Every talk is with somebody new."""

    def talk(self, person: str) -> list[str]:
        """Have the whole talk and return all that was said."""

    def answers(self, person: str) -> dict[str, str]:
        """Return what is stored of a talk, read back from where it is kept."""

    def close(self) -> None:
        """Let go of files and threads."""


def write_script(setting: Setting) -> tuple[Guide, Wording, Script]:
    """Return the guide of twelve questions, its wording, and what is said when it is walked."""
    guide = twelve_questions(setting.guide)
    wording = setting.wording
    made = step(guide, None, Started(), NOW)
    *before, _ = (message.text for message in wording.word(made.replies))
    asked: list[Asked] = []
    while (question := Talk(guide, made.state, NOW).question) is not None:
        text = wording.word(made.replies)[-1].text
        options = tuple((option.id, option.label) for option in question.options)
        answer = options[-1 if len(asked) % 2 else 0][0]
        asked.append(Asked(question.id, text, options, answer))
        made = step(guide, made.state, Chose(answer, question.id), NOW)
    after = tuple(message.text for message in wording.word(made.replies))
    return guide, wording, Script(tuple(before), tuple(asked), after)
