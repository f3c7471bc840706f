"""JSON is written and read as it is, also with half a character in it."""

from __future__ import annotations

import pytest

from adapters.json_text import read_json, write_json
from bot.messages import Message


@pytest.mark.parametrize("thing", [{"a": ["é", "茶", 1, None, True]}, "half of one: \ud83d", {"\udc00": []}])
def test_what_is_written_is_read_again(thing: object):
    assert thing == read_json(write_json(thing))


def test_it_is_compact_and_in_utf8():
    assert '{"a":"é","b":[1]}'.encode() == write_json({"a": "é", "b": [1]})
    assert b'{"text":"half: \\ud83d"}' == write_json(Message("half: \ud83d"))


def test_what_is_no_json_says_so():
    with pytest.raises(ValueError, match="Expecting"):
        read_json(b"{")
