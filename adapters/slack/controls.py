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

from collections.abc import Sequence
from itertools import groupby

from adapters.slack import limits
from adapters.slack.choices import list_to_mark, listing, menus, numbered, parts_of, said
from adapters.slack.mrkdwn import shorten
from adapters.slack.rich_text import Block, Piece, Shown, Span
from adapters.slack.sheet import Sheet, Unit, plain_text
from adapters.slack.stamps import Stamp
from bot.messages import Control, Pick

FEW = 5
"""Up to how many options are buttons, however long their labels."""

SEVERAL = 10
"""Up to how many options are buttons where labels are short, or where they lead somewhere and answer nothing."""


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
    units = said(*(Piece((Span(label),), "item") for label in long))
    for row in parts_of(limits.ACTIONS_ELEMENTS, controls):
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
        return list_to_mark(control, "radio_buttons", sheet)
    return menus(picks, sheet)


def _beyond_a_menu(picks: Sequence[Pick]) -> bool:
    return any(len(pick.id) > limits.OPTION_VALUE for pick in picks)


def _buttons(picks: Sequence[Pick], sheet: Sheet, *, listed: bool) -> list[Unit]:
    units = listing(picks) if listed else []
    for row in parts_of(limits.ACTIONS_ELEMENTS, list(enumerate(picks, 1))):
        drawn = [_button(pick.id, f"{n}. {pick.label}" if listed else pick.label, pick.label, sheet) for n, pick in row]
        units.append((Shown(sheet.actions(drawn), "" if listed else numbered(row)),))
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


def _multi(control: Control, sheet: Sheet) -> list[Unit]:
    if not control.options:
        return _hint(control)
    kind = "checkboxes" if len(control.options) <= limits.CHECKBOX_OPTIONS else "multi_static_select"
    return [*_hint(control), *list_to_mark(control, kind, sheet)]


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


def _hint(control: Control) -> list[Unit]:
    return said(Piece((Span(control.label, italic=True),))) if control.label.strip() else []
