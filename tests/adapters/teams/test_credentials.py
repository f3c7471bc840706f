"""Tokens for sending are fetched once for all who wait, kept until shortly before they expire, and never in a log."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator

import aiohttp
import pytest

from adapters.teams.credentials import (
    APART_SECONDS,
    EARLY_SECONDS,
    MACHINE_URL,
    ManagedIdentityCredentials,
    NoCredentials,
    NoToken,
    SecretCredentials,
)
from tests.adapters.teams.keys import APP_ID
from tests.adapters.teams.standin import SECRET, TENANT, TeamsStandIn

NOW = 1_800_000_000.0
LIVES = 3599.0


@pytest.fixture
def clock() -> list[float]:
    return [NOW]


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def teams() -> AsyncIterator[TeamsStandIn]:
    async with TeamsStandIn.running() as teams:
        yield teams


@pytest.fixture
def secret(teams: TeamsStandIn, session: aiohttp.ClientSession, clock: list[float]) -> SecretCredentials:
    return SecretCredentials(APP_ID, SECRET, TENANT, session, teams.authority_url, now=lambda: clock[0])


async def test_a_token_is_fetched_once_for_all_who_wait(secret: SecretCredentials, teams: TeamsStandIn):
    tokens = await asyncio.gather(*(secret.token(TENANT) for _ in range(20)))
    assert (["token-1"] * 20, 1) == (tokens, teams.tokens_given)


async def test_a_token_is_kept_until_five_minutes_before_it_expires(secret: SecretCredentials, clock: list[float]):
    assert "token-1" == await secret.token(TENANT)
    clock[0] += LIVES - EARLY_SECONDS - 1
    assert "token-1" == await secret.token(TENANT)
    clock[0] += 1
    assert "token-2" == await secret.token(TENANT)


async def test_in_its_last_minutes_a_token_serves_on_while_no_other_can_be_had(
    secret: SecretCredentials, teams: TeamsStandIn, clock: list[float]
):
    assert "token-1" == await secret.token(TENANT)
    teams.refuse_secret = True
    clock[0] += LIVES - 1
    assert "token-1" == await secret.token(TENANT)
    clock[0] += 1
    with pytest.raises(NoToken):
        await secret.token(TENANT)


async def test_a_wrong_secret_is_told_by_the_authoritys_word_for_it(secret: SecretCredentials, teams: TeamsStandIn):
    teams.refuse_secret = True
    with pytest.raises(NoToken) as failed:
        await secret.token(TENANT)
    assert "invalid_client" == failed.value.reason


async def test_after_a_failure_the_authority_is_left_alone_for_a_few_seconds(
    secret: SecretCredentials, teams: TeamsStandIn, clock: list[float]
):
    teams.refuse_secret = True
    with pytest.raises(NoToken):
        await secret.token(TENANT)
    teams.refuse_secret = False
    with pytest.raises(NoToken):
        await secret.token(TENANT)
    clock[0] += APART_SECONDS
    assert "token-1" == await secret.token(TENANT)


async def test_a_token_that_was_not_accepted_is_not_used_again(secret: SecretCredentials):
    assert "token-1" == await secret.token(TENANT)
    secret.spoilt("another")
    assert "token-1" == await secret.token(TENANT)
    secret.spoilt("token-1")
    assert "token-2" == await secret.token(TENANT)


async def test_an_authority_out_of_reach_is_told(session: aiohttp.ClientSession):
    secret = SecretCredentials(APP_ID, SECRET, TENANT, session, "http://127.0.0.1:9", now=lambda: NOW)
    with pytest.raises(NoToken) as failed:
        await secret.token(TENANT)
    assert "ClientConnectorError" == failed.value.reason


async def test_an_answer_that_is_no_token_is_told(session: aiohttp.ClientSession, teams: TeamsStandIn):
    secret = SecretCredentials(APP_ID, SECRET, TENANT, session, f"{teams.url}/nowhere", now=lambda: NOW)
    with pytest.raises(NoToken) as failed:
        await secret.token(TENANT)
    assert "status 404" == failed.value.reason


async def test_a_fetch_goes_on_when_one_who_waits_is_cancelled(secret: SecretCredentials, teams: TeamsStandIn):
    first, second = (asyncio.create_task(secret.token(TENANT)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    assert ("token-1", 1) == (await second, teams.tokens_given)
    assert first.cancelled()


async def test_a_managed_identity_asks_where_azure_says(teams: TeamsStandIn, session: aiohttp.ClientSession):
    identity = ManagedIdentityCredentials(APP_ID, session, teams.identity_url, SECRET, now=lambda: NOW)
    assert ["token-1", "token-1"] == [await identity.token(TENANT), await identity.token(TENANT)]


async def test_a_managed_identity_that_azure_does_not_know_is_told(teams: TeamsStandIn, session: aiohttp.ClientSession):
    identity = ManagedIdentityCredentials(APP_ID, session, teams.identity_url, "wrong", now=lambda: NOW)
    with pytest.raises(NoToken) as failed:
        await identity.token(TENANT)
    assert "unreadable" == failed.value.reason


def test_on_a_bare_machine_the_metadata_service_is_asked():
    # The one address that is the same on each machine in Azure, and on no other network.
    assert "http://169.254.169.254/metadata/identity/oauth2/token" == MACHINE_URL


async def test_for_trying_out_there_is_no_token():
    assert "" == await NoCredentials().token(TENANT)


async def test_neither_secret_nor_token_is_logged_or_shown(
    secret: SecretCredentials, teams: TeamsStandIn, clock: list[float], caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    await secret.token(TENANT)
    teams.refuse_secret = True
    clock[0] += LIVES
    with pytest.raises(NoToken) as failed:
        await secret.token(TENANT)
    assert "no token for the Bot Connector: invalid_client" in caplog.text
    shown = caplog.text + repr(secret) + repr(failed.value)
    assert [False, False] == [part in shown for part in (SECRET, "token-1")]
