"""The schema that editors use follows the description that the reader follows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from adapters.content_yaml import compose
from bot.guide_text.entries import GUIDE
from bot.guide_text.format import Entry, Flag, Key, Kind, Many, Named, Number
from bot.guide_text.schema import schema
from bot.guide_text.source import Source

ROOT = Path(__file__).parents[2]
VALIDATOR = Draft7Validator(schema())
FILES = sorted((ROOT / "tests" / "guides" / "valid").rglob("*.yml"))
SHOWN_BY_THE_SCHEMA = [
    "unknown-key",
    "unknown-top-key",
    "missing-key",
    "wrong-type-list",
    "wrong-type-number",
    "wrong-entry",
    "out-of-range",
    "unknown-kind",
    "bad-id",
    "three-levels",
    "empty-options",
    "label-too-long",
]


def as_an_editor_sees(source: Source, kind: Kind | None) -> Any:
    """Turn marked data into what a YAML 1.2 editor hands to the schema: numbers and truth values typed."""
    if isinstance(source.value, str):
        if isinstance(kind, Number) and source.value.lstrip("-").isdigit():
            return int(source.value)
        return source.value == "true" if isinstance(kind, Flag) else source.value
    if isinstance(source.value, tuple):
        return [as_an_editor_sees(entry, kind.of if isinstance(kind, Many) else None) for entry in source.value]
    keys = kind.keys if isinstance(kind, Entry) else {}
    inner = kind.of if isinstance(kind, Named) else None
    return {
        key: as_an_editor_sees(value, keys[key].kind if isinstance(keys.get(key), Key) else inner)
        for key, value in source.value.items()
    }


def read(path: Path) -> Any:
    source, problems = compose(path.name, path.read_bytes())
    assert source is not None
    assert problems == ()
    return as_an_editor_sees(source, GUIDE)


def test_the_exported_schema_is_in_step():
    exported = json.loads((ROOT / "content" / "guide.schema.json").read_text(encoding="utf-8"))
    assert schema() == exported


def test_the_schema_is_a_schema():
    Draft7Validator.check_schema(schema())
    assert set(GUIDE.keys) == set(schema()["properties"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_valid_file_passes(path):
    assert [error.message for error in VALIDATOR.iter_errors(read(path))] == []


@pytest.mark.parametrize("name", SHOWN_BY_THE_SCHEMA)
def test_an_editor_marks_what_the_reader_refuses(name):
    path = ROOT / "tests" / "guides" / "invalid" / f"{name}.yml"
    assert not VALIDATOR.is_valid(read(path))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_the_line_for_editors_leads_to_the_schema(path):
    first = path.read_text(encoding="utf-8").splitlines()[0]
    if path.name == "phrases.yml":
        assert first.startswith("# ")
        return
    target = first.removeprefix("# yaml-language-server: $schema=")
    assert (path.parent / target).resolve() == (ROOT / "content" / "guide.schema.json")
