"""The manifest is valid, asks for no more than it needs, and comes out right for either way of running."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from referencing import Registry, Resource

from adapters.slack.manifest import InvalidAddress, as_json, as_yaml, base_address, load, make
from bot.errors import OperatorError
from tests.adapters.slack import scopes
from tests.adapters.slack.delivery import SlackDelivery
from tests.adapters.slack.manifest_matching import Surfaces, asked_for, differences, specimens, strangers
from tests.adapters.slack.standin_methods import METHODS
from tests.adapters.slack.standin_world import BOT_SCOPES

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "manifest.yml").read_text("utf-8")
URL = "https://guide.example.org"
VARIANTS = {
    "file": load(TEXT),
    "http": make(TEXT, URL),
    "http-one-workspace": make(TEXT, URL, rotation=False),
    "socket-mode": make(TEXT, socket_mode=True),
}
FOLDERS = (ROOT / "tests/schemas/slack/manifest", ROOT.parent / "shared/schemas/slack/manifest")


def slacks_schema() -> Draft7Validator:
    folder = next((each for each in FOLDERS if each.exists()), None)
    if folder is None:
        pytest.skip("Slack's schema of manifests is not at hand (a folder `shared` beside this repository)")
    registry: Registry[Any] = Registry()
    for path in folder.glob("manifest.schema.[12].*.json"):
        content = json.loads(path.read_text("utf-8"))
        address = f"https://raw.githubusercontent.com/slackapi/manifest-schema/v0.5.0/schemas/{path.name}"
        registry = registry.with_resource(address, Resource.from_contents(content))
    return Draft7Validator(json.loads((folder / "manifest.schema.json").read_text("utf-8")), registry=registry)


def addresses(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [found for inner in value.values() for found in addresses(inner)]
    if isinstance(value, list):
        return [found for inner in value for found in addresses(inner)]
    return [value] if isinstance(value, str) and value.startswith("http") else []


@pytest.mark.parametrize("name", VARIANTS)
def test_slack_would_take_it(name: str):
    assert [error.message for error in slacks_schema().iter_errors(VARIANTS[name])] == []


def test_slacks_schema_does_notice_mistakes():
    broken = make(TEXT, URL)
    broken["features"]["slash_commands"][0]["command"] = "lateral"
    assert len(list(slacks_schema().iter_errors(broken))) > 0


@pytest.mark.parametrize("name", VARIANTS)
def test_it_keeps_to_slacks_limits(name: str):
    # The limits of the schema for the fields in use; they hold here where the schema itself is not at hand.
    manifest = VARIANTS[name]
    shown, features = manifest["display_information"], manifest["features"]
    assert shown["name"] == "Lateral"
    assert len(shown["description"]) <= 140
    assert 175 <= len(shown["long_description"]) <= 4000
    for command in features["slash_commands"]:
        assert command["command"].startswith("/")
        assert len(command["command"]) <= 32
        assert len(command["description"]) <= 2000
        assert len(command["usage_hint"]) <= 1000
    for shortcut in features["shortcuts"]:
        assert len(shortcut["name"]) <= 24
        assert len(shortcut["description"]) <= 150


@pytest.mark.parametrize("name", VARIANTS)
def test_it_asks_for_the_same_things_however_it_runs(name: str):
    assert asked_for(VARIANTS[name]) == Surfaces(
        commands=frozenset({"/lateral", "/pmo-tip"}),
        events=frozenset(
            {
                "app_home_opened",
                "app_mention",
                "app_uninstalled",
                "channel_archive",
                "channel_deleted",
                "channel_left",
                "member_joined_channel",
                "message.im",
                "tokens_revoked",
            }
        ),
        shortcuts=frozenset({"save_as_evidence"}),
    )


@pytest.mark.parametrize("name", VARIANTS)
def test_each_scope_is_needed_and_each_needed_scope_is_there(name: str):
    manifest = VARIANTS[name]
    asked = asked_for(manifest)
    needed = {scopes.OF_EVENT[event] for event in asked.events}
    needed |= {scope for feature, scope in scopes.OF_FEATURE.items() if manifest["features"].get(feature)}
    needed |= {scopes.OF_METHOD[method] for method in METHODS}
    given = manifest["oauth_config"]["scopes"]
    assert given.keys() == {"bot"}
    assert set(given["bot"]) == needed - {None}
    assert len(given["bot"]) == len(set(given["bot"]))
    assert set(given["bot"]) == BOT_SCOPES


def test_over_http_every_address_is_yours():
    assert addresses(VARIANTS["http"]) == [
        f"{URL}/slack/events",
        f"{URL}/slack/events",
        f"{URL}/slack/oauth_redirect",
        f"{URL}/slack/events",
        f"{URL}/slack/events",
    ]
    assert [VARIANTS["http"]["settings"][key] for key in ("socket_mode_enabled", "token_rotation_enabled")] == [
        False,
        True,
    ]


def test_in_socket_mode_there_is_no_address_and_tokens_stay():
    manifest = VARIANTS["socket-mode"]
    assert addresses(manifest) == []
    assert manifest["settings"]["socket_mode_enabled"] is True
    assert manifest["settings"]["token_rotation_enabled"] is False
    assert manifest["settings"]["interactivity"] == {"is_enabled": True}


def test_tokens_rotate_only_where_slack_lets_them():
    # Slack wants a redirect address before an app may opt in.
    for manifest in VARIANTS.values():
        if manifest["settings"]["token_rotation_enabled"]:
            assert manifest["oauth_config"]["redirect_urls"]
    with pytest.raises(OperatorError, match="cannot rotate"):
        make(TEXT, URL, socket_mode=True, rotation=True)


@pytest.mark.parametrize(
    ("given", "base"),
    [
        ("https://guide.example.org", "https://guide.example.org"),
        (" https://guide.example.org/ ", "https://guide.example.org"),
        ("https://guide.example.org:8443", "https://guide.example.org:8443"),
        ("https://example.org/lateral/", "https://example.org/lateral"),
        ("https://guide.example.org/slack/events", "https://guide.example.org"),
    ],
)
def test_an_address_is_taken_as_people_write_it(given: str, base: str):
    assert base_address(given) == base
    assert make(TEXT, given)["settings"]["event_subscriptions"]["request_url"] == f"{base}/slack/events"


@pytest.mark.parametrize(
    "given",
    [
        "http://guide.example.org",
        "guide.example.org",
        "https://",
        "",
        "https://someone@guide.example.org",
        "https://guide.example.org/?a=b",
        "https://guide.example.org/#top",
        "https://guide example.org",
        "https://guide.example.org:port",
        "https://[::1",
    ],
)
def test_an_address_slack_cannot_use_is_refused(given: str):
    with pytest.raises(InvalidAddress):
        make(TEXT, given)


def test_without_an_address_only_socket_mode_can_be_had():
    with pytest.raises(InvalidAddress, match="https://"):
        make(TEXT)


@pytest.mark.parametrize("text", ["", "- a list", "a: [", "name: Lateral"])
def test_what_is_no_manifest_is_refused(text: str):
    with pytest.raises(OperatorError):
        make(text, URL)


@pytest.mark.parametrize("name", VARIANTS)
def test_it_is_the_same_as_yaml_and_as_json(name: str):
    manifest = VARIANTS[name]
    assert yaml.safe_load(as_yaml(manifest)) == json.loads(as_json(manifest)) == manifest


def test_making_one_leaves_no_trace_on_the_next():
    make(TEXT, socket_mode=True)
    assert make(TEXT, URL) == VARIANTS["http"]


ASKED = asked_for(VARIANTS["http"])


def test_the_matching_tells_what_is_missing_and_what_is_idle():
    handled = Surfaces(ASKED.commands - {"/pmo-tip"}, ASKED.events | {"reaction_added"}, ASKED.shortcuts)
    assert differences(ASKED, ASKED) == []
    assert differences(ASKED, handled) == [
        "commands: /pmo-tip is asked for and not handled",
        "events: reaction_added is handled and not asked for",
    ]


def test_there_is_a_specimen_of_each_thing_asked_for_and_none_of_a_strangers():
    names = ASKED.commands | ASKED.events | ASKED.shortcuts
    assert set(specimens(ASKED)) == names
    assert {name: name_of(each) for name, each in specimens(ASKED).items()} == {name: name for name in names}
    assert {name_of(each) for each in strangers().values()} & names == set()


def name_of(delivery: SlackDelivery) -> str:
    """Return what the manifest calls it."""
    payload = delivery.payload
    if delivery.kind == "slash_commands":
        return str(payload["command"])
    if delivery.kind == "interactive":
        return str(payload["callback_id"])
    event = payload["event"]
    return f"message.{event['channel_type']}" if event["type"] == "message" else str(event["type"])
