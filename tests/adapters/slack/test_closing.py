"""Answered messages lose their controls one after another, in no turn's way, and never for the wrong workspace."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest

from adapters.slack.calls import Refused
from adapters.slack.closing import AT_ONCE, WAITING, Answered, Closing
from tests.waiting import AT_MOST

BLOCKS = ({"type": "rich_text", "elements": []}, {"type": "actions", "elements": []})


class Slack:
    """Takes updates, once it is let."""

    def __init__(self) -> None:
        self.updated: list[tuple[str, str]] = []
        self.refusals: list[Refused] = []
        self.at_once = self.most_at_once = 0
        self.open = asyncio.Event()
        self.enough = asyncio.Event()

    async def call(self, team: str, _method: str, **arguments: Any) -> Mapping[str, Any]:
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        try:
            await self.open.wait()
            if self.refusals:
                raise self.refusals.pop()
            self.updated.append((team, arguments["ts"]))
            if len(self.updated) > AT_ONCE:
                self.enough.set()
            assert arguments["blocks"] == [BLOCKS[0]] or "chose" in str(arguments["blocks"])
        finally:
            self.at_once -= 1
        return {}


@pytest.fixture
def slack() -> Slack:
    return Slack()


def answered(number: int, person: str = "slack:T1:U1", chosen: str = "") -> Answered:
    return Answered(person, "D1", str(number), BLOCKS, chosen)


async def test_a_workspace_is_updated_one_at_a_time_and_in_order(slack: Slack):
    closing = Closing(slack.call, pace=0)
    for number in range(5):
        closing.add(answered(number, chosen="Yes"))
    slack.open.set()
    await closing.finish(AT_MOST)

    assert [("T1", str(number)) for number in range(5)] == slack.updated
    assert 1 == slack.most_at_once


async def test_workspaces_do_not_wait_for_each_other(slack: Slack):
    closing = Closing(slack.call, pace=0)
    for team in ("T1", "T2", "T3"):
        closing.add(answered(1, f"slack:{team}:U1"))
    await asyncio.sleep(0)
    slack.open.set()
    await closing.finish(AT_MOST)

    assert 3 == slack.most_at_once


async def test_an_update_is_tried_again_when_slack_asks_to_wait_and_only_then(slack: Slack):
    closing = Closing(slack.call, pace=0)
    slack.refusals = [Refused("message_not_found"), Refused("ratelimited", 0.0)]
    slack.open.set()
    for number in range(3):
        closing.add(answered(number))
    await closing.finish(AT_MOST)

    assert [("T1", "1"), ("T1", "2")] == slack.updated


async def test_the_oldest_are_let_go_where_too_many_wait(slack: Slack):
    closing = Closing(slack.call, pace=0)
    closing.add(answered(0))
    await asyncio.sleep(0)
    for number in range(1, WAITING + 2):
        closing.add(answered(number))
    slack.open.set()
    await closing.finish(AT_MOST)

    assert ["0", *(str(number) for number in range(2, WAITING + 2))] == [ts for _, ts in slack.updated]


@pytest.mark.parametrize(("gone", "left"), [("slack:T1:U1", ["2"]), ("slack:T1:", []), ("slack:T2:", ["1", "2"])])
async def test_what_is_of_somebody_who_is_forgotten_is_let_go(slack: Slack, gone: str, left: list[str]):
    closing = Closing(slack.call, pace=0)
    closing.add(answered(1))
    closing.add(answered(2, "slack:T1:U11"))

    closing.forget(gone)

    slack.open.set()
    await closing.finish(AT_MOST)
    assert left == [ts for _, ts in slack.updated]


async def test_a_stop_lets_go_of_what_cannot_be_updated_in_time(slack: Slack):
    closing = Closing(slack.call, pace=0)
    closing.add(answered(1))

    await closing.finish(0)

    assert ([], 0) == (slack.updated, slack.at_once)


async def test_a_workspace_that_was_quiet_is_updated_at_once_and_then_at_its_pace(slack: Slack):
    closing = Closing(slack.call, pace=1000.0)
    slack.open.set()
    for number in range(AT_ONCE + 2):
        closing.add(answered(number))
    closing.add(answered(0, "slack:T2:U1"))
    await asyncio.wait_for(slack.enough.wait(), AT_MOST)
    await closing.finish(0)

    assert sorted([*(("T1", str(number)) for number in range(AT_ONCE)), ("T2", "0")]) == sorted(slack.updated)


async def test_a_message_whose_blocks_are_still_json_is_closed_like_any_other(slack: Slack):
    closing = Closing(slack.call, pace=0)
    written = b'[{"type":"rich_text","elements":[]},{"type":"actions","elements":[]}]'
    for number, blocks in enumerate((written, b"null", b"7", written)):
        closing.add(Answered("slack:T1:U1", "D1", str(number), blocks, "Yes"))
    slack.open.set()
    await closing.finish(AT_MOST)

    assert [("T1", "0"), ("T1", "1"), ("T1", "3")] == slack.updated
