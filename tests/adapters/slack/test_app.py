"""Lateral on Slack, seen from outside: requests to the real server, and what the stand-in for Slack then receives."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from html import unescape as read_html
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus, urlencode

import pytest
from aiohttp import web

from adapters.server import Server, listening, opened
from adapters.settings import read_settings
from adapters.slack import commands
from adapters.slack.requests import decode
from adapters.slack.web_api import SECONDS, WebApi
from adapters.storage.sqlite import SqliteStore
from bot.errors import MissingSetting, OperatorError, StoreFull
from bot.guide import Guide
from bot.wording import Wording
from tests.adapters.slack.blockkit import choices, problems, words_of
from tests.adapters.slack.deliveries import Deliveries
from tests.adapters.slack.delivery import FORM, JSON, Signed, SlackDelivery, signature
from tests.adapters.slack.pressing import pressed
from tests.adapters.slack.standin_faults import hanging, rate_limited, refused, server_error
from tests.adapters.slack.standin_records import Call
from tests.adapters.slack.standin_world import (
    ANA,
    BEN,
    GENERAL,
    OTHER_TEAM,
    SIGNING_SECRET,
    TEAM,
    dm_of,
)
from tests.adapters.slack.workplace import Workplace, workplace

PERSON = f"slack:{TEAM}:{ANA}"


@pytest.fixture
async def place(tmp_path: Path, guide: Guide, wording: Wording) -> AsyncIterator[Workplace]:
    async with workplace(tmp_path, guide, wording) as place:
        yield place


@pytest.fixture
async def many(tmp_path: Path, guide: Guide, wording: Wording) -> AsyncIterator[Workplace]:
    """The same with an install page, and installed nowhere."""
    async with workplace(tmp_path, guide, wording, many=True) as place:
        yield place


@pytest.fixture
async def socket(tmp_path: Path, guide: Guide, wording: Wording) -> AsyncIterator[Workplace]:
    async with workplace(tmp_path, guide, wording, socket=True) as place:
        await place.slack.socket.connected()
        yield place


def kept(place: Workplace, person: str = PERSON) -> dict[str, Any]:
    rows = place.read("select record from people where person = ?", person)
    return json.loads(rows[0][0]) if rows else {}


def methods(place: Workplace) -> list[str]:
    """The methods that were called, but for who we are and who somebody is."""
    return [call.method for call in place.slack.calls if call.method not in ("auth.test", "users.info")]


def wrong(sent: dict[str, Any]) -> list[str]:
    """What Slack would find wrong with a message, apart from where it goes, or with a view."""
    return problems(sent if "type" in sent else {name: sent[name] for name in ("text", "blocks")})


def signed(body: bytes, content_type: str = JSON) -> Signed:
    return Signed(body, {"Content-Type": content_type, **signature(SIGNING_SECRET, body, time.time())})


# Requests


@pytest.mark.parametrize(
    "spoil",
    [
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "é"},
        {"X-Slack-Request-Timestamp": ""},
        {"X-Slack-Request-Timestamp": "soon"},
        {"X-Slack-Request-Timestamp": "-1"},
        {"X-Slack-Request-Timestamp": "9" * 40},
    ],
)
async def test_what_is_not_signed_by_slack_is_refused(place: Workplace, spoil: dict[str, str]):
    request = place.made.said("hello").signed(SIGNING_SECRET, time.time())

    answer = await place.post(Signed(request.body, request.headers | spoil))

    assert (401, "", 0) == (answer.status, answer.text, place.turns)


# A moment that lies ahead draws nearer while the request is on its way.
@pytest.mark.parametrize(("secret", "age"), [("another-secret", 0), (SIGNING_SECRET, 301), (SIGNING_SECRET, -330)])
async def test_what_is_forged_or_stale_is_refused(place: Workplace, secret: str, age: int):
    answer = await place.post(place.made.said("hello").signed(secret, time.time() - age))

    assert (401, 0) == (answer.status, place.turns)


@pytest.mark.parametrize(
    ("secret", "age", "spoil", "advice"),
    [
        ("another-secret", 0, {}, "Copy SLACK_SIGNING_SECRET again"),
        (SIGNING_SECRET, 400, {}, "See that this machine's clock is right"),
        (SIGNING_SECRET, 0, {"X-Slack-Signature": ""}, "let the proxy pass on X-Slack-Signature"),
    ],
)
async def test_whoever_runs_it_is_told_why_slack_is_refused_and_what_to_do(
    place: Workplace, caplog: pytest.LogCaptureFixture, secret: str, age: int, spoil: dict[str, str], advice: str
):
    request = place.made.said("my private words").signed(secret, time.time() - age)
    for _ in range(3):
        await place.post(Signed(request.body, request.headers | spoil))

    [told] = [record.getMessage() for record in caplog.records if "was refused: 401" in record.getMessage()]
    assert advice in told
    assert "private" not in told
    assert "v0=" not in told


async def test_what_is_too_large_is_not_read(place: Workplace):
    answer = await place.post(signed(b'{"a": "' + b"x" * 1_000_001 + b'"}'))

    assert 413 == answer.status


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", JSON),
        (b"{", JSON),
        (b"[]", JSON),
        (b"[" * 100_000, JSON),
        (b"payload=%7B", FORM),
        (b"payload=1", FORM),
        (b"", FORM),
    ],
)
async def test_what_cannot_be_read_is_taken_and_dropped(place: Workplace, body: bytes, content_type: str):
    answer = await place.post(signed(body, content_type))

    assert (200, 1, 0) == (answer.status, place.server.slack.dropped["unreadable"], place.turns)


def test_a_body_that_is_no_text_cannot_be_read():
    assert None is decode(b"\xff\xfe", JSON)
    assert None is decode(b"payload=\xff", FORM)


@pytest.mark.parametrize("text", ["a=b & 50 % + é", "payload=%7B%7D", "茶\n\t", "half of one: \ud83d", ""])
def test_a_form_is_read_as_it_was_written(text: str):
    payload = {"type": "view_submission", "text": text}
    written = urlencode({"payload": json.dumps(payload)}).encode()

    assert payload == decode(written, FORM)
    if text.isprintable() and "\ud83d" not in text:
        assert {"command": "/lateral", "text": text} == decode(
            urlencode({"command": "/lateral", "text": text}).encode(), FORM
        )


def test_of_two_fields_with_one_name_the_first_counts_and_a_bare_equals_sign_is_one():
    assert {"text": "a=b=c", "other": ""} == decode(b"text=a=b=c&text=second&other&", FORM)


def test_of_a_press_the_blocks_stay_as_they_came_and_what_nobody_reads_is_left_out():
    blocks = '[{"type":"rich_text", "elements":[]}]'
    message = f'{{"ts":"1.2","user":"U0","text":"As it is read out.","blocks":{blocks}}}'
    press = f'{{"type":"block_actions","token":"x","actions":[{{"value":"v"}}],"message":{message}}}'
    found = decode(urlencode({"payload": press}).encode(), FORM)

    assert found is not None
    assert ["actions", "message", "type"] == sorted(found)
    assert ("1.2", blocks.encode()) == (found["message"]["ts"], bytes(found["message"]["blocks"]))


def test_a_press_of_another_form_is_read_whole():
    press = {"type": "block_actions", "actions": [], "message": {"ts": 1, "blocks": "none"}, "more": "\ud83d"}

    assert press == decode(urlencode({"payload": json.dumps(press)}).encode(), FORM)


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "event_callback"},
        {"type": "event_callback", "event": "message"},
        {"type": "event_callback", "team_id": TEAM, "event": {"type": "message", "user": ANA, "text": "hello"}},
        {"type": "block_actions", "team": {"id": TEAM}, "user": {"id": ANA}, "actions": []},
        {"type": "block_actions", "team": {"id": TEAM}, "user": {"id": ANA}, "actions": [{"action_id": "lateral:x"}]},
        {"type": "view_submission", "team": {"id": TEAM}, "user": {"id": ANA}, "view": {"callback_id": "lateral:x"}},
        {"type": "novelty"},
        {"kind": "none"},
    ],
)
async def test_a_form_nobody_knows_is_taken_and_dropped_with_a_count(place: Workplace, payload: dict[str, Any]):
    answer = await place.deliver(SlackDelivery("interactive", payload))

    assert (200, "", 0) == (answer.status, answer.text, place.turns)
    assert 1 == place.server.slack.dropped.total()


async def test_slack_may_check_the_address(place: Workplace):
    verified = await place.deliver(place.made.url_verification("a-word"))
    checked = await place.deliver(place.made.ssl_check())

    assert ((200, "a-word"), (200, "")) == ((verified.status, verified.text), (checked.status, checked.text))


async def test_a_redelivered_event_runs_once(place: Workplace):
    event = place.made.said("hello")
    await place.deliver(event)
    sent = len(place.posted())

    assert 200 == (await place.deliver(event, retry=1)).status

    assert (1, sent) == (place.turns, len(place.posted()))


async def test_a_replayed_request_runs_once(place: Workplace):
    request = place.made.command("/pmo-tip").signed(SIGNING_SECRET, time.time())
    first = await place.post(request)
    again = await place.post(request)
    await place.settle()

    assert (True, "", 1) == ("blocks" in json.loads(first.text), again.text, place.turns)


async def test_many_requests_at_once_are_each_taken_in(place: Workplace):
    requests = [place.made.command("/lateral", "progress").signed(SIGNING_SECRET, time.time()) for _ in range(8)]

    answers = await asyncio.gather(*(place.post(request) for request in requests))

    assert [200] * 8 == [answer.status for answer in answers]
    assert 8 == place.turns


async def test_the_acknowledgement_waits_for_no_call_of_slack(place: Workplace):
    place.slack.fail("*", hanging(), times=None)
    for delivery in (place.made.said("hello"), place.made.command("/pmo-tip"), place.made.home_opened()):
        answer = await asyncio.wait_for(place.post(delivery.signed(SIGNING_SECRET, time.time())), SECONDS / 2)
        assert 200 == answer.status
    assert 2 == place.turns
    place.slack.mend()


async def test_a_turn_that_cannot_be_kept_is_not_acknowledged(place: Workplace, monkeypatch: pytest.MonkeyPatch):
    event = place.made.said("hello")

    async def commit(*_: object) -> None:
        raise StoreFull

    with monkeypatch.context() as patched:
        patched.setattr(SqliteStore, "commit", commit)
        assert 500 == (await place.deliver(event)).status
    assert [] == place.posted()

    assert 200 == (await place.deliver(event, retry=1)).status
    assert [] != place.posted()


# The talk


async def test_an_answered_message_shows_the_choice_and_loses_its_controls(place: Workplace):
    await place.say("hello")
    question = place.direct()[-1]
    assert "near" in choices(question)

    await place.press("near")

    answered = next(message for message in place.direct() if message["ts"] == question["ts"])
    assert {} == choices(answered)
    assert "You chose" in answered["text"] or "answer" in answered["text"].lower()
    assert "near" not in choices(place.direct()[-1])


async def test_a_typed_answer_takes_the_controls_off_as_well(place: Workplace):
    await place.say("hello")
    question = place.direct()[-1]

    await place.say("yes, often")

    answered = next(message for message in place.direct() if message["ts"] == question["ts"])
    assert {} == choices(answered)
    assert "You chose: Yes, I deal with it often" in answered["text"]


async def test_a_stale_press_changes_nothing_and_claims_nothing(place: Workplace):
    await place.say("hello")
    await place.press("near")

    shown = await place.press("none", question="pmo")

    assert "changed nothing" in shown[0]["text"]
    assert {"pmo": "near"} == kept(place)["a"]
    first = next(message for message in place.direct() if "pmo" in str(message) or "chose" in message["text"])
    assert "none" not in choices(first)


async def test_long_words_are_written_in_a_modal(place: Workplace):
    for words in ("hello", "1", "2", "1", "2", "1", "2"):
        await place.say(words)
    asked = await place.press("open:plan")
    write = next(
        (element, block)
        for block in asked[-1]["blocks"]
        for element in block.get("elements", [])
        if str(element.get("action_id", "")).startswith("lateral:write:")
    )
    element, block = write
    action = {**element, "block_id": block["block_id"], "action_ts": place.made._ts()}
    message = place.direct()[-1]
    await place.deliver(place.made.act_raw(message, action))
    (opened,) = place.slack.made("views.open")

    view = opened.answer["view"]
    await place.deliver(place.made.submitted(view, {"lateral:words": "Two sites, one plan."}))

    assert "Two sites, one plan." in json.dumps(kept(place))
    assert [] == wrong(opened.arguments["view"])


async def test_the_zone_is_asked_once_and_nothing_else_of_a_profile_is_kept(place: Workplace):
    await place.say("hello")
    await place.say("1")

    assert 1 == len(place.slack.made("users.info"))
    place.running.store.close()
    assert b"7946" not in place.path.read_bytes()


async def test_forgetting_leaves_nobody_behind(place: Workplace):
    for words in ("hello", "1", "delete everything about me", "yes"):
        shown = await place.say(words)

    assert shown[0]["text"].startswith("Done. I removed your answers")
    assert {} == kept(place)


# Commands


async def test_a_tip_is_answered_in_the_response(place: Workplace):
    answer = await place.deliver(place.made.command("/pmo-tip", "risk"))

    said = json.loads(answer.text)
    assert "ephemeral" == said["response_type"]
    assert [] == wrong(said)
    assert any(option.startswith("share:") for option in choices(said))
    assert "chat.postMessage" not in methods(place)
    await place.running.store.flush()
    assert [] == place.read("select * from outbox")


async def test_a_tip_is_shared_only_by_an_explicit_press_and_once(place: Workplace):
    said = json.loads((await place.deliver(place.made.command("/pmo-tip", "risk"))).text)
    share = next(option for option in choices(said) if option.startswith("share:"))
    (address,) = place.slack.responses.values()
    assert [] == address.answers

    press = _press_aside(place, said, share)
    await place.deliver(press)
    await place.deliver(press)

    (shared,) = address.answers
    assert ("in_channel", False) == (shared["response_type"], shared["replace_original"])
    assert {} == choices(shared)
    assert [] == wrong(shared)


async def test_another_tip_takes_the_place_of_the_first(place: Workplace):
    said = json.loads((await place.deliver(place.made.command("/pmo-tip"))).text)
    another = next(option for option in choices(said) if option.startswith("do:tip") or option == "do:another")
    (address,) = place.slack.responses.values()

    await place.deliver(_press_aside(place, said, another))

    (replaced,) = address.answers
    assert (True, "ephemeral") == (replaced["replace_original"], replaced["response_type"])
    assert words_of(replaced) != words_of(said)
    assert [] == place.posted()


async def test_an_answer_that_slack_does_not_take_any_more_goes_to_the_direct_messages(place: Workplace):
    said = json.loads((await place.deliver(place.made.command("/pmo-tip"))).text)
    another = next(option for option in choices(said) if option.startswith("do:tip") or option == "do:another")
    place.made.response_url = f"{place.slack.url}/response/commands/none"

    await place.deliver(_press_aside(place, said, another))

    assert [ANA] == [call.arguments["channel"] for call in place.posted()]


def _press_aside(place: Workplace, said: dict[str, Any], option: str) -> SlackDelivery:
    """The press of something in a message that only one person sees in a channel."""
    action, _ = pressed(said, option)
    source = {**said, "ts": "1764000000.000200"}
    action["action_ts"] = place.made._ts()
    return place.made.act_raw(source, action, channel=GENERAL, ephemeral=True)


def _aside_words(place: Workplace, answer: str) -> str:
    """All that was said to one person beside the talk: in the response to a command, and at its response address."""
    said = [json.loads(answer), *(one for address in place.slack.responses.values() for one in address.answers)]
    assert [] == [problem for part in said for problem in wrong(part)]
    assert {"ephemeral"} == {part["response_type"] for part in said}
    return " ".join(words_of(part) for part in said)


async def _keep_evidence(place: Workplace, count: int) -> list[str]:
    """Keep that many lines of evidence, each as long as one may be; return them."""
    await place.say("hello")
    lines = [" ".join([f"line{number}", *["led"] * 480, f"end{number}"]) for number in range(count)]
    for line in lines:
        await place.deliver(place.made.shortcut("save_as_evidence", line))
        view = place.slack.made("views.open")[-1].answer["view"]
        await place.deliver(place.made.submitted(view, {"lateral:words": line}))
    return lines


async def test_an_export_of_several_parts_is_given_whole_and_privately(place: Workplace):
    lines = await _keep_evidence(place, 5)
    before = len(place.posted())

    answer = await place.deliver(place.made.command("/lateral", "export"))

    said = _aside_words(place, answer.text)
    assert [] == [line for line in lines if line not in said]
    assert before == len(place.posted())
    await place.running.store.flush()
    assert [] == place.read("select * from outbox")


async def test_an_export_too_long_for_a_response_goes_whole_to_the_direct_messages(place: Workplace):
    lines = await _keep_evidence(place, 14)
    before = len(place.posted())

    answer = await place.deliver(place.made.command("/lateral", "export"))

    assert "direct messages" in _aside_words(place, answer.text)
    said = " ".join(words_of(call.arguments) for call in place.posted(0)[before:])
    assert [] == [line for line in lines if line not in said]


async def test_what_a_response_address_does_not_take_goes_to_the_direct_messages(place: Workplace):
    lines = await _keep_evidence(place, 5)
    place.made.response_url = f"{place.slack.url}/response/commands/none"
    before = len(place.posted())

    await place.deliver(place.made.command("/lateral", "export"))

    said = " ".join(words_of(call.arguments) for call in place.posted(0)[before:])
    assert [] == [line for line in lines if line not in said]


async def test_forgetting_by_command_leaves_nobody_behind(place: Workplace):
    await place.say("hello")
    said = json.loads((await place.deliver(place.made.command("/lateral", "forget"))).text)
    sure = next(option for option, label in choices(said).items() if "yes" in option.lower() or "Yes" in label)
    (address,) = place.slack.responses.values()

    await place.deliver(_press_aside(place, said, sure))

    assert {} == kept(place)
    assert address.answers[-1]["text"].startswith("Done. I removed your answers")
    assert {} == place.server.slack.posting._asked
    await place.running.store.flush()
    assert [] == place.read("select * from outbox")


async def test_a_share_replayed_after_a_restart_runs_no_second_time(tmp_path: Path, guide: Guide, wording: Wording):
    async with workplace(tmp_path, guide, wording) as place:
        said = json.loads((await place.deliver(place.made.command("/pmo-tip", "risk"))).text)
        press = _press_aside(place, said, next(option for option in choices(said) if option.startswith("share:")))
        await place.deliver(press)
        (address,) = place.slack.responses.values()
        assert 1 == len(address.answers)

    async with workplace(tmp_path, guide, wording) as place:
        press.payload["response_url"] = place.made.response_url
        assert 200 == (await place.deliver(press)).status
        (address,) = place.slack.responses.values()
        assert [] == address.answers


async def test_the_card_for_a_channel_is_shown_once_even_after_a_restart(
    tmp_path: Path, guide: Guide, wording: Wording
):
    async with workplace(tmp_path, guide, wording) as place:
        joined = place.made.joined()
        await place.deliver(joined)
        assert 1 == len(place.slack.made("chat.postEphemeral"))

    async with workplace(tmp_path, guide, wording) as place:
        await place.deliver(joined, retry=1)
        assert [] == place.slack.made("chat.postEphemeral")


async def test_updates_of_answered_messages_wait_as_long_as_slack_says(place: Workplace):
    await place.say("hello")
    question = place.direct()[-1]
    place.slack.fail("chat.update", rate_limited(1))

    await place.press("near")

    assert ["ratelimited", "ok"] == [_outcome(call) for call in place.slack.made("chat.update")]
    answered = next(message for message in place.direct() if message["ts"] == question["ts"])
    assert {} == choices(answered)


def _outcome(call: Call) -> str:
    return "ratelimited" if call.outcome in ("limited", "ratelimited") else call.outcome


async def test_an_unknown_word_gets_the_nearest(place: Workplace):
    said = json.loads((await place.deliver(place.made.command("/lateral", "plam"))).text)

    assert "plan" in choices(said).values()
    assert "ephemeral" == said["response_type"]
    assert 0 == place.turns


@pytest.mark.parametrize(
    ("words", "answered"),
    [
        ("what would I give up?", "downsides"),
        ("will my kids hate me for this", "Is it about one of these"),
        ("where am i", "So far:"),
        ("reminders", "I wrote to you in our direct messages."),
        ("resume", "I wrote to you in our direct messages."),
    ],
)
async def test_a_question_or_another_word_after_the_command_is_understood(place: Workplace, words: str, answered: str):
    await place.say("hello")
    await place.press("far")

    said = json.loads((await place.deliver(place.made.command("/lateral", words))).text)

    assert ("ephemeral", True) == (said["response_type"], answered in words_of(said))


@pytest.mark.parametrize("words", ["resume the bank project", "please tell Bob he is late", "asdf qwer"])
async def test_a_sentence_about_something_else_changes_nothing(place: Workplace, words: str):
    await place.say("hello")
    turns = place.turns

    said = json.loads((await place.deliver(place.made.command("/lateral", words))).text)

    assert ("I do not know that word" in words_of(said), turns) == (True, place.turns)


@pytest.mark.parametrize(
    "word", ["", "tip", "plan", "progress", "profile", "pause", "stop", "privacy", "export", "forget", "delete", "help"]
)
async def test_every_word_is_answered_privately(place: Workplace, word: str):
    await place.say("hello")
    before = len(place.posted())

    said = json.loads((await place.deliver(place.made.command("/lateral", word))).text)

    assert "ephemeral" == said["response_type"]
    assert [] == wrong(said)
    assert before == len(place.posted())


@pytest.mark.parametrize("word", ["", "help"])
async def test_help_shows_what_is_typed_there_and_takes_no_turn(place: Workplace, word: str):
    said = json.loads((await place.deliver(place.made.command("/lateral", word))).text)

    shown = words_of(said)
    assert [] == [word for word in commands.WORDS if word != "delete" and f"/lateral {word}".rstrip() not in shown]
    assert ("/pmo-tip" in shown, place.turns) == (True, 0)


async def test_a_day_beside_the_word_is_heard_and_kept_by_a_second_pause(place: Workplace):
    await place.say("hello")
    for words in ("pause until monday", "pause"):
        said = json.loads((await place.deliver(place.made.command("/lateral", words))).text)
        assert "Paused until Monday" in said["text"]


@pytest.mark.parametrize("word", ["start", "review", "notes"])
async def test_what_belongs_into_the_talk_goes_on_there(place: Workplace, word: str):
    said = json.loads((await place.deliver(place.made.command("/lateral", word))).text)

    assert "direct messages" in said["text"]
    assert {ANA} == {call.arguments["channel"] for call in place.posted()}


@pytest.mark.parametrize(
    ("url", "taken"),
    [
        ("https://hooks.slack.com.evil.example/x", False),
        ("http://hooks.slack.com/x", False),
        ("https://evil.example/", False),
        ("http://[", False),
        ("", False),
    ],
)
async def test_nothing_is_sent_to_a_strange_response_address(place: Workplace, url: str, taken: bool):
    assert taken is await place.server.slack.api.respond(url, {"text": "x"})


async def test_the_host_of_slacks_own_methods_takes_no_responses(place: Workplace):
    api = WebApi(place.session, "https://slack.com/api/", place.server.slack._workspaces)

    assert False is await api.respond("https://slack.com/x", {"text": "x"})


# Home, channels, shortcuts


async def test_home_is_published_and_published_again_after_a_change(place: Workplace):
    await place.deliver(place.made.home_opened())
    first = place.slack.made("views.publish")[-1]
    await place.press("near")

    last = place.slack.made("views.publish")[-1]
    assert last.number > first.number
    assert first.answer["view"]["hash"] == last.arguments["hash"]
    assert words_of(first.arguments["view"]) != words_of(last.arguments["view"])
    assert [] == [*wrong(first.arguments["view"]), *wrong(last.arguments["view"])]


async def test_who_began_with_a_tip_is_still_welcomed_when_they_say_hello(place: Workplace):
    await place.deliver(place.made.command("/pmo-tip", "risk"))
    await place.deliver(place.made.command("/pmo-tip"))

    assert "Hello, I am Lateral" in (await place.say("hello"))[0]["text"]
    assert "Hello, I am Lateral" not in str(await place.say("hi"))


async def test_words_after_the_answer_are_not_shown_as_the_answer(place: Workplace):
    await place.say("hello")
    question = place.direct()[-1]

    await place.say("yes, often")
    for words in ("menu", "1"):
        await place.say(words)

    answered = next(message for message in place.direct() if message["ts"] == question["ts"])
    assert "You chose: Yes, I deal with it often" in answered["text"]


async def test_home_is_published_once_more_on_a_conflict(place: Workplace):
    await place.deliver(place.made.home_opened())
    place.slack.fail("views.publish", refused("hash_conflict"))

    await place.press("near")

    _, conflicting, last = place.slack.made("views.publish")
    assert ("hash_conflict", "ok") == (conflicting.outcome, last.outcome)
    assert "hash" not in last.arguments


async def test_a_first_visit_of_home_welcomes_once(place: Workplace):
    await place.deliver(place.made.home_opened())
    await place.deliver(place.made.home_opened())

    assert 1 == place.turns
    assert 2 == len(place.slack.made("views.publish"))


async def test_a_press_on_home_is_answered_in_the_direct_messages(place: Workplace):
    await place.deliver(place.made.home_opened())
    view = place.slack.team().homes[ANA]
    assert "near" in choices(view)
    action, state = pressed(view, "near")
    delivery = place.made.act_raw(view, {**action, "action_ts": place.made._ts()})
    delivery.payload["view"]["state"]["values"] = delivery.payload["state"] = {"values": state}

    await place.deliver(delivery)

    assert {"pmo": "near"} == kept(place)["a"]


async def test_a_mention_is_answered_in_its_thread_without_controls(place: Workplace):
    mention = place.made.mentioned("what does a PMO do?")
    ts = mention.payload["event"]["ts"]
    place.slack.team().channels[GENERAL].messages[ts] = {"ts": ts, "text": "", "user": ANA}

    await place.deliver(mention)

    posted = place.posted()
    assert {(GENERAL, ts)} == {(call.arguments["channel"], call.arguments["thread_ts"]) for call in posted}
    assert [{}] * len(posted) == [choices(call.arguments) for call in posted]
    assert {} == kept(place)


async def test_who_tells_of_something_hard_in_a_channel_is_answered_alone(place: Workplace):
    await place.deliver(place.made.mentioned("I hate my boss"))

    posted = place.posted()
    assert {ANA} == {call.arguments["channel"] for call in posted}
    assert "I am sorry it is this hard." in posted[0].arguments["text"]


async def test_a_message_is_kept_as_evidence_once_the_person_confirms(place: Workplace):
    await place.say("hello")
    before = place.turns
    await place.deliver(place.made.shortcut("save_as_evidence", "Well led, <@U1> &amp; team."))
    (opened,) = place.slack.made("views.open")
    assert "ok" == opened.outcome, opened.answer
    assert [] == wrong(opened.arguments["view"])
    assert before == place.turns

    view = opened.answer["view"]
    answer = await place.deliver(place.made.submitted(view, {"lateral:words": "Well led by Ana."}))

    assert (200, "") == (answer.status, answer.text)
    record = json.dumps(kept(place))
    assert "Well led by Ana." in record
    assert f"lateral-one.slack.com/archives/{GENERAL}/p" in record


async def test_being_added_to_a_channel_shows_one_card_to_the_inviter_only(place: Workplace):
    joined = place.made.joined()
    await place.deliver(joined)
    await place.deliver(joined, retry=1)
    await place.deliver(place.made.joined(BEN))
    await place.deliver(place.made.joined(inviter=None))

    (card,) = place.slack.made("chat.postEphemeral")
    assert (GENERAL, ANA, "ok") == (card.arguments["channel"], card.arguments["user"], card.outcome)
    assert [] == wrong(card.arguments)
    assert [] == place.posted()


# Delivery


@pytest.mark.parametrize("fault", [rate_limited(0), server_error(503), refused("internal_error"), rate_limited(1)])
async def test_what_could_not_be_sent_is_sent_later_and_in_order(place: Workplace, fault: Any):
    place.slack.fail("chat.postMessage", fault)
    await place.say("hello")
    await place.say("1")

    await place.slack.until(lambda: _known(place) and "Which of these sounds most" in place.direct()[-1]["text"])

    texts = [message["text"] for message in place.direct()]
    assert texts[0].startswith("Hello, I am Lateral.")
    assert len(set(texts)) == len(texts)
    await place.running.store.flush()


def _known(place: Workplace) -> bool:
    return dm_of(ANA) in place.slack.team().channels and bool(place.direct())


@pytest.mark.parametrize("error", ["channel_not_found", "is_archived", "account_inactive", "not_in_channel"])
async def test_what_can_never_be_sent_is_set_aside_with_the_reason(place: Workplace, error: str):
    place.slack.fail("chat.postMessage", refused(error), times=None)
    await place.say("hello")
    await place.running.store.flush()

    assert [] == place.read("select * from outbox")
    assert {(error,)} == set(place.read("select reason from undeliverable"))


async def test_everything_that_is_drawn_is_valid(place: Workplace):
    await place.deliver(place.made.home_opened())
    for words in ("hello", "1", "help", "2", "tip", "1", "progress", "2", "1", "2", "plan", "profile", "<!here> *b*"):
        await place.say(words)
    for word in ("export", "privacy", "cv", "review", "menu"):
        await place.say(word)

    drawings = [drawing.payload for drawing in place.slack.drawings]
    assert len(drawings) > 20
    assert [] == [problem for drawing in drawings for problem in wrong(drawing)]


# Workspaces


async def test_another_workspace_is_not_answered(place: Workplace):
    answer = await place.deliver(Deliveries(team=OTHER_TEAM).said("hello"))

    assert (200, 0, 1) == (answer.status, place.turns, place.server.slack.dropped["not installed"])


@pytest.mark.parametrize("left", ["uninstalled", "revoked"])
async def test_a_workspace_that_leaves_takes_everything_with_it(place: Workplace, left: str):
    await place.say("hello")
    await place.deliver(place.made.home_opened())
    goodbye = getattr(place.made, left)()

    assert 200 == (await place.deliver(goodbye)).status

    tables = ("people", "outbox", "undeliverable", "deliveries")
    assert [0] * 4 == [place.read(f"select count(*) from {table}")[0][0] for table in tables]  # noqa: S608
    await place.deliver(place.made.said("hello"))
    assert (0, 1) == (place.turns, place.server.slack.dropped["not installed"])


async def test_a_persons_own_token_says_nothing_about_the_workspace(place: Workplace):
    await place.say("hello")

    await place.deliver(place.made.revoked(bot=(), oauth=(ANA,)))

    assert 1 == place.turns


async def test_an_installed_workspace_is_answered_with_its_own_token(many: Workplace):
    await many.deliver(many.made.said("hello"))
    assert (0, []) == (many.turns, many.posted())

    async with many.session.get(f"{many.url}/slack/install") as page:
        cookie, text = page.cookies, await page.text()
    state = re.search(r"state=([\w-]+)", read_html(text))
    assert state is not None
    code = many.slack.world.offer_code(TEAM)
    (kept_cookie,) = (f"{name}={morsel.value}" for name, morsel in cookie.items())
    query = {"code": code, "state": state[1]}
    address = f"{many.url}/slack/oauth_redirect"
    async with many.session.get(address, params=query, headers={"Cookie": kept_cookie}) as done:
        assert 200 == done.status

    await many.say("hello")
    token = many.read("select bot_token from slack_installations")[0][0]
    assert {token} == {call.token for call in many.posted()}


async def test_the_install_page_leads_back_to_the_address_that_is_set(many: Workplace):
    back = "https://lateral.example.com/pmo/slack/oauth_redirect"
    settings = replace(many.server.slack.settings, redirect_uri=back)
    async with (
        opened(read_settings({}), settings, many.running) as server,
        listening(server, "127.0.0.1", 0) as url,
        many.session.get(f"{url}/slack/install") as page,
    ):
        text = read_html(await page.text())

    assert f"redirect_uri={quote_plus(back)}" in text


# Socket Mode


async def test_a_talk_a_tip_home_and_the_shortcut_work_over_socket_mode(socket: Workplace):
    slack, made = socket.slack, socket.made
    tip = await slack.socket.send(made.command("/pmo-tip", "risk"))
    assert tip.payload is not None
    assert "ephemeral" == tip.payload["response_type"]

    await slack.socket.send(made.said("hello"))
    await socket.settle()
    await slack.socket.send(socket.pressing("near"))
    await socket.settle()
    assert {"pmo": "near"} == kept(socket)["a"]

    await slack.socket.send(made.home_opened())
    await slack.socket.send(made.shortcut("save_as_evidence", "Well led."))
    await socket.settle()
    assert "ok" == slack.made("views.publish")[-1].outcome
    view = slack.made("views.open")[-1].answer["view"]
    await slack.socket.send(made.submitted(view, {"lateral:words": "Well led."}))
    assert "Well led." in json.dumps(kept(socket))


async def test_an_envelope_sent_again_runs_once(socket: Workplace):
    event = socket.made.said("hello")
    await socket.slack.socket.send(event)
    await socket.slack.socket.send(event, attempt=1, reason="timeout")
    await socket.settle()

    assert 1 == socket.turns


async def test_what_nobody_knows_is_acknowledged_over_socket_mode(socket: Workplace):
    await socket.slack.socket.send(socket.made.command("/unheard-of"))

    assert 1 == socket.server.slack.dropped.total()


async def test_over_socket_mode_nothing_is_taken_by_http(socket: Workplace):
    answer = await socket.post(socket.made.said("hello").signed("socket-mode", time.time()))

    assert (404, 0) == (answer.status, socket.turns)


# The server


async def test_the_server_says_that_it_is_well(place: Workplace):
    said = []
    for path in ("/healthz", "/readyz", "/readyz/slack", "/readyz/teams"):
        async with place.session.get(place.url + path) as response:
            said.append((response.status, await response.text()))
    place.server.is_draining = True
    for path in ("/readyz", "/readyz/slack"):
        async with place.session.get(place.url + path) as response:
            said.append((response.status, await response.text()))

    assert [*[(200, "ok\n")] * 3, (404, "Not set up here.\n"), *[(503, "stopping\n")] * 2] == said


@pytest.mark.parametrize("page", ["about", "privacy", "terms"])
async def test_the_pages_about_us_are_there(place: Workplace, page: str):
    async with place.session.get(f"{place.url}/{page}") as response:
        assert (200, "text/html") == (response.status, response.content_type)


async def test_the_pages_about_us_are_there_in_socket_mode_too(socket: Workplace):
    async with socket.session.get(f"{socket.url}/privacy") as response:
        assert (200, "text/html") == (response.status, response.content_type)


@pytest.mark.parametrize(
    ("name", "part"), [("the scheduler of slack", "scheduler"), ("the courier of slack", "courier")]
)
async def test_the_server_says_when_something_it_needs_has_ended(place: Workplace, name: str, part: str):
    [task] = [task for task in asyncio.all_tasks() if task.get_name() == name]
    task.cancel()
    await asyncio.wait([task])
    async with place.session.get(f"{place.url}/readyz") as response:
        assert (503, f"slack {part} has ended\n") == (response.status, await response.text())


async def test_a_server_with_nothing_set_up_says_what_to_set(place: Workplace):
    with pytest.raises(MissingSetting, match="SLACK_SIGNING_SECRET"):
        async with opened(read_settings({}), None, place.running):
            pass


async def test_a_token_that_slack_does_not_know_is_told(place: Workplace):
    wrong_token = replace(place.server.slack.settings, bot_token="xoxb-unknown")  # noqa: S106
    with pytest.raises(OperatorError, match="Slack does not accept SLACK_BOT_TOKEN: invalid_auth"):
        async with opened(read_settings({}), wrong_token, place.running):
            pass


async def test_an_app_token_that_slack_does_not_know_is_told(place: Workplace):
    wrong_token = replace(place.server.slack.settings, app_token="xapp-unknown")  # noqa: S106
    with pytest.raises(OperatorError, match="Slack does not accept SLACK_APP_TOKEN: invalid_auth"):
        async with opened(read_settings({}), wrong_token, place.running):
            pass


async def test_an_address_in_use_is_told(place: Workplace):
    port = int(place.url.rpartition(":")[2])
    another = Server(web.Application(), {"slack": place.server.slack}, place.running.store)
    with pytest.raises(OperatorError, match=f"Nothing can listen on 127.0.0.1:{port}"):
        async with listening(another, "127.0.0.1", port):
            pass
