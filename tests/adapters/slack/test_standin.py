"""The stand-in for Slack behaves as Slack does, seen through Slack's own SDK over loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient

from tests.adapters.slack.standin import SlackStandIn
from tests.adapters.slack.standin_faults import dropped, garbled, hanging, late, rate_limited, refused, server_error
from tests.adapters.slack.standin_world import (
    ANA,
    BEN,
    BOT,
    BOT_SCOPES,
    BOT_USER,
    CLIENT_ID,
    CLIENT_SECRET,
    GENERAL,
    OTHER_TEAM,
    PROJECTS,
    TEAM,
    dm_of,
)

BUTTON = {"type": "button", "action_id": "go", "value": "1", "text": {"type": "plain_text", "text": "Go"}}
BLOCKS = [{"type": "actions", "elements": [BUTTON]}]
TITLE = {"type": "plain_text", "text": "Evidence"}
NOTE = {"type": "input", "label": TITLE, "element": {"type": "plain_text_input", "action_id": "note"}}
MODAL = {"type": "modal", "title": TITLE, "submit": TITLE, "callback_id": "evidence", "blocks": [NOTE]}
HOME = {"type": "home", "blocks": BLOCKS}

BASIC_AUTH = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")
"""slack_sdk sends a client's id and secret in a way that aiohttp will give up."""


@pytest.fixture
async def slack() -> AsyncIterator[SlackStandIn]:
    async with SlackStandIn.running() as running:
        yield running


@pytest.fixture
def client(slack: SlackStandIn) -> AsyncWebClient:
    return AsyncWebClient(token=slack.token(), base_url=slack.api_url, timeout=30, retry_handlers=[])


async def error_of(coroutine: Any) -> str:
    with pytest.raises(SlackApiError) as raised:
        await coroutine
    return str(raised.value.response["error"])


async def test_a_token_says_whose_it_is(slack: SlackStandIn, client: AsyncWebClient):
    told = await client.auth_test()
    assert (told["team_id"], told["user_id"], told["bot_id"]) == (TEAM, BOT_USER, BOT)
    other = await client.auth_test(token=slack.token(OTHER_TEAM))
    assert other["team_id"] == OTHER_TEAM
    assert [(call.method, call.token) for call in slack.calls] == [
        ("auth.test", slack.token()),
        ("auth.test", slack.token(OTHER_TEAM)),
    ]


@pytest.mark.parametrize(("token", "error"), [("xoxb-unheard-of", "invalid_auth"), ("", "not_authed")])
async def test_an_unknown_token_is_refused(slack: SlackStandIn, token: str, error: str):
    headers = {"Authorization": f"Bearer {token}"}
    async with aiohttp.ClientSession() as session, session.post(f"{slack.api_url}auth.test", headers=headers) as got:
        assert await got.json() == {"ok": False, "error": error}


async def test_a_message_is_posted_updated_and_deleted(slack: SlackStandIn, client: AsyncWebClient):
    posted = await client.chat_postMessage(channel=GENERAL, text="Hello", blocks=BLOCKS)
    channel = slack.team().channels[GENERAL]
    assert channel.texts == ["Hello"]
    await client.chat_update(channel=GENERAL, ts=posted["ts"], text="Bye")
    assert channel.messages[posted["ts"]]["blocks"][0]["elements"] == [BUTTON]
    await client.chat_update(channel=GENERAL, ts=posted["ts"], text="Bye", blocks=[])
    assert channel.messages[posted["ts"]]["blocks"] == []
    assert channel.texts == ["Bye"]
    await client.chat_delete(channel=GENERAL, ts=posted["ts"])
    assert channel.texts == []
    assert await error_of(client.chat_update(channel=GENERAL, ts=posted["ts"], text="?")) == "message_not_found"


async def test_only_our_own_messages_are_ours_to_change(slack: SlackStandIn, client: AsyncWebClient):
    slack.team().channels[GENERAL].messages["1.1"] = {"text": "Ana's", "user": ANA, "ts": "1.1"}
    assert await error_of(client.chat_update(channel=GENERAL, ts="1.1", text="?")) == "cant_update_message"
    assert await error_of(client.chat_delete(channel=GENERAL, ts="1.1")) == "cant_delete_message"


async def test_blocks_are_kept_for_checking_and_get_their_ids(slack: SlackStandIn, client: AsyncWebClient):
    posted = await client.chat_postMessage(channel=GENERAL, text="Hello", blocks=BLOCKS)
    assert posted["message"]["blocks"][0]["block_id"]
    (drawing,) = slack.drawings
    assert (drawing.surface, drawing.payload["blocks"]) == ("message", BLOCKS)


@pytest.mark.parametrize(
    "blocks",
    [
        [{"type": "divider", "block_id": "same"}, {"type": "divider", "block_id": "same"}],
        [{"type": "actions", "elements": [BUTTON, BUTTON]}],
        [{"type": "divider"}] * 51,
    ],
)
async def test_blocks_slack_would_not_take_are_refused(client: AsyncWebClient, blocks: list[dict[str, Any]]):
    assert await error_of(client.chat_postMessage(channel=GENERAL, text="?", blocks=blocks)) == "invalid_blocks"


async def test_channels_refuse_for_their_own_reasons(slack: SlackStandIn, client: AsyncWebClient):
    assert await error_of(client.chat_postMessage(channel="C0NOWHERE1", text="?")) == "channel_not_found"
    assert await error_of(client.chat_postMessage(channel=PROJECTS, text="?")) == "not_in_channel"
    slack.team().channels[GENERAL].archived = True
    assert await error_of(client.chat_postMessage(channel=GENERAL, text="?")) == "is_archived"
    assert await error_of(client.chat_postMessage(channel=dm_of(ANA), text="?")) == "channel_not_found"


async def test_a_direct_message_is_opened_once(slack: SlackStandIn, client: AsyncWebClient):
    first = await client.conversations_open(users=ANA)
    again = await client.conversations_open(users=ANA)
    posted = await client.chat_postMessage(channel=ANA, text="Hello")
    assert first["channel"]["id"] == again["channel"]["id"] == posted["channel"] == dm_of(ANA)
    assert ("already_open" in first.data, "already_open" in again.data) == (False, True)
    assert await error_of(client.conversations_open(users="U0NOBODY01")) == "user_not_found"


async def test_an_ephemeral_message_reaches_one_member(slack: SlackStandIn, client: AsyncWebClient):
    await client.chat_postEphemeral(channel=GENERAL, user=BEN, text="For you")
    assert [(each["to"], each["text"]) for each in slack.world.ephemerals] == [(BEN, "For you")]
    assert slack.team().channels[GENERAL].texts == []
    refusal = client.chat_postEphemeral(channel=GENERAL, user="U0NOBODY01", text="?")
    assert await error_of(refusal) == "user_not_in_channel"


async def test_the_locale_comes_only_when_asked_for(client: AsyncWebClient):
    plain = (await client.users_info(user=BEN))["user"]
    assert (plain["tz"], plain["tz_offset"], "locale" in plain) == ("America/New_York", -18000, False)
    assert (await client.users_info(user=BEN, include_locale=True))["user"]["locale"] == "en-US"


async def test_a_channel_says_whether_we_are_in_it(client: AsyncWebClient):
    assert (await client.conversations_info(channel=GENERAL))["channel"]["is_member"] is True
    assert (await client.conversations_info(channel=PROJECTS))["channel"]["is_member"] is False


async def test_a_token_without_the_scope_is_refused(slack: SlackStandIn, client: AsyncWebClient):
    slack.world.tokens[slack.token()].scopes = BOT_SCOPES - {"im:write"}
    assert await error_of(client.conversations_open(users=ANA)) == "missing_scope"
    await client.chat_postMessage(channel=ANA, text="Hello")
    assert await error_of(client.conversations_info(channel=dm_of(ANA))) == "missing_scope"


async def test_a_trigger_opens_one_modal(slack: SlackStandIn, client: AsyncWebClient):
    opened = await client.views_open(trigger_id="1.2.a", view=MODAL)
    assert (opened["view"]["callback_id"], opened["view"]["team_id"]) == ("evidence", TEAM)
    assert await error_of(client.views_open(trigger_id="1.2.a", view=MODAL)) == "exchanged_trigger_id"
    slack.world.expired_triggers.add("1.2.b")
    assert await error_of(client.views_open(trigger_id="1.2.b", view=MODAL)) == "expired_trigger_id"
    assert await error_of(client.views_open(trigger_id="nonsense", view=MODAL)) == "invalid_trigger_id"
    no_submit = {key: value for key, value in MODAL.items() if key != "submit"}
    assert await error_of(client.views_open(trigger_id="1.2.c", view=no_submit)) == "invalid_arguments"
    assert [drawing.surface for drawing in slack.drawings] == ["modal"] * 5


async def test_a_modal_is_updated_by_its_id_and_hash(client: AsyncWebClient):
    view = (await client.views_open(trigger_id="1.2.a", view=MODAL))["view"]
    after = (await client.views_update(view_id=view["id"], hash=view["hash"], view=MODAL))["view"]
    assert after["id"] == view["id"]
    stale = client.views_update(view_id=view["id"], hash=view["hash"], view=MODAL)
    assert await error_of(stale) == "hash_conflict"
    assert await error_of(client.views_update(view_id="V0", view=MODAL)) == "not_found"


async def test_home_is_published_by_hash(slack: SlackStandIn, client: AsyncWebClient):
    first = (await client.views_publish(user_id=ANA, view=HOME))["view"]
    second = (await client.views_publish(user_id=ANA, view=HOME, hash=first["hash"]))["view"]
    assert (second["id"] == first["id"], second["hash"] == first["hash"]) == (True, False)
    assert await error_of(client.views_publish(user_id=ANA, view=HOME, hash=first["hash"])) == "hash_conflict"
    assert slack.team().homes[ANA]["hash"] == second["hash"]
    assert slack.team().homes.keys() == {ANA}


async def test_a_429_says_when_to_come_back(slack: SlackStandIn, client: AsyncWebClient):
    slack.fail("chat.postMessage", rate_limited(7), channel=GENERAL)
    with pytest.raises(SlackApiError) as raised:
        await client.chat_postMessage(channel=GENERAL, text="Hello")
    response = raised.value.response
    assert (response.status_code, response.headers["Retry-After"], response["error"]) == (429, "7", "ratelimited")
    await client.chat_postMessage(channel=GENERAL, text="Hello")
    assert [call.outcome for call in slack.made("chat.postMessage")] == ["ratelimited", "ok"]


async def test_a_fault_keeps_to_its_channel_and_its_count(slack: SlackStandIn, client: AsyncWebClient):
    slack.fail("chat.postMessage", refused("account_inactive"), channel=GENERAL, times=2)
    await client.chat_postMessage(channel=ANA, text="Hello")
    assert await error_of(client.chat_postMessage(channel=GENERAL, text="1")) == "account_inactive"
    assert await error_of(client.chat_postMessage(channel=GENERAL, text="2")) == "account_inactive"
    await client.chat_postMessage(channel=GENERAL, text="3")
    assert slack.team().channels[GENERAL].texts == ["3"]


@pytest.mark.parametrize("fault", [server_error(503), garbled()])
async def test_a_broken_answer_is_not_json(slack: SlackStandIn, client: AsyncWebClient, fault: Any):
    slack.fail("auth.test", fault)
    with pytest.raises(SlackApiError) as raised:
        await client.auth_test()
    assert raised.value.response.status_code == fault.status


@pytest.mark.parametrize("applied", [False, True])
async def test_a_connection_is_cut_before_or_after_the_effect(
    slack: SlackStandIn, client: AsyncWebClient, *, applied: bool
):
    slack.fail("chat.postMessage", dropped(applied=applied))
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await client.chat_postMessage(channel=GENERAL, text="Hello")
    assert slack.team().channels[GENERAL].texts == (["Hello"] if applied else [])


async def test_a_hanging_answer_meets_the_callers_time_limit(slack: SlackStandIn):
    slack.fail("auth.test", hanging())
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=0.03)) as session:
        with pytest.raises(TimeoutError):
            await AsyncWebClient(token=slack.token(), base_url=slack.api_url, session=session).auth_test()


async def test_a_late_answer_comes_even_so(slack: SlackStandIn, client: AsyncWebClient):
    slack.fail("auth.test", late(0.005))
    assert (await client.auth_test())["ok"] is True


async def test_messages_that_come_too_soon_are_noticed(slack: SlackStandIn):
    moments = iter([0.0, 0.4, 1.0, 2.2])
    async with SlackStandIn.running(clock=lambda: next(moments)) as watching:
        client = AsyncWebClient(token=watching.token(), base_url=watching.api_url)
        for channel in (GENERAL, GENERAL, ANA, GENERAL):
            await client.chat_postMessage(channel=channel, text="Hello")
        assert [(each.channel, each.gap) for each in watching.too_soon] == [(GENERAL, 0.4)]


async def test_a_strict_stand_in_answers_429_to_what_comes_too_soon():
    async with SlackStandIn.running(strict=True, clock=lambda: 0.0) as strict:
        client = AsyncWebClient(token=strict.token(), base_url=strict.api_url, retry_handlers=[])
        await client.chat_postMessage(channel=GENERAL, text="1")
        with pytest.raises(SlackApiError) as raised:
            await client.chat_postMessage(channel=GENERAL, text="2")
        assert (raised.value.response.status_code, raised.value.response.headers["Retry-After"]) == (429, "1")
        assert strict.team().channels[GENERAL].texts == ["1"]


@BASIC_AUTH
async def test_the_install_page_leads_to_a_token_that_works(slack: SlackStandIn, client: AsyncWebClient):
    target = "https://lateral.example.com/slack/oauth_redirect"
    asked = {"client_id": CLIENT_ID, "redirect_uri": target, "state": "s1", "team": OTHER_TEAM}
    page = f"{slack.url}/oauth/v2/authorize"
    async with aiohttp.ClientSession() as session, session.get(page, params=asked, allow_redirects=False) as got:
        found = parse_qs(urlsplit(got.headers["Location"]).query)
    assert (got.status, found["state"]) == (302, ["s1"])
    code = found["code"][0]
    known = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
    assert await error_of(client.oauth_v2_access(**known, code="guessed")) == "invalid_code"
    assert (
        await error_of(client.oauth_v2_access(**known, code=code, redirect_uri="https://e.org")) == "bad_redirect_uri"
    )
    forged = client.oauth_v2_access(**known | {"client_secret": "?"}, code=code, redirect_uri=target)
    assert await error_of(forged) == "bad_client_secret"
    granted = await client.oauth_v2_access(**known, code=code, redirect_uri=target)
    assert (granted["team"]["id"], granted["authed_user"], "refresh_token" in granted.data) == (
        OTHER_TEAM,
        {"id": ANA},
        False,
    )
    assert set(granted["scope"].split(",")) == BOT_SCOPES
    assert (await client.auth_test(token=granted["access_token"]))["team_id"] == OTHER_TEAM
    again = client.oauth_v2_access(**known, code=code, redirect_uri=target)
    assert await error_of(again) == "code_already_used"


@BASIC_AUTH
async def test_a_rotating_token_is_refreshed_once():
    async with SlackStandIn.running(rotating=True) as rotating:
        client = AsyncWebClient(base_url=rotating.api_url)
        known = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
        granted = await client.oauth_v2_access(**known, code=rotating.world.offer_code())
        assert granted["expires_in"] == 43_200
        rotating.expire(granted["access_token"])
        assert await error_of(client.auth_test(token=granted["access_token"])) == "token_expired"
        bot = Bot(
            bot_token=granted["access_token"],
            bot_id=BOT,
            bot_user_id=BOT_USER,
            bot_refresh_token=granted["refresh_token"],
            bot_token_expires_at=1,
            installed_at=1.0,
        )
        rotator = AsyncTokenRotator(**known, client=client)
        fresh = await rotator.perform_bot_token_rotation(bot=bot)
        assert fresh is not None
        assert (await client.auth_test(token=fresh.bot_token))["team_id"] == TEAM
        spent = client.oauth_v2_access(**known, grant_type="refresh_token", refresh_token=granted["refresh_token"])
        assert await error_of(spent) == "invalid_refresh_token"


async def test_tokens_are_revoked_and_the_app_is_uninstalled(slack: SlackStandIn, client: AsyncWebClient):
    second = slack.world.add_token("xoxb-second", TEAM).value
    assert (await client.auth_revoke(token=second))["revoked"] is True
    assert await error_of(client.auth_test(token=second)) == "token_revoked"
    await client.apps_uninstall(client_id=CLIENT_ID, client_secret=CLIENT_SECRET)
    assert await error_of(client.auth_test()) == "account_inactive"
    assert (await client.auth_test(token=slack.token(OTHER_TEAM)))["ok"] is True


async def test_a_link_to_a_message_is_given(client: AsyncWebClient):
    posted = await client.chat_postMessage(channel=GENERAL, text="Hello")
    link = (await client.chat_getPermalink(channel=GENERAL, message_ts=posted["ts"]))["permalink"]
    assert link == f"https://lateral-one.slack.com/archives/{GENERAL}/p{posted['ts'].replace('.', '')}"


async def test_a_test_can_wait_for_calls(slack: SlackStandIn, client: AsyncWebClient):
    waiting = asyncio.ensure_future(slack.calls_of("auth.test", 2))
    await client.auth_test()
    await client.auth_test()
    assert [call.number for call in await waiting] == [1, 2]
    with pytest.raises(TimeoutError):
        await slack.until(lambda: False, within=0.005)


async def test_a_response_url_takes_five_answers(slack: SlackStandIn):
    address = slack.response_url()
    async with aiohttp.ClientSession() as session:
        for number in range(5):
            async with session.post(address, json={"text": str(number)}) as got:
                assert (got.status, await got.text()) == (200, "ok")
        async with session.post(address, json={"text": "once too often"}) as got:
            assert (got.status, await got.json()) == (404, {"ok": False, "error": "used_url"})
    assert [each["text"] for each in slack.responses[address].answers] == ["0", "1", "2", "3", "4"]
    assert {drawing.method for drawing in slack.drawings} == {"response_url"}
