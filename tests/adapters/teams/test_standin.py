"""The stand-in keeps what a person would see, gives out tokens, and fails as it is told to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.adapters.teams.standin import TeamsStandIn
from tests.adapters.teams.standin_faults import blocked, dropped, half_closed, shut, throttled

ANA = {"id": "29:ana", "aadObjectId": "ana", "name": "Ana"}


@pytest.fixture
async def teams() -> AsyncIterator[TeamsStandIn]:
    async with TeamsStandIn.running(open=True) as teams:
        yield teams


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def request(
    session: aiohttp.ClientSession, method: str, url: str, body: Any = None
) -> tuple[int, dict[str, Any] | None]:
    async with session.request(method, url, json=body) as answer:
        return answer.status, await answer.json() if answer.content_type == "application/json" else None


async def test_what_is_shown_follows_updates_and_deletions(teams: TeamsStandIn, session: aiohttp.ClientSession):
    where = f"{teams.service_url}v3/conversations/a%3Aana/activities"
    assert (201, {"id": "1:00001"}) == await request(session, "POST", where, {"text": "one"})
    assert (201, {"id": "1:00002"}) == await request(session, "POST", where, {"text": "two"})
    assert (200, {"id": "1:00001"}) == await request(session, "PUT", f"{where}/1%3A00001", {"text": "uno"})
    assert 200 == (await request(session, "DELETE", f"{where}/1%3A00002"))[0]

    assert [{"text": "uno", "id": "1:00001"}] == teams.shown("a:ana")
    await teams.posted(2)
    assert ["POST", "POST", "PUT", "DELETE"] == [call.method for call in teams.calls]


async def test_a_conversation_with_a_person_is_always_the_same(teams: TeamsStandIn, session: aiohttp.ClientSession):
    url, wanted = f"{teams.service_url}v3/conversations", {"members": [ANA], "isGroup": False}
    assert (201, {"id": "a:29:ana"}) == await request(session, "POST", url, wanted)
    assert (201, {"id": "a:29:ana"}) == await request(session, "POST", url, wanted)


async def test_a_thread_in_a_channel_is_new_and_has_its_first_post(teams: TeamsStandIn, session: aiohttp.ClientSession):
    wanted = {"isGroup": True, "channelData": {"channel": {"id": "19:c@thread.tacv2"}}, "activity": {"text": "hi"}}
    status, answer = await request(session, "POST", f"{teams.service_url}v3/conversations", wanted)

    assert (201, {"id": "19:c@thread.tacv2;messageid=1", "activityId": "1:00002"}) == (status, answer)
    assert ["hi"] == [activity["text"] for activity in teams.shown("19:c@thread.tacv2;messageid=1")]


async def test_members_come_in_pages(teams: TeamsStandIn, session: aiohttp.ClientSession):
    teams.people("19:c", *({"id": f"29:{number}"} for number in range(3)))
    where = f"{teams.service_url}v3/conversations/19%3Ac/pagedmembers?pageSize=2"
    assert (200, {"members": [{"id": "29:0"}, {"id": "29:1"}], "continuationToken": "2"}) == await request(
        session, "GET", where
    )
    assert (200, {"members": [{"id": "29:2"}]}) == await request(session, "GET", f"{where}&continuationToken=2")


async def test_faults_come_as_planned_and_then_no_more(teams: TeamsStandIn, session: aiohttp.ClientSession):
    where = f"{teams.service_url}v3/conversations/a%3Aana/activities"
    teams.fail(throttled(2))
    teams.fail(blocked(), conversation="a:ben")
    async with session.post(where, json={}) as answer:
        assert (429, "2") == (answer.status, answer.headers["Retry-After"])
    assert 201 == (await request(session, "POST", where, {}))[0]


@pytest.mark.parametrize(
    ("fault", "shown"), [(dropped(), 0), (shut(), 0), (dropped(taken=True), 1), (half_closed(), 1)]
)
async def test_a_dropped_connection_is_an_error_for_the_client(
    teams: TeamsStandIn, session: aiohttp.ClientSession, fault: Any, shown: int
):
    teams.fail(fault)
    with pytest.raises((aiohttp.ClientError, ConnectionError)):
        await request(session, "POST", f"{teams.service_url}v3/conversations/a%3Aana/activities", {"text": "one"})
    assert shown == len(teams.shown("a:ana"))


async def test_more_than_teams_takes_is_refused(teams: TeamsStandIn, session: aiohttp.ClientSession):
    where = f"{teams.service_url}v3/conversations/a%3Aana/activities"
    assert 413 == (await request(session, "POST", where, {"text": "x" * 52_000}))[0]


async def test_without_a_token_nothing_is_taken(session: aiohttp.ClientSession):
    async with TeamsStandIn.running() as teams:
        where = f"{teams.service_url}v3/conversations/a%3Aana/activities"
        assert 401 == (await request(session, "POST", where, {"text": "one"}))[0]
        assert ([], 401) == (teams.shown("a:ana"), teams.calls[0].status)
