"""Text in CommonMark, and the same as plain text."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from bot.messages import Chart, Control, Figure, Message, escape, join, to_plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Hello", "Hello"),
        ("**Bold** and *soft*", "Bold and soft"),
        ("One.\n\nTwo.", "One.\n\nTwo."),
        ("One\ntwo", "One\ntwo"),
        ("- a\n- b", "- a\n- b"),
        ("List:\n\n- a\n- b\n\nAfter.", "List:\n\n- a\n- b\n\nAfter."),
        ("1. a\n2. b", "1. a\n2. b"),
        ("3. c\n4. d", "3. c\n4. d"),
        ("1. a\n\n   more\n2. b", "1. a\n  more\n2. b"),
        ("- a\n  - b", "- a\n  - b"),
        ("[a link](https://example.org)", "a link"),
        ("`code`", "code"),
        ("\\*not bold\\*", "*not bold*"),
        ("a &amp; b", "a & b"),
        ("", ""),
    ],
)
def test_common_mark_becomes_plain_text(text: str, plain: str):
    assert to_plain(text) == plain


def test_joined_messages_keep_the_chart_of_the_first_that_has_one():
    chart = Chart("Skills", 4, (Figure("Leading", 3, "Leading: 3"),))
    (joined,) = join((Message("a"), Message("b", chart=chart), Message("c")))
    assert (joined.text, joined.chart) == ("a\n\nb\n\nc", chart)


def pressable(*names: str) -> tuple[Control, ...]:
    return tuple(Control("button", f"do:{name}", name) for name in names)


PLAN = Message("Your **plan**", pressable("done", "partly"))
CLOSE = Message("That is a plan.")
ASKED = Message("Notes?", pressable("skip"), question="notes")


def test_joined_messages_keep_each_ones_controls_beneath_its_own_words():
    (joined,) = join((PLAN, CLOSE, ASKED))
    assert (joined.text, joined.question) == ("Your **plan**\n\nThat is a plan.\n\nNotes?", "notes")
    assert joined.parts == (
        ("Your **plan**", pressable("done", "partly")),
        ("That is a plan.\n\nNotes?", pressable("skip")),
    )


def test_messages_joined_twice_are_as_if_joined_at_once():
    assert join((*join((PLAN, CLOSE)), *join((PLAN, ASKED)))) == join((PLAN, CLOSE, PLAN, ASKED))


def test_a_message_with_controls_at_its_end_alone_is_of_one_piece():
    assert [message.parts for message in join((CLOSE, ASKED))] == [(("That is a plan.\n\nNotes?", ASKED.controls),)]
    assert join((CLOSE, ASKED))[0].seams == ()


@pytest.mark.parametrize("words", ["    <at>Anna</at>", "\t*x*", "  \t# x", "   x", "     ", "- x", "    "])
@pytest.mark.parametrize("around", ["{}", "- {}", "1. {}", "“{}”"])
def test_words_that_begin_far_in_open_no_block_and_stay_as_typed(words: str, around: str):
    kinds = {token.type for token in MarkdownIt("commonmark").parse(around.format(escape(words)))}
    assert not kinds & {"code_block", "fence", "heading_open", "html_block"}
    if words.strip():
        assert words.lstrip() in to_plain(around.format(escape(words)))
