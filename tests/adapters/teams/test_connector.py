"""The client of the Bot Connector sends what it is given, and says exactly why something was not taken."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import MappingProxyType

import aiohttp
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from adapters.teams.answers import seconds_of
from adapters.teams.calls import Address, Rejected
from adapters.teams.connector import Connector, open_session
from adapters.teams.credentials import SecretCredentials
from adapters.teams.hosts import Hosts
from tests.adapters.teams.keys import APP_ID
from tests.adapters.teams.standin import SECRET, TENANT, TeamsStandIn
from tests.adapters.teams.standin_faults import (
    Fault,
    activity_gone,
    bad_request,
    blocked,
    conversation_gone,
    dropped,
    half_closed,
    hangs,
    not_json,
    precondition_failed,
    redirected,
    server_error,
    shut,
    throttled,
    too_large,
)
from tests.loopback import serving

NOW = 1_800_000_000.0
HELLO = {"type": "message", "text": "Hello"}


@pytest.fixture
async def teams() -> AsyncIterator[TeamsStandIn]:
    async with TeamsStandIn.running() as teams:
        yield teams


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with open_session() as session:
        yield session


@pytest.fixture
def connector(teams: TeamsStandIn, session: aiohttp.ClientSession) -> Connector:
    return joined(teams, session)


def joined(teams: TeamsStandIn, session: aiohttp.ClientSession, **settings: float) -> Connector:
    credentials = SecretCredentials(APP_ID, SECRET, TENANT, session, teams.authority_url)
    return Connector(session, credentials, Hosts(local=True), **settings)


@pytest.fixture
def ana(teams: TeamsStandIn) -> Address:
    return Address(TENANT, teams.service_url, "a:ana")


async def test_an_activity_is_posted_and_its_id_returned(connector: Connector, teams: TeamsStandIn, ana: Address):
    assert "1:00001" == await connector.post(ana, HELLO)
    assert [HELLO | {"id": "1:00001"}] == teams.shown("a:ana")
    assert [("POST", "a:ana", "", "token-1", 201)] == [
        (call.method, call.conversation, call.activity_id, call.token, call.status) for call in teams.calls
    ]


async def test_a_reply_is_posted_to_what_it_answers(connector: Connector, teams: TeamsStandIn, ana: Address):
    await connector.post(ana, HELLO, "1:77")
    assert ("a:ana", "1:77") == (teams.calls[0].conversation, teams.calls[0].activity_id)


async def test_a_read_only_activity_is_sent_as_well(connector: Connector, teams: TeamsStandIn, ana: Address):
    await connector.post(ana, MappingProxyType({"attachments": (MappingProxyType({"a": 1}),)}))
    assert [{"attachments": [{"a": 1}]}] == [call.body for call in teams.calls]


async def test_an_activity_is_updated_and_deleted(connector: Connector, teams: TeamsStandIn, ana: Address):
    first, second = await connector.post(ana, HELLO), await connector.post(ana, HELLO)
    await connector.update(ana, first, {"text": "Goodbye"})
    await connector.delete(ana, second)
    assert [{"text": "Goodbye", "id": first}] == teams.shown("a:ana")


async def test_a_conversation_is_begun(connector: Connector, teams: TeamsStandIn):
    wanted = {"isGroup": False, "members": [{"id": "29:ana"}], "tenantId": TENANT}
    assert "a:29:ana" == await connector.create(Address(TENANT, teams.service_url, ""), wanted)
    assert ["/teams/v3/conversations"] == [call.path for call in teams.calls]


@pytest.mark.parametrize("end", ["", "/"])
async def test_a_service_address_may_end_with_a_slash(connector: Connector, teams: TeamsStandIn, end: str):
    await connector.post(Address(TENANT, teams.service_url.rstrip("/") + end, "a:ana"), HELLO)
    assert ["/teams/v3/conversations/a:ana/activities"] == [call.path for call in teams.calls]


@pytest.mark.parametrize("id_", ["19:x@thread.tacv2;messageid=1", "a/b", "a?b=c#d", "a%2Fb", "é 你", "../../x"])
async def test_an_id_is_one_step_of_the_path_whatever_is_in_it(connector: Connector, teams: TeamsStandIn, id_: str):
    await connector.post(Address(TENANT, teams.service_url, id_), HELLO, id_)
    assert [(id_, id_)] == [(call.conversation, call.activity_id) for call in teams.calls]


@pytest.mark.parametrize("id_", ["", ".", ".."])
async def test_an_id_that_would_lead_elsewhere_is_not_sent(connector: Connector, teams: TeamsStandIn, id_: str):
    with pytest.raises(Rejected) as rejected:
        await connector.post(Address(TENANT, teams.service_url, id_), HELLO)
    assert ("bad_id", True, []) == (rejected.value.code, rejected.value.final, teams.calls)


FINAL = (
    (blocked(), (403, "MessageWritesBlocked", True)),
    (conversation_gone(), (404, "ConversationNotFound", True)),
    (activity_gone(), (404, "ActivityNotFoundInConversation", False)),
    (bad_request(), (400, "BadSyntax", False)),
    (too_large(), (413, "MessageSizeTooBig", False)),
    (not_json(403), (403, "http_403", False)),
    (not_json(404), (404, "http_404", False)),
    (Fault(405, "MethodNotAllowed"), (405, "MethodNotAllowed", False)),
)
LATER = (
    (throttled(), (429, "Throttled")),
    (precondition_failed(), (412, "PreconditionFailed")),
    (server_error(500), (500, "ServiceError")),
    (server_error(502), (502, "ServiceError")),
    (server_error(503), (503, "ServiceError")),
    (server_error(504), (504, "ServiceError")),
    (Fault(408, "RequestTimeout"), (408, "RequestTimeout")),
    (not_json(502), (502, "http_502")),
    (dropped(), (0, "unreachable")),
    (shut(), (0, "unreachable")),
)


@pytest.mark.parametrize(("fault", "known"), FINAL)
async def test_what_sending_again_would_not_cure_is_final(
    connector: Connector, teams: TeamsStandIn, ana: Address, fault: Fault, known: tuple[int, str, bool]
):
    teams.fail(fault)
    with pytest.raises(Rejected) as rejected:
        await connector.post(ana, HELLO)
    said = rejected.value
    assert (known, True, 1) == ((said.status, said.code, said.gone), said.final, len(teams.calls))


@pytest.mark.parametrize(("fault", "known"), LATER)
async def test_what_may_go_better_later_is_not_final(
    connector: Connector, teams: TeamsStandIn, ana: Address, fault: Fault, known: tuple[int, str]
):
    teams.fail(fault)
    with pytest.raises(Rejected) as rejected:
        await connector.post(ana, HELLO)
    said = rejected.value
    assert (known, False, False) == ((said.status, said.code), said.final, said.gone)
    assert (1, "1:00001") == (len(teams.calls), await connector.post(ana, HELLO))


async def test_every_method_says_why_not(connector: Connector, teams: TeamsStandIn, ana: Address):
    teams.fail(throttled(3), times=None)
    calls = (
        connector.post(ana, HELLO),
        connector.update(ana, "1", HELLO),
        connector.delete(ana, "1"),
        connector.create(ana, {}),
    )
    for call in calls:
        with pytest.raises(Rejected) as rejected:
            await call
        assert (429, 3.0) == (rejected.value.status, rejected.value.after)


ODD = (
    b"",
    b"null",
    b"[]",
    b'"no"',
    b'{"error": null}',
    b'{"error": "no"}',
    b'{"error": {"code": 7}}',
    b'{"error": {"code": "two words\\n"}}',
    b'{"error": {"code": "' + b"x" * 100 + b'"}}',
    b"\xff\xfe",
    b"[" * 60_000,
    b"{" * 200_000,
)


@pytest.mark.parametrize("body", ODD)
async def test_an_odd_body_of_an_error_is_no_error_of_ours(session: aiohttp.ClientSession, body: bytes):
    async with answering(400, body) as address:
        with pytest.raises(Rejected) as rejected:
            await Connector(session, Nobody(), Hosts(local=True)).post(address, HELLO)
    assert (400, "http_400", True) == (rejected.value.status, rejected.value.code, rejected.value.final)


@pytest.mark.parametrize("body", [*ODD, b'{"id": 7}', b'{"id": ""}'])
async def test_what_was_taken_counts_even_without_an_id(session: aiohttp.ClientSession, body: bytes):
    async with answering(202, body) as address:
        assert "" == await Connector(session, Nobody(), Hosts(local=True)).post(address, HELLO)


async def test_a_conversation_that_was_begun_without_an_id_is_tried_again(session: aiohttp.ClientSession):
    async with answering(201, b"{}") as address:
        with pytest.raises(Rejected) as rejected:
            await Connector(session, Nobody(), Hosts(local=True)).create(address, {})
    assert ("no_conversation_id", False) == (rejected.value.code, rejected.value.final)


async def test_an_answer_cut_short_after_the_yes_is_a_yes(connector: Connector, teams: TeamsStandIn, ana: Address):
    teams.fail(half_closed())
    assert ("", 1) == (await connector.post(ana, HELLO), len(teams.shown("a:ana")))


async def test_a_redirect_is_not_followed_with_our_token(connector: Connector, teams: TeamsStandIn, ana: Address):
    async with TeamsStandIn.running(open=True) as elsewhere:
        teams.fail(redirected(f"{elsewhere.service_url}v3/conversations/a%3Aana/activities"))
        with pytest.raises(Rejected) as rejected:
            await connector.post(ana, HELLO)
        assert (307, True, []) == (rejected.value.status, rejected.value.final, elsewhere.calls)


async def test_the_host_is_checked_before_each_request_and_gets_no_token(
    session: aiohttp.ClientSession, teams: TeamsStandIn
):
    credentials = SecretCredentials(APP_ID, SECRET, TENANT, session, teams.authority_url)
    connector, elsewhere = Connector(session, credentials, Hosts()), Address(TENANT, teams.service_url, "a:ana")
    for call in (
        connector.post(elsewhere, HELLO),
        connector.update(elsewhere, "1", HELLO),
        connector.delete(elsewhere, "1"),
        connector.create(elsewhere, {}),
    ):
        with pytest.raises(Rejected) as rejected:
            await call
        assert ("host_not_allowed", True) == (rejected.value.code, rejected.value.final)
    assert ([], 0) == (teams.calls, teams.tokens_given)


async def test_a_token_that_ran_out_is_replaced_once(connector: Connector, teams: TeamsStandIn, ana: Address):
    await connector.post(ana, HELLO)
    teams.expire_tokens()
    assert "1:00002" == await connector.post(ana, HELLO)
    assert ["token-1", "token-1", "token-2"] == [call.token for call in teams.calls]


async def test_a_token_that_is_never_accepted_is_an_error_for_later(
    connector: Connector, teams: TeamsStandIn, ana: Address
):
    teams.fail(Fault(401, "Unauthorized"), times=None)
    with pytest.raises(Rejected) as rejected:
        await connector.post(ana, HELLO)
    assert (401, False, 2) == (rejected.value.status, rejected.value.final, len(teams.calls))


async def test_without_a_token_nothing_is_sent(connector: Connector, teams: TeamsStandIn, ana: Address):
    teams.refuse_secret = True
    with pytest.raises(Rejected) as rejected:
        await connector.post(ana, HELLO)
    assert ("no_token", False, []) == (rejected.value.code, rejected.value.final, teams.calls)


async def test_for_trying_out_no_token_is_sent(session: aiohttp.ClientSession):
    async with TeamsStandIn.running(open=True) as teams:
        connector = Connector(session, Nobody(), Hosts(local=True))
        await connector.post(Address(TENANT, teams.service_url, "a:ana"), HELLO)
        assert [""] == [call.token for call in teams.calls]


async def test_a_service_that_does_not_answer_in_time_is_a_timeout(
    teams: TeamsStandIn, session: aiohttp.ClientSession, ana: Address
):
    teams.fail(hangs())
    with pytest.raises(Rejected) as rejected:
        await joined(teams, session, timeout_seconds=0.05).post(ana, HELLO)
    assert (0, "timeout", False) == (rejected.value.status, rejected.value.code, rejected.value.final)


async def test_a_service_that_is_not_there_is_unreachable(connector: Connector):
    with pytest.raises(Rejected) as rejected:
        await connector.post(Address(TENANT, "http://127.0.0.1:9/", "a:ana"), HELLO)
    assert (0, "unreachable", False) == (rejected.value.status, rejected.value.code, rejected.value.final)


async def test_a_service_that_is_down_is_left_alone_and_others_are_served(
    teams: TeamsStandIn, session: aiohttp.ClientSession, ana: Address
):
    connector = joined(teams, session)
    async with TeamsStandIn.running(open=True) as sick:
        sick.fail(dropped(), times=None)
        for _ in range(10):
            with pytest.raises(Rejected) as rejected:
                await connector.post(Address(TENANT, sick.service_url, "a:ben"), HELLO)
            assert ("unreachable", False) == (rejected.value.code, rejected.value.final)
        assert (3, "1:00001") == (len(sick.calls), await connector.post(ana, HELLO))


async def test_those_who_hang_take_nothing_from_the_others(
    teams: TeamsStandIn, session: aiohttp.ClientSession, ana: Address
):
    connector = joined(teams, session, per_tenant=1000.0)
    async with TeamsStandIn.running(open=True) as sick:
        sick.fail(hangs(), times=None)
        waiting = [
            asyncio.create_task(connector.post(Address(TENANT, sick.service_url, f"a:{number}"), HELLO))
            for number in range(100)
        ]
        assert "1:00001" == await connector.post(ana, HELLO)
        assert [False] * 100 == [task.done() for task in waiting]
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


async def test_one_connection_serves_many_turns(connector: Connector, teams: TeamsStandIn, ana: Address):
    for _ in range(10):
        await connector.post(ana, HELLO)
    assert 1 == len(teams.connections)


async def test_neither_tokens_nor_what_is_said_are_logged(
    connector: Connector, teams: TeamsStandIn, ana: Address, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    for fault in (blocked(), not_json(502), dropped(), throttled(1)):
        teams.fail(fault)
        with pytest.raises(Rejected):
            await connector.post(ana, {"text": "a private word"})
    assert [False, False] == [part in caplog.text for part in ("token-1", "a private word")]


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        (None, None),
        ("", None),
        ("2", 2.0),
        ("0", 0.0),
        ("1.5", 1.5),
        ("-3", 0.0),
        ("999999", 3600.0),
        ("nan", None),
        ("inf", None),
        ("soon", None),
        ("Fri, 15 Jan 2027 08:00:30 GMT", 30.0),
        ("Fri, 15 Jan 2027 07:00:00 GMT", 0.0),
        ("Fri, 99 Jan 2027 07:00:00 GMT", None),
    ],
)
def test_how_long_to_wait_comes_as_seconds_or_as_a_date(said: str | None, seconds: float | None):
    assert seconds == seconds_of(said, NOW)


@given(st.text())
def test_no_wait_that_is_asked_for_is_unreasonable(said: str):
    seconds = seconds_of(said, NOW)
    assert seconds is None or 0.0 <= seconds <= 3600.0


class Nobody:
    """Credentials that prove nothing."""

    async def token(self, tenant: str) -> str:
        return ""

    def spoilt(self, token: str) -> None:
        raise AssertionError("there was none")


@asynccontextmanager
async def answering(status: int, body: bytes) -> AsyncIterator[Address]:
    """Run a service on loopback that always answers the same."""

    async def answer(request: web.Request) -> web.Response:
        json.loads(await request.read())
        return web.Response(status=status, body=body)

    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", answer)
    async with serving(app) as url:
        yield Address(TENANT, f"{url}/", "a:ana")
