"""Replies to messages, through the templates in content/: layout there, meaning in `bot.replies`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Any

from jinja2 import BaseLoader, BytecodeCache, DictLoader, StrictUndefined, Template
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment
from msgspec.structs import asdict

from bot.charts import chart_of
from bot.controls import Controls
from bot.days import show_day
from bot.figures import KIND_OF
from bot.guide import Guide
from bot.messages import Control, Message
from bot.plan import if_then
from bot.replies import (
    AskQuestion,
    ChannelPost,
    FollowUpNote,
    GiveTip,
    PlanLine,
    Reply,
    ShowProfile,
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
        self._controls = Controls(self._labels)
        self._asked: dict[tuple[object, ...], Worded] = {}
        self._noted: dict[tuple[Any, ...], str] = {}
        self._own: set[str] = set()

    def word(self, replies: Iterable[Reply], *, asking: bool = False, revision: int = 0) -> tuple[Message, ...]:
        """Return the messages that say these replies, in order.

        While a question is on the table (`asking`), numbers mean its options: all else is offered as buttons.
        `revision` is the turn they belong to.
        """
        return tuple(self._message(reply, asking, revision) for reply in replies)

    def is_own(self, text: str) -> bool:
        """Say whether a text was worded from the guide alone: nothing of any person's is in it."""
        return text in self._own

    def _if_then(self, line: PlanLine) -> str:
        return if_then(self._guide, line)

    def _message(self, reply: Reply, asking: bool, revision: int) -> Message:  # noqa: FBT001 - passed on
        about = _ABOUT[type(reply)]
        if isinstance(reply, AskQuestion):
            text, controls = self._question(reply)
            return Message(text, controls, about, reply.question.id, follows=not reply.first, revision=revision)
        if isinstance(reply, FollowUpNote):
            text, controls = self._note(reply), self._controls.of(reply, about, asking=asking)
            note = KIND_OF.get(reply.kind, "")
            return Message(text, controls, about, revision=revision, expires=reply.expires, note=note)
        text, controls = self._text(reply), self._controls.of(reply, about, asking=asking)
        subject = reply.tip.id if isinstance(reply, GiveTip) else ""
        if isinstance(reply, ChannelPost):
            return Message(text, controls, about, personal=False, subject=reply.about, expires=reply.expires)
        chart = chart_of(reply, self._labels) if isinstance(reply, ShowProfile) else None
        return Message(text, controls, about, revision=revision, subject=subject, chart=chart)

    def _note(self, reply: FollowUpNote) -> str:
        """Return a note's words; those that are the guide's own, with nothing of a person's, are worded once."""
        if reply.lines or reply.line or reply.obstacle:
            return self._text(reply)
        way = _said_in(reply)
        text = self._noted.get(way)
        if text is None:
            text = self._noted[way] = self._text(reply)
            self._own.add(text)
        return text

    def _question(self, reply: AskQuestion) -> Worded:
        """Return a question's words; those that are the guide's own, with nothing of a person's, are worded once."""
        question = reply.question
        if reply.text is not question.text or reply.options is not question.options:
            return self._text(reply), self._controls.asking(reply)
        way = (question.id, reply.title, reply.place, reply.of, reply.again, reply.first)
        worded = self._asked.get(way)
        if worded is None:
            worded = self._asked[way] = (self._text(reply), self._controls.asking(reply))
            self._own.add(worded[0])
        return worded

    def _text(self, reply: Reply) -> str:
        kind = type(reply)
        template, names = self._templates.get(kind) or self._compile(kind)
        values = {**names, **asdict(reply)}
        # What `render` does, without copying the environment's names for every message.
        context = Context(self._environment, values, template.name, template.blocks)
        return "".join(template.root_render_func(context)).strip()

    def _compile(self, kind: type[Reply]) -> tuple[Template, dict[str, Any]]:
        template = self._environment.get_template(f"{_ABOUT[kind]}.j2")
        self._templates[kind] = found = (template, dict(template.globals))
        return found


_said_in = attrgetter(*(name for name in FollowUpNote.__struct_fields__ if name not in ("offers", "expires")))
"""All of a note that its words may depend on, so that no note is ever given another one's words."""
