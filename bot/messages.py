"""What is said, free of any platform: CommonMark text, controls, and always a plain form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from markdown_it import MarkdownIt

from bot.value import Value

ControlKind = Literal["choice", "multi", "text", "date", "button"]


class Pick(Value, frozen=True, array_like=True):
    """One option of a control. `id` is what comes back when it is chosen."""

    id: str
    label: str


class Control(Value, frozen=True, omit_defaults=True):
    """Something to press or fill in. `id` is the field a form hands back; `most` bounds a `multi`.

    A `button` control is one button: pressing it sends its own `id`.
    """

    kind: ControlKind
    id: str
    label: str
    options: tuple[Pick, ...] = ()
    most: int = 1


class Figure(Value, frozen=True, array_like=True):
    """One bar of a chart: how many of what; `words` say it to those who see no bars."""

    label: str
    value: int
    words: str


class Chart(Value, frozen=True):
    """Figures side by side, each from 0 to `most`. A picture of what the text says anyhow; it may be left out."""

    title: str
    most: int
    figures: tuple[Figure, ...]


class Seam(Value, frozen=True, array_like=True):
    """Where one of several joined messages ends: after how many characters of the text, and how many controls."""

    text: int
    controls: int


class Message(Value, frozen=True, omit_defaults=True):
    """One message. `about` says what it is (`question`, `tip`, `profile`, ...), so that an adapter may draw it apart.

    `question` is the id of the question it asks, if any. `follows` is true when it takes the place of the
    question before it. `personal` is false only for what may stand in a channel. `revision` is the turn it
    belongs to, so that a press on an old one is known for one. `subject` is the id of the tip or nudge it gives, if
    any. `expires` is the POSIX second after which it is not to be sent any more; 0: never. `note` is the kind of note
    it is, if it goes unasked to a person.
    `chart` shows in a picture what the text says. `seams` tell where it was joined of several, each of them but the
    last with controls; who changes the text or the controls leaves them out.
    """

    text: str
    controls: tuple[Control, ...] = ()
    about: str = "note"
    question: str | None = None
    follows: bool = False
    personal: bool = True
    revision: int = 0
    subject: str = ""
    expires: float = 0.0
    note: str = ""
    chart: Chart | None = None
    seams: tuple[Seam, ...] = ()

    @property
    def parts(self) -> tuple[tuple[str, tuple[Control, ...]], ...]:
        """Return each text with the controls that belong beneath it; it is one, unless several were joined."""
        if not self.seams:
            return ((self.text, self.controls),)
        begins = (Seam(0, 0), *(Seam(seam.text + len(_JOINT), seam.controls) for seam in self.seams))
        ends = (*self.seams, Seam(len(self.text), len(self.controls)))
        return tuple(
            (self.text[begin.text : end.text], self.controls[begin.controls : end.controls])
            for begin, end in zip(begins, ends, strict=True)
        )

    @property
    def plain(self) -> str:
        """Return the text without mark-up, for notifications, screen readers and bare terminals."""
        return to_plain(self.text)


def join(messages: Sequence[Message]) -> tuple[Message, ...]:
    """Return several messages as one, for places where each turn is a single message; none stay none.

    The text and the controls keep their order, and it is noted which belong together; the last message says what it
    is about and which question it asks. Of several charts the first is kept.
    """
    if len(messages) < 2:
        return tuple(messages)
    parts = [part for message in messages for part in message.parts]
    return (
        messages[-1].changed(
            text=_JOINT.join(text for text, _ in parts),
            controls=tuple(control for _, controls in parts for control in controls),
            chart=next((message.chart for message in messages if message.chart), None),
            seams=_seams(parts),
        ),
    )


def _seams(parts: Sequence[tuple[str, tuple[Control, ...]]]) -> tuple[Seam, ...]:
    """Return where the parts of a joined message end that have controls before what follows."""
    seams = []
    text, pressed = -len(_JOINT), 0
    for said, controls in parts[:-1]:
        text, pressed = text + len(_JOINT) + len(said), pressed + len(controls)
        if controls:
            seams.append(Seam(text, pressed))
    return tuple(seams)


_JOINT = "\n\n"
"""What stands between the texts of messages that were joined."""

_PUNCTUATION = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&@:\"'$%^=;,/?])")
_INDENT = re.compile(r"^(?: (?= {3})|[ \t](?=[ \t]*\t)|\t)")
_LINE_BREAKS = re.compile(r"\s*[\r\n]+\s*")


def escape(words: str) -> str:
    """Return a person's words as CommonMark that shows them and obeys nothing in them.

    Line breaks become spaces. A deep indent begins with an entity, which CommonMark never takes for structure. So typed
    words cannot open a block of their own.
    """
    if "\n" in words or "\r" in words:
        words = _LINE_BREAKS.sub(" ", words)
    shown = _PUNCTUATION.sub(r"\\\1", words)
    return _INDENT.sub(lambda found: f"&#{ord(found[0])};", shown) if shown.startswith((" ", "\t")) else shown


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})


def to_plain(text: str) -> str:
    """Return CommonMark as plain text: blocks and list marks kept, emphasis and links dropped."""
    plain, mark = "", ""
    lists: list[int | None] = []
    listed = False
    for token in _parser().parse(text):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append(None if token.type == "bullet_list_open" else int(token.attrs.get("start", 1)))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            mark = _mark(lists)
        elif token.type in ("inline", "fence", "code_block"):
            said = "".join(_inline(child) for child in token.children or ()) or token.content.rstrip("\n")
            joint = "" if not plain else "\n" if listed and lists else "\n\n"
            plain += joint + (mark or "  " * len(lists)) + said
            mark, listed = "", bool(lists)
    return plain


def _mark(lists: list[int | None]) -> str:
    """Return the mark of the next item of the innermost list, and count it."""
    number = lists[-1]
    if number is not None:
        lists[-1] = number + 1
    return "  " * (len(lists) - 1) + ("- " if number is None else f"{number}. ")


def _inline(token: object) -> str:
    kind = getattr(token, "type", "")
    if kind in ("softbreak", "hardbreak"):
        return "\n"
    if kind in ("text", "code_inline", "text_special", "html_inline"):
        return str(getattr(token, "content", ""))
    if kind == "image":
        return str(getattr(token, "content", ""))
    return ""
