"""What may be said, as meaning: one small class per reply, worded later by the template of the same name.

`Words` carries what a person typed. Written into any text it comes out escaped, so that it is shown and
never obeyed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.guide import Action, Document, Fact, Gain, Option, Prompt, Question, Section, Skill, Tip, Topic
from bot.messages import escape


@dataclass(frozen=True, slots=True)
class Words:
    """A person's own words. `str()` gives them escaped; `.text` is what was typed."""

    text: str

    def __str__(self) -> str:
        """Return the words as CommonMark that shows them as typed."""
        return escape(self.text)

    def __bool__(self) -> bool:
        """Say whether there are any."""
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Offer:
    """A choice beside a question: the id that comes back, and its label."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where someone stands with one skill.

    `level` is what they said (0 to 4; None: no chance yet), `counted` what is counted of it.
    """

    skill: Skill
    level: int | None
    counted: int
    line: str
    sure: str = ""
    proof: Words | None = None
    lately: bool = False


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One line of the plan as it is shown. `number` counts from 1 in the stored order.

    `every` says how often it comes round and `times` how often it was done since; `partly` is the last day on which
    part of it was done; `stage` is how far it has come if it needs somebody's yes, since the day `staged`.
    """

    number: int
    words: Words | str
    cue: Words | str = ""
    obstacle: Words | str = ""
    day: date | None = None
    done: date | None = None
    action: Action | None = None
    every: str = ""
    times: int = 0
    partly: date | None = None
    stage: str = ""
    staged: date | None = None
    moved: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """How far one part of the guide has come: things done, of how many."""

    title: str
    done: int
    of: int


@dataclass(frozen=True, slots=True)
class Given:
    """One answer as the review shows it: what was asked, what was said, and the id that changes it."""

    id: str
    asked: str
    said: Words | str


@dataclass(frozen=True, slots=True)
class CvLine:
    """A pattern for the CV beside the person's own evidence. The gaps in square brackets are theirs to fill.

    `known` is how they know; `whose` whose result it is, by their word (`mine`, `team`, empty: not yet said), and
    `key` names the evidence for saying so.
    """

    line: str
    proof: Words | None = None
    known: Words | None = None
    whose: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """Something to be said."""


@dataclass(frozen=True, slots=True)
class Welcome(Reply):
    """The first words to someone new."""

    text: str


@dataclass(frozen=True, slots=True)
class TellPrivacy(Reply):
    """What happens with a person's data."""

    text: str
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Introduce(Reply):
    """The opening of a section."""

    section: Section


@dataclass(frozen=True, slots=True)
class AskQuestion(Reply):
    """The question on the table. `place` of `of` counts questions, skills or actions of the section."""

    question: Question
    text: str
    options: tuple[Option, ...]
    title: str
    place: int
    of: int
    again: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class Note(Reply):
    """A short word on an answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Explain(Reply):
    """Why a question is asked."""

    text: str


@dataclass(frozen=True, slots=True)
class Help(Reply):
    """What a person can say here. `can` holds the words that do something in this guide; `example` is a question."""

    asking: bool
    can: tuple[str, ...] = ()
    example: str = ""


@dataclass(frozen=True, slots=True)
class ShowMenu(Reply):
    """A menu. `next` is the label of what would come next; `done` says that everything has been walked."""

    offers: tuple[Offer, ...]
    next: str = ""
    more: bool = False
    done: bool = False
    back: bool = False


@dataclass(frozen=True, slots=True)
class ShowProgress(Reply):
    """Where a person is in the guide."""

    parts: tuple[Part, ...]
    here: Part | None
    plan: int
    finished: int
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class ShowProfile(Reply):
    """Strengths to carry over and gaps to work on, each explained by the answers behind it."""

    strengths: tuple[Standing, ...]
    gaps: tuple[Standing, ...]
    rated: int
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class ShowAction(Reply):
    """An action card: what to do, why, how long it takes, and the text that helps with it."""

    action: Action
    size: str
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class ShowGains(Reply):
    """The gains someone picked, each with its price."""

    gains: tuple[Gain, ...]


@dataclass(frozen=True, slots=True)
class ShowPlan(Reply):
    """The plan, line by line."""

    lines: tuple[PlanLine, ...]
    new: bool = False


@dataclass(frozen=True, slots=True)
class ShowDue(Reply):
    """Plan lines whose day has come."""

    lines: tuple[PlanLine, ...]


@dataclass(frozen=True, slots=True)
class Prepare(Reply):
    """A plan line whose day is near, and the document to look at before it."""

    line: PlanLine
    document: Document


@dataclass(frozen=True, slots=True)
class Close(Reply):
    """The closing words, when a plan was made."""

    text: str


@dataclass(frozen=True, slots=True)
class TellOne(Reply):
    """An invitation, made once, to tell one trusted person of the plan; and the text that helps with it."""

    text: str
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class Review(Reply):
    """The parts whose answers can be seen and changed."""

    offers: tuple[Offer, ...]
    changed: bool = False


@dataclass(frozen=True, slots=True)
class ReviewPart(Reply):
    """The answers of one part, each of which can be changed."""

    title: str
    given: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class AnswerTopic(Reply):
    """The guide's answer to a free question."""

    topic: Topic
    facts: tuple[Fact, ...]
    offers: tuple[Offer, ...] = ()
    returning: bool = False


@dataclass(frozen=True, slots=True)
class GiveTip(Reply):
    """One quick tip."""

    tip: Tip
    topic: str
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class NoSuchTopic(Reply):
    """A topic nobody wrote about, and others: the nearest ones (`near`), or where none is near, well-filled ones."""

    asked: Words
    offers: tuple[Offer, ...]
    near: bool = True


@dataclass(frozen=True, slots=True)
class ShowDocument(Reply):
    """A longer text to copy or work through."""

    document: Document


@dataclass(frozen=True, slots=True)
class ListDocuments(Reply):
    """The documents there are."""

    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Practise(Reply):
    """An interview question to practise with. `ask_back` closes the last one."""

    prompt: Prompt
    number: int
    of: int
    ask_back: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class ShowCv(Reply):
    """Lines for the CV. `asks` is the number of the line that the offers are about; 0: of none."""

    lines: tuple[CvLine, ...]
    own: bool
    asks: int = 0
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class Claimed(Reply):
    """A person said whose result a CV line is: `mine`, `team`, or `none` to leave it out. `following`: the next one."""

    line: CvLine
    following: CvLine | None
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class ShowExport(Reply):
    """Everything kept about a person, to read and keep."""

    answers: tuple[tuple[str, tuple[Given, ...]], ...]
    plan: tuple[PlanLine, ...]
    evidence: tuple[tuple[date, Words, Words, str], ...]
    tips: int
    since: str = ""


@dataclass(frozen=True, slots=True)
class Confirm(Reply):
    """A question before something that cannot be undone: `delete` or `restart`."""

    what: str


@dataclass(frozen=True, slots=True)
class Kept(Reply):
    """The answer was no: nothing was changed."""


@dataclass(frozen=True, slots=True)
class Forgotten(Reply):
    """The receipt for a deletion."""


@dataclass(frozen=True, slots=True)
class Restarted(Reply):
    """The answers are gone and the talk begins anew."""


@dataclass(frozen=True, slots=True)
class Paused(Reply):
    """The talk rests, until a day or until the person is back."""

    until: date | None


@dataclass(frozen=True, slots=True)
class Stopped(Reply):
    """The talk ended at the person's word."""


@dataclass(frozen=True, slots=True)
class WelcomeBack(Reply):
    """A greeting after a rest. `gone` says that the question they were on no longer exists."""

    asking: bool
    title: str = ""


@dataclass(frozen=True, slots=True)
class YouAreWelcome(Reply):
    """The answer to thanks."""


@dataclass(frozen=True, slots=True)
class Unsure(Reply):
    """The words could mean more than one thing: the likeliest readings."""

    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class NotUnderstood(Reply):
    """The words meant nothing the guide knows."""

    asking: bool
    hint: str = ""


@dataclass(frozen=True, slots=True)
class NotADate(Reply):
    """A day was wanted that lies ahead."""


@dataclass(frozen=True, slots=True)
class TooMany(Reply):
    """More options were picked than may be."""

    most: int


@dataclass(frozen=True, slots=True)
class TooLong(Reply):
    """The words were longer than is kept (in characters)."""

    most: int


@dataclass(frozen=True, slots=True)
class Stale(Reply):
    """A button from an earlier step was pressed."""


@dataclass(frozen=True, slots=True)
class NothingBefore(Reply):
    """There is no earlier question to go back to."""


@dataclass(frozen=True, slots=True)
class NothingYet(Reply):
    """Something was asked for that is not there yet: `profile`, `plan` or `answers`."""

    what: str
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class WhichOne(Reply):
    """More than one plan line could be meant."""

    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Done(Reply):
    """A plan line was ticked off."""

    line: PlanLine


@dataclass(frozen=True, slots=True)
class Dropped(Reply):
    """A plan line was taken out."""

    line: PlanLine
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class AskLine(Reply):
    """A question about one plan line: what to `change`, to `swap` it for, how often to `repeat` it, ..."""

    what: str
    line: PlanLine
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class LineChanged(Reply):
    """A plan line is another now: `how` says what was done to it."""

    how: str
    line: PlanLine
    offers: tuple[Offer, ...] = ()
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class AskDay(Reply):
    """A plan line is to get another day: which one?"""

    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class AllRight(Reply):
    """A no at the menu: nothing now, and nothing changed."""


@dataclass(frozen=True, slots=True)
class NeedsWords(Reply):
    """A plan line needs words, and what was typed had none."""


@dataclass(frozen=True, slots=True)
class DayMoved(Reply):
    """A plan line has a new day; `often`: not for the first time, so it may not fit; `writes`: a reminder comes."""

    line: PlanLine
    often: bool = False
    writes: bool = False
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceKept(Reply):
    """A line of evidence was kept. `cv`: the guide can make a line for a CV of it."""

    cv: bool = False


@dataclass(frozen=True, slots=True)
class FollowUpNote(Reply):
    """A note sent unasked to someone who said yes. `expires` is the POSIX second after which it is not to go."""

    kind: str
    lines: tuple[PlanLine, ...] = ()
    more: int = 0
    nudge: str = ""
    line: PlanLine | None = None
    obstacle: Words | str = ""
    tip: Tip | None = None
    kept: bool = False
    offers: tuple[Offer, ...] = ()
    expires: float = 0.0


@dataclass(frozen=True, slots=True)
class SayWhyNote(Reply):
    """Why notes come: what the person said yes to, how many a week, and since when."""

    kinds: tuple[str, ...] = ()
    often: int = 0
    since: date | None = None
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class NotesChanged(Reply):
    """What changed about notes: `none`, `often` (so many a week), `fit` or `misfit` (so many times)."""

    what: str
    number: int = 0
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class ShowFollowUp(Reply):
    """When notes come, once it was settled. `at` is the local time, `zone` the zone it is told in."""

    kinds: tuple[str, ...]
    often: int
    day: str
    at: str
    zone: str
    next: date | None


@dataclass(frozen=True, slots=True)
class TipKept(Reply):
    """A tip was kept, to come back as a question."""


@dataclass(frozen=True, slots=True)
class TellChannel(Reply):
    """What we do in a channel: said when asked there, and (`setup`) once to whoever brought us in.

    `example` is a question one could ask.
    """

    setup: bool = False
    example: str = ""


@dataclass(frozen=True, slots=True)
class ChannelPost(Reply):
    """What stands in a channel for all to read. `call` is what an order there begins with, such as a command.

    `expires` is the POSIX second after which it is not to go; `about` the id of the nudge.
    """

    text: str
    call: str
    about: str = ""
    expires: float = 0.0


@dataclass(frozen=True, slots=True)
class ShowPosts(Reply):
    """How posts come to a channel, and (`what`) what was just done: `set`, `changed`, `paused`, `list`, ... .

    `rhythm` is `week`, `fortnight` or `month`, `day` a weekday or empty for the first working day of a month. `at` is
    the local time in `zone`, `next` the local date of the next post. `rests` are spans without posts, first and last
    day. `holds` are the moments that fit the channel, `asked` all that a post may ask for.
    """

    what: str
    call: str
    rhythm: str = ""
    day: str = ""
    at: str = ""
    zone: str = ""
    country: str = ""
    next: date | None = None
    rests: tuple[tuple[date, date], ...] = ()
    holds: tuple[str, ...] = ()
    asked: tuple[Offer, ...] = ()
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class PreviewPost(Reply):
    """The next post of a channel, shown to whoever asked; without a `day`, none is to come."""

    call: str
    text: str = ""
    day: date | None = None
    at: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True)
class AskPosts(Reply):
    """A question about a channel's posts: which `day`, to which they `move`, what `time`, or how long to `pause`."""

    what: str
    call: str
    day: str = ""
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class TurnDownOrder(Reply):
    """Why an order for a channel was not followed; nothing was changed.

    `why`: `entitled` (it is for those named in `whom`), `unknown` (for the `words` that mean nothing), `weekend`,
    `hours`, `past` or `long` (of a rest), `none` (no posts are set up), `empty` (the guide has none for channels).
    """

    why: str
    call: str
    whom: str = ""
    words: Words | str = ""


def reply_names() -> Mapping[str, frozenset[str]]:
    """Return each reply's template name and the names its template may use."""
    return {name_of(cls): frozenset(cls.__dataclass_fields__) for cls in Reply.__subclasses__()}


def name_of(cls: type[Reply]) -> str:
    """Return the name of a reply's template: `AskQuestion` is worded by `ask_question`."""
    name = cls.__name__
    return "".join("_" + letter.lower() if letter.isupper() else letter for letter in name).lstrip("_")
