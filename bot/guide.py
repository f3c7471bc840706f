"""The guide as frozen data: what an adviser wrote, in the shape the engine walks.

Nothing here knows a subject, a file or a platform. `serves` names the items of the guide's own checklist
that a text speaks to; it is carried so that a test can show that each one is really said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

type_of_question = Literal["choice", "multi", "text", "date"]
Serves = tuple[str, ...]

MENU = "menu"
"""The route that ends a section and goes back to the menu."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """A competency: four levels of reach, and what to do to get from each to the next.

    `levels[0]` is the first level; `steps[0]` holds the actions that lead from level 1 to level 2.
    """

    id: str
    title: str
    topic: str
    means: str
    why: str
    levels: tuple[str, str, str, str]
    steps: tuple[tuple[str, ...], ...]
    proof: str
    cv: str
    serves: Serves = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """Something the move can give, and what it asks in return."""

    id: str
    label: str
    gives: str
    costs: str
    topic: str = ""
    says: tuple[str, ...] = ()
    serves: Serves = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something to do at work. `headline` marks the guide's own cards; the others come from a skill's step.

    `small` is its 15-minute form. `asks` says that somebody else has to say yes first. `before` is a document to look
    at shortly before the day; `after` is the section that asks how it went, in place of the guide's own.
    """

    id: str
    label: str
    text: str
    small: str = ""
    asks: bool = False
    before: str = ""
    after: str = ""
    why: str = ""
    minutes: int = 15
    topic: str = ""
    skill: str = ""
    document: str = ""
    headline: bool = False
    says: tuple[str, ...] = ()
    serves: Serves = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Something people ask about, and the guide's answer. `facts` are shown beneath with source and year.

    `rests`: the talk rests after this answer, as some things matter more than the next question.
    """

    id: str
    title: str
    answer: str
    asks: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    document: str = ""
    within: str = ""
    rests: bool = False
    serves: Serves = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tip:
    """A quick tip. `level` 1 to 3 is the reach it suits; 0 suits anyone."""

    id: str
    text: str
    topic: str
    skill: str = ""
    level: int = 0
    serves: Serves = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Nudge:
    """A line sent unasked to those who said yes: to a channel, or to one person.

    `moment` says in plain words when it fits; `when` is the same for the scheduler, one of `bot.nudges`' or
    `bot.channels`' moments. `only_if` names something that must be true of a channel before it is posted there.
    `offers` is the label of its own button, which opens a section or does what an intent does, as in a menu.
    Steps tied to `cue` are shown with it.
    """

    id: str
    text: str
    to: Literal["channel", "person"]
    moment: str
    when: str = "any"
    only_if: str = ""
    offers: str = ""
    opens: str = ""
    does: str = ""
    detail: str = ""
    cue: str = ""
    topic: str = ""
    serves: Serves = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A checked statement with where it was found, when, and by when to look again (a local date)."""

    id: str
    text: str
    source: str
    year: int
    review_by: date
    serves: Serves = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A CV line with gaps in square brackets; `fits` names the actions or skills it grows from."""

    id: str
    situation: str
    line: str
    fits: tuple[str, ...] = ()
    serves: Serves = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """An interview question to practise with, what a good answer shows, and a coach's question."""

    id: str
    question: str
    shows: str
    coach: str
    serves: Serves = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A longer text to copy or work through: a template, a checklist, a plan for the first months."""

    id: str
    title: str
    body: str
    asks: tuple[str, ...] = ()
    serves: Serves = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What is said once when the first plan stands, and the document that goes with it: telling one person of it.

    `buddy` is the action of swapping a line with somebody, every so often.
    """

    text: str
    document: str = ""
    buddy: str = ""
    serves: Serves = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """How answers become a profile: how many strengths and gaps, and which skills matter for which aim.

    `cap` is the highest level counted without an example. `aim` is the question whose answer picks the
    list in `priorities`. `minutes` sizes the actions of a skill's three steps. `cards_by` is the question whose
    answer picks the action cards in `cards`; any other answer gets the headline ones.
    """

    strengths: int = 3
    gaps: int = 2
    cap: int = 2
    minutes: tuple[int, int, int] = (30, 60, 120)
    aim: str = ""
    priorities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cards_by: str = ""
    cards: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """Where a person's wishes about notes stand: the section that asks, and the question for each wish.

    `kinds` is a `multi` with options among `reminders`, `steps`, `tips`, `checks` and `none`; nothing is sent
    before it was answered with one of the first four. `often` has the options 0, 1 and 2 (notes a week), `day`
    those from 0 (Monday) to 6, `time` times such as `09.30`, `week` has `mon-fri` and `sun-thu`;
    `country` and `zone` are typed.
    """

    section: str = ""
    kinds: str = ""
    often: str = ""
    day: str = ""
    time: str = ""
    week: str = ""
    country: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """Words people type, as the author collected them: intent to sentences, and small words by meaning.

    `words` holds lists such as `yes`, `no`, `lowest`, `highest`, `filler`; `labels` the words on the buttons
    that every talk has (`back`, `skip`, `why`, ...).
    """

    intents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Guide:
    """A whole guide, checked and ready to walk."""

    id: str
    title: str
    version: str
    language: str
    welcome: str
    privacy: str
    closing: str
    menu: tuple[MenuItem, ...]
    sections: tuple[Section, ...]
    skills: tuple[Skill, ...] = ()
    gains: tuple[Gain, ...] = ()
    actions: tuple[Action, ...] = ()
    topics: tuple[Topic, ...] = ()
    tips: tuple[Tip, ...] = ()
    nudges: tuple[Nudge, ...] = ()
    facts: tuple[Fact, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    ask_back: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()
    promise: Promise | None = None
    scoring: Scoring = field(default_factory=Scoring)
    follow_up: FollowUp = field(default_factory=FollowUp)
    phrases: Phrases = field(default_factory=Phrases)
    items: tuple[str, ...] = ()
    serves: Mapping[str, Serves] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index what is looked up on every turn."""
        index = object.__setattr__
        index(self, "question_by_id", {q.id: q for s in self.sections for q in s.questions})
        index(self, "section_of", {q.id: s for s in self.sections for q in s.questions})
        index(self, "section_by_id", {s.id: s for s in self.sections})
        index(self, "place_of", _places(self.sections))
        index(
            self,
            "steps",
            {a.id: a for skill in self.skills for a in _step_actions(skill, self.scoring.minutes)},
        )
        for name in ("skill", "gain", "action", "topic", "tip", "nudge", "fact", "pattern", "prompt", "document"):
            index(self, f"{name}_by_id", {entry.id: entry for entry in getattr(self, f"{name}s")})

    question_by_id: Mapping[str, Question] = field(init=False, repr=False, compare=False)
    section_of: Mapping[str, Section] = field(init=False, repr=False, compare=False)
    section_by_id: Mapping[str, Section] = field(init=False, repr=False, compare=False)
    place_of: Mapping[str, tuple[int, int]] = field(init=False, repr=False, compare=False)
    steps: Mapping[str, Action] = field(init=False, repr=False, compare=False)
    skill_by_id: Mapping[str, Skill] = field(init=False, repr=False, compare=False)
    gain_by_id: Mapping[str, Gain] = field(init=False, repr=False, compare=False)
    action_by_id: Mapping[str, Action] = field(init=False, repr=False, compare=False)
    topic_by_id: Mapping[str, Topic] = field(init=False, repr=False, compare=False)
    tip_by_id: Mapping[str, Tip] = field(init=False, repr=False, compare=False)
    nudge_by_id: Mapping[str, Nudge] = field(init=False, repr=False, compare=False)
    fact_by_id: Mapping[str, Fact] = field(init=False, repr=False, compare=False)
    pattern_by_id: Mapping[str, Pattern] = field(init=False, repr=False, compare=False)
    prompt_by_id: Mapping[str, Prompt] = field(init=False, repr=False, compare=False)
    document_by_id: Mapping[str, Document] = field(init=False, repr=False, compare=False)

    def __repr__(self) -> str:
        """Return the guide's id: the whole of it would fill a book."""
        return f"Guide({self.id!r}, version={self.version!r})"

    def find_action(self, action_id: str) -> Action | None:
        """Return the action of that id, be it a card or a step of a skill (`C11.1.2`), or None."""
        return self.action_by_id.get(action_id) or self.steps.get(action_id)

    def questions(self) -> Iterator[Question]:
        """Yield every question, in the order of the sections."""
        for section in self.sections:
            yield from section.questions


def _places(sections: tuple[Section, ...]) -> dict[str, tuple[int, int]]:
    """Number what a person sees as one thing: a question, or a whole skill. Slots are numbered when asked."""
    places: dict[str, tuple[int, int]] = {}
    for section in sections:
        things = list(dict.fromkeys(_thing(question) for question in section.questions if not question.slot))
        for question in section.questions:
            thing = _thing(question)
            places[question.id] = (things.index(thing) + 1 if thing in things else len(things), len(things))
    return places


def _thing(question: Question) -> str:
    return question.skill or question.id


def _step_actions(skill: Skill, minutes: tuple[int, int, int]) -> Iterator[Action]:
    """Make an action of every line of a skill's steps; the second line of the first step is `<skill>.1.2`."""
    for step, lines in enumerate(skill.steps, 1):
        for number, line in enumerate(lines, 1):
            yield Action(
                id=f"{skill.id}.{step}.{number}",
                label=line,
                text=line,
                minutes=minutes[min(step, len(minutes)) - 1],
                topic=skill.topic,
                skill=skill.id,
                serves=skill.serves,
            )
