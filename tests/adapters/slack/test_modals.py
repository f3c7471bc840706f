"""Modals are views Slack takes, give back what was entered, and obey nothing in what they show."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from adapters.slack import limits
from adapters.slack.modals import INPUT, Sent, UnknownView, evidence_modal, read_submission, text_modal
from bot.handlers.answering import MOST_CHARACTERS
from bot.messages import escape
from tests.adapters.slack import hostile
from tests.adapters.slack.blockkit import nodes, problems, words_of

PLACE = {"channel": "D1", "ts": "1764000000.000100"}
LINK = "https://example.slack.com/archives/C1/p1764000000000100"


def submitted(view: dict[str, Any], words: str | None = None) -> dict[str, Any]:
    """Return the view as Slack sends it back."""
    value = {"type": "plain_text_input", "value": words}
    return {**view, "id": "V1", "state": {"values": {INPUT: {INPUT: value}} if words is not None else {}}}


def entry(view: dict[str, Any]) -> dict[str, Any]:
    (block,) = [block for block in view["blocks"] if block["type"] == "input"]
    return block


def test_a_written_answer_comes_back_with_its_question():
    view = text_modal("C1.proof", "Who **acted**?", "One line, in your own words", 7, PLACE)
    assert (problems(view), words_of(view)) == ([], "Who acted?\nOne line, in your own words")
    assert read_submission(submitted(view, "The board did")) == Sent(
        "text", words="The board did", question="C1.proof", revision=7, place=PLACE
    )


def test_an_earlier_answer_is_there_to_change():
    assert entry(text_modal("q", "Who?", "", 7, entered="before"))["element"]["initial_value"] == "before"


def test_an_input_takes_as_much_as_the_talk_keeps():
    assert entry(text_modal("q", "Who?", "", 7))["element"]["max_length"] == MOST_CHARACTERS


@pytest.mark.parametrize("over", [0, 1])
def test_a_hint_at_the_limit_labels_the_input_and_one_over_stands_above_it(over: int):
    hint = "h" * (limits.PLACEHOLDER + over)
    view = text_modal("q", "Who?", hint, 7)
    assert problems(view) == []
    assert entry(view)["label"]["text"] == ("Your answer" if over else hint)
    assert hint in words_of(view)


def test_a_message_is_saved_as_evidence_with_its_link():
    view = evidence_modal("Ana said the new board cut two meetings.", LINK, PLACE)
    assert problems(view) == []
    assert [node["url"] for node in nodes(view) if node.get("type") == "link"] == [LINK]
    assert read_submission(submitted(view, "It cut two meetings.")) == Sent(
        "evidence", words="It cut two meetings.", link=LINK, place=PLACE
    )


@pytest.mark.parametrize("link", ["", "javascript:alert(1)", "slack://user?id=U1", "https://" + "a" * 4_000])
def test_only_a_web_address_of_sound_length_is_kept_as_the_link(link: str):
    view = evidence_modal("words", link)
    assert (problems(view), hostile.obeyed(view)) == ([], [])
    assert read_submission(submitted(view, "words")).link == ""


@pytest.mark.parametrize(("over", "whole"), [(0, True), (1, False), (9_000, False)])
def test_a_message_longer_than_evidence_is_offered_to_the_end_of_a_word(over: int, *, whole: bool):
    words = ("word " * 5_000)[: MOST_CHARACTERS + over - 1] + "!"
    view = evidence_modal(words, LINK)
    offered = entry(view)["element"]["initial_value"]
    assert problems(view) == []
    assert (offered == words, words.startswith(offered), "up to 2,000" in words_of(view)) == (whole, True, not whole)


def test_a_message_without_a_space_is_offered_up_to_the_limit():
    view = evidence_modal("&" * 3_000, LINK)
    assert entry(view)["element"]["initial_value"] == "&" * MOST_CHARACTERS


def test_more_than_a_view_carries_is_refused():
    frame = len('{"q":"","r":1,"p":{"ts":""}}')
    fits = text_modal("", "Which?", "", 1, {"ts": "x" * (limits.PRIVATE_METADATA - frame)})
    assert (problems(fits), len(fits["private_metadata"])) == ([], limits.PRIVATE_METADATA)
    with pytest.raises(ValueError, match="carries 3,000 characters, not 3,001"):
        text_modal("", "Which?", "", 1, {"ts": "x" * (limits.PRIVATE_METADATA - frame + 1)})


@pytest.mark.parametrize(
    "view",
    [
        {},
        {"callback_id": "other", "private_metadata": "{}"},
        {"callback_id": "lateral:text"},
        {"callback_id": "lateral:text", "private_metadata": "[]", "state": {"values": {}}},
        {"callback_id": "lateral:text", "private_metadata": "{}", "state": {"values": {}}},
        {"callback_id": "lateral:text", "private_metadata": "{}", "state": {"values": {INPUT: {INPUT: None}}}},
    ],
)
def test_a_view_that_was_not_drawn_here_is_refused(view: dict[str, Any]):
    with pytest.raises(UnknownView):
        read_submission(view)


@given(hostile.words)
@settings(max_examples=60)
def test_typed_words_are_shown_and_never_obeyed_in_modals(words: str):
    views = (
        text_modal(words, f"You said: “{escape(words)}”", words, 1, entered=words),
        evidence_modal(words, ""),
    )
    for view in views:
        assert (problems(view), hostile.obeyed(view)) == ([], [])
        assert words in words_of(view)
    assert [read_submission(submitted(view, words)).words for view in views] == [words, words]
