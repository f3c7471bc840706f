"""CommonMark becomes rich text of the same words, and typed words become nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from adapters.slack import limits
from adapters.slack.rich_text import Piece, Span, Texts, draw_pieces, draw_text, plain_of, read_pieces
from bot.messages import escape
from tests.adapters.slack import hostile
from tests.adapters.slack.blockkit import words_of


def elements(text: str) -> list[dict]:
    return [element for shown in draw_text(text) for element in shown.block["elements"]]


def test_emphasis_becomes_style():
    assert elements("Say **tip *now***, or `plan`.")[0]["elements"] == [
        {"type": "text", "text": "Say "},
        {"type": "text", "text": "tip ", "style": {"bold": True}},
        {"type": "text", "text": "now", "style": {"bold": True, "italic": True}},
        {"type": "text", "text": ", or "},
        {"type": "text", "text": "plan", "style": {"code": True}},
        {"type": "text", "text": "."},
    ]


def test_only_web_addresses_become_links():
    assert elements("[a](https://a.example) [b](mailto:b@b.example) [c](ftp://c.example)")[0]["elements"] == [
        {"type": "link", "url": "https://a.example", "text": "a"},
        {"type": "text", "text": " b c"},
    ]


def test_an_image_gives_its_words_and_is_never_fetched():
    assert elements("![a chart](http://evil.example/x.png)")[0]["elements"] == [{"type": "text", "text": "a chart"}]


def test_paragraphs_share_a_section_and_a_list_follows_it():
    (shown,) = draw_text("So far:\n\nMore.\n\n- one\n- two")
    assert [element["type"] for element in shown.block["elements"]] == ["rich_text_section", "rich_text_list"]
    assert shown.plain == "So far:\n\nMore.\n\n- one\n- two"


def test_a_paragraph_after_a_list_opens_a_block():
    assert [shown.plain for shown in draw_text("- one\n\nafter")] == ["- one", "after"]


def test_numbers_go_on_where_a_list_was_interrupted():
    lists = elements("1. one\n2. two\n   - inner\n3. three")
    assert [(each["style"], each["indent"], each.get("offset", 0)) for each in lists] == [
        ("ordered", 0, 0),
        ("bullet", 1, 0),
        ("ordered", 0, 2),
    ]


def test_an_item_of_two_paragraphs_stays_one_item():
    (only,) = elements("- A line.\n\n  *From you:* words\n")
    assert ["".join(part["text"] for part in item["elements"]) for item in only["elements"]] == [
        "A line.\nFrom you: words"
    ]


def test_quotes_code_and_headings_keep_their_words():
    found = elements("# Head\n\n> said\n\n```\nx = 1\n```\n")
    assert [element["type"] for element in found] == ["rich_text_section", "rich_text_quote", "rich_text_preformatted"]
    assert found[0]["elements"] == [{"type": "text", "text": "Head", "style": {"bold": True}}]


def test_an_empty_text_has_no_blocks():
    assert draw_text(" \n\n ") == []


@given(hostile.words)
def test_typed_words_are_shown_as_typed_in_one_unstyled_stretch(words: str):
    drawn = draw_text(f"“{escape(words)}”")
    assert [part for shown in drawn for each in shown.block["elements"] for part in each["elements"]] == [
        {"type": "text", "text": f"“{words}”"}
    ]


@given(st.lists(st.sampled_from(["word ", "**bold** ", "long" * 500 + " ", "\n\n", "\n\n- item ", "\n\n1. one "])))
def test_no_word_is_lost_however_long_the_text(parts: list[str]):
    text = "".join(parts)
    drawn = draw_text(text)
    shown = words_of({"blocks": [each.block for each in drawn]}).split()
    assert shown == [word for piece in read_pieces(text) for span in piece.spans for word in span.text.split()]


@given(st.integers(-1, 1), st.sampled_from([1, 2, 5]))
def test_a_paragraph_at_and_over_the_limit_arrives_whole(over: int, times: int):
    words = "word " * (times * limits.TEXT_OBJECT // 5) + "x" * (over + 1)
    drawn = draw_pieces([Piece((Span(words),))])
    assert "".join(shown.plain for shown in drawn).split() == words.split()
    assert all(len(shown.plain) <= limits.TEXT_OBJECT for shown in drawn)


def test_a_long_item_goes_on_below_it_and_the_numbers_go_on_after_that():
    drawn = draw_text("1. " + "word " * 900 + "\n2. next")
    assert [shown.block["elements"][0]["type"] for shown in drawn] == [
        "rich_text_list",
        "rich_text_section",
    ]
    assert drawn[1].block["elements"][1]["offset"] == 1


def test_the_plain_form_says_where_a_link_leads():
    assert plain_of(read_pieces("See [the guide](https://a.example) or <https://b.example>.")) == (
        "See the guide (https://a.example) or https://b.example."
    )


def test_a_text_of_the_guide_is_drawn_once_and_one_with_words_of_a_person_is_kept_nowhere():
    texts = Texts(lambda text: text == "The **guide** asks.")
    first, theirs = texts.draw("The **guide** asks."), texts.draw("My *own* words.")

    assert draw_text("The **guide** asks.") == first
    assert first is texts.draw("The **guide** asks.")
    assert draw_text("My *own* words.") == theirs
    assert ["The **guide** asks."] == list(texts._drawn)
