"""The Teams app package is valid, asks for no more than it needs, and is the same bytes each time."""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any

import pytest
from jsonschema import Draft7Validator

from adapters.addresses import InvalidAddress
from adapters.commands.teams import FOLDER
from adapters.teams.package import SOURCES, InvalidAppId, Publisher, make, pack, words_of
from bot.dialogue import understanding_of
from bot.errors import OperatorError
from bot.guide import Guide
from bot.understanding import Expects, heard
from docs.draw_icons import ICONS
from tests.conftest import MONDAY, ROOT

TEXT = (FOLDER / "manifest.yml").read_text("utf-8")
FILES = {name: (FOLDER / name).read_bytes() for name in SOURCES}
URL = "https://bot.example.com"
APP_ID = "1b4e28ba-2fa1-41d2-883f-b9a761bde3fb"
MANIFEST = make(TEXT, URL, APP_ID)
SCHEMAS = ROOT.parent / "shared/schemas/teams"


def teams_schema(name: str) -> Draft7Validator:
    # The schemas call themselves draft 4 and use `const`, which came with draft 6.
    path = SCHEMAS / name
    if not path.exists():
        pytest.skip("Teams' schemas are not at hand (a folder `shared` beside this repository)")
    return Draft7Validator(json.loads(path.read_text("utf-8")))


def problems(name: str, content: Mapping[str, Any]) -> list[str]:
    return [error.message for error in teams_schema(name).iter_errors(content)]


def unpacked(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [found for inner in value.values() for found in strings(inner)]
    if isinstance(value, list):
        return [found for inner in value for found in strings(inner)]
    return [value] if isinstance(value, str) else []


def commands(scope: str) -> list[dict[str, str]]:
    return [
        command
        for each in MANIFEST["bots"][0]["commandLists"]
        if scope in each["scopes"]
        for command in each["commands"]
    ]


def test_teams_would_take_the_manifest():
    assert [] == problems("teams-manifest-v1.25.schema.json", MANIFEST)


def test_teams_would_take_the_words():
    assert [] == problems("teams-localization-v1.25.schema.json", words_of(MANIFEST))


def test_the_schemas_do_notice_mistakes():
    assert [] != problems("teams-manifest-v1.25.schema.json", MANIFEST | {"manifestVersion": "1.24"})
    assert [] != problems("teams-localization-v1.25.schema.json", words_of(MANIFEST) | {"bots[0].name": "Lateral"})


def test_it_holds_the_manifest_its_words_and_two_icons():
    found = unpacked(pack(MANIFEST, FILES))
    assert ["manifest.json", "en.json", "color.png", "outline.png"] == list(found)
    assert MANIFEST == json.loads(found["manifest.json"])
    assert words_of(MANIFEST) == json.loads(found["en.json"])
    assert (FILES["color.png"], FILES["outline.png"]) == (found["color.png"], found["outline.png"])


def test_every_file_that_the_manifest_names_is_there():
    named = {*MANIFEST["icons"].values(), MANIFEST["localizationInfo"]["defaultLanguageFile"]}
    assert named | {"manifest.json"} == set(unpacked(pack(MANIFEST, FILES)))


def test_the_same_question_gives_the_same_bytes():
    first, second = (hashlib.sha256(pack(make(TEXT, URL, APP_ID), FILES)).hexdigest() for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(pack(MANIFEST, FILES))) as archive:
        entries = archive.infolist()
    assert {(1980, 1, 1, 0, 0, 0)} == {entry.date_time for entry in entries}
    assert {zipfile.ZIP_STORED} == {entry.compress_type for entry in entries}


def test_every_text_has_its_words_at_the_path_where_it_stands():
    words = words_of(MANIFEST)
    command = MANIFEST["bots"][0]["commandLists"][1]["commands"][0]
    assert command["title"] == words["bots[0].commandLists[1].commands[0].title"]
    assert MANIFEST["composeExtensions"][0]["commands"][0]["title"] == words["composeExtensions[0].commands[0].title"]
    # Two for the names, two for the descriptions, two for each command and parameter, and the schema.
    assert 2 + 2 + 2 * (len(commands("personal")) + len(commands("team"))) + 2 * 2 + 1 == len(words)


def test_every_address_is_yours():
    addresses = [text for text in strings(MANIFEST) if text.startswith("http") and "microsoft.com" not in text]
    assert [f"{URL}/about", f"{URL}/privacy", f"{URL}/terms"] == addresses
    assert ["bot.example.com"] == MANIFEST["validDomains"]
    assert "lateral.example.com" not in json.dumps(MANIFEST)


def test_the_app_and_its_bot_have_your_id():
    parts = (MANIFEST, MANIFEST["bots"][0], MANIFEST["composeExtensions"][0])
    assert {APP_ID} == {part.get("id", part.get("botId")) for part in parts}
    assert "00000000" not in json.dumps(MANIFEST)


def test_it_asks_for_no_graph_and_reads_no_channel():
    assert {"webApplicationInfo", "authorization", "devicePermissions"} & MANIFEST.keys() == set()
    assert ["identity", "messageTeamMembers"] == MANIFEST["permissions"]
    assert ["personal", "team"] == MANIFEST["bots"][0]["scopes"]


def test_a_welcome_greets_people_so_there_are_no_prompt_starters():
    every = commands("personal") + commands("team")
    assert {"title", "description"} == {key for command in every for key in command}


@pytest.mark.parametrize("scope", ["personal", "team"])
def test_the_commands_keep_to_the_older_and_smaller_limits_too(scope: str):
    assert len(commands(scope)) <= 10
    assert all(len(command["title"]) <= 32 and len(command["description"]) <= 128 for command in commands(scope))
    assert {"tip", "help"} <= {command["title"] for command in commands(scope)}


@pytest.mark.parametrize("title", [command["title"] for command in commands("personal") + commands("team")])
def test_each_command_is_understood(guide: Guide, title: str):
    idle = Expects("idle")
    intent, _ = heard(understanding_of(guide).hear(title, idle, MONDAY), idle, guide)
    assert intent not in ("unknown", "clarify", "ask")


def test_the_search_for_tips_shows_some_before_anything_is_typed():
    (search,) = MANIFEST["composeExtensions"][0]["commands"]
    assert ("tips", "query", True) == (search["id"], search["type"], search["initialRun"])
    assert ["topic"] == [parameter["name"] for parameter in search["parameters"]]


@pytest.mark.parametrize(
    ("given", "base", "host"),
    [
        ("https://bot.example.com/", "https://bot.example.com", "bot.example.com"),
        ("https://bot.example.com:8443", "https://bot.example.com:8443", "bot.example.com"),
        ("https://example.com/lateral/", "https://example.com/lateral", "example.com"),
        ("https://bot.example.com/api/messages", "https://bot.example.com", "bot.example.com"),
    ],
)
def test_an_address_is_taken_as_people_write_it(given: str, base: str, host: str):
    made = make(TEXT, given, APP_ID)
    assert f"{base}/privacy" == made["developer"]["privacyUrl"]
    assert [host] == made["validDomains"]


@pytest.mark.parametrize(
    "given", ["http://bot.example.com", "bot.example.com", "https://", "", "https://me@bot.example.com"]
)
def test_an_address_teams_cannot_use_is_refused(given: str):
    with pytest.raises(InvalidAddress, match="https://"):
        make(TEXT, given, APP_ID)


@pytest.mark.parametrize("given", ["", "lateral", APP_ID[:-1], f"{{{APP_ID}}}", "00000000-0000-0000-0000-000000000000"])
def test_what_is_no_app_id_is_refused(given: str):
    with pytest.raises(InvalidAppId, match="Microsoft App ID"):
        make(TEXT, URL, given)


def test_an_app_id_may_be_in_capitals():
    assert MANIFEST == make(TEXT, URL, f" {APP_ID.upper()} ")


def test_your_own_pages_and_name_take_the_place_of_ours():
    mine = Publisher(
        "Example Ltd", "https://example.com/help?a=b", "https://example.com/privacy", "https://example.com/t"
    )
    assert {
        "name": "Example Ltd",
        "websiteUrl": "https://example.com/help?a=b",
        "privacyUrl": "https://example.com/privacy",
        "termsOfUseUrl": "https://example.com/t",
    } == make(TEXT, URL, APP_ID, mine)["developer"]


@pytest.mark.parametrize("mine", [Publisher(name="x" * 33), Publisher(privacy="http://example.com/privacy")])
def test_what_teams_would_not_take_of_yours_is_refused(mine: Publisher):
    with pytest.raises(OperatorError):
        make(TEXT, URL, APP_ID, mine)


@pytest.mark.parametrize("text", ["", "- a list", "a: [", "name: Lateral"])
def test_what_is_no_manifest_is_refused(text: str):
    with pytest.raises(OperatorError):
        make(text, URL, APP_ID)


def pixels(png: bytes) -> tuple[tuple[int, int], bytes]:
    """Return the size and the inflated rows of a PNG of one data chunk."""
    width, height = struct.unpack(">II", png[16:24])
    start = png.index(b"IDAT")
    (length,) = struct.unpack(">I", png[start - 4 : start])
    return (width, height), zlib.decompress(png[start + 4 : start + 4 + length])


@pytest.mark.parametrize("name", ICONS)
def test_the_icons_are_those_that_are_drawn(name: str):
    # Compared by what is seen: another library may pack the same picture otherwise.
    assert pixels(ICONS[name]()) == pixels(FILES[name])


def test_the_colour_icon_is_filled_to_its_edges():
    (width, height), rows = pixels(FILES["color.png"])
    assert (192, 192) == (width, height)
    lines = [rows[start + 1 : start + 1 + 4 * width] for start in range(0, len(rows), 1 + 4 * width)]
    assert {255} == {line[at] for line in lines for at in range(3, 4 * width, 4)}


def test_the_outline_icon_is_white_on_nothing():
    (width, height), rows = pixels(FILES["outline.png"])
    assert (32, 32) == (width, height)
    lines = [rows[start + 1 : start + 1 + 4 * width] for start in range(0, len(rows), 1 + 4 * width)]
    dots = [tuple(line[at : at + 4]) for line in lines for at in range(0, 4 * width, 4)]
    assert {(255, 255, 255)} == {dot[:3] for dot in dots}
    assert (0, 255) == (min(dot[3] for dot in dots), max(dot[3] for dot in dots))
