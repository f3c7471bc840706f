"""A whole guide, with what is looked up in it on every turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.guide.checklist import Serves
from bot.guide.growing import Action, Gain, Skill
from bot.guide.questions import MenuItem, Question, Section
from bot.guide.settled import FollowUp, Phrases, Promise, Scoring
from bot.guide.texts import Document, Fact, Nudge, Pattern, Prompt, Tip, Topic

LISTS: Mapping[str, type] = {
    "menu": MenuItem,
    "skills": Skill,
    "gains": Gain,
    "actions": Action,
    "topics": Topic,
    "tips": Tip,
    "nudges": Nudge,
    "facts": Fact,
    "patterns": Pattern,
    "prompts": Prompt,
    "documents": Document,
}
"""What the plain lists of a guide hold; its sections are not plain, for their questions unfold."""


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
