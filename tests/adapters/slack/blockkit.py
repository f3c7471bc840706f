"""Whether Slack would take a payload: our own rules always, and Slack's official schema where it lies at hand.

The official schema is looked for in a folder named `shared` beside the repository. Without it every rule here is
still held: the fields each block may have, all lengths and counts, ids that stand once, and what may stand where.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator
from jsonschema.exceptions import best_match
from jsonschema.protocols import Validator

from adapters.slack import limits
from tests.adapters.official_schemas import validator_of

SCHEMA = Path(__file__).parents[4] / "shared" / "schemas" / "slack" / "blockkit.schema.json"

FIELDS: dict[str, tuple[str, str]] = {
    "rich_text": ("elements", "block_id"),
    "rich_text_section": ("elements", ""),
    "rich_text_quote": ("elements", "border"),
    "rich_text_preformatted": ("elements", "border"),
    "rich_text_list": ("elements style", "indent offset border"),
    "text": ("text", "style"),
    "link": ("url", "text style"),
    "plain_text": ("text", "emoji"),
    "header": ("text", "block_id"),
    "section": ("text", "block_id accessory"),
    "context": ("elements", "block_id"),
    "divider": ("", "block_id"),
    "image": ("alt_text image_url", "block_id title"),
    "actions": ("elements", "block_id"),
    "input": ("label element", "block_id hint optional"),
    "button": ("text action_id value", "accessibility_label style confirm"),
    "static_select": ("action_id placeholder", "options option_groups initial_option"),
    "multi_static_select": ("action_id placeholder", "options option_groups max_selected_items"),
    "checkboxes": ("action_id options", "initial_options"),
    "radio_buttons": ("action_id options", "initial_option"),
    "datepicker": ("action_id", "placeholder initial_date"),
    "plain_text_input": (
        "action_id",
        "multiline min_length max_length initial_value placeholder focus_on_load",
    ),
    "home": ("blocks", "callback_id private_metadata external_id"),
    "modal": ("blocks title", "submit close callback_id private_metadata external_id clear_on_close notify_on_close"),
}
"""The fields of everything that is drawn: those it must have, those it may have. `mrkdwn` is never drawn."""

LENGTHS: dict[tuple[str, str], int] = {
    ("button", "value"): limits.BUTTON_VALUE,
    ("button", "accessibility_label"): limits.ACCESSIBILITY_LABEL,
    ("option", "value"): limits.OPTION_VALUE,
    ("plain_text", "text"): limits.TEXT_OBJECT,
    ("text", "text"): limits.TEXT_OBJECT,
    ("link", "text"): limits.TEXT_OBJECT,
    ("link", "url"): limits.LINK,
    ("modal", "private_metadata"): limits.PRIVATE_METADATA,
    ("modal", "callback_id"): limits.CALLBACK_ID,
    ("home", "callback_id"): limits.CALLBACK_ID,
    ("plain_text_input", "initial_value"): limits.INPUT_TEXT,
}

WORDS: dict[tuple[str, str], int] = {
    ("button", "text"): limits.BUTTON_TEXT,
    ("option", "text"): limits.OPTION_TEXT,
    ("group", "label"): limits.OPTION_GROUP_LABEL,
    ("header", "text"): limits.HEADER,
    ("input", "label"): limits.INPUT_LABEL,
    ("input", "hint"): limits.INPUT_LABEL,
    ("modal", "title"): limits.VIEW_TITLE,
    ("modal", "submit"): limits.VIEW_TITLE,
    ("modal", "close"): limits.VIEW_TITLE,
    ("static_select", "placeholder"): limits.PLACEHOLDER,
    ("multi_static_select", "placeholder"): limits.PLACEHOLDER,
    ("datepicker", "placeholder"): limits.PLACEHOLDER,
}
"""How long the text object in a field may be."""

COUNTS: dict[tuple[str, str], int] = {
    ("actions", "elements"): limits.ACTIONS_ELEMENTS,
    ("radio_buttons", "options"): limits.RADIO_OPTIONS,
    ("checkboxes", "options"): limits.CHECKBOX_OPTIONS,
    ("static_select", "options"): limits.SELECT_OPTIONS,
    ("multi_static_select", "options"): limits.SELECT_OPTIONS,
    ("group", "options"): limits.SELECT_OPTIONS,
    ("multi_static_select", "option_groups"): limits.OPTION_GROUPS,
    ("static_select", "option_groups"): limits.OPTION_GROUPS,
    ("home", "blocks"): limits.VIEW_BLOCKS,
    ("modal", "blocks"): limits.VIEW_BLOCKS,
    ("message", "blocks"): limits.MESSAGE_BLOCKS,
    ("rich_text", "elements"): 10_000,
    ("rich_text_section", "elements"): 10_000,
    ("rich_text_list", "elements"): 10_000,
}
"""How many entries a field may hold; each holds at least one."""

SURFACES = {
    "message": {"rich_text", "section", "header", "context", "image", "divider", "actions"},
    "home": {"rich_text", "section", "header", "context", "image", "divider", "actions"},
    "modal": {"rich_text", "section", "header", "context", "image", "divider", "actions", "input"},
}
"""The blocks that are drawn, by where they may stand."""


def problems(payload: dict[str, Any]) -> list[str]:
    """Return what is wrong with a message payload, a home or a modal; nothing where Slack would take it."""
    surface = payload.get("type", "message")
    found = [*_walk(payload, surface), *_ids(payload), *_standing(payload, surface), *_official(payload, surface)]
    if surface == "message":
        found += _message(payload)
    elif len(json.dumps(payload).encode()) > limits.VIEW_BYTES:
        found.append("the view is too large")
    return found


def _message(payload: dict[str, Any]) -> Iterator[str]:
    text = payload.get("text", "")
    if not text.strip() or len(text) > limits.MESSAGE_TEXT:
        yield f"the text has {len(text)} characters"
    if any(mark in text for mark in "<>") or _bare_ampersand(text):
        yield "the text is not escaped"
    size = len(json.dumps(payload["blocks"], ensure_ascii=False, separators=(",", ":")))
    lists = any(element["type"] == "multi_static_select" for element in elements(payload))
    if size > limits.BLOCKS_JSON and not lists:
        yield f"the blocks have {size} characters"


def _bare_ampersand(text: str) -> bool:
    return "&" in text.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")


def _kind(node: dict[str, Any], parent: str) -> str:
    if "type" in node:
        return str(node["type"])
    if "options" in node:
        return "group"
    return "option" if "value" in node else parent


def _walk(node: dict[str, Any], kind: str) -> Iterator[str]:
    yield from _fields(node, kind)
    for name, said in node.items():
        if isinstance(said, str) and not 1 <= len(said) <= LENGTHS.get((kind, name), 10**6):
            yield f"{kind}.{name} has {len(said)} characters"
        if (kind, name) in WORDS and len(said["text"]) > WORDS[kind, name]:
            yield f"{kind}.{name} has {len(said['text'])} characters"
        if isinstance(said, list) and not 1 <= len(said) <= COUNTS.get((kind, name), 10**4):
            yield f"{kind}.{name} has {len(said)} entries"
        below = said if isinstance(said, list) else [said]
        for child in below:
            if isinstance(child, dict) and name != "style":
                yield from _walk(child, _kind(child, "message"))


def _fields(node: dict[str, Any], kind: str) -> Iterator[str]:
    if kind == "message":
        required, allowed = {"text", "blocks"}, set()
    elif kind in ("option", "group"):
        required, allowed = ({"text", "value"} if kind == "option" else {"label", "options"}), set()
    elif kind in FIELDS:
        required, allowed = (set(names.split()) for names in FIELDS[kind])
        required |= {"type"}
    else:
        yield f"{kind} is never drawn"
        return
    if missing := required - set(node):
        yield f"{kind} lacks {sorted(missing)}"
    if more := set(node) - required - allowed:
        yield f"{kind} has {sorted(more)}"


def elements(payload: dict[str, Any]) -> list[dict[str, Any]]:
    """Return every control of a payload: buttons, lists, menus, calendars and inputs."""
    blocks = payload.get("blocks", [])
    held = [element for block in blocks if block["type"] == "actions" for element in block["elements"]]
    return held + [block["element"] for block in blocks if block["type"] == "input"]


def _ids(payload: dict[str, Any]) -> Iterator[str]:
    blocks = [block["block_id"] for block in payload["blocks"] if "block_id" in block]
    actions = [element["action_id"] for element in elements(payload)]
    for ids, most in ((blocks, limits.BLOCK_ID), (actions, limits.ACTION_ID)):
        if len(set(ids)) != len(ids):
            yield f"an id stands twice among {ids}"
        if any(len(name) > most for name in ids):
            yield f"an id is too long among {ids}"
    for element in elements(payload):
        values = [option["value"] for option in options(element)]
        if len(set(values)) != len(values):
            yield "an option stands twice"


def options(element: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the options of a list or menu, through its groups."""
    grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
    return [*element.get("options", []), *grouped]


def _standing(payload: dict[str, Any], surface: str) -> Iterator[str]:
    for block in payload["blocks"]:
        if block["type"] not in SURFACES[surface]:
            yield f"{block['type']} may not stand in a {surface}"
    if any(block["type"] == "input" for block in payload["blocks"]) and "submit" not in payload:
        yield "an input needs a submit button"
    for element in elements(payload):
        if "option_groups" in element and "options" in element:
            yield "a menu has options beside its groups"


def _official(payload: dict[str, Any], surface: str) -> Iterator[str]:
    schema = _schema(surface)
    if schema is None:
        return
    error = best_match(schema.iter_errors(_known_to_schema(payload)))
    if error is not None:
        yield f"{error.json_path}: {error.message[:300]}"


@lru_cache
def _schema(surface: str) -> Validator | None:
    """Return the official schema of a surface, or None where its file is absent."""
    if not SCHEMA.exists():
        return None
    name = {"message": "SlackMessage", "home": "StrictHome", "modal": "StrictModal"}[surface]
    definitions = json.loads(SCHEMA.read_text())["definitions"]
    return validator_of(Draft7Validator, {"$ref": f"#/definitions/{name}", "definitions": definitions})


def _known_to_schema(node: Any) -> Any:
    """Return a payload without a list's `offset`, which Slack documents and its types leave out."""
    if isinstance(node, list):
        return [_known_to_schema(child) for child in node]
    if not isinstance(node, dict):
        return node
    hidden = {"offset"} if node.get("type") == "rich_text_list" else set()
    return {name: _known_to_schema(child) for name, child in node.items() if name not in hidden}


def words_of(payload: dict[str, Any]) -> str:
    """Return every word of a payload that is on the screen, in order, exactly as it is shown."""
    return "\n".join(_words(payload.get("blocks", [])))


def _words(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for child in node:
            yield from _words(child)
    elif isinstance(node, dict) and node.get("type") in (
        "rich_text_section",
        "rich_text_quote",
        "rich_text_preformatted",
    ):
        yield "".join(part.get("text", "") for part in node["elements"])
    elif isinstance(node, dict):
        if node.get("type") == "plain_text":
            yield node["text"]
        if "initial_value" in node:
            yield node["initial_value"]
        for child in node.values():
            yield from _words(child)


def nodes(payload: Any) -> Iterator[dict[str, Any]]:
    """Yield every object in a payload."""
    if isinstance(payload, list):
        for child in payload:
            yield from nodes(child)
    elif isinstance(payload, dict):
        yield payload
        for child in payload.values():
            yield from nodes(child)


def choices(payload: dict[str, Any]) -> dict[str, str]:
    """Return what can be chosen under a message: option id to the words on it."""
    found: dict[str, str] = {}
    for element in elements(payload):
        found |= {option["value"]: option["text"]["text"] for option in options(element)}
        if element["type"] == "button" and element["action_id"].startswith("lateral:press:"):
            found[json.loads(element["value"])["o"]] = element["text"]["text"]
    return found
