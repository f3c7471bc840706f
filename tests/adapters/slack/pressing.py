"""What Slack sends when someone uses a control: actions and state, made from the blocks that were drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.adapters.slack.blockkit import choices, elements, options

Action = dict[str, Any]


def pressed(payload: dict[str, Any], option: str) -> tuple[Action, dict[str, Any]]:
    """Choose an option in whatever it stands: a button, a menu, or a list that is then sent."""
    for block in payload["blocks"]:
        for element in block.get("elements", []) if block["type"] == "actions" else []:
            if element["type"] == "button" and option in choices({"blocks": [{**block, "elements": [element]}]}):
                return _action(block, element, value=element["value"]), {}
            found = [each for each in options(element) if each["value"] == option]
            if found and element["type"] == "static_select":
                return _action(block, element, selected_option=found[0]), {}
            if found:
                return sent(payload, [option])
    raise LookupError(option)


def sent(payload: dict[str, Any], marked: Sequence[str]) -> tuple[Action, dict[str, Any]]:
    """Mark options in the payload's list and press the button that sends them."""
    state: dict[str, Any] = {}
    button: Action = {}
    for block in payload["blocks"]:
        for element in block.get("elements", []) if block["type"] == "actions" else []:
            found = [each for each in options(element) if each["value"] in marked]
            if element["type"] == "radio_buttons":
                held = {"type": element["type"], "selected_option": found[0] if found else None}
                state[block["block_id"]] = {element["action_id"]: held}
            elif element["type"] in ("checkboxes", "multi_static_select"):
                held = {"type": element["type"], "selected_options": found}
                state[block["block_id"]] = {element["action_id"]: held}
            elif element.get("action_id", "").startswith("lateral:send:"):
                button = _action(block, element, value=element["value"])
    return button, state


def with_deed(payload: dict[str, Any], deed: str, **said: Any) -> Action:
    """Use the control that does something else: `day` with `selected_date`, or `write`."""
    for block in payload["blocks"]:
        for element in block.get("elements", []) if block["type"] == "actions" else []:
            if element["action_id"].startswith(f"lateral:{deed}:"):
                kept = {"value": element["value"]} if "value" in element else {}
                return _action(block, element, **kept, **said)
    raise LookupError(deed)


def drawn(payload: dict[str, Any]) -> list[str]:
    """Return the kinds of controls in a payload."""
    return [element["type"] for element in elements(payload)]


def _action(block: dict[str, Any], element: dict[str, Any], **said: Any) -> Action:
    words = {name: element[name] for name in ("text", "accessibility_label") if name in element}
    return {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": "1764000000.000100",
        **words,
        **said,
    }
