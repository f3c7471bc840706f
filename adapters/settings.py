"""The only reader of the environment: where the database, the content and the cache lie."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import PlatformDirs

from bot.errors import MissingSetting

DATABASE = "LATERAL_DATABASE"
CONTENT = "LATERAL_CONTENT"
CACHE = "LATERAL_CACHE"
GUIDE = "LATERAL_GUIDE"
DEFAULT_GUIDE = "pm-to-pmo"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment says, or the defaults where it is silent."""

    database: Path
    content: Path
    cache: Path
    guide: str


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """What Slack needs. `app_token` chooses Socket Mode; without `bot_token`, workspaces install by OAuth.

    `redirect_uri` is where Slack sends a browser back to after that; empty: the first one of the app's manifest.
    """

    signing_secret: str = field(repr=False)
    bot_token: str = field(repr=False)
    client_id: str
    client_secret: str = field(repr=False)
    app_token: str = field(repr=False)
    api_url: str
    redirect_uri: str = ""

    @property
    def many(self) -> bool:
        """Say whether any number of workspaces may install."""
        return not self.bot_token


SLACK_API = "https://slack.com/api/"
_REDIRECT_PATH = "/slack/oauth_redirect"


def read_slack_settings(environment: Mapping[str, str] | None = None) -> SlackSettings | None:
    """Return Slack's settings, or None when none is set.

    Raises:
        MissingSetting: some are set and others are missing; the message names each with its remedy.
    """
    found = os.environ if environment is None else environment
    given = {name: found.get(name, "").strip() for name in _SLACK}
    if not any(given[name] for name in _SLACK if name not in ("SLACK_API_URL", "SLACK_REDIRECT_URI")):
        return None
    if missing := _missing_for_slack(given):
        lines = "\n".join(f"  {name}: {remedy}" for name, remedy in missing)
        raise MissingSetting(f"Slack needs more settings:\n{lines}")
    api_url = given["SLACK_API_URL"] or SLACK_API
    return SlackSettings(
        signing_secret=given["SLACK_SIGNING_SECRET"],
        bot_token=given["SLACK_BOT_TOKEN"],
        client_id=given["SLACK_CLIENT_ID"],
        client_secret=given["SLACK_CLIENT_SECRET"],
        app_token=given["SLACK_APP_TOKEN"],
        api_url=api_url if api_url.endswith("/") else f"{api_url}/",
        redirect_uri=given["SLACK_REDIRECT_URI"],
    )


_SLACK = (
    *("SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"),
    *("SLACK_APP_TOKEN", "SLACK_API_URL", "SLACK_REDIRECT_URI"),
)


def _missing_for_slack(given: Mapping[str, str]) -> list[tuple[str, str]]:
    missing: list[tuple[str, str]] = []
    if not given["SLACK_SIGNING_SECRET"] and not given["SLACK_APP_TOKEN"]:
        missing.append(("SLACK_SIGNING_SECRET", "copy it from Basic Information of your Slack app"))
    if given["SLACK_APP_TOKEN"] and not given["SLACK_APP_TOKEN"].startswith("xapp-"):
        missing.append(
            ("SLACK_APP_TOKEN", "it begins with xapp-; make one under App-Level Tokens with connections:write")
        )
    missing += _no_addresses(given, "SLACK_API_URL")
    back = given["SLACK_REDIRECT_URI"]
    if back and not (back.startswith("https://") and back.endswith(_REDIRECT_PATH)):
        missing.append(("SLACK_REDIRECT_URI", f"it begins with https:// and ends with {_REDIRECT_PATH}"))
    if given["SLACK_BOT_TOKEN"].startswith("xoxe."):
        missing.append(
            ("SLACK_BOT_TOKEN", "this one expires within hours; turn token rotation off, or install by OAuth")
        )
    if not given["SLACK_BOT_TOKEN"]:
        if not given["SLACK_CLIENT_ID"] and not given["SLACK_CLIENT_SECRET"]:
            missing.append(
                ("SLACK_BOT_TOKEN", "copy it from OAuth & Permissions; or set the two below for many workspaces")
            )
        names = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET")
        missing += [(name, "copy it from Basic Information of your Slack app") for name in names if not given[name]]
    return missing


@dataclass(frozen=True, slots=True)
class TeamsSettings:
    """What Teams needs. Without an `app_id` nobody proves anything: that is for one's own machine alone.

    `is_managed`: a managed identity of Azure stands in for the password. `tenants` may talk to us; `*` lets any in.
    `hosts` are service addresses beside Microsoft's own; a loopback address among them allows plain http to it.
    """

    app_id: str = ""
    app_password: str = field(default="", repr=False)
    is_managed: bool = False
    tenant_id: str = ""
    tenants: frozenset[str] = frozenset()
    openid_url: str = ""
    login_url: str = ""
    hosts: frozenset[str] = frozenset()
    identity_endpoint: str = ""
    identity_header: str = field(default="", repr=False)

    @property
    def is_open(self) -> bool:
        """Say whether requests are taken without a token."""
        return not self.app_id


INSECURE_LOCAL = TeamsSettings(tenants=frozenset(("*",)), hosts=frozenset(("127.0.0.1",)))
"""For trying Teams out with no app registered: anyone on this machine is believed."""

_GUID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")
SINGLE_TENANT, MANAGED = "SingleTenant", "UserAssignedMSI"
_TEAMS = ("TEAMS_APP_ID", "TEAMS_APP_PASSWORD", "TEAMS_APP_TYPE", "TEAMS_TENANT_ID", "TEAMS_ALLOWED_TENANTS")
_TEAMS_ADDRESSES = ("TEAMS_OPENID_URL", "TEAMS_LOGIN_URL", "TEAMS_SERVICE_HOSTS")


def read_teams_settings(environment: Mapping[str, str] | None = None) -> TeamsSettings | None:
    """Return Teams' settings, or None when none is set.

    Raises:
        MissingSetting: some are set and others are missing; the message names each with its remedy.
    """
    found = os.environ if environment is None else environment
    given = {name: found.get(name, "").strip() for name in (*_TEAMS, *_TEAMS_ADDRESSES)}
    if not any(given[name] for name in _TEAMS):
        return None
    if missing := _missing_for_teams(given):
        lines = "\n".join(f"  {name}: {remedy}" for name, remedy in missing)
        raise MissingSetting(f"Teams needs more settings:\n{lines}")
    return TeamsSettings(
        app_id=given["TEAMS_APP_ID"],
        app_password=given["TEAMS_APP_PASSWORD"],
        is_managed=given["TEAMS_APP_TYPE"] == MANAGED,
        tenant_id=given["TEAMS_TENANT_ID"],
        tenants=_listed(given["TEAMS_ALLOWED_TENANTS"]) or frozenset((given["TEAMS_TENANT_ID"],)),
        openid_url=given["TEAMS_OPENID_URL"],
        login_url=given["TEAMS_LOGIN_URL"],
        hosts=_listed(given["TEAMS_SERVICE_HOSTS"]),
        identity_endpoint=found.get("IDENTITY_ENDPOINT", ""),
        identity_header=found.get("IDENTITY_HEADER", ""),
    )


def _listed(names: str) -> frozenset[str]:
    """Return names written with commas or spaces between them."""
    return frozenset(names.replace(",", " ").split())


def _missing_for_teams(given: Mapping[str, str]) -> list[tuple[str, str]]:
    missing: list[tuple[str, str]] = []
    kind = given["TEAMS_APP_TYPE"] or SINGLE_TENANT
    if kind not in (SINGLE_TENANT, MANAGED):
        missing.append(("TEAMS_APP_TYPE", f"it is {SINGLE_TENANT} (also when it is not set) or {MANAGED}"))
    if not is_guid(given["TEAMS_APP_ID"]):
        missing.append(("TEAMS_APP_ID", "copy Microsoft App ID from Configuration of your Azure Bot; it is a GUID"))
    if not given["TEAMS_APP_PASSWORD"] and kind != MANAGED:
        missing.append(("TEAMS_APP_PASSWORD", f"make a client secret of the app; or set TEAMS_APP_TYPE to {MANAGED}"))
    elif is_guid(given["TEAMS_APP_PASSWORD"]):
        missing.append(("TEAMS_APP_PASSWORD", "that is the secret's id; copy its Value, or make another secret"))
    if not given["TEAMS_TENANT_ID"]:
        missing.append(("TEAMS_TENANT_ID", "copy App Tenant ID from Configuration of your Azure Bot"))
    return missing + _no_addresses(given, "TEAMS_OPENID_URL", "TEAMS_LOGIN_URL")


def _no_addresses(given: Mapping[str, str], *names: str) -> list[tuple[str, str]]:
    """Return which of these settings are there and hold no address, with the remedy."""
    wrong = [name for name in names if given[name] and not given[name].startswith(("https://", "http://"))]
    return [(name, "it begins with https://; leave it out unless you know that you need it") for name in wrong]


def is_guid(text: str) -> bool:
    """Say whether a text is an id as Azure gives them, such as 1b4e28ba-2fa1-41d2-883f-b9a761bde3fb."""
    return _GUID.fullmatch(text.lower()) is not None


def read_teams_app_id(environment: Mapping[str, str] | None = None) -> str:
    """Return the app id of the Teams bot alone, as making its package needs no more; empty: none is set."""
    found = os.environ if environment is None else environment
    return found.get("TEAMS_APP_ID", "").strip()


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings found in the environment (default: the process's own).

    The database lies in the user's data directory and the cache in the user's cache directory, unless
    LATERAL_DATABASE and LATERAL_CACHE say otherwise. LATERAL_CONTENT names another content folder, and
    LATERAL_GUIDE the guide that people get.
    """
    found = os.environ if environment is None else environment
    dirs = PlatformDirs("lateral", appauthor=False)
    return Settings(
        database=_path(found, DATABASE, Path(dirs.user_data_dir) / "lateral.db"),
        content=_path(found, CONTENT, Path(__file__).resolve().parent.parent / "content"),
        cache=_path(found, CACHE, Path(dirs.user_cache_dir)),
        guide=found.get(GUIDE) or DEFAULT_GUIDE,
    )


def _path(found: Mapping[str, str], name: str, default: Path) -> Path:
    value = found.get(name)
    return Path(value).expanduser() if value else default
