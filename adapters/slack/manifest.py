"""Makes the app manifest to paste into Slack: the one in the repository, with your address, or for Socket Mode.

Text in, text out: who calls reads the file and prints the result.
"""

from __future__ import annotations

import copy
import json
from typing import Any

import yaml

from adapters import addresses
from adapters.addresses import InvalidAddress, readdressed
from bot.errors import OperatorError

EVENTS_PATH = "/slack/events"
REDIRECT_PATH = "/slack/oauth_redirect"

Manifest = dict[str, Any]


def load(text: str) -> Manifest:
    """Return the manifest that a YAML text holds.

    Raises:
        OperatorError: it is not YAML, or not a manifest.
    """
    try:
        found = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise OperatorError(f"manifest.yml cannot be read: {error}") from error
    if not isinstance(found, dict) or "display_information" not in found:
        raise OperatorError("manifest.yml does not hold an app manifest.")
    return found


def make(text: str, url: str | None = None, *, socket_mode: bool = False, rotation: bool | None = None) -> Manifest:
    """Return the manifest to give to Slack.

    Args:
        text: the manifest of the repository, as YAML.
        url: where Slack reaches Lateral: https, a host, and the path Lateral stands under, if any. Socket Mode does
            without.
        socket_mode: leave out every address, as Lateral then calls Slack and is never called.
        rotation: whether tokens given by the install page expire and are renewed (default: over HTTP they do). A
            SLACK_BOT_TOKEN copied by hand must not rotate, for nobody would renew it, and Slack never lets an app
            go back. Slack wants a redirect address for it, so it cannot be had in Socket Mode.

    Raises:
        InvalidAddress: the address cannot be used.
        OperatorError: the text is not a manifest, or what is asked for does not go together.
    """
    manifest = copy.deepcopy(load(text))
    settings = manifest["settings"]
    if socket_mode:
        if rotation:
            raise OperatorError("Tokens cannot rotate in Socket Mode: leave out one of the two.")
        _drop_addresses(manifest)
        settings["socket_mode_enabled"], settings["token_rotation_enabled"] = True, False
        return manifest
    if url is None:
        raise InvalidAddress
    if rotation is not None:
        settings["token_rotation_enabled"] = rotation
    replaced: Manifest = readdressed(manifest, base_address(url))
    return replaced


def base_address(url: str) -> str:
    """Return an address without a slash at its end, or the path of ours if someone gave the whole of it.

    Raises:
        InvalidAddress: it is not https, has no host, or carries a password, a query or a fragment.
    """
    return addresses.base_address(url, (EVENTS_PATH, REDIRECT_PATH))


def as_yaml(manifest: Manifest) -> str:
    """Return the YAML to paste under `From a manifest`."""
    return yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, width=120)


def as_json(manifest: Manifest) -> str:
    """Return the same as JSON."""
    return json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"


def _drop_addresses(manifest: Manifest) -> None:
    for command in manifest["features"]["slash_commands"]:
        command.pop("url", None)
    manifest["oauth_config"].pop("redirect_urls", None)
    for part in ("event_subscriptions", "interactivity"):
        manifest["settings"][part].pop("request_url", None)
