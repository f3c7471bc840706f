"""A schema tried by `type` takes and refuses just what it does when every kind of element is tried."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft7Validator

from tests.adapters.official_schemas import validator_of

WORDS = {"type": "object", "properties": {"type": {"const": "words"}, "text": {"type": "string"}}, "required": ["text"]}
BOXES = {"type": "object", "properties": {"type": {"enum": ["box", "row"]}, "within": {"$ref": "#/definitions/any"}}}
SCHEMA: dict[str, Any] = {
    "$ref": "#/definitions/any",
    "definitions": {
        "words": WORDS,
        "boxes": BOXES,
        "any": {
            "anyOf": [
                {"$ref": "#/definitions/words"},
                {"required": ["type"], "allOf": [{"$ref": "#/definitions/boxes"}]},
                {"type": "object", "properties": {"free": {"const": True}}, "required": ["free"]},
            ]
        },
    },
}
FOUND = [
    {"type": "words", "text": "a"},
    {"type": "words", "text": 1},
    {"type": "words"},
    {"text": "a"},
    {"type": "row", "within": {"type": "box", "within": {"type": "words", "text": "a"}}},
    {"type": "row", "within": {"type": "box", "within": {"type": "words", "text": 1}}},
    {"type": "else", "free": True},
    {"type": "else", "text": "a"},
    {"type": 1, "free": True},
    {"type": ["words"], "text": "a"},
    {"within": {"type": "words", "text": "a"}},
    "words",
    None,
]


@pytest.mark.parametrize("found", FOUND, ids=str)
def test_it_takes_what_the_schema_takes_and_nothing_else(found: object):
    assert Draft7Validator(SCHEMA).is_valid(found) == validator_of(Draft7Validator, SCHEMA).is_valid(found)


def test_only_what_may_be_of_its_type_is_told():
    [error] = validator_of(Draft7Validator, SCHEMA).iter_errors({"type": "words", "text": 1})
    assert ["1 is not of type 'string'", "'free' is a required property"] == [each.message for each in error.context]
