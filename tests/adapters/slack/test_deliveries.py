"""Deliveries are what Slack would send: signed as Slack signs, with Slack's fields, and only what a person can do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.request.internals import parse_body
from slack_sdk.signature import SignatureVerifier

from tests.adapters.slack.deliveries import Deliveries
from tests.adapters.slack.delivery import SlackDelivery, recorded, signature
from tests.adapters.slack.standin_world import ANA, BEN, BOT_USER, GENERAL, SIGNING_SECRET, dm_of

ROOT = Path(__file__).parents[3]
PAYLOADS = {path.stem: json.loads(path.read_text("utf-8")) for path in (ROOT / "tests/payloads/slack").glob("*.json")}
SAMPLES = ROOT.parent / "shared" / "schemas" / "slack" / "payload-samples"
AT = 1_795_428_000.0

SAMPLE_OF = {
    "event-message-im": "events/MessagePayload",
    "event-message-edited": "events/MessageChangedPayload",
    "event-message-deleted": "events/MessageDeletedPayload",
    "event-message-bot": "events/MessageBotPayload",
    "event-message-own": "events/MessagePayload",
    "event-app-home-opened": "events/AppHomeOpenedPayload",
    "event-app-mention": "events/AppMentionPayload",
    "event-member-joined-channel": "events/MemberJoinedChannelPayload",
    "event-app-uninstalled": "events/AppUninstalledPayload",
    "event-tokens-revoked": "events/TokensRevokedPayload",
    "command-lateral": "app-backend/slash-commands/SlashCommandPayload",
    "command-pmo-tip": "app-backend/slash-commands/SlashCommandPayload",
    "action": "app-backend/interactive-components/BlockActionPayload",
    "view-submission": "app-backend/views/ViewSubmissionPayload",
    "view-closed": "app-backend/views/ViewClosedPayload",
    "shortcut": "app-backend/interactive-components/MessageShortcutPayload",
}
NOT_LOGGED = {"url-verification", "command-ssl-check"}
"""The logs hold none of these; they follow their reference pages."""
OWN_SHAPE = ("blocks", "values", "selected_options")
"""What the logs leave empty or cut short; the blocks are held to their own schema elsewhere."""
LATER = {
    "context_team_id",  # in every event since shared channels; the logs have it in some
    "context_enterprise_id",
    "view.blocks",  # the logs leave these empty
    "event.view.blocks",
    "event.view.state.values",
    "view.state.values",
    "state.values",
    "response_urls",  # documented for view_submission
    "event.event_ts",  # of app_uninstalled and tokens_revoked
    "actions[].selected_options",  # of checkboxes
}


def recordings() -> list[tuple[str, dict[str, Any]]]:
    return sorted(PAYLOADS.items())


def fields(value: Any, path: str = "") -> Iterator[str]:
    """Yield the path of every field, not looking into what has a shape of its own."""
    if isinstance(value, list):
        for each in value:
            yield from fields(each, f"{path}[]")
    if isinstance(value, dict):
        for key, inner in value.items():
            here = f"{path}.{key}".removeprefix(".")
            yield here
            if key not in OWN_SHAPE:
                yield from fields(inner, here)


@pytest.mark.parametrize(("name", "payload"), recordings(), ids=sorted(PAYLOADS))
def test_a_recorded_payload_travels_signed_and_arrives_whole(name: str, payload: dict[str, Any]):
    delivery = recorded(payload)
    request = delivery.signed(SIGNING_SECRET, AT)
    verifier = SignatureVerifier(SIGNING_SECRET, FixedClock())
    assert verifier.is_valid_request(request.body, request.headers)
    assert not verifier.is_valid_request(request.body + b" ", request.headers)
    arrived = parse_body(request.body.decode(), request.headers["Content-Type"].removesuffix("; charset=utf-8"))
    assert arrived == payload


class FixedClock:
    def now(self) -> float:
        return AT


@pytest.mark.parametrize("name", sorted(PAYLOADS.keys() - NOT_LOGGED))
def test_a_recorded_payload_has_only_fields_that_slack_sends(name: str):
    if not SAMPLES.exists():
        pytest.skip("Slack's logs of payloads are not at hand (a folder `shared` beside this repository)")
    sample = next(SAMPLE_OF[prefix] for prefix in sorted(SAMPLE_OF, key=len, reverse=True) if name.startswith(prefix))
    logged = json.loads((SAMPLES / f"{sample}.json").read_text("utf-8"))
    assert set(fields(PAYLOADS[name])) - set(fields(logged)) - LATER == set()


def test_every_kind_of_delivery_is_recorded():
    kinds = {
        (delivery.kind, payload.get("type", payload.get("command", "ssl_check")))
        for payload in PAYLOADS.values()
        for delivery in [recorded(payload)]
    }
    assert kinds == {
        ("events_api", "event_callback"),
        ("events_api", "url_verification"),
        ("slash_commands", "/lateral"),
        ("slash_commands", "/pmo-tip"),
        ("slash_commands", "ssl_check"),
        ("interactive", "block_actions"),
        ("interactive", "view_submission"),
        ("interactive", "view_closed"),
        ("interactive", "message_action"),
    }
    elements = {action["type"] for payload in PAYLOADS.values() for action in payload.get("actions", ())}
    assert elements == {"button", "radio_buttons", "static_select", "checkboxes", "datepicker"}


def test_the_signature_is_that_of_slacks_own_example():
    # From "Verifying requests from Slack" in Slack's documentation.
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554"
        b"%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    assert signature("8f742231b10e8888abcd99yyyzzz85a5", body, 1_531_420_618) == {
        "X-Slack-Request-Timestamp": "1531420618",
        "X-Slack-Signature": "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
    }


def test_a_request_sent_again_says_how_often_and_why():
    event = Deliveries().said("Hello")
    first, again = event.signed(SIGNING_SECRET, AT), event.signed(SIGNING_SECRET, AT + 60, retry=2)
    assert first.body == again.body
    assert set(again.headers) - set(first.headers) == {"X-Slack-Retry-Num", "X-Slack-Retry-Reason"}
    assert (again.headers["X-Slack-Retry-Num"], again.headers["X-Slack-Retry-Reason"]) == ("2", "http_timeout")


def test_no_two_deliveries_share_an_id():
    made = Deliveries()
    events = [made.said("Hello").payload for _ in range(3)]
    assert len({event["event_id"] for event in events}) == 3
    assert len({event["event"]["ts"] for event in events}) == 3
    assert len({made.command("/lateral").payload["trigger_id"] for _ in range(3)}) == 3


BOXES = {
    "type": "checkboxes",
    "action_id": "boxes",
    "options": [{"text": {"type": "plain_text", "text": each}, "value": each} for each in ("risk", "budget")],
}
DONE = {"type": "button", "action_id": "done", "value": "{}", "text": {"type": "plain_text", "text": "Done"}}
POSTED = {"type": "message", "ts": "1.1", "blocks": [{"type": "actions", "block_id": "b", "elements": [BOXES, DONE]}]}


def test_a_press_of_a_button_brings_what_stands_in_the_boxes():
    press = Deliveries().act(POSTED, "done", state={"boxes": ["budget"]}).payload
    assert [action["action_id"] for action in press["actions"]] == ["done"]
    assert press["state"]["values"] == {
        "b": {"boxes": {"type": "checkboxes", "selected_options": [BOXES["options"][1]]}},
    }
    assert press["channel"]["id"] == dm_of(ANA)


def test_a_press_in_an_ephemeral_message_comes_without_the_message():
    press = Deliveries().act(POSTED, "done", user=BEN, channel=GENERAL, ephemeral=True).payload
    assert (press["container"]["is_ephemeral"], "message" in press, press["user"]["id"]) == (True, False, BEN)


def test_nobody_can_press_what_is_not_there_or_choose_what_is_not_offered():
    made = Deliveries()
    with pytest.raises(LookupError, match="there is: boxes, done"):
        made.act(POSTED, "gone")
    with pytest.raises(LookupError, match="has no option"):
        made.act(POSTED, "boxes", ["pay"])
    with pytest.raises(LookupError, match="Nothing can be entered"):
        made.act(POSTED, "done", state={"gone": "x"})
    forged: SlackDelivery = made.act_raw(POSTED, {"type": "button", "action_id": "gone", "block_id": "b"})
    assert forged.payload["actions"][0]["action_id"] == "gone"


def test_the_bot_joins_and_its_own_words_come_back_to_it():
    made = Deliveries()
    assert made.joined().payload["event"]["user"] == BOT_USER
    own = made.said_by_ourselves("Hello").payload["event"]
    assert ("subtype" in own, own["user"], own["bot_id"]) == (False, BOT_USER, "B0LATERBOT")
