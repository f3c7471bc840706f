"""The stand-in's Socket Mode behaves as Slack's does, seen through Bolt's own handler over loopback."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.adapters.slack.deliveries import Deliveries
from tests.adapters.slack.standin import SlackStandIn
from tests.adapters.slack.standin_socket import NotAcknowledged
from tests.adapters.slack.standin_world import ANA, APP_TOKEN

TITLE = {"type": "plain_text", "text": "Evidence"}
BUTTON = {"type": "button", "action_id": "go", "value": "1", "text": {"type": "plain_text", "text": "Go"}}
BLOCKS = [{"type": "actions", "elements": [BUTTON]}]
NOTE = {"type": "input", "label": TITLE, "element": {"type": "plain_text_input", "action_id": "note"}}
MODAL = {"type": "modal", "title": TITLE, "submit": TITLE, "callback_id": "evidence", "blocks": [NOTE]}


@pytest.fixture
async def slack() -> AsyncIterator[SlackStandIn]:
    async with SlackStandIn.running() as running:
        yield running


@asynccontextmanager
async def bolt_over_socket_mode(slack: SlackStandIn) -> AsyncIterator[list[str]]:
    """Run a small Bolt app over Socket Mode, and give what it heard."""
    heard: list[str] = []
    client = AsyncWebClient(token=slack.token(), base_url=slack.api_url)
    app = AsyncApp(client=client, signing_secret=None, process_before_response=True)

    async def on_command(ack: Any, command: dict[str, Any]) -> None:
        heard.append(command["text"])
        await ack("Here is a tip.")

    async def on_message(event: dict[str, Any], context: Any, request: Any) -> None:
        heard.append(event["text"] + "".join(request.headers.get("x-slack-retry-num", [])))

    async def on_press(ack: Any, action: dict[str, Any]) -> None:
        heard.append(action["action_id"])
        await ack()

    async def on_view(ack: Any) -> None:
        await ack(response_action="errors", errors={"b": "Write a little more."})

    app.command("/pmo-tip")(on_command)
    app.event("message")(on_message)
    app.action("go")(on_press)
    app.view("evidence")(on_view)
    handler = AsyncSocketModeHandler(app, APP_TOKEN, ping_interval=0.02)
    await handler.connect_async()
    try:
        yield heard
    finally:
        # The SDK cancels its tasks without waiting for them; a test that fails on leftovers has to.
        tasks = [handler.client.message_processor, handler.client.current_session_monitor]
        tasks.append(handler.client.message_receiver)
        await handler.close_async()
        await asyncio.gather(*(task for task in tasks if task), return_exceptions=True)


@pytest.fixture
async def heard(slack: SlackStandIn) -> AsyncIterator[list[str]]:
    logging.getLogger("slack_bolt").setLevel(logging.CRITICAL)
    async with bolt_over_socket_mode(slack) as heard:
        await slack.socket.connected()
        yield heard


async def test_envelopes_of_every_type_are_acknowledged(slack: SlackStandIn, heard: list[str]):
    made = Deliveries()
    posted = (
        await AsyncWebClient(token=slack.token(), base_url=slack.api_url).chat_postMessage(
            channel=ANA, text="Hello", blocks=BLOCKS
        )
    )["message"]
    tip = await slack.socket.send(made.command("/pmo-tip", "risk"))
    assert tip.payload == {"text": "Here is a tip."}
    assert (await slack.socket.send(made.act(posted, "go"))).payload is None
    await slack.socket.send(made.said("Hello"))
    assert heard == ["risk", "go", "Hello0"]
    assert [(each["type"], each["accepts_response_payload"]) for each in slack.socket.sent] == [
        ("slash_commands", True),
        ("interactive", True),
        ("events_api", False),
    ]


async def test_a_modals_errors_come_back_in_the_acknowledgement(slack: SlackStandIn, heard: list[str]):
    client = AsyncWebClient(token=slack.token(), base_url=slack.api_url)
    view = (await client.views_open(trigger_id="1.2.a", view=MODAL))["view"]
    ack = await slack.socket.send(Deliveries().submitted(view, {"note": "short"}))
    assert ack.payload == {"response_action": "errors", "errors": {"b": "Write a little more."}}


async def test_an_event_sent_again_says_so(slack: SlackStandIn, heard: list[str]):
    event = Deliveries().said("Hello")
    first = await slack.socket.send(event)
    again = await slack.socket.send(event, attempt=1, reason="timeout")
    assert heard == ["Hello0", "Hello1"]
    assert first.envelope_id != again.envelope_id


async def test_an_envelope_without_an_answer_is_told(slack: SlackStandIn, heard: list[str]):
    with pytest.raises(NotAcknowledged):
        await slack.socket.send(Deliveries().command("/unheard-of"), within=0.02)


async def test_what_is_not_json_is_survived(slack: SlackStandIn, heard: list[str]):
    await slack.socket.send_raw("{}")
    await slack.socket.send_raw(json.dumps({"type": "novelty", "envelope_id": "1"}))
    assert (await slack.socket.send(Deliveries().command("/pmo-tip"))).payload == {"text": "Here is a tip."}


async def test_the_app_connects_anew_when_asked_to(slack: SlackStandIn, heard: list[str]):
    await slack.socket.disconnect()
    await slack.socket.connected(2)
    assert (await slack.socket.send(Deliveries().command("/pmo-tip"))).payload == {"text": "Here is a tip."}
    assert len(slack.made("apps.connections.open")) >= 2


async def test_the_app_connects_anew_when_the_connection_is_cut(slack: SlackStandIn, heard: list[str]):
    slack.socket.drop()
    await slack.socket.connected(2)
    assert (await slack.socket.send(Deliveries().command("/pmo-tip"))).payload == {"text": "Here is a tip."}


async def test_a_bot_token_opens_no_socket(slack: SlackStandIn):
    with pytest.raises(SlackApiError, match="not_allowed_token_type"):
        await AsyncWebClient(base_url=slack.api_url).apps_connections_open(app_token=slack.token())
