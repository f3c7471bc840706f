"""The controls of each reply: what a person may press or pick beneath its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from bot.buttons import due_buttons, plan_buttons
from bot.channel_controls import FACTS, TALK
from bot.guide import Document
from bot.messages import Control, Pick
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
    TellOne,
    TellPrivacy,
    Unsure,
    WhichOne,
)

_OFFERING = (
    AnswerTopic, AskDay, AskLine, Claimed, DayMoved, DayRuledOut, Dropped, FreshStart, GiveTip, LineChanged,
    ListDocuments, NoSuchTopic, NothingYet, Practise, Review, ShowBuddy, ShowCv, ShowMenu, ShowProfile,
    ShowProgress, Unsure, WhichOne,
)  # fmt: skip


class Controls:
    """Draws controls in one guide's labels."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self._labels = labels
        self._special = self._specials()

    def of(self, reply: Reply, name: str, *, asking: bool) -> tuple[Control, ...]:
        """Return what may be pressed or picked beneath a reply; a choice among its offers goes by that name.

        While a question is on the table (`asking`), offers are buttons, for numbers mean the question's options.
        """
        if draw := self._special.get(type(reply)):
            return draw(reply)
        if not isinstance(reply, _OFFERING):
            return ()
        offers = _offering(name, reply.offers, asking=asking)
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

    def asking(self, reply: AskQuestion) -> tuple[Control, ...]:
        """Return what a question is answered with, and what may be pressed in place of an answer."""
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
