"""While Slack cannot be reached, Lateral runs without it and says so; once it can be, all is as ever."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from adapters import startup
from adapters.server import opened
from adapters.settings import read_settings
from adapters.slack import socket_mode
from bot.guide import Guide
from bot.wording import Wording
from tests.adapters.slack.standin_faults import Fault, dropped, hanging, refused, server_error
from tests.adapters.slack.standin_world import SIGNING_SECRET
from tests.adapters.slack.workplace import Workplace, slack_settings, workplace
from tests.waiting import until


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(startup, "PAUSES", ())
    monkeypatch.setattr(startup, "LONGEST_PAUSE", 0.01)


@pytest.fixture(params=[server_error(503), dropped(), refused("fatal_error")], ids=lambda fault: fault.kind)
async def place(
    tmp_path: Path, guide: Guide, wording: Wording, request: pytest.FixtureRequest
) -> AsyncIterator[Workplace]:
    async with workplace(tmp_path, guide, wording, failing={"auth.test": request.param}) as place:
        yield place


async def ready(place: Workplace) -> tuple[int, str]:
    async with place.session.get(f"{place.url}/readyz") as response:
        return response.status, await response.text()


async def served(place: Workplace) -> None:
    await until(lambda: not place.server.startups["slack"].waits_for, "Slack is served")


async def test_the_server_is_there_and_says_what_it_waits_for(place: Workplace):
    await place.slack.calls_of("auth.test", 2)

    status, said = await ready(place)

    assert 503 == status
    assert said.startswith("Slack is not served yet: Slack could not be reached, or did not answer as it should (auth.")
    async with place.session.get(f"{place.url}/healthz") as response:
        assert 200 == response.status


async def test_what_slack_sends_meanwhile_is_to_come_again_and_is_taken_then(place: Workplace):
    said = place.made.said("hello")
    assert 503 == (await place.post(said.signed(SIGNING_SECRET, time.time()))).status

    place.slack.mend()
    await served(place)

    assert (200, "ok\n") == await ready(place)
    assert 200 == (await place.deliver(said, retry=1)).status
    assert (1, True) == (place.turns, bool(place.posted()))


async def test_a_token_that_is_refused_once_slack_is_there_is_named(place: Workplace):
    place.slack.mend()
    place.slack.fail("auth.test", refused("account_inactive"))
    await until(lambda: "account_inactive" in place.server.startups["slack"].waits_for, "it is refused")

    expected = "Slack is not served yet: Slack does not accept SLACK_BOT_TOKEN: account_inactive. Copy it again.\n"
    assert (503, expected) == await ready(place)


@pytest.mark.parametrize("fault", [server_error(503), dropped(), refused("internal_error")], ids=lambda f: f.kind)
async def test_socket_mode_begins_once_slack_can_be_reached(
    tmp_path: Path, guide: Guide, wording: Wording, fault: Fault
):
    failing = {"apps.connections.open": fault}
    async with workplace(tmp_path, guide, wording, socket=True, failing=failing) as place:
        await place.slack.calls_of("apps.connections.open", 2)
        assert 503 == (await ready(place))[0]

        place.slack.mend()
        await served(place)

        await place.take(place.made.said("hello"))
        assert (1, (200, "ok\n")) == (place.turns, await ready(place))


async def test_a_line_that_cannot_be_opened_is_asked_for_anew(
    tmp_path: Path, guide: Guide, wording: Wording, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(socket_mode, "CONNECT_SECONDS", 0.2)
    async with workplace(tmp_path, guide, wording) as place:
        settings, there = slack_settings(place.slack, socket=True), place.slack.url
        place.slack.url = "http://127.0.0.1:9"
        async with opened(read_settings({}), settings, place.running) as server:
            await until(lambda: "Socket Mode" in server.startups["slack"].waits_for, "the line cannot be opened")
            place.slack.url = there
            await place.slack.socket.connected()
            await until(lambda: not server.startups["slack"].waits_for, "Slack is served")
            assert len(await place.slack.calls_of("apps.connections.open", 2)) >= 2


async def test_a_stop_while_slack_hangs_is_in_order(tmp_path: Path, guide: Guide, wording: Wording, monkeypatch):
    monkeypatch.setattr(startup, "PATIENCE", 0)
    async with workplace(tmp_path, guide, wording, failing={"auth.test": hanging()}) as place:
        assert (503, "Slack is not served yet: Slack has not answered yet.\n") == await ready(place)
    assert [] == [task for task in asyncio.all_tasks() if task.get_name() == "the start of Slack"]
