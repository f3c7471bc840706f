"""What the guide tells whoever asks: help, menus, progress, answers, tips, documents."""

from __future__ import annotations

from bot.guide import Document, Fact, Prompt, Tip, Topic
from bot.replies.parts import Offer, Part, Words
from bot.replies.reply import Reply


class Help(Reply, frozen=True):
    """What a person can say here. `can` holds the words that do something in this guide; `example` is a question."""

    asking: bool
    can: tuple[str, ...] = ()
    example: str = ""


class ShowMenu(Reply, frozen=True):
    """A menu. `next` is the label of what would come next; `done` says that everything has been walked."""

    offers: tuple[Offer, ...]
    next: str = ""
    more: bool = False
    done: bool = False
    back: bool = False


class ShowProgress(Reply, frozen=True):
    """Where a person is in the guide, how many steps are planned and done, and how many lines of proof are kept."""

    parts: tuple[Part, ...]
    here: Part | None
    plan: int
    finished: int
    proof: int = 0
    offers: tuple[Offer, ...] = ()


class AnswerTopic(Reply, frozen=True):
    """The guide's answer to a free question; `others` are the topics that may be meant instead."""

    topic: Topic
    facts: tuple[Fact, ...]
    offers: tuple[Offer, ...] = ()
    returning: bool = False
    others: tuple[Offer, ...] = ()


class GiveTip(Reply, frozen=True):
    """One quick tip."""

    tip: Tip
    topic: str
    offers: tuple[Offer, ...] = ()


class NoSuchTopic(Reply, frozen=True):
    """A topic nobody wrote about, and others: the nearest ones (`near`), or where none is near, well-filled ones.

    `empty`: the guide has no tip at all.
    """

    asked: Words
    offers: tuple[Offer, ...]
    near: bool = True
    empty: bool = False


class ShowDocument(Reply, frozen=True):
    """A longer text to copy or work through."""

    document: Document


class ListDocuments(Reply, frozen=True):
    """The documents there are."""

    offers: tuple[Offer, ...]


class Practise(Reply, frozen=True):
    """An interview question to practise with. `ask_back` closes the last one."""

    prompt: Prompt
    number: int
    of: int
    ask_back: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()


class NothingYet(Reply, frozen=True):
    """Something was asked for that is not there yet: `profile`, `plan` (`making`: it is being made) or `answers`."""

    what: str
    offers: tuple[Offer, ...] = ()


class TellChannel(Reply, frozen=True):
    """What we do in a channel: said when asked there, and (`setup`) once to whoever brought us in.

    `example` is a question one could ask.
    """

    setup: bool = False
    example: str = ""
