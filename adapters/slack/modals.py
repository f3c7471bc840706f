"""Modals as views: one to write an answer in, one to save a message as evidence; and what they send."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from adapters.slack import limits
from adapters.slack.labels import ENGLISH, Labels
from adapters.slack.mrkdwn import shorten, weight
from adapters.slack.rich_text import Block, Piece, Span, View, draw_pieces, draw_text
from adapters.slack.sheet import plain_text
from bot.handlers.answering import MOST_CHARACTERS

Kind = Literal["text", "evidence"]

CALLBACKS: Mapping[Kind, str] = {kind: f"lateral:{kind}" for kind in get_args(Kind)}
"""The callback_id of each modal."""

INPUT = "lateral:words"
"""The block_id and action_id of a modal's one input, for an error under it: `{INPUT: "..."}`."""


class UnknownView(ValueError):
    """The view is none of ours; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a modal sent: the words entered, and what the modal was opened for.

    `question` and `revision` belong to a text, `link` to evidence. `place` is what was given when the modal was
    opened. None of it says who sent it: that is read from Slack's signed payload alone.
    """

    kind: Kind
    words: str = ""
    question: str = ""
    revision: int = 0
    link: str = ""
    place: Mapping[str, str] = field(default_factory=dict)


def text_modal(  # noqa: PLR0913
    question: str,
    asked: str,
    hint: str,
    revision: int,
    place: Mapping[str, str] | None = None,
    *,
    entered: str = "",
    labels: Labels = ENGLISH,
) -> View:
    """Return the modal in which an answer is written.

    Args:
        question: the id of the question.
        asked: its text, CommonMark.
        hint: what to write, plain text; may be empty.
        revision: the revision the question was drawn at.
        place: what `read_submission` gives back, such as the channel and the message to update; short strings.
        entered: an earlier answer to start from.
        labels: the words this adapter adds.

    Raises:
        ValueError: `place` is more than a view carries.
    """
    fits = 0 < len(hint.strip()) <= limits.PLACEHOLDER
    blocks = _text(asked) if fits or not hint.strip() else [*_text(asked), *_plain(hint)]
    blocks.append(_input(hint if fits else labels.answer, "", entered))
    carried = {"q": question, "r": revision, "p": dict(place or {})}
    return _view("text", (labels.answer_title, labels.send, labels.cancel), blocks, carried)


def evidence_modal(words: str, link: str, place: Mapping[str, str] | None = None, *, labels: Labels = ENGLISH) -> View:
    """Return the modal that asks whether to keep a message as evidence. The words can be changed first.

    Args:
        words: the message, plain text as its writer saw it, of any length; beyond 2,000 characters its beginning
            is offered, and the modal says so.
        link: where the message is; shown only if it is an http or https address.
        place: what `read_submission` gives back.
        labels: the words this adapter adds.

    Raises:
        ValueError: `link` and `place` are more than a view carries.
    """
    beginning = _beginning(words)
    blocks = [_input(labels.evidence, labels.evidence_hint, beginning)]
    if beginning != words:
        blocks = [*_plain(labels.evidence_cut.format(most=f"{MOST_CHARACTERS:,}")), *blocks]
    safe = link if link.lower().startswith(("http://", "https://")) and weight(link) < limits.LINK // 2 else ""
    if safe:
        blocks += [shown.block for shown in draw_pieces([Piece((Span(safe, url=safe),))])]
    words_on = (labels.evidence_title, labels.save, labels.cancel)
    return _view("evidence", words_on, blocks, {"l": safe, "p": dict(place or {})})


def read_submission(view: Mapping[str, Any]) -> Sent:
    """Return what a modal sent.

    Args:
        view: the `view` of a `view_submission` payload.

    Raises:
        UnknownView: it is none of the modals above.
    """
    kind = next((kind for kind, name in CALLBACKS.items() if view.get("callback_id") == name), None)
    if kind is None:
        raise UnknownView("The view was not drawn here.")
    carried = _carried(view.get("private_metadata"))
    return Sent(
        kind=kind,
        words=_entered(view),
        question=_known(carried, "q"),
        revision=carried["r"] if type(carried.get("r")) is int else 0,
        link=_known(carried, "l"),
        place=carried["p"] if isinstance(carried.get("p"), dict) else {},
    )


def _view(kind: Kind, words: tuple[str, str, str], blocks: list[Block], carried: Mapping[str, Any]) -> View:
    title, submit, close = words
    metadata = json.dumps(carried, ensure_ascii=False, separators=(",", ":"))
    if len(metadata) > limits.PRIVATE_METADATA:
        raise ValueError(f"A view carries {limits.PRIVATE_METADATA:,} characters, not {len(metadata):,}.")
    return {
        "type": "modal",
        "callback_id": CALLBACKS[kind],
        "title": plain_text(shorten(title, limits.VIEW_TITLE)),
        "submit": plain_text(shorten(submit, limits.VIEW_TITLE)),
        "close": plain_text(shorten(close, limits.VIEW_TITLE)),
        "private_metadata": metadata,
        "blocks": blocks,
    }


def _input(label: str, hint: str, entered: str) -> Block:
    element: Block = {
        "type": "plain_text_input",
        "action_id": INPUT,
        "multiline": True,
        "max_length": MOST_CHARACTERS,
        "focus_on_load": True,
    }
    if entered:
        element["initial_value"] = _beginning(entered)
    drawn: Block = {"type": "input", "block_id": INPUT, "label": plain_text(label), "element": element}
    return {**drawn, "hint": plain_text(hint)} if hint else drawn


def _beginning(words: str) -> str:
    """Return words as far as an answer holds them, to the end of a word where there is one."""
    if len(words) <= MOST_CHARACTERS or words[MOST_CHARACTERS].isspace():
        return words[:MOST_CHARACTERS]
    head = words[:MOST_CHARACTERS]
    return next((head[:at] for at in range(len(head), 0, -1) if head[at - 1].isspace()), head)


def _text(commonmark: str) -> list[Block]:
    return [shown.block for shown in draw_text(commonmark)]


def _plain(words: str) -> list[Block]:
    return [shown.block for shown in draw_pieces([Piece((Span(words, italic=True),))])]


def _carried(metadata: Any) -> dict[str, Any]:
    try:
        carried = json.loads(metadata)
    except (TypeError, ValueError, RecursionError):
        carried = None
    if not isinstance(carried, dict):
        raise UnknownView("The view carries nothing of ours.")
    return carried


def _entered(view: Mapping[str, Any]) -> str:
    try:
        said = view["state"]["values"][INPUT][INPUT]["value"]
    except (KeyError, TypeError):
        raise UnknownView("The view has no words.") from None
    return said if isinstance(said, str) else ""


def _known(carried: Mapping[str, Any], name: str) -> str:
    said = carried.get(name)
    return said if isinstance(said, str) else ""
