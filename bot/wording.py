"""Replies to messages, through the templates in content/: layout there, meaning in `bot.replies`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from operator import attrgetter
from typing import Any

from jinja2 import BaseLoader, BytecodeCache, DictLoader, StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment

from bot.buttons import due_buttons, plan_buttons
from bot.channel_controls import FACTS, TALK
from bot.days import show_day
from bot.figures import KIND_OF
from bot.guide import Document, Guide
from bot.messages import Chart, Control, Figure, Message, Pick
from bot.plan import if_then
from bot.replies import (
    AnswerTopic,
    AskDay,
    AskLine,
    AskPosts,
    AskQuestion,
    ChannelPost,
    Claimed,
    Confirm,
    DayMoved,
    DayRuledOut,
    Dropped,
    FollowUpNote,
    FreshStart,
    Given,
    GiveTip,
    LineChanged,
    ListDocuments,
    NoSuchTopic,
    NotesChanged,
    NothingYet,
    Offer,
    PlanLine,
    Practise,
    Prepare,
    PreviewPost,
    Reply,
    Review,
    ReviewPart,
    SayWhyNote,
    ShowAction,
    ShowBuddy,
    ShowCv,
    ShowDue,
    ShowMenu,
    ShowPlan,
    ShowPosts,
    ShowProfile,
    ShowProgress,
    ShowSettings,
    Standing,
    TellOne,
    TellPrivacy,
    Unsure,
    WhichOne,
    name_of,
    reply_names,
)

TEMPLATE_NAMES: Mapping[str, frozenset[str]] = reply_names()
"""Each template, and the names it may use."""

_ABOUT: Mapping[type[Reply], str] = {kind: name_of(kind) for kind in Reply.__subclasses__()}

FILTERS = ("day", "if_then")
"""The filters a template may use beside Jinja's own."""

Worded = tuple[str, tuple[Control, ...]]
"""A reply's text and its controls."""

_OFFERING = (
    AnswerTopic, AskDay, AskLine, Claimed, DayMoved, DayRuledOut, Dropped, FreshStart, GiveTip, LineChanged,
    ListDocuments, NoSuchTopic, NothingYet, Practise, Review, ShowBuddy, ShowCv, ShowMenu, ShowProfile,
    ShowProgress, Unsure, WhichOne,
)  # fmt: skip


def environment(loader: BaseLoader, bytecode: BytecodeCache | None = None) -> SandboxedEnvironment:
    """Return the Jinja environment all templates are compiled in: sandboxed, and strict about names."""
    made = SandboxedEnvironment(
        loader=loader,
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=bytecode,
        auto_reload=False,
    )
    made.filters["day"] = show_day
    made.filters["if_then"] = lambda line: line
    return made


class Wording:
    """Words replies in one guide's language and labels."""

    def __init__(self, guide: Guide, templates: Mapping[str, str], bytecode: BytecodeCache | None = None) -> None:
        """Compile the templates (file name to source); each is compiled once, when first used."""
        self._guide = guide
        self._labels = guide.phrases.labels
        self._environment = environment(DictLoader(dict(templates)), bytecode)
        self._environment.filters["if_then"] = self._if_then
        self._templates: dict[type[Reply], tuple[Template, dict[str, Any]]] = {}
        self._special = self._specials()
        self._asked: dict[tuple[object, ...], Worded] = {}
        self._noted: dict[tuple[Any, ...], str] = {}

    def word(self, replies: Iterable[Reply], *, asking: bool = False, revision: int = 0) -> tuple[Message, ...]:
        """Return the messages that say these replies, in order.

        While a question is on the table (`asking`), numbers mean its options: all else is offered as buttons.
        `revision` is the turn they belong to.
        """
        return tuple(self._message(reply, asking, revision) for reply in replies)

    def _if_then(self, line: PlanLine) -> str:
        return if_then(self._guide, line)

    def _message(self, reply: Reply, asking: bool, revision: int) -> Message:  # noqa: FBT001 - passed on
        about = _ABOUT[type(reply)]
        if isinstance(reply, AskQuestion):
            text, controls = self._question(reply)
            return Message(text, controls, about, reply.question.id, follows=not reply.first, revision=revision)
        if isinstance(reply, FollowUpNote):
            text, controls = self._note(reply), self._controls(reply, asking=asking)
            note = KIND_OF.get(reply.kind, "")
            return Message(text, controls, about, revision=revision, expires=reply.expires, note=note)
        text, controls = self._text(reply), self._controls(reply, asking=asking)
        subject = reply.tip.id if isinstance(reply, GiveTip) else ""
        if isinstance(reply, ChannelPost):
            return Message(text, controls, about, personal=False, subject=reply.about, expires=reply.expires)
        chart = self._chart(reply) if isinstance(reply, ShowProfile) else None
        return Message(text, controls, about, revision=revision, subject=subject, chart=chart)

    def _note(self, reply: FollowUpNote) -> str:
        """Return a note's words; those that are the guide's own, with nothing of a person's, are worded once."""
        if reply.lines or reply.line or reply.obstacle:
            return self._text(reply)
        way = _said_in(reply)
        text = self._noted.get(way)
        if text is None:
            text = self._noted[way] = self._text(reply)
        return text

    def _question(self, reply: AskQuestion) -> Worded:
        """Return a question's words; those that are the guide's own, with nothing of a person's, are worded once."""
        question = reply.question
        if reply.text is not question.text or reply.options is not question.options:
            return self._text(reply), self._asking(reply)
        way = (question.id, reply.title, reply.place, reply.of, reply.again, reply.first)
        worded = self._asked.get(way)
        if worded is None:
            worded = self._asked[way] = (self._text(reply), self._asking(reply))
        return worded

    def _text(self, reply: Reply) -> str:
        kind = type(reply)
        template, names = self._templates.get(kind) or self._compile(kind)
        values = {**names, **{name: getattr(reply, name) for name in kind.__struct_fields__}}
        # What `render` does, without copying the environment's names for every message.
        return "".join(template.root_render_func(template.new_context(values, shared=True))).strip()

    def _compile(self, kind: type[Reply]) -> tuple[Template, dict[str, Any]]:
        template = self._environment.get_template(f"{_ABOUT[kind]}.j2")
        self._templates[kind] = found = (template, dict(template.globals))
        return found

    def _chart(self, reply: ShowProfile) -> Chart | None:
        """Return how many skills stand where: a count of skills, never a mark for one; none where all stand alike."""
        standings = (*reply.strengths, *reply.gaps)
        counts = Counter(map(_how_it_stands, standings))
        figures = tuple(self._figure(how, counts[how]) for how in _WAYS_TO_STAND if counts[how])
        if len(figures) < 2:
            return None
        return Chart(self._labels["chart_title"], len(standings), figures)

    def _figure(self, how: str, number: int) -> Figure:
        label = self._labels[how]
        return Figure(label, number, f"{label}: {number}")

    def _controls(self, reply: Reply, *, asking: bool) -> tuple[Control, ...]:
        if draw := self._special.get(type(reply)):
            return draw(reply)
        if not isinstance(reply, _OFFERING):
            return ()
        offers = _offering(_ABOUT[type(reply)], reply.offers, asking=asking)
        return (*offers, *_to_copy(reply.document)) if isinstance(reply, LineChanged) else offers

    def _specials(self) -> dict[type[Reply], Callable[[Any], tuple[Control, ...]]]:
        return {
            Confirm: self._confirming,
            ReviewPart: self._reviewing,
            ShowAction: lambda reply: _to_copy(reply.document),
            Prepare: lambda reply: _to_copy(reply.document),
            TellOne: lambda reply: (*_to_copy(reply.document), *_offering("note", reply.offers, asking=True)),
            ShowPlan: self._planning,
            ShowDue: lambda reply: due_buttons(reply.lines, self._labels),
            FollowUpNote: lambda reply: tuple(_button(offer.id, offer.label) for offer in reply.offers),
            SayWhyNote: lambda reply: _offering("note", reply.offers, asking=True),
            NotesChanged: lambda reply: _offering("note", reply.offers, asking=True),
            ShowSettings: lambda reply: _opening(reply.settings, reply.offers),
            ChannelPost: lambda reply: (Control("button", f"{TALK}{reply.about}", self._labels["talk_about"]),),
            PreviewPost: lambda reply: _offering("posts", reply.offers, asking=True),
            AskPosts: lambda reply: _offering("posts", reply.offers, asking=True),
            ShowPosts: self._posting,
            ShowCv: lambda _: self._buttons("practice", "menu"),
            TellPrivacy: lambda reply: self._buttons("export", "delete", "menu") if reply.asked else (),
        }

    def _asking(self, reply: AskQuestion) -> tuple[Control, ...]:
        question = reply.question
        picks = tuple(Pick(option.id, option.label) for option in reply.options)
        label = question.hint or self._labels["type_here"]
        main: tuple[Control, ...]
        if question.kind in ("choice", "multi"):
            main = (Control(question.kind, question.id, question.hint, picks, question.most),)
        else:
            main = (Control(question.kind, question.id, label, picks),)
        if reply.first:
            return (*main, *self._buttons("why", "skip"))
        return (*main, *self._buttons("back", "skip", "why"))

    def _buttons(self, *names: str) -> tuple[Control, ...]:
        return tuple(Control("button", f"do:{name}", self._labels[name]) for name in names)

    def _confirming(self, reply: Confirm) -> tuple[Control, ...]:
        yes = self._labels[reply.what]
        return (Control("choice", "confirm", "", (Pick("yes", yes), Pick("no", self._labels["keep"]))),)

    def _reviewing(self, reply: ReviewPart) -> tuple[Control, ...]:
        picks = tuple(Pick(line.id, f"{number}") for number, line in enumerate(reply.given, 1))
        return (Control("choice", "review_part", "", (*picks, Pick("do:menu", self._labels["menu"]))),)

    def _posting(self, reply: ShowPosts) -> tuple[Control, ...]:
        picks = tuple(Pick(offer.id, offer.label) for offer in reply.asked)
        facts = (Control("multi", FACTS, self._labels["posts_true"], picks, len(picks)),) if picks else ()
        return (*facts, *_offering("posts", reply.offers, asking=True))

    def _planning(self, reply: ShowPlan) -> tuple[Control, ...]:
        buttons = plan_buttons(reply.lines, self._labels)
        return buttons if reply.new else (*buttons, *self._buttons("add"))


_said_in = attrgetter(*(name for name in FollowUpNote.__struct_fields__ if name not in ("offers", "expires")))
"""All of a note that its words may depend on, so that no note is ever given another one's words."""


@lru_cache(maxsize=1024)
def _button(id_: str, label: str) -> Control:
    """Return a button of a note: a million notes have the same few."""
    return Control("button", id_, label)


def _opening(settings: tuple[Given, ...], offers: tuple[Offer, ...]) -> tuple[Control, ...]:
    """Return a button for each setting, named as its line is, and what else can be done."""
    names = (*((each.id, each.asked) for each in settings), *((offer.id, offer.label) for offer in offers))
    return tuple(Control("button", id_, label) for id_, label in names)


def _to_copy(document: Document | None) -> tuple[Control, ...]:
    return (Control("button", f"do:document:{document.id}", document.title),) if document else ()


def _offering(name: str, offers: tuple[Offer, ...], *, asking: bool) -> tuple[Control, ...]:
    if asking:
        return tuple(Control("button", offer.id, offer.label) for offer in offers)
    if not offers:
        return ()
    return (Control("choice", name, "", tuple(Pick(offer.id, offer.label) for offer in offers)),)


_WAYS_TO_STAND = ("chart_shown", "chart_claimed", "chart_ahead")
"""Labels for how a skill may stand: shown by an example, claimed, or still ahead."""


def _how_it_stands(standing: Standing) -> str:
    if not standing.level:
        return "chart_ahead"
    return "chart_shown" if standing.proof else "chart_claimed"
