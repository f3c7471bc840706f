"""Button presses as Slack sends them: signed requests of people who answer the quick six, in order."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from adapters.slack.outgoing import draw
from benchmarks.setting import NOW, Setting
from benchmarks.talks import quick_six
from bot.dialogue import step
from bot.events import Chose, Event, Submitted
from bot.messages import Message

TEAM, SECRET = "T0123456789", "secret-of-the-benchmark"
EVENTS_PATH = "/slack/events"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"

_USER, _TS = "U0PERSON000", "1764000000.000000"
"""What stands in a press until it is somebody's, as long as what takes its place."""

_OURS = {"type": "message", "user": "U0LATERAL00", "bot_id": "B0123456789", "app_id": "A0123456789", "team": TEAM}

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Press:
    """A press of somebody, and the event it stands for."""

    event: Event
    body: bytes

    def of(self, person: int, number: int) -> bytes:
        """Return the body of the request in which that person presses it; `number` makes its moment a new one."""
        user, ts = f"U{person:010}", f"1764{number // 1_000_000:06}.{number % 1_000_000:06}"
        return self.body.replace(_USER.encode(), user.encode()).replace(_TS.encode(), ts.encode())


def walk(setting: Setting) -> list[Press]:
    """Return the presses of the longest way through the quick six, each on what was drawn last.

    They fit whoever was greeted by `hello` and pressed all that stands before.
    """
    beats = quick_six(setting.guide)[0]
    presses: list[Press] = []
    for before, beat in pairwise(beats):
        made = step(setting.guide, before.state, before.event, NOW)
        said = setting.wording.word(made.replies, asking=made.question is not None, revision=made.state.revision)
        presses.append(Press(beat.event, _form(_payload(_draw(said[-1]), beat.event))))
    return presses


def hello(person: int, number: int) -> bytes:
    """Return the body of the request in which a person says hello."""
    user = f"U{person:010}"
    event = {"type": "message", "channel_type": "im", "channel": f"D{person:010}", "user": user, "text": "hello"}
    frame = {"type": "event_callback", "team_id": TEAM, "event_id": f"Ev{number:09}", "event_time": 1764000000}
    return json.dumps({**frame, "event": {**event, "ts": "1764000000.000001"}}).encode()


def tip(person: int, number: int) -> bytes:
    """Return the body of the request in which a person sends `/pmo-tip`."""
    user = f"U{person:010}"
    who = {"team_id": TEAM, "team_domain": "lateral", "user_id": user, "user_name": "ana", "api_app_id": "A0123456789"}
    where = {"channel_id": "C0123456789", "channel_name": "general", "is_enterprise_install": "false"}
    answer = {"response_url": f"https://hooks.slack.com/commands/{TEAM}/{number}/x", "trigger_id": f"{number}.1.x"}
    return urlencode({"token": "x", **who, **where, "command": "/pmo-tip", "text": "", **answer}).encode()


def headers(body: bytes, *, form: bool = True) -> dict[str, str]:
    """Return the headers of a request signed now."""
    moment = str(int(time.time()))
    digest = hmac.new(SECRET.encode(), b"v0:" + moment.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {
        "Content-Type": FORM if form else JSON,
        "X-Slack-Request-Timestamp": moment,
        "X-Slack-Signature": f"v0={digest}",
    }


def _form(payload: Payload) -> bytes:
    return urlencode({"payload": json.dumps(payload)}).encode()


def _draw(message: Message) -> list[Payload]:
    [drawn] = draw(message, message.revision)
    return list(drawn["blocks"])


def _payload(blocks: list[Payload], event: Event) -> Payload:
    """Return what Slack sends when somebody does that with a message of these blocks."""
    action, state = _action(blocks, event)
    return {
        "type": "block_actions",
        "user": {"id": _USER, "username": "ana", "name": "ana", "team_id": TEAM},
        "api_app_id": "A0123456789",
        "token": "verification-token-of-old",
        "container": {"type": "message", "message_ts": _TS, "channel_id": "D0123456789", "is_ephemeral": False},
        "trigger_id": "8888888888.1764000000.0123456789abcdef0123456789abcdef",
        "team": {"id": TEAM, "domain": "lateral"},
        "enterprise": None,
        "is_enterprise_install": False,
        "channel": {"id": "D0123456789", "name": "directmessage"},
        "message": {**_OURS, "ts": _TS, "text": "As it is read out.", "blocks": blocks},
        "state": {"values": state},
        "response_url": f"https://hooks.slack.com/actions/{TEAM}/1764000000000/0123456789abcdef01234567",
        "actions": [{**action, "action_ts": _TS}],
    }


def _action(blocks: list[Payload], event: Event) -> tuple[Payload, Payload]:
    """Return the action, and what is marked in the message by then."""
    controls = [(block, each) for block in blocks if block["type"] == "actions" for each in block["elements"]]
    if isinstance(event, Submitted):
        return _sent(controls, next(iter(event.fields.values())))
    wanted = event.option if isinstance(event, Chose) else "do:skip"
    for block, each in controls:
        if each["type"] == "button" and json.loads(each["value"]).get("o") == wanted:
            return {**each, "block_id": block["block_id"]}, {}
    raise LookupError(wanted)


def _sent(controls: Sequence[tuple[Payload, Payload]], marked: str | tuple[str, ...]) -> tuple[Payload, Payload]:
    state, button = {}, {}
    for block, each in controls:
        if each["type"] == "checkboxes":
            chosen = [option for option in each["options"] if option["value"] in marked]
            state[block["block_id"]] = {each["action_id"]: {"type": each["type"], "selected_options": chosen}}
        elif each["action_id"].startswith("lateral:send:"):
            button = {**each, "block_id": block["block_id"]}
    return button, state
