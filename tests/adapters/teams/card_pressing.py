"""Presses on drawn cards: what Teams would send for them, as the data of the action with the inputs' values in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from adapters.teams.stamps import OURS, option_value
from tests.adapters.teams.cardschema import actions, inputs


def pressed(content: dict[str, Any], option: str) -> dict[str, Any]:
    """Return what comes in when an option is chosen, by its button, or marked and sent."""
    for action in actions(content):
        if action["data"][OURS].get("option") == option:
            return action["data"]
    return next(filled(content, each["id"], option_value(option)) for each in _offering(content, option))


def filled(content: dict[str, Any], input_id: str, value: str) -> dict[str, Any]:
    """Return what comes in when one input is filled and sent."""
    action = next(each for each in actions(content) if input_id in sent_with(each))
    return {input_id: value, **action["data"]}


def sent_with(action: dict[str, Any]) -> list[str]:
    """Return the ids of the inputs that an action sends."""
    ours = action["data"][OURS]
    return [*ours.get("inputs", []), *([ours["instead"]] if "instead" in ours else [])]


def choices(content: dict[str, Any]) -> dict[str, str]:
    """Return what can be chosen on a card: option id to the words on it."""
    found = {
        action["data"][OURS]["option"]: action["title"]
        for action in actions(content)
        if "option" in action["data"][OURS]
    }
    for each in inputs(content):
        for choice in each.get("choices", []):
            found[choice["value"].replace("%2C", ",").replace("%25", "%")] = choice["title"]
    return found


def _offering(content: dict[str, Any], option: str) -> Iterator[dict[str, Any]]:
    for each in inputs(content):
        if option_value(option) in [choice["value"] for choice in each.get("choices", [])]:
            yield each
