"""The methods of views, and what Slack holds the blocks of a message or a view to."""

from __future__ import annotations

import json
from typing import Any

from tests.adapters.slack.standin_world import Payload, Refused, Team, World

MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
BIGGEST_VIEW = 250_000
"""Characters of JSON."""
TRIGGER_PARTS = 3


def open_view(world: World, team: Team, arguments: Payload) -> Payload:
    _spend_trigger(world, arguments)
    view = _view(arguments, "modal")
    if view.get("external_id") and any(view["external_id"] == kept["external_id"] for kept in team.views.values()):
        raise Refused("duplicate_external_id")
    return {"view": world.keep_view(team, view)}


def update_view(world: World, team: Team, arguments: Payload) -> Payload:
    wanted = arguments.get("view_id"), arguments.get("external_id")
    for kept in team.views.values():
        if kept["id"] == wanted[0] or (wanted[1] and kept["external_id"] == wanted[1]):
            _check_hash(arguments, kept)
            return {"view": world.keep_view(team, _view(arguments, kept["type"]), kept)}
    raise Refused("not_found")


def publish_view(world: World, team: Team, arguments: Payload) -> Payload:
    user_id = arguments.get("user_id", "")
    if user_id not in team.users:
        raise Refused("user_not_found")
    present = team.homes.get(user_id)
    if present is not None:
        _check_hash(arguments, present)
    return {"view": world.keep_view(team, _view(arguments, "home"), present, user_id)}


def check_blocks(blocks: Any, surface: str) -> None:
    """Hold to the two rules that no schema states: how many there are, and ids that stand once."""
    wrong = "invalid_blocks" if surface == "message" else "invalid_arguments"
    if not isinstance(blocks, list) or len(blocks) > MOST_BLOCKS[surface]:
        raise Refused(wrong, response_metadata={"messages": ["[ERROR] wrong number of items [json-pointer:/blocks]"]})
    ids = [("block", block["block_id"]) for block in blocks if block.get("block_id")]
    for block in blocks:
        elements = [*block.get("elements", ()), block.get("accessory"), block.get("element")]
        found = [element["action_id"] for element in elements if isinstance(element, dict) and element.get("action_id")]
        ids += [("action", each) for each in found]
    repeated = sorted({each[1] for each in ids if ids.count(each) > 1})
    if repeated:
        messages = [f"[ERROR] `{each}` already exists" for each in repeated]
        raise Refused(wrong, response_metadata={"messages": messages})


def _view(arguments: Payload, kind: str) -> Payload:
    view = arguments.get("view")
    if not isinstance(view, dict) or view.get("type") != kind:
        raise Refused("invalid_arguments", response_metadata={"messages": [f"[ERROR] expected a {kind}"]})
    if len(json.dumps(view)) > BIGGEST_VIEW:
        raise Refused("view_too_large")
    check_blocks(view.get("blocks"), kind)
    if kind == "modal" and not view.get("title"):
        raise Refused("invalid_arguments", response_metadata={"messages": ["[ERROR] missing required field: title"]})
    if kind == "modal" and not view.get("submit") and any(block["type"] == "input" for block in view["blocks"]):
        messages = ["[ERROR] submit is required when there is an input block"]
        raise Refused("invalid_arguments", response_metadata={"messages": messages})
    return view


def _check_hash(arguments: Payload, present: Payload) -> None:
    if arguments.get("hash") and arguments["hash"] != present["hash"]:
        raise Refused("hash_conflict")


def _spend_trigger(world: World, arguments: Payload) -> None:
    trigger = str(arguments.get("trigger_id", ""))
    if len(trigger.split(".")) != TRIGGER_PARTS:
        raise Refused("invalid_trigger_id")
    if trigger in world.expired_triggers:
        raise Refused("expired_trigger_id")
    if trigger in world.spent_triggers:
        raise Refused("exchanged_trigger_id")
    world.spent_triggers.add(trigger)
