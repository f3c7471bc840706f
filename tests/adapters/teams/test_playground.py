"""What the end-to-end run hands to the Agents Playground is what it takes; the run itself is `make e2e-teams`."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from tests.conftest import ROOT

FOLDER = ROOT / "tests/e2e/teams"
CONFIG: dict[str, Any] = yaml.safe_load((FOLDER / ".m365agentsplayground.yml").read_text("utf-8"))
LOCK: dict[str, Any] = json.loads((FOLDER / "package-lock.json").read_text("utf-8"))
SCHEMA = ROOT.parent / "shared/schemas/teams/m365agentsplayground-config-0.1.1.schema.json"


def test_the_playground_would_take_its_settings():
    if not SCHEMA.exists():
        pytest.skip("the Playground's schema is not at hand (a folder `shared` beside this repository)")
    schema = json.loads(SCHEMA.read_text("utf-8"))
    assert [] == [error.message for error in Draft7Validator(schema).iter_errors(CONFIG)]


def test_there_are_exactly_five_other_users():
    # With any other number the Playground ends without a word.
    assert 5 == len(CONFIG["users"])
    assert 6 == len({user["id"] for user in (CONFIG["currentUser"], *CONFIG["users"])})


def test_what_is_fetched_is_held_to_its_checksum_and_names_no_host():
    fetched = {name: entry for name, entry in LOCK["packages"].items() if name}
    wanted = json.loads((FOLDER / "package.json").read_text("utf-8"))["dependencies"]
    assert {f"node_modules/{name}": version for name, version in wanted.items()} == {
        name: entry["version"] for name, entry in fetched.items()
    }
    assert [] == [name for name, entry in fetched.items() if not entry["integrity"].startswith("sha512-")]
    assert [] == [name for name, entry in fetched.items() if "resolved" in entry]


def test_the_how_to_starts_the_same_playground():
    version = LOCK["packages"]["node_modules/@microsoft/m365agentsplayground"]["version"]
    named = re.findall(
        r"@microsoft/m365agentsplayground@([\d.]+)", (ROOT / "docs/how-to/run-on-teams.md").read_text("utf-8")
    )
    assert [version] == named
