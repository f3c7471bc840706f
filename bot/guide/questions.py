"""What is asked, and how one gets there: options, questions, sections and the lines of a menu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.guide.checklist import Serves

type_of_question = Literal["choice", "multi", "text", "date"]

MENU = "menu"
"""The route that ends a section and goes back to the menu."""

LADDER = "ladder"
"""Under this name a guide lists how people answer the questions that are asked for every skill."""

ASIDE = ("evidence", "smaller", "other")
"""What a section shows that the plan opens for one of its lines, and no menu has to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer that can be tapped or typed.

    `says` holds other words for it; `reply` is said when it is chosen; `then` is the route it takes (a
    question's id, a section's id or `menu`; empty: the next question). `skill` names a skill it speaks for.
    """

    id: str
    label: str
    says: tuple[str, ...] = ()
    reply: str = ""
    then: str = ""
    skill: str = ""
    serves: Serves = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing asked.

    `most` is how many options of a `multi` may be picked. `source` fills the options at run time: `gains`
    or `actions`. `slot` (1, 2, ...) marks a question that is asked once per chosen action. `scale` is
    how many options one sees on a ladder. `skill` is the skill an answer speaks to.
    """

    id: str
    kind: type_of_question
    text: str
    why: str = ""
    hint: str = ""
    options: tuple[Option, ...] = ()
    then: str = ""
    most: int = 1
    source: Literal["", "gains", "actions"] = ""
    slot: int = 0
    skill: str = ""
    part: str = ""
    serves: Serves = ()

    @property
    def answered_under(self) -> str:
        """Return the name under which the guide lists answers in prose: the same for the ladder of every skill."""
        return LADDER if self.part and not self.slot else self.part or self.id

    def option(self, option_id: str) -> Option | None:
        """Return the option of that id, or None."""
        for option in self.options:
            if option.id == option_id:
                return option
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A short run of questions with one purpose.

    `shows` names what is shown when it ends (`profile`, `gains`, `plan`, `closing`, `evidence`, or nothing), or what an
    answer becomes: `smaller` or `other` words for a step of the plan;
    `then` is the section that follows at once, or `menu`.
    """

    id: str
    title: str
    questions: tuple[Question, ...]
    intro: str = ""
    outro: str = ""
    shows: str = ""
    then: str = MENU
    serves: Serves = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuItem:
    """A line of a menu: it opens a section, or does what an intent does (`does: plan`).

    `within` is empty for the main menu; `more` for the menu behind its last line.
    """

    id: str
    label: str
    within: str = ""
    opens: str = ""
    does: str = ""
    detail: str = ""
    says: tuple[str, ...] = ()
    serves: Serves = ()
