"""Controls as blocks: buttons where the choice is small, a list to mark where it is longer, menus beyond.

| control | drawn as |
|---|---|
| choice of up to 5; up to 10 with short labels, or where no question is asked | buttons |
| choice of up to 10 | radio buttons and a button to send them, as arrow keys must not answer by themselves |
| choice of more | menus of up to 100 options each |
| multi of up to 10 | checkboxes and a button to send them |
| multi of more | one menu, in groups of up to 100 options, and a button to send it |
| text | its suggestions as a choice, and a button that opens a modal |
| date | its suggestions as a choice, and a calendar |
| button | buttons in rows |

Where a label is too long for its control, all labels stand in full, numbered, in the text above.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, groupby
from typing import TypeVar

from adapters.slack import limits
from adapters.slack.labels import Labels
from adapters.slack.mrkdwn import shorten, weight
from adapters.slack.rich_text import Block, Piece, Shown, Span, draw_pieces
from adapters.slack.stamps import Deed, Stamp, action_id
from bot.messages import Control, Pick

Thing = TypeVar("Thing")

Unit = tuple[Shown, ...]
"""Blocks that must stay in one message: a list, and the button that sends what is marked in it."""

FEW = 5
"""Up to how many options are buttons, however long their labels."""

SEVERAL = 10
"""Up to how many options are buttons where labels are short, or where they lead somewhere and answer nothing."""

_LISTED = 3_000
"""Up to how many escaped characters the labels of one menu may have in the plain form of its message."""

_ROOM = limits.BLOCKS_JSON - 1_000
"""How much JSON one menu may be, with room left for what stands around it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What controls are drawn on: the question asked, the revision, our own words, and running numbers for ids."""

    question: str
    revision: int
    labels: Labels
    numbers: Iterator[int] = field(default_factory=count)

    def actions(self, elements: list[Block], field_name: str | None = None) -> Block:
        """Return an actions block; `field_name` is the field its list or calendar fills, if not the question."""
        stamp = self.stamp if field_name is None else Stamp(field_name, self.revision)
        return {"type": "actions", "block_id": stamp.block_id(next(self.numbers)), "elements": elements}

    @property
    def stamp(self) -> Stamp:
        """Return what the controls carry."""
        return Stamp(self.question, self.revision)

    def next_id(self, deed: Deed) -> str:
        """Return the id of the next control."""
        return action_id(deed, next(self.numbers))


def draw_controls(controls: Sequence[Control], sheet: Sheet) -> list[Unit]:
    """Return the controls of a message as units of blocks, in their order; buttons side by side share rows."""
    units: list[Unit] = []
    for kind, group in groupby(controls, key=lambda control: control.kind):
        if kind == "button":
            units += _rows(list(group), sheet)
        else:
            for control in group:
                units += _DRAW[kind](control, sheet)
    return units


def without_menu(controls: Sequence[Control]) -> tuple[Control, ...]:
    """Return controls without the way to the menu, which belongs into the talk."""
    kept = []
    for control in controls:
        options = tuple(pick for pick in control.options if pick.id != "do:menu")
        if control.id != "do:menu" and (options or not control.options):
            kept.append(control.changed(options=options))
    return tuple(kept)


def _rows(controls: list[Control], sheet: Sheet) -> list[Unit]:
    long = [control.label for control in controls if len(control.label) > limits.BUTTON_TEXT]
    units = _said(*(Piece((Span(label),), "item") for label in long))
    for row in _by(limits.ACTIONS_ELEMENTS, controls):
        buttons = [_button(control.id, control.label, control.label, sheet) for control in row]
        plain = " ".join(f"[{shorten(control.label, limits.BUTTON_TEXT)}]" for control in row)
        units.append((Shown(sheet.actions(buttons), plain),))
    return units


def _choice(control: Control, sheet: Sheet) -> list[Unit]:
    return [*_hint(control), *_options(control, sheet)]


def _options(control: Control, sheet: Sheet) -> list[Unit]:
    """Return a choice among a control's options, as small as it can be drawn."""
    picks = control.options
    if not picks:
        return []
    longest = max(len(pick.label) for pick in picks)
    short = longest <= limits.BUTTON_SHOWN
    few = SEVERAL if short or not sheet.question else FEW
    if len(picks) <= few or _beyond_a_menu(picks):
        return _buttons(picks, sheet, listed=not short)
    if len(picks) <= limits.RADIO_OPTIONS:
        return _list(control, "radio_buttons", sheet)
    return _menus(picks, sheet)


def _beyond_a_menu(picks: Sequence[Pick]) -> bool:
    return any(len(pick.id) > limits.OPTION_VALUE for pick in picks)


def _buttons(picks: Sequence[Pick], sheet: Sheet, *, listed: bool) -> list[Unit]:
    units = _listing(picks) if listed else []
    for row in _by(limits.ACTIONS_ELEMENTS, list(enumerate(picks, 1))):
        drawn = [_button(pick.id, f"{n}. {pick.label}" if listed else pick.label, pick.label, sheet) for n, pick in row]
        units.append((Shown(sheet.actions(drawn), "" if listed else _numbered(row)),))
    return units


def _button(option: str, words: str, label: str, sheet: Sheet) -> Block:
    text = shorten(words, limits.BUTTON_SHOWN if words != label else limits.BUTTON_TEXT)
    drawn: Block = {
        "type": "button",
        "action_id": sheet.next_id("press"),
        "text": plain_text(text),
        "value": sheet.stamp.value(option),
    }
    if text != " ".join(words.split()):
        drawn["accessibility_label"] = shorten(words, limits.ACCESSIBILITY_LABEL)
    return drawn


def _list(control: Control, kind: str, sheet: Sheet) -> list[Unit]:
    """Return a list to mark, with the button that sends it."""
    picks = control.options
    listed = _is_long(picks)
    mark: Block = {"type": kind, "action_id": sheet.next_id("mark")}
    if kind == "multi_static_select":
        mark["placeholder"] = plain_text(sheet.labels.choose)
        mark["max_selected_items"] = max(1, min(control.most, len(picks)))
        listed = listed or weight(_numbered(list(enumerate(picks, 1)))) > _LISTED
    options = [_option(number, pick, listed=_is_long(picks)) for number, pick in enumerate(picks, 1)]
    mark |= _grouped(options, sheet.labels) if len(options) > limits.SELECT_OPTIONS else {"options": options}
    many = kind != "radio_buttons"
    send = {
        "type": "button",
        "action_id": sheet.next_id("send"),
        "text": plain_text(sheet.labels.send),
        "value": sheet.stamp.value(control.id, many=many),
    }
    plain = "" if listed else _numbered(list(enumerate(picks, 1)))
    unit = (Shown(sheet.actions([mark], control.id), plain), Shown(sheet.actions([send]), ""))
    return [*(_listing(picks) if listed else []), unit]


def _multi(control: Control, sheet: Sheet) -> list[Unit]:
    if not control.options:
        return _hint(control)
    kind = "checkboxes" if len(control.options) <= limits.CHECKBOX_OPTIONS else "multi_static_select"
    return [*_hint(control), *_list(control, kind, sheet)]


def _grouped(options: list[Block], labels: Labels) -> Block:
    groups = []
    first = 1
    for group in _by(limits.SELECT_OPTIONS, options):
        label = plain_text(labels.range.format(first=first, last=first + len(group) - 1))
        groups.append({"label": label, "options": group})
        first += len(group)
    return {"option_groups": groups}


def _menus(picks: Sequence[Pick], sheet: Sheet) -> list[Unit]:
    long = _is_long(picks)
    units = _listing(picks) if long else []
    parts = list(_menu_parts(list(enumerate(picks, 1)), long=long))
    for part in parts:
        words = sheet.labels.choose
        if len(parts) > 1:
            words += f" ({sheet.labels.range.format(first=part[0][0], last=part[-1][0])})"
        menu = {
            "type": "static_select",
            "action_id": sheet.next_id("menu"),
            "placeholder": plain_text(words),
            "options": [_option(number, pick, listed=long) for number, pick in part],
        }
        units.append((Shown(sheet.actions([menu]), "" if long else _numbered(part)),))
    return units


def _menu_parts(picks: list[tuple[int, Pick]], *, long: bool) -> Iterator[list[tuple[int, Pick]]]:
    """Yield options in portions that one menu, and the message it stands in, can hold."""
    part: list[tuple[int, Pick]] = []
    size = said = 0
    for number, pick in picks:
        drawn, words = len(json.dumps(_option(number, pick, listed=long), ensure_ascii=False)), weight(pick.label) + 6
        if part and (len(part) == limits.SELECT_OPTIONS or size + drawn > _ROOM or said + words > _LISTED):
            yield part
            part, size, said = [], 0, 0
        part.append((number, pick))
        size, said = size + drawn, said + (0 if long else words)
    yield part


def _text(control: Control, sheet: Sheet) -> list[Unit]:
    write = {
        "type": "button",
        "action_id": sheet.next_id("write"),
        "text": plain_text(sheet.labels.write),
        "value": Stamp(control.id, sheet.revision).value(),
    }
    return [*_options(control, sheet), *_hint(control), (Shown(sheet.actions([write]), ""),)]


def _date(control: Control, sheet: Sheet) -> list[Unit]:
    calendar = {
        "type": "datepicker",
        "action_id": sheet.next_id("day"),
        "placeholder": plain_text(sheet.labels.pick_day),
    }
    return [*_options(control, sheet), *_hint(control), (Shown(sheet.actions([calendar], control.id), ""),)]


_DRAW = {"choice": _choice, "multi": _multi, "text": _text, "date": _date}


def _option(number: int, pick: Pick, *, listed: bool) -> Block:
    words = f"{number}. {pick.label}" if listed else pick.label
    return {"text": plain_text(shorten(words, limits.OPTION_TEXT)), "value": pick.id}


def _is_long(picks: Sequence[Pick]) -> bool:
    return any(len(pick.label) > limits.OPTION_TEXT for pick in picks)


def _hint(control: Control) -> list[Unit]:
    return _said(Piece((Span(control.label, italic=True),))) if control.label.strip() else []


def _listing(picks: Sequence[Pick]) -> list[Unit]:
    return _said(*(Piece((Span(pick.label),), "item", number) for number, pick in enumerate(picks, 1)))


def _said(*pieces: Piece) -> list[Unit]:
    return [(shown,) for shown in draw_pieces(pieces)]


def _numbered(picks: list[tuple[int, Pick]]) -> str:
    return "\n".join(f"{number}. {pick.label}" for number, pick in picks)


def _by(size: int, things: list[Thing]) -> Iterator[list[Thing]]:
    return (things[at : at + size] for at in range(0, len(things), size))


def plain_text(words: str) -> Block:
    """Return a plain text object: never mark-up, and `:smile:` stays what was typed. Empty words show as `…`."""
    return {"type": "plain_text", "text": words if words.strip() else "…", "emoji": False}
