"""Workspaces come and go, each with its own token, renewed in time and shown nowhere."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import stat
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlite_utils

from adapters.slack import rotation
from adapters.slack.installations import Installation, Installations, NotInstalled, TokenNotRenewed, ends_installation
from adapters.slack.rotation import Api, Client
from adapters.slack.single_installation import SingleInstallation
from adapters.storage.migrations import steps
from adapters.storage.sqlite import SqliteStore
from bot.errors import OperatorError, PlatformError, StoreFull
from bot.messages import Message
from bot.ports import Stored
from tests.adapters.slack.standin import SlackStandIn
from tests.adapters.slack.standin_faults import Fault, dropped, garbled, late, rate_limited, refused, server_error
from tests.adapters.slack.standin_world import (
    ANA,
    APP,
    BOT,
    BOT_USER,
    CLIENT_ID,
    CLIENT_SECRET,
    OTHER_TEAM,
    TEAM,
)
from tests.contracts.store_contract import PMO, turn

NOW = 1_800_000_000.0
HALF_A_DAY = 43_200.0
ORGANISATION = "E0LATERAL1"
TOKEN = "xoxb-1"  # noqa: S105
CLIENT = Client(CLIENT_ID, CLIENT_SECRET)
NEEDED = ("outbox", "people", "deliveries", "undeliverable", "slack_installations", "slack_oauth_states")


@pytest.fixture
async def installations(store: SqliteStore, api: Api) -> AsyncIterator[Installations]:
    installations = Installations(store, api, CLIENT)
    yield installations
    await installations.close()


async def _granted(slack: SlackStandIn, api: Api, team: str = TEAM, enterprise: str = "") -> Installation:
    """An installation as Slack gives it, half a day from expiring."""
    known = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
    answer = await api("oauth.v2.access", "", code=slack.world.offer_code(team), **known)
    return Installation(
        team=team,
        enterprise=enterprise,
        bot_token=answer["access_token"],
        refresh_token=answer["refresh_token"],
        expires_at=NOW + HALF_A_DAY,
        bot_user=BOT_USER,
        bot=BOT,
        app=APP,
        scopes=answer["scope"],
        installer=ANA,
        installed_at=NOW,
    )


def _renewals(slack: SlackStandIn) -> int:
    return sum(call.arguments.get("grant_type") == "refresh_token" for call in slack.made("oauth.v2.access"))


async def _renewed_by(installations: Installations, at: float, team: str = TEAM) -> str:
    """The token after all that a call at that moment set in motion has come to its end."""
    await installations.token(team, "", at)
    await asyncio.gather(*installations._rotation._under_way.values())
    found = await installations.find(team)
    assert found is not None
    return found.bot_token


def _rows(path: Path, team: str) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table in which the team is named."""
    with closing(sqlite_utils.Database(path)) as database:
        tables = [name for name in database.table_names() if not name.startswith(("_", "sqlite_"))]
        assert set(NEEDED) < set(tables)
        return {name: [row for row in database.table(name).rows if team in repr(row)] for name in sorted(tables)}


async def test_an_installation_comes_back_equal_after_opening_again(path: Path, slack: SlackStandIn, api: Api):
    given = await _granted(slack, api, enterprise=ORGANISATION)
    with closing(SqliteStore.open(path)) as store:
        await Installations(store, api, CLIENT).save(given)

    with closing(SqliteStore.open(path)) as store:
        assert given == await Installations(store, api, CLIENT).find(TEAM, ORGANISATION)


async def test_each_workspace_has_its_own_token(slack: SlackStandIn, api: Api, installations: Installations):
    for team in (TEAM, OTHER_TEAM):
        await installations.save(await _granted(slack, api, team))

    for team in (TEAM, OTHER_TEAM):
        token = await installations.token(team, "", NOW)
        assert (await api("auth.test", token))["team_id"] == team
    assert _renewals(slack) == 0


async def test_installing_again_takes_the_place_of_what_was_there(
    slack: SlackStandIn, api: Api, installations: Installations, path: Path
):
    await installations.save(await _granted(slack, api))
    moved = await _granted(slack, api, enterprise=ORGANISATION)

    await installations.save(moved)

    assert moved == await installations.find(TEAM)
    assert len(_rows(path, TEAM)["slack_installations"]) == 1


@pytest.mark.parametrize(
    ("kept", "asked", "found"),
    [
        ("", "", ""),
        ("", ORGANISATION, ""),
        (ORGANISATION, "", ORGANISATION),
        (ORGANISATION, ORGANISATION, ORGANISATION),
        (ORGANISATION, "E0OTHER", None),
    ],
)
async def test_one_organisation_never_gets_what_was_kept_for_another(
    installations: Installations, kept: str, asked: str, found: str | None
):
    await installations.save(Installation(TEAM, kept, TOKEN))

    answer = await installations.find(TEAM, asked)
    assert found == (answer.enterprise if answer else None)
    assert await installations.find(OTHER_TEAM, asked) is None


async def test_a_workspace_without_an_installation_has_no_token(installations: Installations):
    with pytest.raises(NotInstalled, match="/slack/install"):
        await installations.token(TEAM, "", NOW)


async def test_a_token_is_renewed_in_its_last_half_hour_and_not_before(
    slack: SlackStandIn, api: Api, installations: Installations
):
    first = await _granted(slack, api)
    await installations.save(first)
    half_an_hour_before = NOW + HALF_A_DAY - 1800

    assert await _renewed_by(installations, half_an_hour_before - 1) == first.bot_token
    second = await _renewed_by(installations, half_an_hour_before)

    assert second != first.bot_token
    assert (await api("auth.test", second))["team_id"] == TEAM
    kept = await installations.find(TEAM)
    assert kept is not None
    assert kept.expires_at == half_an_hour_before + HALF_A_DAY
    assert replace(kept, bot_token="", refresh_token=None, expires_at=None) == replace(
        first, bot_token="", refresh_token=None, expires_at=None
    )
    assert kept.refresh_token != first.refresh_token


async def test_the_old_token_is_given_at_once_while_slack_takes_its_time(
    slack: SlackStandIn, api: Api, installations: Installations
):
    first = await _granted(slack, api)
    await installations.save(first)
    slack.fail("oauth.v2.access", late(0.05))

    assert await installations.token(TEAM, "", NOW + HALF_A_DAY - 600) == first.bot_token


@pytest.mark.parametrize("seconds_left", [59.0, 0.0, -86_400.0])
async def test_a_token_in_its_last_minute_or_past_it_is_waited_for(
    slack: SlackStandIn, api: Api, installations: Installations, seconds_left: float
):
    first = await _granted(slack, api)
    await installations.save(first)
    slack.expire(first.bot_token)

    token = await installations.token(TEAM, "", NOW + HALF_A_DAY - seconds_left)

    assert (await api("auth.test", token))["team_id"] == TEAM


async def test_many_at_once_renew_once_for_each_workspace(slack: SlackStandIn, api: Api, installations: Installations):
    for team in (TEAM, OTHER_TEAM):
        await installations.save(await _granted(slack, api, team))
    slack.fail("oauth.v2.access", late(0.02), times=2)
    expired = NOW + HALF_A_DAY

    tokens = await asyncio.gather(*(installations.token(team, "", expired) for team in [TEAM, OTHER_TEAM] * 10))

    assert (len(set(tokens[::2])), len(set(tokens[1::2])), len(set(tokens))) == (1, 1, 2)
    assert _renewals(slack) == 2


@pytest.mark.parametrize(
    "fault", [server_error(), rate_limited(), dropped(), garbled(), refused("fatal_error"), refused("<b>xoxb-1</b>")]
)
async def test_a_renewal_that_fails_leaves_the_old_token_until_it_expires_and_is_tried_again(
    slack: SlackStandIn, api: Api, installations: Installations, fault: Any, caplog: pytest.LogCaptureFixture
):
    first = await _granted(slack, api)
    await installations.save(first)
    slack.fail("oauth.v2.access", fault, times=None)
    expires = NOW + HALF_A_DAY

    assert await _renewed_by(installations, expires - 100) == first.bot_token
    assert await installations.token(TEAM, "", expires - 50) == first.bot_token
    assert _renewals(slack) == 1
    with pytest.raises(TokenNotRenewed):
        await installations.token(TEAM, "", expires)
    with pytest.raises(TokenNotRenewed):
        await installations.token(TEAM, "", expires + 120)
    assert "xoxb" not in caplog.text

    slack.mend()
    again = await installations.token(TEAM, "", expires + 200)
    assert (await api("auth.test", again))["team_id"] == TEAM


async def test_a_refresh_token_that_is_spent_is_not_tried_again_and_a_new_installation_helps(
    slack: SlackStandIn, api: Api, installations: Installations
):
    first = await _granted(slack, api)
    await installations.save(first)
    slack.fail("oauth.v2.access", dropped(applied=True))
    expires = NOW + HALF_A_DAY
    assert await _renewed_by(installations, expires - 600) == first.bot_token
    assert await _renewed_by(installations, expires - 500) == first.bot_token

    with pytest.raises(NotInstalled):
        await installations.token(TEAM, "", expires + 1)
    with pytest.raises(NotInstalled):
        await installations.token(TEAM, "", expires + 999)
    assert _renewals(slack) == 2

    second = replace(await _granted(slack, api), expires_at=expires + 1000)
    await installations.save(second)
    assert await _renewed_by(installations, expires + 999) != second.bot_token


async def test_a_token_that_expired_and_can_not_be_renewed_is_none(installations: Installations):
    await installations.save(Installation(TEAM, bot_token=TOKEN, expires_at=NOW))

    with pytest.raises(NotInstalled):
        await installations.token(TEAM, "", NOW)


async def test_whoever_goes_away_does_not_spoil_a_renewal(slack: SlackStandIn, api: Api, installations: Installations):
    await installations.save(await _granted(slack, api))
    slack.fail("oauth.v2.access", late(0.02))
    impatient = asyncio.ensure_future(installations.token(TEAM, "", NOW + HALF_A_DAY))
    await asyncio.sleep(0)
    impatient.cancel()

    token = await installations.token(TEAM, "", NOW + HALF_A_DAY)

    assert (await api("auth.test", token))["team_id"] == TEAM
    assert _renewals(slack) == 1


async def test_closing_waits_for_a_renewal_and_begins_no_other(
    slack: SlackStandIn, api: Api, installations: Installations
):
    first = await _granted(slack, api)
    await installations.save(first)
    slack.fail("oauth.v2.access", late(0.02))
    assert await installations.token(TEAM, "", NOW + HALF_A_DAY - 600) == first.bot_token

    await installations.close()

    kept = await installations.find(TEAM)
    assert kept is not None
    assert kept.bot_token != first.bot_token
    assert await installations.token(TEAM, "", NOW + HALF_A_DAY * 2 - 1200) == kept.bot_token
    assert _renewals(slack) == 1


async def test_a_new_token_is_offered_to_a_full_disk_until_there_is_room(
    slack: SlackStandIn,
    api: Api,
    installations: Installations,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
):
    await installations.save(await _granted(slack, api))
    keep, refusals = installations._rotation._keep, [StoreFull(), StoreFull()]

    async def keep_at_the_third_time(*what: Any) -> None:
        if refusals:
            raise refusals.pop()
        await keep(*what)

    monkeypatch.setattr(installations._rotation, "_keep", keep_at_the_third_time)
    monkeypatch.setattr(rotation, "_KEEP_AGAIN_SECONDS", 0.001)

    token = await installations.token(TEAM, "", NOW + HALF_A_DAY)

    assert (await api("auth.test", token))["team_id"] == TEAM
    assert _renewals(slack) == 1
    assert caplog.text.count("disk is full") == 2


async def test_a_renewal_does_not_bring_back_a_workspace_that_left_meanwhile(
    slack: SlackStandIn, api: Api, installations: Installations, path: Path
):
    await installations.save(await _granted(slack, api))
    slack.fail("oauth.v2.access", late(0.02))
    waiting = asyncio.ensure_future(installations.token(TEAM, "", NOW + HALF_A_DAY))
    await asyncio.sleep(0)

    await installations.uninstalled(TEAM, NOW + HALF_A_DAY)

    with pytest.raises(NotInstalled):
        await waiting
    assert _rows(path, TEAM)["slack_installations"] == []


async def test_a_renewal_does_not_overwrite_what_was_installed_meanwhile(
    slack: SlackStandIn, api: Api, installations: Installations
):
    await installations.save(await _granted(slack, api))
    again = replace(await _granted(slack, api), expires_at=NOW + HALF_A_DAY * 2)
    slack.fail("oauth.v2.access", late(0.02))
    waiting = asyncio.ensure_future(installations.token(TEAM, "", NOW + HALF_A_DAY))
    await asyncio.sleep(0)

    await installations.save(again)

    assert again.bot_token == await waiting
    assert again == await installations.find(TEAM)


async def _talk(store: SqliteStore, team: str) -> None:
    for user in ("U1", "U2", "C9"):
        person, channel = f"slack:{team}:{user}", f"slack:{team}:D{user}"
        messages = (Message(f"One for {team}"), Message("Two"))
        said = await store.commit(turn(person, *messages, key=f"Ev{person}", conversation=channel))
        await store.failed(said.owed[0], None, "channel_not_found")


async def test_one_workspace_leaves_and_the_other_is_untouched_in_every_table(
    slack: SlackStandIn, api: Api, installations: Installations, store: SqliteStore, path: Path
):
    for team in (TEAM, OTHER_TEAM):
        await installations.save(await _granted(slack, api, team))
        await _talk(store, team)
    before = _rows(path, OTHER_TEAM)
    found = {name for name, rows in before.items() if rows}
    assert found == {"deliveries", "outbox", "people", "slack_installations", "undeliverable"}

    assert await installations.uninstalled(TEAM, NOW + 60) == 13

    assert before == _rows(path, OTHER_TEAM)
    assert not any(_rows(path, TEAM).values())
    left = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert (left.count(TEAM.encode()), left.count(OTHER_TEAM.encode()) > 0) == (0, True)
    with pytest.raises(NotInstalled):
        await installations.token(TEAM, "", NOW)
    assert await installations.uninstalled(TEAM, NOW + 60) == 0
    assert (await api("auth.test", await installations.token(OTHER_TEAM, "", NOW)))["team_id"] == OTHER_TEAM


async def test_word_of_an_earlier_leaving_does_not_remove_a_new_installation(
    slack: SlackStandIn, api: Api, installations: Installations, store: SqliteStore
):
    again = replace(await _granted(slack, api), installed_at=NOW + 0.75)
    await installations.save(again)
    await _talk(store, TEAM)

    assert await installations.uninstalled(TEAM, NOW - 1) == 0

    assert again == await installations.find(TEAM)
    assert await store.load(f"slack:{TEAM}:U1", PMO) == Stored(b"{}", 1)
    # An event of the same second tells whole seconds, and counts.
    assert await installations.uninstalled(TEAM, NOW) == 13


async def test_an_installer_who_is_forgotten_leaves_no_trace_and_the_workspace_stays(
    slack: SlackStandIn, api: Api, installations: Installations, store: SqliteStore, path: Path
):
    for team in (TEAM, OTHER_TEAM):
        await installations.save(await _granted(slack, api, team))

    await store.forget(f"slack:{TEAM}:{ANA}")

    kept = [await installations.find(team) for team in (TEAM, OTHER_TEAM)]
    assert [None, ANA] == [one.installer for one in kept if one]
    assert (await api("auth.test", await installations.token(TEAM, "", NOW)))["ok"] is True
    assert b"".join(file.read_bytes() for file in path.parent.iterdir()).count(ANA.encode()) == 1


@pytest.mark.parametrize(
    "event",
    [{"type": "app_uninstalled"}, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [BOT_USER]}}],
)
def test_the_app_or_its_bots_token_going_ends_an_installation(event: dict[str, Any]):
    assert ends_installation(event)


@pytest.mark.parametrize(
    "event",
    [
        {"type": "tokens_revoked", "tokens": {"oauth": [ANA], "bot": []}},
        {"type": "tokens_revoked", "tokens": {"oauth": [ANA]}},
        {"type": "tokens_revoked", "tokens": "bot"},
        {"type": "message", "tokens": {"bot": [BOT_USER]}},
        {},
    ],
)
def test_nothing_else_ends_an_installation(event: dict[str, Any]):
    assert not ends_installation(event)


async def test_no_token_or_secret_is_shown_or_logged(
    slack: SlackStandIn, api: Api, installations: Installations, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    given = await _granted(slack, api)
    await installations.save(given)
    await _renewed_by(installations, NOW + HALF_A_DAY - 60)
    slack.fail("oauth.v2.access", server_error())
    with pytest.raises(TokenNotRenewed) as raised:
        await installations.token(TEAM, "", NOW + HALF_A_DAY * 3)

    shown = " ".join(
        [caplog.text, repr(given), str(given), repr(CLIENT), repr(raised.value), repr(vars(installations))]
    )
    secrets = {CLIENT_SECRET, *slack.world.tokens, *slack.world.refresh_tokens, given.refresh_token}
    assert "Slack did not renew the token" in caplog.text
    assert [] == [secret for secret in secrets if secret in shown]


async def test_the_file_with_the_tokens_is_its_owners_only(
    slack: SlackStandIn, api: Api, installations: Installations, path: Path
):
    given = await _granted(slack, api)
    await installations.save(given)

    holding = [file for file in path.parent.iterdir() if given.bot_token.encode() in file.read_bytes()]

    assert holding
    assert {0o600} == {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}


async def test_a_file_from_before_there_were_workspaces_is_brought_up_to_date(
    slack: SlackStandIn, api: Api, path: Path
):
    path.parent.mkdir()
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        database = sqlite_utils.Database(connection, recursive_triggers=False, execute_plugins=False)
        steps().apply(database, stop_before="slack_workspaces")
        connection.execute("PRAGMA user_version = 1")
        connection.execute(
            "INSERT INTO people (person, guide, version, record, updated) VALUES ('console:me', ?, 3, x'7b7d', 0)",
            (PMO,),
        )
    given = await _granted(slack, api)

    with closing(SqliteStore.open(path)) as store:
        installations = Installations(store, api, CLIENT)
        await installations.save(given)

        assert given == await installations.find(TEAM)
        assert Stored(b"{}", 3) == await store.load("console:me", PMO)


async def test_a_single_workspace_is_met_and_keeps_its_token(slack: SlackStandIn, api: Api, store: SqliteStore):
    single = SingleInstallation(Installation("", bot_token=slack.token()), store, api)
    assert [await single.find(team) for team in ("", TEAM)] == [None, None]
    await single.meet()

    met = await single.find(TEAM, ORGANISATION)

    assert met == Installation(TEAM, bot_token=slack.token(), bot_user=BOT_USER, bot=BOT)
    assert await single.token(TEAM, "", NOW * 2) == slack.token()
    assert await single.find(OTHER_TEAM) is None
    with pytest.raises(NotInstalled):
        await single.token(OTHER_TEAM, "", NOW)
    assert slack.token() not in repr(vars(single))
    await single.close()


async def test_a_single_workspace_that_leaves_is_forgotten(
    slack: SlackStandIn, api: Api, store: SqliteStore, path: Path
):
    for team in (TEAM, OTHER_TEAM):
        await _talk(store, team)
    single = SingleInstallation(Installation(TEAM, bot_token=slack.token()), store)
    await single.meet()
    before = _rows(path, OTHER_TEAM)

    assert await single.uninstalled(OTHER_TEAM, NOW) == 0
    assert await single.uninstalled(TEAM, NOW) == 12

    assert before == _rows(path, OTHER_TEAM)
    assert not any(_rows(path, TEAM).values())
    with pytest.raises(NotInstalled):
        await single.token(TEAM, "", NOW)


async def test_a_token_slack_does_not_accept_is_named_by_its_setting(slack: SlackStandIn, api: Api, store: SqliteStore):
    wrong = "xoxb-wrong"
    single = SingleInstallation(Installation("", bot_token=wrong), store, api)
    with pytest.raises(OperatorError, match=r"SLACK_BOT_TOKEN: invalid_auth\. Copy it again\.") as raised:
        await single.meet()
    assert wrong not in str(raised.value)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (server_error(503), "unreachable, [A-Za-z]+Error"),
        (dropped(), "unreachable, [A-Za-z]+Error"),
        (garbled(), "unreachable, [A-Za-z]+Error"),
        (rate_limited(), "ratelimited"),
        (refused("internal_error"), "internal_error"),
    ],
)
async def test_where_slack_gives_no_answer_the_same_may_be_asked_again(
    slack: SlackStandIn, api: Api, store: SqliteStore, caplog: pytest.LogCaptureFixture, fault: Fault, error: str
):
    slack.fail("auth.test", fault)
    single = SingleInstallation(Installation("", bot_token=slack.token()), store, api)
    with pytest.raises(PlatformError, match=rf"Slack could not be reached.*\(auth.test: {error}\)"):
        await single.meet()
    assert [] == caplog.records, "whoever asks says why, once, however often it is asked"
    await single.meet()
    assert await single.token(TEAM, "", NOW) == slack.token()
