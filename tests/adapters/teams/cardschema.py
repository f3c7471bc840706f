"""Whether Teams would take an activity: our own rules always, and the official schemas where they lie at hand.

The official schemas are looked for in a folder named `shared` beside the repository. Without it every rule here is
still held: words for notifications and readers, labels on inputs, ids that stand once, six actions, sizes, wrapping.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft6Validator
from jsonschema.exceptions import best_match
from jsonschema.protocols import Validator

from adapters.teams import limits
from tests.adapters.official_schemas import validator_of

FOLDER = Path(__file__).parents[4] / "shared" / "schemas" / "teams"
SCHEMA = FOLDER / "adaptive-card-1.5.0.json"
ELEMENTS = FOLDER / "teams-card-elements-2.1.1.json"
ABSENT = "the folder with the official schemas of Teams is not beside the repository"

ROOT = {"type", "$schema", "version", "lang", "fallbackText", "speak", "body"}
"""What every card has, and no more."""

KNOWN = {
    "AdaptiveCard", "TextBlock", "RichTextBlock", "TextRun", "Container", "ColumnSet", "Column", "ActionSet",
    "Input.Text", "Input.Date", "Input.ChoiceSet", "Action.Execute", "Action.Submit", "Action.OpenUrl",
}  # fmt: skip
"""The elements of Adaptive Cards 1.5 that are drawn."""


def problems(activity: dict[str, Any]) -> list[str]:
    """Return what is wrong with an activity that carries a card; nothing where Teams would take it."""
    found = list(_message(activity))
    for attachment in activity.get("attachments", []):
        found += card_problems(attachment["content"])
    if len(json.dumps(activity, ensure_ascii=False).encode("utf-16-le")) > limits.MESSAGE_UTF16:
        found.append("the message is too large")
    return found


def card_problems(content: dict[str, Any]) -> list[str]:
    """Return what is wrong with a card."""
    return [*_root(content), *_elements(content), *_inputs(content), *_actions(content), *_official(content)]


def _message(activity: dict[str, Any]) -> Iterator[str]:
    if set(activity) != {"type", "summary", "attachments"} or activity["type"] != "message":
        yield f"the activity has {sorted(activity)}"
    if not activity["summary"].strip() or len(activity["summary"].replace("\u200b", "")) > limits.SUMMARY:
        yield f"the summary has {len(activity['summary'])} characters"
    if [each["contentType"] for each in activity["attachments"]] != ["application/vnd.microsoft.card.adaptive"]:
        yield "the activity does not carry one card"


def _root(content: dict[str, Any]) -> Iterator[str]:
    if set(content) != ROOT or (content["type"], content["version"]) != ("AdaptiveCard", "1.5"):
        yield f"the root has {sorted(content)}"
    if not content["fallbackText"].strip() or not content["body"]:
        yield "the card says nothing"
    size = len(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())
    if size > limits.CARD_BYTES:
        yield f"the card has {size} bytes"


def _elements(content: dict[str, Any]) -> Iterator[str]:
    for node in nodes(content):
        kind = node.get("type", "")
        if kind and kind not in KNOWN and "fallback" not in node:
            yield f"{kind} has no fallback"
        if kind in ("TextBlock", "Input.ChoiceSet") and node.get("wrap") is not True:
            yield f"{kind} does not wrap"
        if kind == "TextBlock" and not node["text"].strip():
            yield "a text is empty"
        if kind == "RichTextBlock" and not "".join(run["text"] for run in node["inlines"]).strip():
            yield "a rich text is empty"
        if kind == "Image" and not node.get("altText"):
            yield "an image has no words"


def _inputs(content: dict[str, Any]) -> Iterator[str]:
    inputs = [node for node in nodes(content) if str(node.get("type", "")).startswith("Input.")]
    ids = [node.get("id") for node in nodes(content) if "id" in node]
    if len(set(ids)) != len(ids):
        yield f"an id stands twice among {ids}"
    for node in inputs:
        if not node.get("id") or not node.get("label", "").strip():
            yield f"{node['type']} has no id or no label"
        if node.get("isRequired") and (not node.get("errorMessage") or len(inputs) > 1):
            yield f"{node['type']} is required, and does not say so or stands in another's way"
        values = [choice["value"] for choice in node.get("choices", [])]
        titles = [choice["title"].strip() for choice in node.get("choices", [])]
        if len(set(values)) != len(values) or not all(values) or not all(titles):
            yield "a choice is empty or stands twice"


def _actions(content: dict[str, Any]) -> Iterator[str]:
    drawn = actions(content)
    if len(drawn) > limits.ACTIONS:
        yield f"the card has {len(drawn)} actions"
    for action in drawn:
        fallback = action.get("fallback", {})
        if fallback.get("type") != "Action.Submit":
            yield "an action has no Action.Submit to fall back to"
        for name in ("title", "data", "associatedInputs"):
            if not action.get(name) or action.get(name) != fallback.get(name):
                yield f"an action and its fallback differ in {name}"


def _official(content: dict[str, Any]) -> Iterator[str]:
    if not SCHEMA.exists():
        return
    yield from _foreign_names(content)
    card = project(content)
    if not _schema().is_valid(card):
        error = best_match(_schema().iter_errors(card))
        yield f"{error.json_path}: {error.message[:300]}"


def _foreign_names(content: dict[str, Any]) -> Iterator[str]:
    """Yield the properties of Teams' own elements that Teams does not know."""
    known = json.loads(ELEMENTS.read_text())
    for node in nodes(content):
        if node.get("type") and node["type"] not in KNOWN:
            names = set(node) - set(known.get(node["type"], {"fields": {}})["fields"])
            if names:
                yield f"{node['type']} has {sorted(names)}"


def project(node: Any) -> Any:
    """Return a card as a client shows it that knows Adaptive Cards 1.5 and nothing beyond."""
    if isinstance(node, list):
        return [project(child) for child in node]
    if not isinstance(node, dict):
        return node
    if str(node.get("type", "")).startswith(("Chart.", "Carousel", "Badge", "Icon", "Progress", "Rating")):
        return project(node["fallback"])
    return {name: project(child) for name, child in node.items() if name != "msteams"}


@lru_cache
def _schema() -> Validator:
    return validator_of(Draft6Validator, json.loads(SCHEMA.read_text()))


def nodes(content: Any) -> Iterator[dict[str, Any]]:
    """Yield every object in a card, without what an action falls back to and what it carries."""
    if isinstance(content, list):
        for child in content:
            yield from nodes(child)
    elif isinstance(content, dict):
        yield content
        action = str(content.get("type", "")).startswith("Action.")
        for name, child in content.items():
            if not (action and name in ("fallback", "data")):
                yield from nodes(child)


def actions(content: Any) -> list[dict[str, Any]]:
    """Return every action of a card that is a button."""
    return [node for node in nodes(content) if node.get("type") == "Action.Execute"]


def inputs(content: Any) -> list[dict[str, Any]]:
    """Return every input of a card."""
    return [node for node in nodes(content) if str(node.get("type", "")).startswith("Input.")]
