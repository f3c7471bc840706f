"""Slack's settings: read from the environment alone, and everything missing named at once."""

from __future__ import annotations

import pytest

from adapters.settings import SLACK_API, SlackSettings, read_slack_settings
from bot.errors import MissingSetting

MANY = {"SLACK_SIGNING_SECRET": "s", "SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "c"}
BACK = "https://lateral.example.com/pmo/slack/oauth_redirect"


@pytest.mark.parametrize(
    "environment",
    [{}, {"SLACK_API_URL": "https://slack.example"}, {"SLACK_REDIRECT_URI": BACK}, {"SLACK_BOT_TOKEN": " "}],
)
def test_without_a_secret_or_a_token_slack_is_not_set_up(environment: dict[str, str]):
    assert None is read_slack_settings(environment)


def test_many_workspaces_install_where_no_token_is_set():
    found = read_slack_settings(MANY | {"SLACK_REDIRECT_URI": BACK})

    assert SlackSettings("s", "", "1.2", "c", "", SLACK_API, BACK) == found
    assert found is not None
    assert found.many


def test_the_base_address_of_the_api_ends_with_a_slash():
    found = read_slack_settings(MANY | {"SLACK_API_URL": "http://127.0.0.1:1/api"})

    assert found is not None
    assert ("http://127.0.0.1:1/api/", "") == (found.api_url, found.redirect_uri)


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, ["SLACK_SIGNING_SECRET"]),
        ({"SLACK_SIGNING_SECRET": "s"}, ["SLACK_BOT_TOKEN", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"]),
        ({"SLACK_APP_TOKEN": "xoxb-1", "SLACK_BOT_TOKEN": "xoxb-1"}, ["SLACK_APP_TOKEN"]),
        ({"SLACK_SIGNING_SECRET": "s", "SLACK_BOT_TOKEN": "xoxe.xoxb-1"}, ["SLACK_BOT_TOKEN"]),
        (MANY | {"SLACK_REDIRECT_URI": "http://lateral.example.com/slack/oauth_redirect"}, ["SLACK_REDIRECT_URI"]),
        (MANY | {"SLACK_REDIRECT_URI": "https://lateral.example.com/"}, ["SLACK_REDIRECT_URI"]),
        (MANY | {"SLACK_API_URL": "slack.example/api"}, ["SLACK_API_URL"]),
    ],
)
def test_all_that_is_missing_or_wrong_is_named_with_its_remedy(environment: dict[str, str], named: list[str]):
    with pytest.raises(MissingSetting) as told:
        read_slack_settings(environment)

    assert named == [line.strip().partition(":")[0] for line in str(told.value).splitlines()[1:]]


def test_no_secret_is_shown_when_settings_are():
    shown = repr(read_slack_settings(MANY | {"SLACK_APP_TOKEN": "xapp-secret", "SLACK_CLIENT_SECRET": "hidden"}))

    assert ("xapp-secret" in shown, "hidden" in shown) == (False, False)
