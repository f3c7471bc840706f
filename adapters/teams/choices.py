"""Choices to mark and a button to send them: in sight where they are few, a list that opens where they are more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from adapters.pieces import Piece, Span, shorten
from adapters.teams import limits
from adapters.teams.escaping import mend, neutral
from adapters.teams.labels import Labels
from adapters.teams.stamps import Stamp, choosing_data, input_id, option_value
from adapters.teams.texts import Element, Shown, draw_pieces, size
from bot.messages import Pick


@dataclass(frozen=True, slots=True)
class Sheet:
    """What controls are drawn on: what they carry, our own words, and running numbers for ids."""

    stamp: Stamp
    labels: Labels
    numbers: Iterator[int] = field(default_factory=count)

    def next_id(self) -> str:
        """Return the id of the next input."""
        return input_id(self.stamp, next(self.numbers))


def execute(words: str, data: Element, *, sends: bool = False, main: bool = True) -> Element:
    """Return an action: Action.Execute, and for clients that do not know it, Action.Submit with the same data.

    Args:
        words: what it says.
        data: what it carries.
        sends: whether the inputs of the card go with it, and are checked before.
        main: whether what it sends is the answer, and not something beside it.
    """
    whole = " ".join(words.split())
    title = shorten(whole, limits.BUTTON_SHOWN)
    how: Element = {
        "title": neutral(title) or "…",
        "data": data,
        "associatedInputs": "auto" if sends else "none",
    }
    if title != whole:
        how["tooltip"] = neutral(whole)
    if sends and main:
        how["style"] = "positive"
    fallback = {"type": "Action.Submit", **how}
    return {"type": "Action.Execute", "verb": "send" if sends else "press", **how, "fallback": fallback}


def draw_more(picks: Sequence[Pick], sheet: Sheet) -> list[Shown]:
    """Return the options beyond those that are buttons."""
    return draw_choosing(picks, sheet.labels.more, sheet, aside=True)


def draw_choosing(picks: Sequence[Pick], label: str, sheet: Sheet, *, aside: bool = False) -> list[Shown]:
    """Return options of which one is marked and sent, in as many lists as their number needs."""
    shown = listing(picks)
    listed = bool(shown)
    parts = list(_parts(list(enumerate(picks, 1)), listed=listed))
    for part in parts:
        words = label
        if len(parts) > 1:
            words += f" ({sheet.labels.range.format(first=part[0][0], last=part[-1][0])})"
        opening = {"style": "compact", "placeholder": sheet.labels.choose}
        choices = choice_set(part, words, sheet, listed=listed)
        choices |= opening if aside else required(sheet.labels.nothing_chosen)
        data = choosing_data(sheet.stamp, (choices["id"],))
        send = execute(sheet.labels.go if aside else sheet.labels.send, data, sends=True, main=not aside)
        plain = "" if listed else numbered(part)
        shown.append(Shown((choices, action_set(send)), plain, 1))
    return shown


def _parts(picks: list[tuple[int, Pick]], *, listed: bool) -> Iterator[list[tuple[int, Pick]]]:
    part: list[tuple[int, Pick]] = []
    held = 0
    for number, pick in picks:
        weight = weight_of(_choice_of(number, pick, limits.CHOICE_SHOWN, listed=listed))
        if part and held + weight > limits.CHOICES_BYTES:
            yield part
            part, held = [], 0
        part.append((number, pick))
        held += weight
    if part:
        yield part


def choice_set(picks: Sequence[tuple[int, Pick]], label: str, sheet: Sheet, *, listed: bool) -> Element:
    """Return numbered options as an input. `listed`: their labels stand in full above, and here with their numbers."""
    open_ = len(picks) <= limits.CHOICES_OPEN
    longest = limits.CHOICE_SHOWN if open_ else limits.CHOICE_LISTED
    drawn: Element = {
        "type": "Input.ChoiceSet",
        "id": sheet.next_id(),
        "label": label_of(label),
        "style": "expanded" if open_ else "compact",
        "wrap": True,
        "choices": [_choice_of(number, pick, longest, listed=listed) for number, pick in picks],
    }
    return drawn if open_ else {**drawn, "placeholder": sheet.labels.choose}


def weight_of(choice: Element) -> int:
    """Return how many bytes a choice takes: its words stand in the card's other two forms, too."""
    return size(choice) + 2 * size(choice["title"])


def _choice_of(number: int, pick: Pick, longest: int, *, listed: bool) -> Element:
    label = mend(pick.label)
    words = shorten(f"{number}. {label}" if listed else label, longest)
    return {"title": neutral(words) or "…", "value": option_value(pick.id)}


def action_set(*actions: Element) -> Element:
    """Return actions in a row."""
    return {"type": "ActionSet", "actions": list(actions)}


def label_of(words: str) -> str:
    """Return words as the label of an input."""
    return neutral(" ".join(mend(words).split()))


def required(missing: str) -> Element:
    """Return what makes an input required, and says so where nothing is filled in."""
    return {"isRequired": True, "errorMessage": missing}


def listing(picks: Sequence[Pick]) -> list[Shown]:
    """Return the labels in full, numbered, where one is too long for its choice."""
    longest = limits.CHOICE_SHOWN if len(picks) <= limits.CHOICES_OPEN else limits.CHOICE_LISTED
    return listed_in_full(picks) if any(len(pick.label) > longest for pick in picks) else []


def listed_in_full(picks: Sequence[Pick]) -> list[Shown]:
    """Return the labels in full, numbered."""
    return draw_pieces(Piece((Span(mend(pick.label)),), "item", number) for number, pick in enumerate(picks, 1))


def numbered(picks: Sequence[tuple[int, Pick]]) -> str:
    """Return numbered options as plain text."""
    return "\n".join(f"{number}. {mend(pick.label)}" for number, pick in picks)
