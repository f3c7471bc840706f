"""`lateral serve` with Teams, alone, beside Slack, and without an app: what it says, and how it stops."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Awaitable, Mapping
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest

from adapters.settings import read_teams_settings
from adapters.storage.migrations import migrate
from bot.errors import MissingSetting
from tests.adapters.conftest import Lateral
from tests.adapters.slack.deliveries import Deliveries
from tests.adapters.slack.standin import SlackStandIn
from tests.adapters.slack.standin_faults import dropped
from tests.adapters.slack.standin_world import SIGNING_SECRET
from tests.adapters.storage.old_files import make_old
from tests.adapters.teams.activities import ANA, Activities
from tests.adapters.teams.keys import APP_ID, KeyServer
from tests.adapters.teams.standin import SECRET, TENANT, TeamsStandIn
from tests.adapters.teams.standin_faults import server_error
from tests.adapters.test_server import serving, stopped
from tests.conftest import ROOT
from tests.waiting import until

WHOLE = {"TEAMS_APP_ID": APP_ID, "TEAMS_APP_PASSWORD": SECRET, "TEAMS_TENANT_ID": TENANT}


def kept(environment: Mapping[str, str], sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(environment["LATERAL_DATABASE"])) as other:
        return other.execute(sql).fetchall()


def test_no_setting_of_teams_is_no_teams():
    assert read_teams_settings({"TEAMS_SERVICE_HOSTS": "127.0.0.1"}) is None


def test_all_that_teams_needs_is_told_at_once():
    with pytest.raises(MissingSetting) as found:
        read_teams_settings({"TEAMS_ALLOWED_TENANTS": "*", "TEAMS_APP_TYPE": "MultiTenant"})
    names = re.findall(r"TEAMS_[A-Z_]+(?=:)", str(found.value))
    assert names == ["TEAMS_APP_TYPE", "TEAMS_APP_ID", "TEAMS_APP_PASSWORD", "TEAMS_TENANT_ID"]


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("TEAMS_APP_ID", "Lateral", "copy Microsoft App ID from Configuration of your Azure Bot; it is a GUID"),
        ("TEAMS_APP_PASSWORD", APP_ID.upper(), "that is the secret's id; copy its Value"),
    ],
)
def test_what_was_copied_from_the_wrong_place_is_told_before_the_start(name: str, value: str, remedy: str):
    with pytest.raises(MissingSetting, match=f"{name}: {remedy}"):
        read_teams_settings({**WHOLE, name: value})


def test_what_is_to_be_an_address_and_is_none_is_told():
    with pytest.raises(MissingSetting) as found:
        read_teams_settings({**WHOLE, "TEAMS_OPENID_URL": "keys.example", "TEAMS_LOGIN_URL": "login.example"})
    assert re.findall(r"TEAMS_[A-Z_]+(?=:)", str(found.value)) == ["TEAMS_OPENID_URL", "TEAMS_LOGIN_URL"]


def test_a_managed_identity_needs_no_password_and_its_own_tenant_is_allowed():
    found = read_teams_settings(
        {"TEAMS_APP_ID": APP_ID, "TEAMS_TENANT_ID": TENANT, "TEAMS_APP_TYPE": "UserAssignedMSI"}
    )
    assert found is not None
    assert (found.is_managed, found.is_open, found.tenants) == (True, False, frozenset((TENANT,)))


def test_more_tenants_may_be_allowed():
    found = read_teams_settings({**WHOLE, "TEAMS_ALLOWED_TENANTS": f"{TENANT}, another-one"})
    assert found is not None
    assert found.tenants == {TENANT, "another-one"}
    assert SECRET not in repr(found)


def test_without_an_app_it_refuses_but_for_this_machine_alone(lateral: Lateral):
    ran = lateral("serve")
    assert (1, True) == (ran.returncode, "TEAMS_APP_ID" in ran.stderr and "--insecure-local" in ran.stderr)
    ran = lateral("serve", "--insecure-local", "--host", "0.0.0.0")  # noqa: S104 - it is refused
    assert (1, True) == (ran.returncode, "this machine only" in ran.stderr)
    ran = lateral("serve", "--insecure-local", **WHOLE)
    assert (1, True) == (ran.returncode, "TEAMS_APP_ID is set" in ran.stderr)


async def test_without_an_app_anyone_on_this_machine_is_believed_and_services_elsewhere_are_not(
    environment: dict[str, str],
):
    async with (
        TeamsStandIn.running(open=True) as teams,
        aiohttp.ClientSession() as session,
        serving(environment, "--insecure-local") as (process, url),
    ):
        made = Activities(teams.service_url)
        async with session.post(f"{url}/api/messages", json=made.said("hello")) as answer:
            assert answer.status == 200
        await teams.posted(1)
        elsewhere = {**made.said("hello"), "serviceUrl": "https://evil.example/"}
        async with session.post(f"{url}/api/messages", json=elsewhere) as answer:
            assert answer.status == 403
        assert (0, "Stopping: what was begun is finished first.") == await stopped(process)


def both(slack: SlackStandIn, teams: TeamsStandIn, keys: KeyServer) -> dict[str, str]:
    """Return what is to be set to serve the two of them."""
    return {
        **WHOLE,
        "TEAMS_OPENID_URL": keys.openid_url,
        "TEAMS_LOGIN_URL": teams.authority_url,
        "TEAMS_SERVICE_HOSTS": "127.0.0.1",
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_BOT_TOKEN": slack.token(),
        "SLACK_API_URL": slack.api_url,
    }


async def test_slack_and_teams_are_served_at_once_and_stopped_in_order(environment: dict[str, str]):
    async with (
        SlackStandIn.running() as slack,
        TeamsStandIn.running() as teams,
        KeyServer.running() as keys,
        aiohttp.ClientSession() as session,
    ):
        settings = environment | both(slack, teams, keys)
        async with serving(settings) as (process, url):
            request = Deliveries().said("hello").signed(SIGNING_SECRET, time.time())
            async with session.post(f"{url}/slack/events", data=request.body, headers=request.headers) as answer:
                assert answer.status == 200
            await slack.calls_of("chat.postMessage")
            teams.fail(server_error(503), times=None)
            headers = {"Authorization": keys.bearer(teams.service_url, time.time())}
            made = Activities(teams.service_url)
            async with session.post(f"{url}/api/messages", json=made.said("hello"), headers=headers) as answer:
                assert answer.status == 200
            await teams.called(1)
            async with session.get(f"{url}/readyz") as answer:
                assert answer.status == 200
            assert (0, "Stopping: what was begun is finished first.") == await stopped(process)

        people = {str(person).split(":")[0] for (person,) in kept(environment, "select person from people")}
        assert people == {"slack", "teams"}
        assert kept(environment, "select count(*) from outbox where person like 'teams:%'") == [(1,)]

        teams.heal()
        async with serving(settings) as (process, _):
            await teams.posted(1)
            await stopped(process)
        assert len(teams.shown(ANA.chat)) == 1


async def test_teams_is_served_while_slack_cannot_be_reached_and_slack_once_it_can(environment: dict[str, str]):
    async with (
        SlackStandIn.running() as slack,
        TeamsStandIn.running() as teams,
        KeyServer.running() as keys,
        aiohttp.ClientSession() as session,
    ):

        async def ready(url: str, platform: str = "") -> tuple[int, str]:
            async with session.get(f"{url}/readyz{platform}") as answer:
                return answer.status, (await answer.text()).partition(":")[0]

        slack.fail("auth.test", dropped(), times=None)
        async with serving(environment | both(slack, teams, keys)) as (process, url):
            assert await ready(url) == (200, "Slack is not served yet")
            assert await ready(url, "/slack") == (503, "Slack is not served yet")
            assert await ready(url, "/teams") == (200, "ok\n")
            headers = {"Authorization": keys.bearer(teams.service_url, time.time())}
            made = Activities(teams.service_url)
            async with session.post(f"{url}/api/messages", json=made.said("hello"), headers=headers) as answer:
                assert answer.status == 200
            await teams.posted(1)

            slack.mend()
            await until(lambda: _is(ready(url), (200, "ok\n")), "Slack is served")
            assert await ready(url, "/slack") == (200, "ok\n")
            request = Deliveries().said("hello").signed(SIGNING_SECRET, time.time())
            async with session.post(f"{url}/slack/events", data=request.body, headers=request.headers) as answer:
                assert answer.status == 200
            await slack.calls_of("chat.postMessage")
            assert (0, "Stopping: what was begun is finished first.") == await stopped(process)


async def _is(found: Awaitable[object], expected: object) -> bool:
    return await found == expected


def test_a_file_from_before_teams_gets_its_tables(tmp_path: Path):
    path = tmp_path / "old.db"
    make_old(path, 2)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection)
        names = {name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")}
    assert {"teams_references", "teams_farewells"} <= names


def test_a_server_for_slack_alone_does_not_load_the_sdk_of_teams():
    code = "import sys, adapters.server, adapters.slack.app; print([n for n in sys.modules if 'botbuilder' in n])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert ran.stdout.strip() == "[]"
