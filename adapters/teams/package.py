"""Makes the app package to upload to Teams: its manifest with your address and app id, its words, and its icons.

The same question gives the same bytes. Who calls reads the files and writes the result.
"""

from __future__ import annotations

import copy
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from adapters.addresses import base_address, host_of, page_address, readdressed
from adapters.settings import is_guid
from bot.errors import OperatorError

MESSAGES_PATH = "/api/messages"

SOURCES = ("manifest.yml", "color.png", "outline.png")
"""The files a package is made from."""

LOCALISATION = "https://developer.microsoft.com/json-schemas/teams/v1.25/MicrosoftTeams.Localization.schema.json"

DEVELOPER_NAME = 32
"""The longest name of a developer, in characters (manifest schema v1.25)."""

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the package: the first one a zip can hold."""

Manifest = dict[str, Any]

_TRANSLATED = frozenset({"title", "description"})
_TRANSLATED_IN = ("bots", "composeExtensions")


class InvalidAppId(OperatorError):
    """An app id looks like 1b4e28ba-2fa1-41d2-883f-b9a761bde3fb. Azure shows it as Microsoft App ID of your bot."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who offers the app, and where people can read about it; None: Lateral's own pages."""

    name: str | None = None
    website: str | None = None
    privacy: str | None = None
    terms: str | None = None


LATERAL = Publisher()


def make(text: str, url: str, app_id: str, publisher: Publisher = LATERAL) -> Manifest:
    """Return the manifest of the package.

    Args:
        text: the manifest in this folder, as YAML.
        url: where Teams reaches Lateral: https, a host, and the path Lateral stands under, if any.
        app_id: the id of the bot in Azure; the app gets the same one.
        publisher: who offers it.

    Raises:
        InvalidAddress: an address cannot be used.
        InvalidAppId: the id is not one.
        OperatorError: the text is not a manifest, or the publisher's name is too long.
    """
    manifest: Manifest = _with_app_id(copy.deepcopy(_load(text)), checked_app_id(app_id))
    base = base_address(url, (MESSAGES_PATH,))
    manifest = readdressed(manifest, base)
    manifest["validDomains"] = [host_of(base)]
    manifest["developer"] |= _told(publisher)
    return manifest


def words_of(manifest: Manifest) -> dict[str, str]:
    """Return the localisation file: every text that people see, by the path where the manifest holds it."""
    words = {"$schema": LOCALISATION}
    for part in ("name", "description"):
        words |= {f"{part}.{length}": manifest[part][length] for length in ("short", "full")}
    for part in _TRANSLATED_IN:
        words |= dict(_texts(manifest[part], part))
    return words


def pack(manifest: Manifest, icons: Mapping[str, bytes]) -> bytes:
    """Return the zip: manifest, words and icons at its top, stored as they are so that no library changes a byte."""
    names = manifest["icons"]
    files = {
        "manifest.json": as_json(manifest),
        manifest["localizationInfo"]["defaultLanguageFile"]: as_json(words_of(manifest)),
        **{names[kind]: icons[names[kind]] for kind in ("color", "outline")},
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as package:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, EARLIEST)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            package.writestr(entry, content)
    return written.getvalue()


def as_json(content: Mapping[str, Any]) -> bytes:
    """Return a file of the package as JSON."""
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def checked_app_id(given: str) -> str:
    """Return an app id in lower case.

    Raises:
        InvalidAppId: it is not one, or it is the one that stands in the file.
    """
    found = given.strip().lower()
    if not is_guid(found) or not found.strip("0-"):
        raise InvalidAppId
    return found


def _load(text: str) -> Manifest:
    try:
        found = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise OperatorError(f"manifest.yml of the Teams app cannot be read: {error}") from error
    if not isinstance(found, dict) or "manifestVersion" not in found:
        raise OperatorError("manifest.yml of the Teams app does not hold a manifest.")
    return found


def _with_app_id(manifest: Manifest, app_id: str) -> Manifest:
    manifest["id"] = app_id
    for part in (*manifest["bots"], *manifest["composeExtensions"]):
        part["botId"] = app_id
    return manifest


def _told(publisher: Publisher) -> dict[str, str]:
    """Return what the publisher sets itself, under the manifest's names."""
    pages = {"websiteUrl": publisher.website, "privacyUrl": publisher.privacy, "termsOfUseUrl": publisher.terms}
    told = {key: page_address(url) for key, url in pages.items() if url}
    if publisher.name:
        if len(publisher.name) > DEVELOPER_NAME:
            raise OperatorError(f"The developer's name may have {DEVELOPER_NAME} characters at most.")
        told["name"] = publisher.name
    return told


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Yield each title and description with its path, such as `bots[0].commandLists[0].commands[0].title`."""
    if isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(inner, f"{path}[{number}]")
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key in _TRANSLATED:
                yield f"{path}.{key}", inner
            else:
                yield from _texts(inner, f"{path}.{key}")
