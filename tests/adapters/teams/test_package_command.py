"""`lateral teams package`, run as an administrator runs it: a file comes out, or a sentence that says what to mend."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from adapters.cli import main

APP_ID = "1b4e28ba-2fa1-41d2-883f-b9a761bde3fb"
URL = "https://bot.example.com"


def run(*arguments: str, app_id: str | None = None) -> Result:
    return CliRunner().invoke(main, ["teams", "package", *arguments], env={"TEAMS_APP_ID": app_id})


def manifest_in(package: Path) -> dict:
    with zipfile.ZipFile(package) as archive:
        return json.loads(archive.read("manifest.json"))


def test_it_writes_the_package_and_says_what_to_do_with_it(tmp_path: Path):
    out = tmp_path / "lateral.zip"
    ran = run("--url", URL, "--app-id", APP_ID, "--out", str(out))
    assert (0, "") == (ran.exit_code, ran.stderr)
    assert f"Written: {out}. Upload it in Teams under Apps, Manage your apps, Upload an app.\n" == ran.stdout
    assert APP_ID == manifest_in(out)["id"]


def test_the_app_id_may_stand_in_the_environment_and_the_option_goes_before_it(tmp_path: Path):
    out, other = tmp_path / "lateral.zip", "2c4e28ba-2fa1-41d2-883f-b9a761bde3fb"
    run("--url", URL, "--out", str(out), app_id=APP_ID)
    assert APP_ID == manifest_in(out)["bots"][0]["botId"]
    run("--url", URL, "--out", str(out), "--app-id", other, app_id=APP_ID)
    assert other == manifest_in(out)["bots"][0]["botId"]


def test_it_is_the_same_file_each_time(tmp_path: Path):
    for name in ("a.zip", "b.zip"):
        run("--url", URL, "--app-id", APP_ID, "--out", str(tmp_path / name))
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_your_own_name_and_pages_are_taken(tmp_path: Path):
    out = tmp_path / "lateral.zip"
    own = ("--developer", "Example Ltd", "--privacy-url", f"{URL}/p", "--terms-url", f"{URL}/t", "--website-url", URL)
    run("--url", URL, "--app-id", APP_ID, "--out", str(out), *own)
    assert {
        "name": "Example Ltd",
        "websiteUrl": URL,
        "privacyUrl": f"{URL}/p",
        "termsOfUseUrl": f"{URL}/t",
    } == manifest_in(out)["developer"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "lateral: The app id is missing. Give --app-id, or set TEAMS_APP_ID"),
        (("--app-id", APP_ID), "lateral: An address begins with https://"),
        (("--app-id", APP_ID, "--url", "http://bot.example.com"), "lateral: An address begins with https://"),
        (("--app-id", "my bot", "--url", URL), "lateral: An app id looks like 1b4e28ba-"),
        (("--app-id", APP_ID, "--url", URL, "--privacy-url", "http://a.example"), "lateral: An address begins with"),
        (("--app-id", APP_ID, "--url", URL, "--out", "/proc/lateral.zip"), "lateral: /proc/lateral.zip cannot be"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(arguments: tuple[str, ...], said: str):
    ran = run(*arguments)
    assert 1 == ran.exit_code
    assert ran.stderr.startswith(said)
    assert "Traceback" not in ran.stderr
