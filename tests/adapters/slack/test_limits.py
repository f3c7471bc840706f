"""Every limit has its source, stands in one place, agrees with Slack's schema, and holds at and one over."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from adapters.slack import limits
from adapters.slack.outgoing import draw
from bot.messages import Control, Message, Pick
from tests.adapters.slack.blockkit import SCHEMA, elements, problems, words_of
from tests.adapters.stated_limits import limits_in, sources, stated

FOLDER = Path(limits.__file__).parent


def test_every_limit_names_its_source():
    notes = sources(limits)
    assert sorted(notes) == sorted(stated(limits))
    assert {name for name, note in notes.items() if not re.search(r"\[(ref|post|sdk|server|seen)\]", note)} == set()


def test_limits_stand_in_no_other_module():
    found = {
        path.name: sorted(numbers)
        for path in FOLDER.glob("*.py")
        if path.name in ("outgoing.py", "home.py", "modals.py", "stamps.py", "sheet.py")
        and (numbers := limits_in(path.read_text(), set(stated(limits).values())))
    }
    assert found == {}


@pytest.mark.skipif(not SCHEMA.exists(), reason="the folder with Slack's official schema is not beside the repository")
@pytest.mark.parametrize(
    ("path", "limit"),
    [
        (("SlackMessage", "properties", "blocks", "maxItems"), limits.MESSAGE_BLOCKS),
        (("StrictHome", "properties", "blocks", "maxItems"), limits.VIEW_BLOCKS),
        (("StrictModal", "properties", "blocks", "maxItems"), limits.VIEW_BLOCKS),
        (("StrictModal", "properties", "private_metadata", "maxLength"), limits.PRIVATE_METADATA),
        (("PlainTextElement", "properties", "text", "maxLength"), limits.TEXT_OBJECT),
        (("ActionsBlock", "properties", "elements", "maxItems"), limits.ACTIONS_ELEMENTS),
        (("RadioButtons", "properties", "options", "maxItems"), limits.RADIO_OPTIONS),
        (("Checkboxes", "properties", "options", "maxItems"), limits.CHECKBOX_OPTIONS),
        (("StaticSelect", "properties", "options", "maxItems"), limits.SELECT_OPTIONS),
        (("StaticSelect", "properties", "option_groups", "maxItems"), limits.OPTION_GROUPS),
        (("PlainTextOption", "properties", "value", "maxLength"), limits.OPTION_VALUE),
        (("ActionsBlock", "properties", "block_id", "maxLength"), limits.BLOCK_ID),
        (("Button", "properties", "action_id", "maxLength"), limits.ACTION_ID),
        (("Button", "properties", "value", "maxLength"), limits.BUTTON_VALUE),
    ],
)
def test_the_official_schema_says_the_same(path: tuple[str, ...], limit: int):
    said = json.loads(SCHEMA.read_text())["definitions"]
    for name in path:
        said = said[name]
    assert said == limit


@pytest.mark.parametrize("limit", [limits.TEXT_OBJECT, limits.MESSAGE_TEXT, limits.BLOCKS_JSON])
@pytest.mark.parametrize("over", [-1, 0, 1, 5_000])
@pytest.mark.parametrize("word", ["word ", "w&<> "])
def test_a_text_at_and_over_a_limit_arrives_whole(limit: int, over: int, word: str):
    text = (word * limit)[: limit + over].rstrip()
    drawn = draw(Message(text), 0)
    assert [wrong for payload in drawn for wrong in problems(payload)] == []
    assert [each for payload in drawn for each in words_of(payload).split()] == text.split()


@pytest.mark.parametrize("over", [0, 1])
@pytest.mark.parametrize("limit", [limits.BUTTON_SHOWN, limits.OPTION_TEXT, limits.BUTTON_TEXT, limits.TEXT_OBJECT])
def test_a_label_at_and_over_a_limit_arrives_whole(limit: int, over: int):
    label = ("word " * limit)[: limit + over - 1] + "!"
    for count in (3, 8, 20):
        for kind in ("choice", "multi"):
            picks = (Pick("long", label), *(Pick(f"{n}", f"{n}") for n in range(count - 1)))
            drawn = draw(Message("Which?", (Control(kind, "q", "", picks),), question="q"), 0)
            assert [wrong for payload in drawn for wrong in problems(payload)] == []
            assert "".join(label.split()) in "".join("".join(words_of(p) for p in drawn).split())


@pytest.mark.parametrize("count", [limits.MESSAGE_BLOCKS - 2, limits.MESSAGE_BLOCKS - 1, limits.MESSAGE_BLOCKS, 160])
def test_a_message_of_many_blocks_is_split_and_keeps_its_order(count: int):
    text = "\n\n".join(f"- item {n}\n\nafter {n}" for n in range(count // 2))
    drawn = draw(Message(text), 0)
    assert [wrong for payload in drawn for wrong in problems(payload)] == []
    words = " ".join(words_of(payload) for payload in drawn)
    assert re.findall(r"item (\d+)", words) == [f"{n}" for n in range(count // 2)]


@pytest.mark.parametrize("count", [limits.ACTIONS_ELEMENTS, limits.ACTIONS_ELEMENTS + 1])
def test_buttons_at_and_over_a_row_are_all_there(count: int):
    buttons = tuple(Control("button", f"do:{n}", f"Button {n}") for n in range(count))
    (payload,) = draw(Message("Press one.", buttons), 0)
    assert (problems(payload), len(elements(payload))) == ([], count)


def test_a_longest_id_fits_into_every_value_and_id():
    long = "x" * 75
    picks = tuple(Pick(f"do:document:{n:02}{long[:73]}", f"Option {n}") for n in range(20))
    for kind in ("choice", "multi", "text", "date"):
        for payload in draw(Message("Which?", (Control(kind, long, "", picks),), question=long), 10**12):
            assert problems(payload) == []
