"""Answers that one person sees: whole in their parts, and a tip with the way to share it."""

from __future__ import annotations

import pytest

from adapters.slack.asides import draw_aside, with_share
from bot.messages import Control, Message, Pick
from tests.adapters.slack.blockkit import choices, problems, words_of

ANOTHER, MENU = Pick("do:tip", "Another one"), Pick("do:menu", "Menu")


@pytest.mark.parametrize(
    "controls",
    [
        (Control("choice", "give_tip", "", (ANOTHER, MENU)),),
        (Control("button", ANOTHER.id, ANOTHER.label), Control("button", MENU.id, MENU.label)),
    ],
)
def test_a_tip_can_be_shared_from_the_same_row_and_has_no_way_to_the_menu(controls: tuple[Control, ...]):
    [drawn] = draw_aside(with_share((Message("A tip.", controls, subject="T1"),), "Share here"))

    assert {"do:tip": "Another one", "share:T1": "Share here"} == choices(drawn)
    assert ["rich_text", "actions"] == [block["type"] for block in drawn["blocks"]]


def test_what_is_no_tip_cannot_be_shared():
    plan = Message("Your plan.", (Control("button", "do:menu", "Menu"),))

    assert (plan,) == with_share((plan,), "Share here")


def test_an_answer_of_several_messages_is_whole_and_only_for_the_one_who_asked():
    lines = [f"line {number} " + "word " * 300 for number in range(12)]

    parts = draw_aside(tuple(Message(line) for line in lines))

    assert len(parts) > 1
    said = " ".join(" ".join(words_of(part).split()) for part in parts)
    assert [] == [line for line in lines if " ".join(line.split()) not in said]
    assert {("ephemeral", False)} == {(part["response_type"], part["replace_original"]) for part in parts}
    assert [] == [problem for part in parts for problem in problems({k: part[k] for k in ("text", "blocks")})]


def test_each_messages_buttons_stand_beneath_its_own_words():
    plan = Message("Your plan.", (Control("button", "do:done", "Done"),))
    due = Message("Due today.", (Control("button", "do:partly", "Partly"),))

    [drawn] = draw_aside((plan, due))

    assert [["Your plan."], ["Done"], ["Due today."], ["Partly"]] == [
        words_of({"blocks": [block]}).split("\n") for block in drawn["blocks"]
    ]


def test_nothing_to_say_has_no_parts():
    assert [] == draw_aside(())
