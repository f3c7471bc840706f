"""What the guide tells whoever asks: help, menus, progress, answers, tips, documents."""

from __future__ import annotations

from dataclasses import dataclass

from bot.guide import Document, Fact, Prompt, Tip, Topic
from bot.replies.parts import Offer, Part, Words
from bot.replies.reply import Reply


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
    """Where a person is in the guide, how many steps are planned and done, and how many lines of proof are kept."""

    parts: tuple[Part, ...]
    here: Part | None
    plan: int
    finished: int
    proof: int = 0
    offers: tuple[Offer, ...] = ()


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
class NothingYet(Reply):
    """Something was asked for that is not there yet: `profile`, `plan` (`making`: it is being made) or `answers`."""

    what: str
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class TellChannel(Reply):
    """What we do in a channel: said when asked there, and (`setup`) once to whoever brought us in.

    `example` is a question one could ask.
    """

    setup: bool = False
    example: str = ""
