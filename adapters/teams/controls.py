"""Controls as inputs and actions: buttons where the choice is small, choices to mark and a button to send them beyond.

| control | drawn as |
|---|---|
| choice, where its options find room among six actions and are short | buttons |
| choice of up to 10 | choices in sight, and a button to send the one marked |
| choice of more | a list that opens, and the same button |
| multi | choices of which several may be marked, and a button to send them |
| text | its suggestions as buttons or choices, a field to write in, and a button to send it |
| date | the same with a calendar |
| button | buttons; where they are too many, the rest are a choice |

Where a label is too long for its control, all labels stand in full, numbered, in the text above.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from adapters.pieces import Piece, Span, shorten
from adapters.teams import limits
from adapters.teams.escaping import mend, neutral
from adapters.teams.labels import Labels
from adapters.teams.stamps import Stamp, action_data, choosing_data, input_id, option_value, sending_data
from adapters.teams.texts import Element, Shown, draw_pieces, size
from bot.messages import Control, Pick


@dataclass(frozen=True, slots=True)
class Sheet:
    """What controls are drawn on: what they carry, our own words, and running numbers for ids."""

    stamp: Stamp
    labels: Labels
    numbers: Iterator[int] = field(default_factory=count)

    def next_id(self) -> str:
        """Return the id of the next input."""
        return input_id(self.stamp, next(self.numbers))


def draw_controls(controls: Sequence[Control], sheet: Sheet, taken: int = 0) -> list[Shown]:
    """Return the controls of a message as elements, each that asks before the buttons beside it.

    Args:
        controls: the controls.
        sheet: what they are drawn on.
        taken: how many actions of the card are taken already.
    """
    asking = [control for control in controls if control.kind != "button"]
    buttons = [Pick(control.id, control.label) for control in controls if control.kind == "button"]
    least = {id(control): _least(control) for control in asking}
    spare = limits.ACTIONS - taken - sum(least.values()) - min(len(buttons), limits.BUTTONS_KEPT)
    shown: list[Shown] = []
    for control in asking:
        drawn = _DRAW[control.kind](control, sheet, least[id(control)] + max(0, spare))
        spare -= max(0, sum(each.actions for each in drawn) - least[id(control)])
        shown += drawn
    used = taken + sum(each.actions for each in shown)
    return _never_in_each_others_way([*shown, *_buttons_beside(buttons, sheet, limits.ACTIONS - used)])


def _never_in_each_others_way(shown: list[Shown]) -> list[Shown]:
    """Return elements in which an input is required only if it is the one there is: an action checks them all."""
    inputs = [element for each in shown for element in each.elements if element["type"].startswith("Input.")]
    if len(inputs) < 2:
        return shown
    return [replace(each, elements=tuple(map(_not_required, each.elements))) for each in shown]


def _not_required(element: Element) -> Element:
    return {name: said for name, said in element.items() if name not in ("isRequired", "errorMessage")}


def _required(missing: str) -> Element:
    return {"isRequired": True, "errorMessage": missing}


def execute(words: str, data: Element, *, sends: bool = False, main: bool = True) -> Element:
    """Return an action: Action.Execute, and for clients that do not know it, Action.Submit with the same data.

    Args:
        words: what it says.
        data: what it carries.
        sends: whether the inputs of the card go with it, and are checked before.
        main: whether what it sends is the answer, and not something beside it.
    """
    how: Element = {
        "title": neutral(shorten(words, limits.BUTTON_SHOWN)) or "…",
        "data": data,
        "associatedInputs": "auto" if sends else "none",
    }
    if shorten(words, limits.BUTTON_SHOWN) != " ".join(words.split()):
        how["tooltip"] = neutral(" ".join(words.split()))
    if sends and main:
        how["style"] = "positive"
    fallback = {"type": "Action.Submit", **how}
    return {"type": "Action.Execute", "verb": "send" if sends else "press", **how, "fallback": fallback}


def _least(control: Control) -> int:
    """Return the fewest actions a control can do with."""
    return 0 if control.kind in ("choice", "multi") and not control.options else 1


def _choice(control: Control, sheet: Sheet, room: int) -> list[Shown]:
    picks = control.options
    if not picks:
        return _said(control.label)
    if len(picks) <= room and _are_short(picks):
        return [*_said(control.label), *_buttons(picks, sheet)]
    if not sheet.stamp.question and room > 1 and _are_short(picks[: room - 1]):
        first, rest = picks[: room - 1], picks[room - 1 :]
        return [*_said(control.label), *_buttons(first, sheet), *_more(rest, sheet)]
    return _choosing(picks, control.label.strip() or sheet.labels.choose, sheet)


def _are_short(picks: Sequence[Pick]) -> bool:
    return all(len(pick.label) <= limits.BUTTON_SHOWN for pick in picks)


def _buttons(picks: Sequence[Pick], sheet: Sheet, *, counted: bool = True) -> list[Shown]:
    """Return options as buttons, side by side as far as a phone is wide; in plain text they are `counted`."""
    rows: list[list[Pick]] = []
    width = 0
    for pick in picks:
        wide = len(pick.label) + limits.BUTTON_FRAME
        if not rows or width + wide > limits.ROW_SHOWN:
            rows.append([])
            width = 0
        rows[-1].append(pick)
        width += wide
    numbers = count(1)
    numbered = ["\n".join(f"{next(numbers)}. {mend(pick.label)}" for pick in row) for row in rows]
    beside = [" ".join(f"[{mend(pick.label)}]" for pick in row) for row in rows]
    plain = numbered if counted else beside
    return [_row(row, sheet, words, first=row is rows[0]) for row, words in zip(rows, plain, strict=True)]


def _row(picks: Sequence[Pick], sheet: Sheet, plain: str, *, first: bool) -> Shown:
    actions = [execute(mend(pick.label), action_data(sheet.stamp, pick.id)) for pick in picks]
    row = {"type": "ActionSet", "actions": actions} | ({} if first else {"spacing": "Small"})
    return Shown((row,), plain, len(picks))


def _more(picks: Sequence[Pick], sheet: Sheet) -> list[Shown]:
    """Return the options beyond those that are buttons."""
    return _choosing(picks, sheet.labels.more, sheet, aside=True)


def _choosing(picks: Sequence[Pick], label: str, sheet: Sheet, *, aside: bool = False) -> list[Shown]:
    """Return options of which one is marked and sent, in as many lists as their number needs."""
    shown = _listing(picks)
    listed = bool(shown)
    parts = list(_parts(list(enumerate(picks, 1)), listed=listed))
    for part in parts:
        words = label
        if len(parts) > 1:
            words += f" ({sheet.labels.range.format(first=part[0][0], last=part[-1][0])})"
        opening = {"style": "compact", "placeholder": sheet.labels.choose}
        choices = _choice_set(part, words, sheet, listed=listed)
        choices |= opening if aside else _required(sheet.labels.nothing_chosen)
        data = choosing_data(sheet.stamp, (choices["id"],))
        send = execute(sheet.labels.go if aside else sheet.labels.send, data, sends=True, main=not aside)
        plain = "" if listed else _numbered(part)
        shown.append(Shown((choices, _action_set(send)), plain, 1))
    return shown


def _parts(picks: list[tuple[int, Pick]], *, listed: bool) -> Iterator[list[tuple[int, Pick]]]:
    part: list[tuple[int, Pick]] = []
    held = 0
    for number, pick in picks:
        weight = _weight(_choice_of(number, pick, limits.CHOICE_SHOWN, listed=listed))
        if part and held + weight > limits.CHOICES_BYTES:
            yield part
            part, held = [], 0
        part.append((number, pick))
        held += weight
    if part:
        yield part


def _choice_set(picks: Sequence[tuple[int, Pick]], label: str, sheet: Sheet, *, listed: bool) -> Element:
    open_ = len(picks) <= limits.CHOICES_OPEN
    longest = limits.CHOICE_SHOWN if open_ else limits.CHOICE_LISTED
    drawn: Element = {
        "type": "Input.ChoiceSet",
        "id": sheet.next_id(),
        "label": _label(label),
        "style": "expanded" if open_ else "compact",
        "wrap": True,
        "choices": [_choice_of(number, pick, longest, listed=listed) for number, pick in picks],
    }
    return drawn if open_ else {**drawn, "placeholder": sheet.labels.choose}


def _weight(choice: Element) -> int:
    """Return how many bytes a choice takes: its words stand in the card's other two forms, too."""
    return size(choice) + 2 * size(choice["title"])


def _choice_of(number: int, pick: Pick, longest: int, *, listed: bool) -> Element:
    label = mend(pick.label)
    words = shorten(f"{number}. {label}" if listed else label, longest)
    return {"title": neutral(words) or "…", "value": option_value(pick.id)}


def _multi(control: Control, sheet: Sheet, _room: int) -> list[Shown]:
    picks = list(enumerate(control.options, 1))
    if not picks:
        return _said(control.label)
    shown = _listing(control.options)
    label = control.label.strip() or sheet.labels.choose_several
    choices = {**_choice_set(picks, label, sheet, listed=bool(shown)), "isMultiSelect": True}
    if sum(map(_weight, choices["choices"])) > limits.CHOICES_BYTES:
        shown = _listed(control.options)
        numbers = [{"title": f"{number}", "value": option_value(pick.id)} for number, pick in picks]
        choices = {**choices, "choices": numbers}
    data = sending_data(sheet.stamp, control.id, (choices["id"],), many=True)
    send = execute(sheet.labels.send, data, sends=True)
    return [*shown, Shown((choices, _action_set(send)), "" if shown else _numbered(picks), 1)]


def _text(control: Control, sheet: Sheet, room: int) -> list[Shown]:
    label = _label(control.label.strip() or sheet.labels.answer)
    entry: Element = {"type": "Input.Text", "id": sheet.next_id(), "label": label, "isMultiline": True}
    return _filling(control, entry, sheet, room, sheet.labels.nothing_written)


def _date(control: Control, sheet: Sheet, room: int) -> list[Shown]:
    entry: Element = {"type": "Input.Date", "id": sheet.next_id(), "label": sheet.labels.pick_day}
    return [*_filling(control, entry, sheet, room, sheet.labels.no_day), *_said(control.label)]


def _filling(control: Control, entry: Element, sheet: Sheet, room: int, missing: str) -> list[Shown]:
    """Return an input with its suggestions: as buttons where there is room, else to be sent with the same button."""
    picks = control.options
    data = sending_data(sheet.stamp, control.id, (entry["id"],))
    shown: list[Shown] = []
    if len(picks) < room and _are_short(picks):
        shown = _buttons(picks, sheet) if picks else []
        unit: tuple[Element, ...] = ({**entry, **_required(missing)},)
        plain = ""
    else:
        shown = _listing(picks)
        numbered = list(enumerate(picks, 1))
        choices = _choice_set(numbered, sheet.labels.choose_or_write, sheet, listed=bool(shown))
        data = sending_data(sheet.stamp, control.id, (entry["id"],), instead=choices["id"])
        unit = (choices, entry)
        plain = "" if shown else _numbered(numbered)
    send = execute(sheet.labels.send, data, sends=True)
    return [*shown, Shown((*unit, _action_set(send)), plain, 1)]


_DRAW = {"choice": _choice, "multi": _multi, "text": _text, "date": _date}


def _buttons_beside(picks: Sequence[Pick], sheet: Sheet, room: int) -> list[Shown]:
    """Return the buttons of a message; where they are too many, those of one kind, or the last, become a choice."""
    room = room if room > 0 else limits.ACTIONS
    if len(picks) <= room:
        return _pressed(picks, sheet)
    gathered = _alike(picks)
    if len(gathered) < 2 or len(picks) - len(gathered) >= room:
        gathered = picks[room - 1 :]
    left = [pick for pick in picks if pick not in gathered]
    pressed = _pressed(left, sheet)
    if gathered[0] is picks[0]:
        return [*_choosing(gathered, sheet.labels.choose, sheet), *pressed]
    return [*pressed, *_more(gathered, sheet)]


def _pressed(picks: Sequence[Pick], sheet: Sheet) -> list[Shown]:
    long = [Piece((Span(mend(pick.label)),), "item") for pick in picks if len(pick.label) > limits.BUTTON_SHOWN]
    return [*draw_pieces(long), *_buttons(picks, sheet, counted=False)]


def _alike(picks: Sequence[Pick]) -> Sequence[Pick]:
    """Return the buttons that do the same to different things, such as ticking off a step each."""
    heads = [pick.id.rpartition(":")[0] for pick in picks]
    most = max(heads, key=heads.count)
    return [pick for pick, head in zip(picks, heads, strict=True) if head == most and ":" in head]


def _action_set(*actions: Element) -> Element:
    return {"type": "ActionSet", "actions": list(actions)}


def _label(words: str) -> str:
    return neutral(" ".join(mend(words).split()))


def _listing(picks: Sequence[Pick]) -> list[Shown]:
    """Return the labels in full, numbered, where one is too long for its choice."""
    longest = limits.CHOICE_SHOWN if len(picks) <= limits.CHOICES_OPEN else limits.CHOICE_LISTED
    return _listed(picks) if any(len(pick.label) > longest for pick in picks) else []


def _listed(picks: Sequence[Pick]) -> list[Shown]:
    return draw_pieces(Piece((Span(mend(pick.label)),), "item", number) for number, pick in enumerate(picks, 1))


def _said(words: str) -> list[Shown]:
    return draw_pieces([Piece((Span(mend(words).strip(), italic=True),))]) if words.strip() else []


def _numbered(picks: Sequence[tuple[int, Pick]]) -> str:
    return "\n".join(f"{number}. {mend(pick.label)}" for number, pick in picks)
