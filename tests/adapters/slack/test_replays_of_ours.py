"""Recorded deliveries from the very controls that Lateral draws do what they were pressed for."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.guide import Guide
from bot.wording import Wording
from tests.adapters.slack.delivery import recorded
from tests.adapters.slack.standin_world import ANA, TEAM
from tests.adapters.slack.workplace import Workplace, workplace

FOLDER = Path(__file__).parents[2] / "payloads" / "slack"

TO_SEVERAL = ("hello", "1", "2", "1", "2", "1", "2", "open:carry")
TO_WORDS = ("hello", "1", "2", "1", "2", "1", "2", "open:plan")
TO_A_DAY = (*TO_WORDS, "two sites", "skip", "1", "1", "1", "1")

ANSWERS = {
    "action-press": (("hello",), {"pmo": "near"}),
    "action-press-home": (("hello",), {"pmo": "near"}),
    "action-send-radio": (("hello",), {"pmo": "near"}),
    "action-menu": (("hello",), {"pmo": "near"}),
    "action-send-checkboxes": (TO_SEVERAL, {"assets": ["lead", "tell"]}),
}
"""What is said before each (or pressed, where it is an id), and the answer that is kept after it."""

NO_ANSWERS = {"action-mark-radio": ("hello",), "action-mark-checkboxes": TO_SEVERAL}


@pytest.fixture
async def place(tmp_path: Path, guide: Guide, wording: Wording) -> AsyncIterator[Workplace]:
    async with workplace(tmp_path, guide, wording) as place:
        yield place


async def replay(place: Workplace, name: str, before: tuple[str, ...]) -> None:
    """Lead a person to where the recorded delivery was made, and hand it over."""
    for words in before:
        await (place.press(words) if ":" in words else place.say(words))
    payload = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    if "response_url" in payload:
        payload["response_url"] = place.made.response_url
    assert 200 == (await place.deliver(recorded(payload))).status
    assert {} == dict(place.server.slack.dropped)


def kept(place: Workplace) -> dict[str, Any]:
    [(record,)] = place.read("select record from people where person = ?", f"slack:{TEAM}:{ANA}")
    found: dict[str, Any] = json.loads(record)
    return found


@pytest.mark.parametrize("name", list(ANSWERS))
async def test_a_press_is_an_answer(place: Workplace, name: str):
    before, answer = ANSWERS[name]

    await replay(place, name, before)

    answers = kept(place)["a"]
    assert answer == {question: answers.get(question) for question in answer}


@pytest.mark.parametrize("name", list(NO_ANSWERS))
async def test_a_mark_that_is_not_sent_changes_nothing(place: Workplace, name: str):
    before = NO_ANSWERS[name]
    await replay(place, name, before)

    assert len(before) == kept(place)["r"]


async def test_a_day_is_taken_for_the_step_of_the_plan(place: Workplace):
    await replay(place, "action-day", TO_A_DAY)

    assert len(TO_A_DAY) + 1 == kept(place)["r"]
    assert "1 February 2027" in place.posted()[-1].arguments["text"] or "2027-02-01" in json.dumps(kept(place))


async def test_the_way_to_write_opens_a_modal(place: Workplace):
    await replay(place, "action-write", TO_WORDS)

    (opened,) = place.slack.made("views.open")
    assert ("ok", "lateral:text") == (opened.outcome, opened.arguments["view"]["callback_id"])


async def test_what_was_written_in_the_modal_is_kept(place: Workplace):
    await replay(place, "view-submission-text", TO_WORDS)

    assert "Two sites, one plan." in kept(place)["a"].values()


async def test_what_was_confirmed_as_evidence_is_kept(place: Workplace):
    await replay(place, "view-submission-evidence", ("hello",))

    assert "Well led, both sites." in json.dumps(kept(place)["e"])


async def test_another_tip_takes_the_place_of_the_one_that_was_seen(place: Workplace):
    await replay(place, "action-press-ephemeral", ())

    (address,) = place.slack.responses.values()
    assert [("ephemeral", True)] == [(said["response_type"], said["replace_original"]) for said in address.answers]


async def test_a_tip_is_shared(place: Workplace):
    await replay(place, "action-share", ())

    (address,) = place.slack.responses.values()
    assert ["in_channel"] == [said["response_type"] for said in address.answers]
    assert 0 == place.turns
