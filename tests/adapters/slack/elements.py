"""The interactive elements of blocks: where one stands, what it sends when used, and what a form then holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Payload = dict[str, Any]
Entered = str | list[str] | None

ONE_OF = ("radio_buttons", "static_select", "overflow")
SOME_OF = ("checkboxes", "multi_static_select")
PICKED = {"datepicker": "date", "timepicker": "time", "users_select": "user", "channels_select": "channel"}
PICKED |= {"conversations_select": "conversation"}
WRITTEN = ("plain_text_input", "email_text_input", "url_text_input", "number_input")


def elements_of(blocks: list[Payload]) -> Iterator[tuple[Payload, Payload]]:
    """Yield every element that has an action_id, with its block."""
    for block in blocks:
        inside = [*block.get("elements", ()), block.get("accessory"), block.get("element")]
        yield from ((block, each) for each in inside if isinstance(each, dict) and "action_id" in each)


def find(blocks: list[Payload], action_id: str) -> tuple[Payload, Payload]:
    """Return an element and its block.

    Raises:
        LookupError: it does not stand there, so nobody could have used it.
    """
    for block, element in elements_of(blocks):
        if element["action_id"] == action_id:
            return block, element
    known = ", ".join(element["action_id"] for _, element in elements_of(blocks))
    raise LookupError(f"There is no {action_id} to use; there is: {known}.")


def action_of(element: Payload, chosen: Entered) -> Payload:
    """Return the action an element sends when it is used, without block_id and action_ts."""
    action = {"type": element["type"], "action_id": element["action_id"]}
    if element["type"] == "button":
        return action | {key: element[key] for key in ("text", "value", "style") if key in element}
    if element["type"] in ("overflow", *PICKED) and chosen is None:
        raise LookupError(f"Say what is chosen in {element['action_id']}.")
    return action | _held(element, chosen)


def state_of(blocks: list[Payload], entered: Mapping[str, str | list[str]]) -> Payload:
    """Return `state.values`: by block_id and action_id, what each element holds, given or as it was to begin with."""
    known = {element["action_id"] for _, element in elements_of(blocks)}
    unknown = sorted(set(entered) - known)
    if unknown:
        raise LookupError(f"Nothing can be entered in {', '.join(unknown)}.")
    values: Payload = {}
    for block, element in elements_of(blocks):
        if element["type"] in ("button", "overflow"):
            continue
        held = {"type": element["type"]} | _held(element, entered.get(element["action_id"]))
        values.setdefault(block["block_id"], {})[element["action_id"]] = held
    return values


def _held(element: Payload, chosen: Entered) -> Payload:
    kind = element["type"]
    if kind in ONE_OF:
        option = _option(element, str(chosen)) if chosen is not None else element.get("initial_option")
        return {"selected_option": option}
    if kind in SOME_OF:
        if chosen is None:
            return {"selected_options": element.get("initial_options", [])}
        return {"selected_options": [_option(element, each) for each in chosen]}
    if kind in PICKED:
        what = PICKED[kind]
        return {f"selected_{what}": chosen if chosen is not None else element.get(f"initial_{what}")}
    if kind in WRITTEN:
        return {"value": chosen if chosen is not None else element.get("initial_value")}
    raise LookupError(f"A {kind} holds nothing that is known here.")


def _option(element: Payload, value: str) -> Payload:
    options = [*element.get("options", ())]
    options += [option for group in element.get("option_groups", ()) for option in group["options"]]
    for option in options:
        if option["value"] == value:
            return dict(option)
    known = ", ".join(option["value"] for option in options)
    raise LookupError(f"{element['action_id']} has no option {value}; it has: {known}.")
