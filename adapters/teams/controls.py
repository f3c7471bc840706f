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

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from adapters.pieces import Piece, Span
from adapters.teams import limits
from adapters.teams.choices import (
    Sheet,
    action_set,
    choice_set,
    draw_choosing,
    draw_more,
    execute,
    label_of,
    listed_in_full,
    listing,
    numbered,
    required,
    weight_of,
)
from adapters.teams.escaping import mend
from adapters.teams.stamps import action_data, option_value, sending_data
from adapters.teams.texts import Element, Shown, draw_pieces
from bot.messages import Control, Pick


def draw_controls(groups: Sequence[Sequence[Control]], sheet: Sheet, taken: int = 0) -> list[list[Shown]]:
    """Return the controls of each part of a message as elements, those that ask before the buttons beside them.

    Args:
        groups: the controls of each part, in order; they share the actions of a card.
        sheet: what they are drawn on.
        taken: how many actions of the card are taken already.
    """
    buttons = [[Pick(each.id, each.label) for each in controls if each.kind == "button"] for controls in groups]
    asking = [[each for each in controls if each.kind != "button"] for controls in groups]
    kept = min(sum(map(len, buttons)), max(limits.BUTTONS_KEPT, sum(map(bool, buttons))))
    spare = limits.ACTIONS - taken - kept - sum(_least(control) for controls in asking for control in controls)
    drawn = _ask(asking, sheet, spare)
    rooms = _rooms(limits.ACTIONS - taken - sum(map(_actions, drawn)), list(map(len, buttons)))
    shown = [
        [*asked, *_buttons_beside(picks, sheet, room, beside=bool(asked), aside=any(drawn))]
        for asked, picks, room in zip(drawn, buttons, rooms, strict=True)
    ]
    return _never_in_each_others_way(shown)


def _ask(groups: Sequence[Sequence[Control]], sheet: Sheet, spare: int) -> list[list[Shown]]:
    """Return the controls that ask, of each part; `spare` is how many actions more than the fewest they may take."""
    drawn: list[list[Shown]] = []
    for controls in groups:
        shown: list[Shown] = []
        for control in controls:
            least = _least(control)
            made = _DRAW[control.kind](control, sheet, least + max(0, spare))
            spare -= max(0, _actions(made) - least)
            shown += made
        drawn.append(shown)
    return drawn


def _actions(shown: Sequence[Shown]) -> int:
    return sum(each.actions for each in shown)


def _rooms(room: int, wanted: Sequence[int]) -> list[int]:
    """Return how many actions the buttons of each part get, of all there is room for.

    Each part with buttons gets one; of the rest the part with the fewest buttons gets as many as it wants, then the
    next: so as many parts as can be have all of theirs in sight.
    """
    parts = [place for place, count in enumerate(wanted) if count]
    if room < len(parts):
        return [limits.ACTIONS] * len(wanted)
    rooms = [min(count, 1) for count in wanted]
    left = room - len(parts)
    for place in sorted(parts, key=wanted.__getitem__):
        more = min(left, wanted[place] - 1)
        rooms[place] += more
        left -= more
    return rooms


def _never_in_each_others_way(groups: list[list[Shown]]) -> list[list[Shown]]:
    """Return elements in which an input is required only if it is the one there is: an action checks them all."""
    elements = [element for shown in groups for each in shown for element in each.elements]
    if sum(element["type"].startswith("Input.") for element in elements) < 2:
        return groups
    return [[replace(each, elements=tuple(map(_not_required, each.elements))) for each in shown] for shown in groups]


def _not_required(element: Element) -> Element:
    return {name: said for name, said in element.items() if name not in ("isRequired", "errorMessage")}


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
        return [*_said(control.label), *_buttons(first, sheet), *draw_more(rest, sheet)]
    return draw_choosing(picks, control.label.strip() or sheet.labels.choose, sheet)


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
    if counted:
        plain = [numbered([(next(numbers), pick) for pick in row]) for row in rows]
    else:
        plain = [" ".join(f"[{mend(pick.label)}]" for pick in row) for row in rows]
    return [_row(row, sheet, words, first=row is rows[0]) for row, words in zip(rows, plain, strict=True)]


def _row(picks: Sequence[Pick], sheet: Sheet, plain: str, *, first: bool) -> Shown:
    actions = [execute(mend(pick.label), action_data(sheet.stamp, pick.id)) for pick in picks]
    row = {"type": "ActionSet", "actions": actions} | ({} if first else {"spacing": "Small"})
    return Shown((row,), plain, len(picks))


def _multi(control: Control, sheet: Sheet, _room: int) -> list[Shown]:
    picks = list(enumerate(control.options, 1))
    if not picks:
        return _said(control.label)
    shown = listing(control.options)
    label = control.label.strip() or sheet.labels.choose_several
    choices = {**choice_set(picks, label, sheet, listed=bool(shown)), "isMultiSelect": True}
    if sum(map(weight_of, choices["choices"])) > limits.CHOICES_BYTES:
        shown = listed_in_full(control.options)
        numbers = [{"title": f"{number}", "value": option_value(pick.id)} for number, pick in picks]
        choices = {**choices, "choices": numbers}
    data = sending_data(sheet.stamp, control.id, (choices["id"],), many=True)
    send = execute(sheet.labels.send, data, sends=True)
    return [*shown, Shown((choices, action_set(send)), "" if shown else numbered(picks), 1)]


def _text(control: Control, sheet: Sheet, room: int) -> list[Shown]:
    label = label_of(control.label.strip() or sheet.labels.answer)
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
        unit: tuple[Element, ...] = ({**entry, **required(missing)},)
        plain = ""
    else:
        shown = listing(picks)
        options = list(enumerate(picks, 1))
        choices = choice_set(options, sheet.labels.choose_or_write, sheet, listed=bool(shown))
        data = sending_data(sheet.stamp, control.id, (entry["id"],), instead=choices["id"])
        unit = (choices, entry)
        plain = "" if shown else numbered(options)
    send = execute(sheet.labels.send, data, sends=True)
    return [*shown, Shown((*unit, action_set(send)), plain, 1)]


_DRAW = {"choice": _choice, "multi": _multi, "text": _text, "date": _date}


def _buttons_beside(picks: Sequence[Pick], sheet: Sheet, room: int, *, beside: bool, aside: bool) -> list[Shown]:
    """Return the buttons of a part; where they are too many, those of one kind, or the last, become a choice.

    `beside`: they stand beneath something that asks; `aside`: on this card, something else is the answer.
    """
    if len(picks) <= room:
        return _pressed(picks, sheet)
    gathered = _alike(picks)
    if len(gathered) < 2 or len(picks) - len(gathered) >= room:
        gathered = picks[room - 1 :]
    left = [pick for pick in picks if pick not in gathered]
    pressed = _pressed(left, sheet)
    if gathered[0] is picks[0] and not beside:
        return [*draw_choosing(gathered, sheet.labels.choose, sheet, aside=aside), *pressed]
    return [*pressed, *draw_more(gathered, sheet)]


def _pressed(picks: Sequence[Pick], sheet: Sheet) -> list[Shown]:
    long = [Piece((Span(mend(pick.label)),), "item") for pick in picks if len(pick.label) > limits.BUTTON_SHOWN]
    return [*draw_pieces(long), *_buttons(picks, sheet, counted=False)]


def _alike(picks: Sequence[Pick]) -> Sequence[Pick]:
    """Return the buttons that do the same to different things, such as ticking off a step each."""
    heads = [pick.id.rpartition(":")[0] for pick in picks]
    most = max(heads, key=heads.count)
    return [pick for pick, head in zip(picks, heads, strict=True) if head == most and ":" in head]


def _said(words: str) -> list[Shown]:
    return draw_pieces([Piece((Span(mend(words).strip(), italic=True),))]) if words.strip() else []
