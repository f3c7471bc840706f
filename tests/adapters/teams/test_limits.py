"""Every limit has its source, stands in one place, and holds at and one over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from adapters.teams import limits
from adapters.teams.outgoing import draw, draw_note
from adapters.teams.stamps import Stamp
from bot.messages import Control, Message, Pick
from tests.adapters.stated_limits import limits_in, sources, stated
from tests.adapters.teams.card_pressing import choices
from tests.adapters.teams.card_words import words_of
from tests.adapters.teams.cardschema import actions, problems

FOLDER = Path(limits.__file__).parent
DRAWING = ("outgoing.py", "cards.py", "controls.py", "choices.py", "texts.py", "markdown.py", "charts.py", "stamps.py")


def contents(message: Message) -> list[dict]:
    activities = draw(message, Stamp(0))
    assert [wrong for activity in activities for wrong in problems(activity)] == []
    return [activity["attachments"][0]["content"] for activity in activities]


def test_every_limit_names_its_source():
    notes = sources(limits)
    assert sorted(notes) == sorted({*stated(limits), "CARD_VERSION"})
    assert {name for name, note in notes.items() if not re.search(r"\[(doc|store|schema|own)\]", note)} == set()


def test_limits_stand_in_no_other_module():
    found = {
        name: sorted(numbers)
        for name in DRAWING
        if (numbers := limits_in((FOLDER / name).read_text(), set(stated(limits).values()) - {10}))
    }
    assert found == {}


@pytest.mark.parametrize("limit", [limits.ELEMENT_BYTES, limits.CARD_BYTES // 3, limits.CARD_BYTES])
@pytest.mark.parametrize("over", [-1, 0, 1, 5_000])
@pytest.mark.parametrize("word", ["word ", "*w&<> ", "wörd‽ "])
def test_a_text_at_and_over_a_limit_arrives_whole(limit: int, over: int, word: str):
    text = (word * limit)[: limit + over].rstrip("\\ *&<").rstrip()
    plain = text.replace("\\", "")
    drawn = contents(Message(plain if word[0] != "*" else "".join("\\" * (each in "*&<>") + each for each in plain)))
    assert [each for content in drawn for each in words_of(content).split()] == plain.split()


@pytest.mark.parametrize("over", [0, 1])
@pytest.mark.parametrize(
    "limit", [limits.BUTTON_SHOWN, limits.CHOICE_LISTED, limits.CHOICE_SHOWN, limits.ELEMENT_BYTES]
)
def test_a_label_at_and_over_a_limit_arrives_whole(limit: int, over: int):
    label = ("word " * limit)[: limit + over - 1] + "!"
    for count in (3, 8, 20):
        for kind in ("choice", "multi", "text", "date"):
            picks = (Pick("long", label), *(Pick(f"{n}", f"{n}") for n in range(count - 1)))
            drawn = contents(Message("Which?", (Control(kind, "q", "", picks),), question="q"))
            assert "".join(label.split()) in "".join("".join(words_of(content) for content in drawn).split())


@pytest.mark.parametrize("count", [limits.ACTIONS - 1, limits.ACTIONS, limits.ACTIONS + 1, 60])
def test_buttons_at_and_over_six_are_all_there(count: int):
    buttons = tuple(Control("button", f"do:{n}", f"Button {n}") for n in range(count))
    drawn = contents(Message("Press one.", buttons))
    assert [name for content in drawn for name in choices(content)] == [f"do:{n}" for n in range(count)]
    assert max(len(actions(content)) for content in drawn) <= limits.ACTIONS


def test_more_questions_than_a_card_has_actions_go_on_the_next():
    controls = tuple(Control("text", f"t{n}", f"Field {n}") for n in range(9))
    drawn = contents(Message("Fill in.", controls))
    assert [len(actions(content)) for content in drawn] == [6, 3]


def test_a_message_of_many_elements_is_split_and_keeps_its_order():
    text = "\n\n".join(f"- item \\* {n}\n\nafter {n}" for n in range(160))
    words = " ".join(words_of(content) for content in contents(Message(text)))
    assert re.findall(r"item \* (\d+)", words) == [f"{n}" for n in range(160)]


def test_the_controls_stand_on_the_last_card():
    drawn = contents(Message("word " * 8_000, (Control("choice", "q", "", (Pick("a", "A"), Pick("b", "B"))),)))
    assert [len(actions(content)) for content in drawn] == [*[0] * (len(drawn) - 1), 2]


def test_a_longest_id_fits_into_every_value_and_data():
    long = "x" * 75
    picks = tuple(Pick(f"do:document:{n:02}{long[:63]}", f"Option {n}") for n in range(20))
    for kind in ("choice", "multi", "text", "date"):
        message = Message("Which?", (Control(kind, long, "", picks),), question=long)
        for activity in draw(message, Stamp(10**12, run=long)):
            assert problems(activity) == []


@pytest.mark.parametrize("over", [0, 1])
def test_a_summary_is_a_line(over: int):
    (activity,) = draw(Message(("word " * 100)[: limits.SUMMARY + over]), Stamp(0))
    assert len(activity["summary"]) <= limits.SUMMARY
    assert len(draw_note("word " * 100)["summary"]) <= limits.SUMMARY
