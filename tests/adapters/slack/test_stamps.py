"""What was drawn is read back; what was not drawn here is refused."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.slack.stamps import PREFIX, Stamp, UnknownAction, WantsToWrite, read_action, read_label

BUTTON = {"action_id": "lateral:press:0", "value": '{"o":"near","q":"pmo","r":4}'}


@pytest.mark.parametrize(
    "action",
    [
        {},
        {"action_id": "other:press:0", "value": BUTTON["value"]},
        {"action_id": "lateral:fly:0", "value": BUTTON["value"]},
        {"action_id": "lateral:press:0"},
        {"action_id": "lateral:press:0", "value": "near"},
        {"action_id": "lateral:press:0", "value": "[" * 10_000},
        {"action_id": "lateral:press:0", "value": '{"o":"near","q":"pmo","r":true}'},
        {"action_id": "lateral:press:0", "value": '{"o":"near","q":["pmo"],"r":4}'},
        {"action_id": "lateral:press:0", "value": '{"q":"pmo","r":4}'},
        {"action_id": "lateral:write:0", "value": '{"q":null,"r":4}'},
        {"action_id": "lateral:menu:0", "block_id": "elsewhere", "selected_option": {"value": "near"}},
        {"action_id": "lateral:menu:0", "block_id": "lateral:0:4:", "selected_option": {"value": 7}},
        {"action_id": "lateral:day:0", "block_id": "lateral:0:x:day", "selected_date": "2026-12-07"},
    ],
)
def test_what_was_not_drawn_here_is_refused(action: dict[str, Any]):
    with pytest.raises(UnknownAction):
        read_action(action)


@pytest.mark.parametrize(
    "action",
    [
        {"action_id": "lateral:mark:0", "selected_option": {"value": "near"}},
        {"action_id": "lateral:menu:0", "block_id": "lateral:0:4:pmo", "selected_option": None},
        {"action_id": "lateral:day:0", "block_id": "lateral:0:4:day.1", "selected_date": None},
        {"action_id": "lateral:send:1", "value": '{"o":"rung","q":"rung","r":4,"m":false}'},
    ],
)
def test_what_is_not_finished_yet_does_nothing(action: dict[str, Any]):
    assert read_action(action) is None


def test_the_write_button_names_its_question():
    stamp = Stamp("C1.proof", 4)
    assert read_action({"action_id": "lateral:write:0", "value": stamp.value()}) == WantsToWrite("C1.proof", 4)


def test_lists_of_another_question_or_revision_are_left_alone():
    marked = {"lateral:mark:0": {"type": "checkboxes", "selected_options": [{"value": "lead"}]}}
    state = {"lateral:0:3:assets": marked, "lateral:0:4:other": marked, "elsewhere": marked}
    action = {"action_id": "lateral:send:1", "value": Stamp("assets", 4).value("assets", many=True)}
    event = read_action(action, state)
    assert getattr(event, "fields", None) == {"assets": ()}


def test_a_question_id_may_hold_what_separates_the_parts():
    assert (
        read_action(
            {
                "action_id": "lateral:menu:0",
                "block_id": Stamp("a:b", 4).block_id(2),
                "selected_option": {"value": "near"},
            }
        ).question
        == "a:b"
    )


def test_a_listener_finds_all_of_ours_and_nothing_else():
    assert [name.startswith(PREFIX) for name in ("lateral:press:0", "lateral:day:12", "other:lateral:1")] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ({**BUTTON, "text": {"text": "Yes &amp; no"}}, "Yes & no"),
        ({**BUTTON, "text": {"text": "2. They…"}, "accessibility_label": "2. They check"}, "2. They check"),
        ({"action_id": "lateral:menu:0", "selected_option": {"text": {"text": "Option 7"}}}, "Option 7"),
        ({"action_id": "lateral:day:0", "selected_date": "2026-12-07"}, "Monday 7 December 2026"),
        ({"action_id": "lateral:day:0", "selected_date": None}, ""),
        ({"action_id": "lateral:write:0", "value": "{}"}, ""),
        ({}, ""),
    ],
)
def test_the_words_on_what_was_chosen_can_be_shown(action: dict[str, Any], words: str):
    assert read_label(action) == words
