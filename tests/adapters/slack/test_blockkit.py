"""The validator itself: a sound payload passes it, and each kind of fault is found."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from adapters.slack.outgoing import draw
from bot.messages import Control, Message, Pick
from tests.adapters.slack import blockkit
from tests.adapters.slack.blockkit import problems

MESSAGE = Message("Which?", (Control("choice", "q", "", (Pick("a", "A"), Pick("b", "B"))),), question="q")


def sound() -> dict[str, Any]:
    return copy.deepcopy(draw(MESSAGE, 1)[0])


def buttons(payload: dict[str, Any]) -> list[dict[str, Any]]:
    return payload["blocks"][1]["elements"]


FAULTS = {
    "a long button": lambda p: buttons(p)[0]["text"].update(text="x" * 76),
    "a long value": lambda p: buttons(p)[0].update(value="x" * 2_001),
    "an empty text": lambda p: buttons(p)[0]["text"].update(text=""),
    "an action_id that stands twice": lambda p: buttons(p)[1].update(action_id=buttons(p)[0]["action_id"]),
    "a block_id that stands twice": lambda p: p["blocks"].append(copy.deepcopy(p["blocks"][1])),
    "a long block_id": lambda p: p["blocks"][1].update(block_id="x" * 256),
    "too many buttons": lambda p: buttons(p).extend({**buttons(p)[0], "action_id": f"x{n}"} for n in range(24)),
    "too many blocks": lambda p: p["blocks"].extend({"type": "divider"} for _ in range(49)),
    "a field nobody knows": lambda p: buttons(p)[0].update(colour="green"),
    "a field left out": lambda p: buttons(p)[0].pop("text"),
    "mark-up": lambda p: buttons(p)[0].update(text={"type": "mrkdwn", "text": "*x*"}),
    "a block of another surface": lambda p: p["blocks"].append(
        {
            "type": "input",
            "label": {"type": "plain_text", "text": "x"},
            "element": {"type": "datepicker", "action_id": "x"},
        }
    ),
    "no text": lambda p: p.update(text=" "),
    "a text that is not escaped": lambda p: p.update(text="<!channel>"),
    "an entity that is not escaped": lambda p: p.update(text="a & b"),
    "no elements": lambda p: p["blocks"][0].update(elements=[]),
    "more than a message holds": lambda p: p["blocks"].extend(
        {"type": "rich_text", "elements": [_section("x" * 2_900)]} for _ in range(5)
    ),
}


def _section(words: str) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": [{"type": "text", "text": words}]}


def test_a_sound_payload_has_no_problems():
    assert problems(sound()) == []


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("schema", [True, False])
def test_a_fault_is_found_with_and_without_the_official_schema(
    fault: str, *, schema: bool, monkeypatch: pytest.MonkeyPatch
):
    if not schema:
        monkeypatch.setattr(blockkit, "_schema", lambda _: None)
    payload = sound()
    FAULTS[fault](payload)
    assert problems(payload) != []
