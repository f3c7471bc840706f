"""Every recorded delivery of Slack is taken in by the running app, once, and in whatever order it comes."""

from __future__ import annotations

import itertools
import json
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.guide import Guide
from bot.wording import Wording
from tests.adapters.slack.blockkit import choices, words_of
from tests.adapters.slack.delivery import SlackDelivery, recorded
from tests.adapters.slack.standin_world import ANA, GENERAL, TEAM
from tests.adapters.slack.workplace import Workplace, workplace

FOLDER = Path(__file__).parents[2] / "payloads" / "slack"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
PERSON = f"slack:{TEAM}:{ANA}"

UNKNOWN = {
    "action-button": "a form we do not know",
    "action-button-after-checkboxes": "a form we do not know",
    "action-button-ephemeral": "a form we do not know",
    "action-button-home": "a form we do not know",
    "action-checkboxes": "a form we do not know",
    "action-datepicker": "a form we do not know",
    "action-radio": "a form we do not know",
    "action-select": "a form we do not know",
    "view-closed": "view_closed",
    "view-submission": "view_submission",
}
"""The recorded deliveries that come from controls Lateral does not draw, and what each is counted as."""

GOODBYES = ("event-app-uninstalled", "event-tokens-revoked")


@pytest.fixture
async def place(tmp_path: Path, guide: Guide, wording: Wording) -> AsyncIterator[Workplace]:
    async with workplace(tmp_path, guide, wording) as place:
        yield place


def replayed(place: Workplace, name: str) -> SlackDelivery:
    """Return a recorded delivery; its answers go to the stand-in, which knows the message it is about."""
    payload = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    if "response_url" in payload:
        payload["response_url"] = place.made.response_url
    event = payload.get("event", {})
    if event.get("type") == "app_mention":
        for ts in {event["ts"], event.get("thread_ts", event["ts"])}:
            place.slack.team().channels[GENERAL].messages[ts] = {"ts": ts, "text": "", "user": ANA}
    return recorded(payload)


def standing(place: Workplace) -> dict[str, Any]:
    """Return all that a delivery could have changed: what is kept, and what people see."""
    team = place.slack.team()
    return {
        "people": place.read("select person, version, record from people order by person"),
        "given up": place.read("select reason from undeliverable"),
        "messages": {channel.id: list(channel.messages.values()) for channel in team.channels.values()},
        "homes": {user: (words_of(view), choices(view)) for user, view in team.homes.items()},
        "modals": [view["id"] for view in team.views.values() if view["type"] == "modal"],
        "seen by one": list(place.slack.world.ephemerals),
        "answers": [list(address.answers) for address in place.slack.responses.values()],
    }


def failures(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]


def record_of(place: Workplace) -> dict[str, Any]:
    rows = place.read("select record from people where person = ?", PERSON)
    return json.loads(rows[0][0]) if rows else {}


def test_there_are_recorded_deliveries():
    assert len(NAMES) > 30
    assert set(UNKNOWN) <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
async def test_a_recorded_delivery_is_taken_and_counted_if_unknown(
    place: Workplace, caplog: pytest.LogCaptureFixture, name: str
):
    answer = await place.deliver(replayed(place, name))

    counted = {UNKNOWN[name]: 1} if name in UNKNOWN else {}
    assert (200, counted) == (answer.status, dict(place.server.slack.dropped))
    assert ([], []) == (failures(caplog), standing(place)["given up"])


@pytest.mark.parametrize("name", NAMES)
async def test_a_recorded_delivery_changes_nothing_the_second_time(
    place: Workplace, caplog: pytest.LogCaptureFixture, name: str
):
    await place.deliver(replayed(place, name))
    once = standing(place)

    assert 200 == (await place.deliver(replayed(place, name), retry=1)).status

    assert once == standing(place)
    assert [] == failures(caplog)


@pytest.mark.parametrize("backwards", [False, True])
async def test_all_of_them_in_a_row_leave_a_talk_that_goes_on(
    place: Workplace,
    caplog: pytest.LogCaptureFixture,
    backwards: bool,
):
    names = [name for name in sorted(NAMES, reverse=backwards) if name not in GOODBYES]
    for name in names:
        assert 200 == (await place.deliver(replayed(place, name))).status

    # The recorded deliveries have the ids that ours would begin with.
    place.made._numbers = itertools.count(1000)
    shown = await place.say("menu")

    assert [] != choices(shown[-1])
    assert len(UNKNOWN) == place.server.slack.dropped.total()
    assert [] == failures(caplog)


async def test_a_press_that_comes_after_the_words_typed_later_changes_nothing_and_says_so(place: Workplace):
    await place.say("hello")
    press, words = place.pressing("near"), place.made.said("2")
    await place.deliver(words)
    answered, before = record_of(place)["a"], len(place.slack.calls)

    await place.deliver(press)

    said = " ".join(call.arguments["text"] for call in place.posted(before))
    assert "changed nothing" in said
    assert answered == record_of(place)["a"]
    assert 1 == len(answered)


async def test_a_reply_that_comes_before_the_greeting_is_met_with_a_greeting(place: Workplace):
    hello, reply = place.made.said("hello"), place.made.said("yes, often")
    await place.deliver(reply)
    await place.deliver(hello)

    assert place.direct()[0]["text"].startswith("Hello, I am Lateral.")
    assert (2, {}) == (place.turns, record_of(place).get("a", {}))
    assert "near" in choices(place.direct()[-1])


DELIVERIES = ("press", "typed", "home", "plan", "tip")


@pytest.mark.parametrize(("first", "second"), list(itertools.permutations(DELIVERIES, 2)))
async def test_two_deliveries_in_either_order_leave_one_state_and_an_answer(
    place: Workplace, caplog: pytest.LogCaptureFixture, first: str, second: str
):
    await place.say("hello")
    made = {
        "press": place.pressing("near"),
        "typed": place.made.said("2"),
        "home": place.made.home_opened(),
        "plan": place.made.command("/lateral", "progress"),
        "tip": place.made.command("/pmo-tip", "risk"),
    }
    heard = 0
    for name in (first, second):
        before = len(place.slack.calls)
        answer = await place.deliver(made[name])
        assert 200 == answer.status
        heard += bool(answer.text or len(place.slack.calls) > before)

    turns = 1 + sum(name != "home" for name in (first, second))
    assert (2, turns, turns) == (heard, place.turns, record_of(place)["r"])
    # Words answer whatever is asked when they come; a press answers only what it was drawn for.
    answered = 2 if (first, second) == ("press", "typed") else int(bool({first, second} & {"press", "typed"}))
    assert answered == len(record_of(place).get("a", {}))
    assert [] == failures(caplog)
