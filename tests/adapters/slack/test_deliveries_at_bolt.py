"""Bolt, the framework Slack gives out, takes in every delivery that is recorded, as it would take Slack's own."""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from tests.adapters.slack.deliveries import Deliveries
from tests.adapters.slack.delivery import Signed, recorded
from tests.adapters.slack.standin import SlackStandIn
from tests.adapters.slack.standin_world import SIGNING_SECRET

PAYLOADS = {path.stem: path for path in (Path(__file__).parents[2] / "payloads" / "slack").glob("*.json")}
UNHEARD = {"url-verification", "command-ssl-check", "event-message-own"}
"""What Bolt answers by itself: no listener is told."""
ANYTHING = re.compile(".*")


@pytest.fixture
async def bolt() -> AsyncIterator[tuple[AsyncApp, list[str]]]:
    """A Bolt app that listens to everything, and the types it heard of."""
    logging.getLogger("slack_bolt").setLevel(logging.CRITICAL)
    heard: list[str] = []

    async def listen(ack: Any, body: dict[str, Any]) -> None:
        heard.append(str(body.get("type", body.get("command"))))
        await ack()

    async with SlackStandIn.running() as slack:
        client = AsyncWebClient(token=slack.token(), base_url=slack.api_url)
        app = AsyncApp(client=client, signing_secret=SIGNING_SECRET, process_before_response=True)
        for every in (app.event, app.command, app.action, app.view, app.view_closed, app.message_shortcut):
            every(ANYTHING)(listen)
        yield app, heard


async def answered(app: AsyncApp, request: Signed) -> tuple[int, str]:
    headers = {name: [value] for name, value in request.headers.items()}
    response = await app.async_dispatch(AsyncBoltRequest(body=request.body.decode(), headers=headers))
    return response.status, response.body


@pytest.mark.parametrize("name", sorted(PAYLOADS))
async def test_bolt_takes_it_in(bolt: tuple[AsyncApp, list[str]], name: str):
    app, heard = bolt
    payload = json.loads(PAYLOADS[name].read_text("utf-8"))
    status, _ = await answered(app, recorded(payload).signed(SIGNING_SECRET, time.time()))
    assert status == 200
    told = payload.get("type", payload.get("command"))
    assert heard == ([] if name in UNHEARD else [told])


async def test_bolt_says_the_challenge_back(bolt: tuple[AsyncApp, list[str]]):
    request = Deliveries().url_verification("a-word").signed(SIGNING_SECRET, time.time())
    status, body = await answered(bolt[0], request)
    assert (status, json.loads(body)) == (200, {"challenge": "a-word"})


# A moment that lies ahead draws nearer while the request is on its way.
@pytest.mark.parametrize(("secret", "age"), [("another-secret", 0), (SIGNING_SECRET, 301), (SIGNING_SECRET, -330)])
async def test_bolt_refuses_what_is_forged_or_stale(bolt: tuple[AsyncApp, list[str]], secret: str, age: int):
    app, heard = bolt
    status, _ = await answered(app, Deliveries().said("Hello").signed(secret, time.time() - age))
    assert (status, heard) == (401, [])
