"""The real server over real HTTP: what is forged, stale, unsigned, too large, malformed or repeated changes nothing."""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import aiohttp
import jwt
import pytest

from adapters.teams.app import LARGEST
from bot.guide import Guide
from bot.wording import Wording
from tests.adapters.teams.activities import BEN
from tests.adapters.teams.keys import APP_ID, KeyServer
from tests.adapters.teams.office import Office, office
from tests.adapters.teams.reading import card_of, choices

Forge = Callable[[KeyServer, str], str]
"""Makes an Authorization header out of the keys and the service address that a good one would be for."""


@pytest.fixture
async def place(tmp_path: Path, guide: Guide, wording: Wording) -> AsyncIterator[Office]:
    async with office(tmp_path, guide, wording) as place:
        yield place


def rows(place: Office) -> dict[str, list[Any]]:
    """Return all that is in the file."""
    with closing(sqlite3.connect(place.path)) as file:
        names = [name for (name,) in file.execute("select name from sqlite_master where type = 'table'")]
        return {name: file.execute(f"select * from {name}").fetchall() for name in names}  # noqa: S608


def unsigned(_keys: KeyServer, service: str) -> str:
    return "Bearer " + jwt.encode(claims(service), None, "none", headers={"kid": "key-1"})


def shared_secret(_keys: KeyServer, service: str) -> str:
    return "Bearer " + jwt.encode(claims(service), "x" * 64, "HS256", headers={"kid": "key-1"})


def claims(service: str) -> dict[str, Any]:
    now = int(time.time())
    return {"iss": "https://api.botframework.com", "aud": APP_ID, "serviceurl": service, "exp": now + 60, "nbf": now}


EMULATOR = "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"
FORGED: dict[str, tuple[int, Forge]] = {
    "no header": (401, lambda _keys, _service: ""),
    "an empty bearer": (401, lambda _keys, _service: "Bearer "),
    "another scheme": (401, lambda _keys, _service: "Basic YW5hOmFuYQ=="),
    "garbage": (401, lambda _keys, _service: "Bearer garbage"),
    "not a word": (401, lambda _keys, _service: "Bearer \xff\xfe"),
    "a stolen key": (401, lambda keys, at: keys.bearer(at, time.time(), key="stolen", head={"kid": "key-1"})),
    "an unknown key": (401, lambda keys, at: keys.bearer(at, time.time(), key="stolen")),
    "unsigned": (401, unsigned),
    "a shared secret": (401, shared_secret),
    "stale": (401, lambda keys, at: keys.bearer(at, time.time() - 3600 - 301)),
    "too early": (401, lambda keys, at: keys.bearer(at, time.time() + 400)),
    "without an end": (401, lambda keys, at: keys.bearer(at, time.time(), without=("exp",))),
    "another app": (401, lambda keys, at: keys.bearer(at, time.time(), aud="another")),
    "another issuer": (401, lambda keys, at: keys.bearer(at, time.time(), iss="https://evil.example")),
    "the Emulator": (401, lambda keys, at: keys.bearer(at, time.time(), iss=EMULATOR)),
    "another service": (403, lambda keys, _at: keys.bearer("https://smba.trafficmanager.net/emea/", time.time())),
    "no service": (403, lambda keys, at: keys.bearer(at, time.time(), without=("serviceurl",))),
}


@pytest.mark.parametrize("name", FORGED)
async def test_a_forged_request_touches_nothing(place: Office, name: str, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    status, forge = FORGED[name]
    authorization, before = forge(place.keys, place.made.service_url), rows(place)
    answer = await place.post(place.made.said("hello"), authorization)
    await place.settle()

    assert (status, "") == (answer.status, answer.text)
    assert (before, [], 0) == (rows(place), place.teams.calls, place.teams.tokens_given)
    assert 1 == len([record for record in caplog.records if record.name == "adapters.refusals"])
    assert not any(part in caplog.text for part in authorization.removeprefix("Bearer ").split(".") if len(part) > 20)


CHANGED: dict[str, dict[str, Any]] = {
    "no channel": {"channelId": None},
    "another channel": {"channelId": "webchat"},
    "another service": {"serviceUrl": "https://evil.example/"},
    "no service": {"serviceUrl": None},
    "another tenant": {"channelData": {"tenant": {"id": "99999999-2222-4333-8444-555555555555"}}},
    "no tenant": {"channelData": {}, "conversation": {"id": "a:1", "conversationType": "personal"}},
}


@pytest.mark.parametrize("name", CHANGED)
@pytest.mark.parametrize("kind", ["message", "invoke", "installationUpdate", "conversationUpdate"])
async def test_a_good_token_does_not_cover_another_activity(place: Office, name: str, kind: str):
    before, activity = rows(place), {**place.made.said("hello"), "type": kind, **CHANGED[name]}
    assert 403 == (await place.post(activity)).status
    await place.settle()
    assert (before, []) == (rows(place), place.teams.calls)


async def test_a_key_that_may_not_sign_for_teams_lets_nobody_in(place: Office):
    place.keys.rotate("webchat")
    before = rows(place)
    assert (403, before) == ((await place.post(place.made.said("hello"))).status, rows(place))


def nested(depth: int, opening: bytes, closing_: bytes) -> bytes:
    return b'{"text": ' + opening * depth + b"1" + closing_ * depth + b"}"


MALFORMED = {
    "nothing": b"",
    "half an object": b'{"type": "message"',
    "a list": b"[1, 2]",
    "a word": b'"hello"',
    "no text at all": b"\xff\xfe\x00",
    "lists without end": b"[" * 250_000,
    "objects without end": b'{"a":' * 50_000,
    "a number without end": b'{"a": ' + b"9" * 200_000 + b"}",
    "a form": b"text=hello&type=message",
    "deep lists": nested(100_000, b"[", b"]"),
}


@pytest.mark.parametrize("name", MALFORMED)
async def test_a_body_that_cannot_be_read_is_refused_and_the_next_is_served(place: Office, name: str):
    before = rows(place)
    assert (400, before) == ((await place.post(MALFORMED[name])).status, rows(place))
    assert 1 == len(await place.say("hello"))


WITHIN_REASON = {
    "lists": nested(400, b"[", b"]"),
    "objects": nested(400, b'{"a": ', b"}"),
    "keys": json.dumps({str(number): number for number in range(15_000)}).encode(),
    "one key again and again": b"{" + b", ".join(b'"text": "a"' for _ in range(15_000)) + b"}",
    "no numbers": b'{"a": NaN, "b": Infinity, "c": -Infinity, "d": 1e999}',
    "halves of characters": b'{"text": "\\ud800", "\\udfff": 1}',
}


@pytest.mark.parametrize("name", WITHIN_REASON)
async def test_a_bomb_in_json_is_refused_for_its_token_or_breaks_nothing_with_one(place: Office, name: str):
    bomb = WITHIN_REASON[name]
    assert (401, 403) == ((await place.post(bomb, "")).status, (await place.post(bomb)).status)
    unknown_press = {**place.made.said(""), "value": json.loads(bomb)}
    assert (200, 0) == ((await place.deliver(unknown_press)).status, len(place.posted()))
    assert 1 == len(await place.sent({**place.made.said("hello"), "entities": [json.loads(bomb)]}))


async def test_too_large_a_body_is_refused_whether_its_length_is_told_or_not(place: Office):
    large = json.dumps({**place.made.said("hello"), "more": "x" * LARGEST}).encode()

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(large), 65_536):
            yield large[start : start + 65_536]

    headers = {"Authorization": place.keys.bearer(place.made.service_url, time.time())}
    statuses = []
    for data in (large, pieces()):
        async with place.session.post(f"{place.url}/api/messages", data=data, headers=headers) as answer:
            statuses.append(answer.status)
    assert all(status in (400, 413) for status in statuses)
    assert (0, []) == (place.turns, place.teams.calls)


async def test_a_body_that_grows_when_it_is_unpacked_is_refused(place: Office):
    packed = gzip.compress(b" " * 50_000_000)
    headers = {"Authorization": place.keys.bearer(place.made.service_url, time.time()), "Content-Encoding": "gzip"}
    async with place.session.post(f"{place.url}/api/messages", data=packed, headers=headers) as answer:
        assert answer.status in (400, 413)
    assert 1 == len(await place.say("hello"))


@pytest.mark.parametrize("times", [2, 5])
async def test_what_is_delivered_again_counts_once(place: Office, times: int):
    await place.say("hello")
    turns, said = place.turns, place.made.said("help")
    for _ in range(times):
        assert 200 == (await place.deliver(said)).status
    assert (turns + 1, 2) == (place.turns, len(place.posted()))


async def test_what_is_delivered_several_times_at_once_counts_once(place: Office):
    await place.say("hello")
    turns, said = place.turns, place.made.said("help")
    answers = await asyncio.gather(*(place.post(said) for _ in range(8)))
    await place.settle()
    assert {200} == {answer.status for answer in answers}
    assert (turns + 1, 2) == (place.turns, len(place.posted()))


async def test_a_card_is_pressed_for_nobody_but_whom_it_was_drawn_for(place: Office):
    await place.say("hello")
    option = next(iter(choices(card_of(place.posted()[-1].body))))
    before = place.answers()
    assert 200 == (await place.deliver(place.made.executed(*place.find(option), BEN))).status
    assert (before, None) == (place.answers(), place.answers(BEN))


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
async def test_activities_are_posted_and_nothing_else(place: Office, method: str):
    async with place.session.request(method, f"{place.url}/api/messages") as answer:
        assert 405 == answer.status


async def test_a_second_header_does_not_help_a_bad_first_one(place: Office):
    good = place.keys.bearer(place.made.service_url, time.time())
    headers = [("Authorization", "Bearer garbage"), ("Authorization", good)]
    body = json.dumps(place.made.said("hello"))
    async with place.session.post(f"{place.url}/api/messages", data=body, headers=headers) as answer:
        assert 401 == answer.status


async def test_a_request_that_breaks_off_changes_nothing(place: Office):
    host, port = place.url.removeprefix("http://").split(":")
    _, writer = await asyncio.open_connection(host, int(port))
    writer.write(b"POST /api/messages HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{")
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    assert 1 == len(await place.say("hello"))


async def test_a_key_server_that_is_down_lets_nobody_in_and_nothing_hangs(place: Office):
    place.keys.status = 503
    assert 401 == (await place.post(place.made.said("hello"))).status
    assert (0, []) == (place.turns, place.teams.calls)


async def test_no_token_of_either_side_is_ever_logged(place: Office, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    bearer = place.keys.bearer(place.made.service_url, time.time())
    await place.post(place.made.said("a private word"), bearer)
    await place.settle()
    place.teams.expire_tokens()
    await place.post(place.made.said("another private word"), bearer)
    await place.settle()
    assert 2 == len(place.posted())
    said = (*bearer.removeprefix("Bearer ").split("."), "token-1", "token-2", "private word")
    assert [] == [part for part in said if part in caplog.text]


async def test_the_server_tells_strangers_nothing_about_itself(place: Office):
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{place.url}/api/messages", json={"type": "message"}) as answer,
    ):
        assert (401, b"") == (answer.status, await answer.read())
