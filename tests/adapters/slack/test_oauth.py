"""From the install page over Slack and back, in a real browser's steps over HTTP, with every way it can go wrong."""

from __future__ import annotations

import logging
import re
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
import yaml
from aiohttp import web

from adapters.slack import install_pages
from adapters.slack.installations import Installation, Installations
from adapters.slack.oauth import (
    COOKIE,
    SCOPES,
    InstallPages,
    InstallSettings,
    States,
    authorize_page,
    read_installation,
)
from adapters.slack.rotation import Api, Client
from adapters.storage.sqlite import SqliteStore
from bot.errors import StoreFull
from tests.adapters.slack.standin import SlackStandIn
from tests.adapters.slack.standin_faults import dropped, refused, server_error
from tests.adapters.slack.standin_world import ANA, APP, BOT, BOT_USER, CLIENT_ID, CLIENT_SECRET, OTHER_TEAM, TEAM
from tests.conftest import ROOT

NOW = 1_800_000_000.0
ORG_WIDE = {
    "ok": True,
    "access_token": "xoxb-org",
    "token_type": "bot",
    "is_enterprise_install": True,
    "enterprise": {"id": "E1", "name": "Org"},
    "team": None,
}


@dataclass
class Shown:
    """A page as a browser has it."""

    status: int
    text: str
    headers: dict[str, str]

    @property
    def heading(self) -> str:
        return unescape(re.findall("<h1>(.*)</h1>", self.text)[0])

    @property
    def links(self) -> list[str]:
        return [unescape(link) for link in re.findall('href="([^"]*)"', self.text)]


@dataclass
class Browser:
    """A browser that keeps the one cookie, and sends it although a test has no TLS."""

    session: aiohttp.ClientSession
    url: str
    cookie: str = ""
    sent: list[str] = field(default_factory=list)

    async def open(self, address: str) -> Shown:
        """Open an address and say what is shown; nothing is followed."""
        headers = {"Cookie": f"{COOKIE}={self.cookie}"} if self.cookie else {}
        async with self.session.get(address, headers=headers, allow_redirects=False) as response:
            if COOKIE in response.cookies:
                self.cookie = response.cookies[COOKIE].value
                self.sent.append(response.cookies[COOKIE].OutputString())
            return Shown(response.status, await response.text(), dict(response.headers))

    async def begin(self) -> str:
        """Open the install page and return the link of its button."""
        return (await self.open(f"{self.url}/slack/install")).links[0]

    async def allow(self, link: str, team: str = TEAM) -> str:
        """Allow it on Slack's page, in that workspace; return where Slack sends the browser."""
        return (await self.open(f"{link}&team={team}")).headers["Location"]

    async def install(self, team: str = TEAM) -> Shown:
        return await self.open(await self.allow(await self.begin(), team))

    async def come_back(self, **query: str) -> Shown:
        """Come back from Slack with any query."""
        async with self.session.get(
            f"{self.url}/slack/oauth_redirect", params=query, headers={"Cookie": f"{COOKIE}={self.cookie}"}
        ) as response:
            return Shown(response.status, await response.text(), dict(response.headers))


class Clock:
    """A clock that is set by hand."""

    now = NOW

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def installations(store: SqliteStore, api: Api) -> Installations:
    return Installations(store, api, Client(CLIENT_ID, CLIENT_SECRET))


@pytest.fixture
async def browser(
    slack: SlackStandIn, api: Api, store: SqliteStore, installations: Installations, clock: Clock
) -> AsyncIterator[Browser]:
    """Somebody at the install page of a running server."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    settings = InstallSettings(
        Client(CLIENT_ID, CLIENT_SECRET), authorize_page(slack.api_url), f"{url}/slack/oauth_redirect"
    )
    app = web.Application()
    InstallPages(installations, States(store), api, settings, clock).add_routes(app)
    runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=0.05)
    await runner.setup()
    await web.SockSite(runner, listening).start()
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        yield Browser(session, url)
    await runner.cleanup()


async def _installed(installations: Installations, *teams: str) -> list[str]:
    return [team for team in teams if await installations.find(team)]


def _states(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        [(count,)] = connection.execute("SELECT count(*) FROM slack_oauth_states").fetchall()
    return int(count)


async def test_a_browser_installs_and_the_token_works(
    browser: Browser, installations: Installations, api: Api, path: Path
):
    shown = await browser.install(OTHER_TEAM)

    assert (shown.status, shown.heading) == (200, "Lateral is installed")
    assert "Lateral now works in <strong>Lateral Two</strong>." in shown.text
    assert shown.links == [f"https://slack.com/app_redirect?app={APP}&team={OTHER_TEAM}"]
    token = await installations.token(OTHER_TEAM, "", NOW)
    assert (await api("auth.test", token))["team_id"] == OTHER_TEAM
    kept = await installations.find(OTHER_TEAM)
    assert kept is not None
    assert kept == Installation(
        OTHER_TEAM, "", token, kept.refresh_token, NOW + 43_200, BOT_USER, BOT, APP, ",".join(SCOPES), ANA, NOW
    )
    assert await _installed(installations, TEAM, OTHER_TEAM) == [OTHER_TEAM]
    assert _states(path) == 0


async def test_the_install_page_asks_slack_for_the_scopes_of_the_manifest(browser: Browser):
    shown = await browser.open(f"{browser.url}/slack/install")

    assert (shown.status, shown.heading) == (200, "Add Lateral to Slack")
    asked = parse_qs(urlsplit(shown.links[0]).query)
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    assert asked == {
        "client_id": [CLIENT_ID],
        "scope": [",".join(manifest["oauth_config"]["scopes"]["bot"])],
        "state": [browser.cookie],
        "redirect_uri": [f"{browser.url}/slack/oauth_redirect"],
    }


async def test_the_cookie_is_for_this_browser_and_this_way_only(browser: Browser):
    await browser.begin()

    [cookie] = browser.sent
    assert cookie.startswith("__Host-lateral-install=")
    assert set(cookie.split("; ")[1:]) == {"Secure", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=600"}


async def test_a_state_works_once(browser: Browser, slack: SlackStandIn, installations: Installations):
    back = await browser.allow(await browser.begin())
    cookie = browser.cookie
    assert (await browser.open(back)).status == 200
    assert browser.cookie == ""

    browser.cookie = cookie
    replayed = await browser.open(back)

    assert (replayed.status, replayed.heading, replayed.links) == (400, "This link is too old", ["install"])
    assert len(slack.made("oauth.v2.access")) == 1
    assert await _installed(installations, TEAM) == [TEAM]


@pytest.mark.parametrize(("seconds", "heading"), [(599, "Lateral is installed"), (600, "This link is too old")])
async def test_a_state_works_for_ten_minutes(browser: Browser, clock: Clock, seconds: int, heading: str):
    back = await browser.allow(await browser.begin())

    clock.now += seconds

    assert (await browser.open(back)).heading == heading


@pytest.mark.parametrize("state", [None, "", "forged", "\N{TEACUP WITHOUT HANDLE}", "x" * 2000])
async def test_a_forged_state_is_refused_kindly_and_slack_is_not_asked(
    browser: Browser, slack: SlackStandIn, state: str | None
):
    browser.cookie = "forged"
    query = {"code": slack.world.offer_code()} | ({} if state is None else {"state": state})

    shown = await browser.come_back(**query)

    assert (shown.status, shown.heading) == (400, "This link is too old")
    assert slack.calls == []


@pytest.mark.parametrize("cookie", ["", "another", "\udcff"])
async def test_the_link_of_one_browser_does_not_work_in_another(browser: Browser, slack: SlackStandIn, cookie: str):
    back = await browser.allow(await browser.begin())

    browser.cookie = cookie

    assert (await browser.open(back)).heading == "This link is too old"
    assert slack.calls == []


async def test_bytes_that_are_no_text_are_refused_kindly(browser: Browser):
    shown = await browser.open(f"{browser.url}/slack/oauth_redirect?code=%ff&state=%ff%00")

    assert (shown.status, shown.heading) == (400, "This link is too old")


async def test_who_does_not_allow_it_is_told_that_nothing_happened(
    browser: Browser, installations: Installations, slack: SlackStandIn, path: Path
):
    await browser.begin()

    shown = await browser.come_back(error="access_denied", state=browser.cookie)

    assert (shown.status, shown.heading, shown.links) == (200, "Nothing was installed", ["install"])
    assert (slack.calls, await _installed(installations, TEAM), _states(path)) == ([], [], 0)


async def test_another_error_of_slack_is_named_and_a_made_up_one_is_not_repeated(browser: Browser):
    named = await browser.come_back(error="invalid_scope")
    made_up = await browser.come_back(error="<script>alert(1)</script>")

    assert (named.status, named.heading) == (400, "Slack did not install Lateral")
    assert "<code>invalid_scope</code>" in named.text
    assert "<code>unknown</code>" in made_up.text
    assert "alert" not in made_up.text


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (refused("invalid_code"), (400, "Slack did not install Lateral")),
        (refused("bad_client_secret"), (400, "Slack did not install Lateral")),
        (server_error(), (502, "Slack did not answer")),
        (dropped(), (502, "Slack did not answer")),
    ],
)
async def test_an_exchange_that_fails_says_what_to_do(
    browser: Browser, slack: SlackStandIn, installations: Installations, fault: Any, said: tuple[int, str]
):
    slack.fail("oauth.v2.access", fault)

    shown = await browser.install()

    assert (shown.status, shown.heading) == said
    assert shown.links == ["install"]
    assert (fault.error in shown.text, await _installed(installations, TEAM)) == (True, [])
    assert (await browser.install()).heading == "Lateral is installed"


async def test_a_full_disk_is_told_kindly(
    browser: Browser, store: SqliteStore, installations: Installations, monkeypatch: pytest.MonkeyPatch
):
    back = await browser.allow(await browser.begin())

    async def fail(*_: object, **__: object) -> None:
        raise StoreFull

    monkeypatch.setattr(store, "write", fail)

    pages = [await browser.open(f"{browser.url}/slack/install"), await browser.open(back)]
    assert [(503, "Lateral could not write this down")] * 2 == [(page.status, page.heading) for page in pages]


async def test_the_bots_id_is_left_out_when_slack_does_not_tell_it(
    browser: Browser, slack: SlackStandIn, installations: Installations
):
    slack.fail("auth.test", server_error())

    assert (await browser.install()).heading == "Lateral is installed"

    kept = await installations.find(TEAM)
    assert kept is not None
    assert (kept.bot, kept.bot_user) == ("", BOT_USER)


async def test_a_whole_organisation_is_turned_down_and_its_token_given_back(
    browser: Browser, slack: SlackStandIn, monkeypatch: pytest.MonkeyPatch, path: Path
):
    token = slack.world.add_token("xoxb-org", TEAM)
    granted = {name: value for name, value in ORG_WIDE.items() if name != "ok"}
    monkeypatch.setattr("tests.adapters.slack.standin.standin_oauth.access", lambda *_: granted)

    shown = await browser.install()

    assert (shown.status, shown.heading) == (400, "Please choose one workspace")
    assert token.state == "revoked"
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM slack_installations").fetchall() == [(0,)]


async def test_states_that_nobody_used_go_and_no_flood_of_them_stays(
    browser: Browser, clock: Clock, path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("adapters.slack.oauth._MOST_STATES", 5)
    for _ in range(9):
        await browser.begin()
    assert _states(path) == 5

    clock.now += 600
    await browser.begin()

    assert _states(path) == 1


async def test_no_state_code_or_token_is_logged_or_kept_in_clear(
    browser: Browser, slack: SlackStandIn, path: Path, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    back = await browser.allow(await browser.begin())
    state = browser.cookie
    kept = b"".join(file.read_bytes() for file in path.parent.iterdir())
    pages = [(await browser.open(back)).text]
    slack.fail("oauth.v2.access", refused("invalid_code"))
    pages.append((await browser.install()).text)

    secrets = {state, CLIENT_SECRET, *slack.world.codes, *slack.world.tokens, *slack.world.refresh_tokens}
    assert {f"Installed in {TEAM}", "An installation failed: invalid_code"} <= {*caplog.messages}
    assert [] == [secret for secret in secrets if secret in caplog.text + "".join(pages)]
    assert state.encode() not in kept


async def test_pages_keep_to_themselves(browser: Browser):
    shown = await browser.open(f"{browser.url}/slack/install")

    assert shown.headers["Content-Type"] == "text/html; charset=utf-8"
    assert {name: shown.headers[name] for name in install_pages.HEADERS} == install_pages.HEADERS
    assert (shown.headers["Cache-Control"], shown.headers["Referrer-Policy"]) == ("no-store", "no-referrer")


def test_the_name_of_a_workspace_is_only_text():
    page = install_pages.done("<script>&", "A1", 'T1"><b>')

    assert "<strong>&lt;script&gt;&amp;</strong>" in page
    assert "https://slack.com/app_redirect?app=A1&amp;team=T1%22%3E%3Cb%3E" in page


@pytest.mark.parametrize(
    ("api_url", "page"),
    [
        ("https://slack.com/api/", "https://slack.com/oauth/v2/authorize"),
        ("https://slack.com/api", "https://slack.com/oauth/v2/authorize"),
        ("http://127.0.0.1:9/api/", "http://127.0.0.1:9/oauth/v2/authorize"),
    ],
)
def test_slacks_page_is_found_by_the_address_of_its_web_api(api_url: str, page: str):
    assert page == authorize_page(api_url)


def test_without_an_address_of_ours_slack_takes_that_of_the_manifest():
    settings = InstallSettings(Client("1.2", "secret"))

    assert parse_qs(urlsplit(settings.link("s")).query) == {
        "client_id": ["1.2"],
        "scope": [",".join(SCOPES)],
        "state": ["s"],
    }
    assert "secret" not in repr(settings)


GRANTED = {
    "ok": True,
    "access_token": TEAM,
    "token_type": "bot",
    "team": {"id": TEAM, "name": "One"},
    "enterprise": {"id": "E1", "name": "Org"},
    "is_enterprise_install": False,
}


def test_a_workspace_of_an_organisation_is_kept_with_both_ids():
    read = read_installation(GRANTED, NOW)

    assert read == Installation(TEAM, "E1", TEAM, installed_at=NOW)


@pytest.mark.parametrize(
    "wrong",
    [{"team": None}, {"team": {}}, {"access_token": ""}, {"token_type": "user"}, {"is_enterprise_install": True}],
)
def test_what_is_not_a_bot_in_one_workspace_is_no_installation(wrong: dict[str, Any]):
    assert read_installation(GRANTED | wrong, NOW) is None
