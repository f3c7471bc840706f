"""CommonMark becomes texts that every client of Teams reads alike, and typed words become nothing else."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.pieces import plain_of, read_pieces
from adapters.teams import limits
from adapters.teams import texts as texts_module
from adapters.teams.escaping import neutral, spoken
from adapters.teams.outgoing import draw, draw_answered, draw_card
from adapters.teams.stamps import Stamp
from adapters.teams.texts import draw_text, forget_texts, size
from bot.messages import Message, escape
from tests.adapters.teams import card_words
from tests.adapters.teams.card_words import words_of


def elements(text: str) -> list[dict]:
    return [element for shown in draw_text(text) for element in shown.elements]


def texts(text: str) -> list[str]:
    return [element["text"] for element in elements(text) if element["type"] == "TextBlock"]


def run(text: str, **style: object) -> dict:
    return {"type": "TextRun", "text": text, **style}


def test_emphasis_and_links_become_the_markdown_that_teams_knows():
    assert texts("Say **tip** or *plan*, and [read on](https://a.example/b?c=d).") == [
        "Say **tip** or _plan_, and [read on](https://a.example/b?c=d)."
    ]


def test_a_paragraph_in_bold_and_a_heading_become_headings():
    for text in ("**Your plan**", "# Your plan"):
        assert elements(text) == [
            {
                "type": "TextBlock",
                "text": "Your plan",
                "style": "heading",
                "size": "Medium",
                "weight": "Bolder",
                "wrap": True,
            }
        ]


def test_a_longer_paragraph_in_bold_is_none():
    assert "style" not in elements(f"**{'word ' * 16}end**")[0]


def test_an_aside_in_italic_steps_back():
    (block,) = elements("*Your skills, 2 of 6*")
    assert (block["text"], block["isSubtle"]) == ("_Your skills, 2 of 6_", True)


def test_a_list_of_plain_words_is_one_block():
    assert texts("So far:\n\n- one\n- **two**\n\n3. three\n4. four") == [
        "So far:",
        "- one\r- **two**",
        "3. three\r4. four",
    ]


def test_a_list_with_marks_in_its_words_is_rows():
    drawn = elements(f"1. {escape('- [x](y)')}\n2. two")
    assert [element["type"] for element in drawn] == ["ColumnSet", "ColumnSet"]
    assert words_of({"body": drawn}).split("\n") == ["1.", "- [x](y)", "2.", "two"]


def test_a_list_inside_a_list_is_set_in():
    drawn = elements("- one\n  - inner")
    assert [column["items"][0]["inlines"][0]["text"] for row in drawn for column in row["columns"][:1]] == [
        "•",
        "\u00a0" * 4 + "•",
    ]


def test_an_item_of_two_paragraphs_stays_one_row():
    (row,) = elements("- A line.\n\n  *From you:* “more”")
    assert [block["text"] for block in row["columns"][1]["items"]] == ["A line.", "_From you:_ “more”"]


def test_lines_stand_below_each_other():
    first, second = elements("one\\\ntwo")
    assert (first["text"], second["text"], second["spacing"]) == ("one", "two", "None")


def test_code_and_quotes_have_their_own_look():
    code, quote = elements("```\n{{DATE}}\n```\n\n> said")
    assert code["inlines"] == [run("{", fontType="Monospace"), run("{DATE}}", fontType="Monospace")]
    assert (quote["type"], quote["style"], quote["items"][0]["text"]) == ("Container", "emphasis", "said")


def test_a_table_is_not_made():
    assert texts("a, b") == ["a, b"]
    assert {element["type"] for element in elements("| a | b |\n|---|---|\n| 1 | 2 |")} == {"RichTextBlock"}


@pytest.mark.parametrize(
    "words",
    [
        "*no*",
        "a_b",
        "[x](http://e.example)",
        "1. item",
        "- item",
        "{{DATE()}}",
        "${x}",
        "<at>x</at>",
        "a.example",
        "x@y",
    ],
)
def test_words_that_some_client_might_obey_are_carried_as_data(words: str):
    (block,) = elements(escape(words))
    assert (block["type"], "".join(each["text"] for each in block["inlines"])) == ("RichTextBlock", words)


def test_a_style_that_touches_a_word_is_carried_as_data():
    (block,) = elements("un**believ**able and *this*.")
    assert block["inlines"] == [
        run("un"),
        run("believ", weight="Bolder"),
        run("able and "),
        run("this", italic=True),
        run("."),
    ]


def test_a_link_with_marks_in_its_address_is_an_action_of_its_words():
    (block,) = elements("[read](https://a.example/a_b_c)")
    assert block["inlines"] == [run("read", selectAction={"type": "Action.OpenUrl", "url": "https://a.example/a_b_c"})]


def test_only_web_addresses_become_links():
    assert texts("[a](https://a.example) [b](mailto:b@b.example) [c](ftp://c.example)") == [
        "[a](https://a.example) b c"
    ]


def test_half_a_character_is_mended():
    (shown,) = draw_text("a \ud83d\ude00 b \ud83d c")
    assert "".join(each["text"] for each in shown.elements[0]["inlines"]) == "a 😀 b \ufffd c"


@given(card_words.words)
def test_typed_words_are_shown_as_typed(words: str):
    assert " ".join(words_of({"body": elements(escape(words))}).split()) == " ".join(words.split())


@given(st.lists(st.sampled_from(["word ", "**bold** ", "*a* ", "\n\n", "\n- item ", "\n1. one ", "> q ", "ü" * 900])))
@settings(max_examples=40)
def test_no_element_is_too_large_and_no_word_is_lost(parts: list[str]):
    text = "".join(parts * 3)
    shown = draw_text(text)
    assert [size(each.elements) for each in shown if size(each.elements) > 2 * limits.ELEMENT_BYTES] == []
    words = "".join(words_of({"body": list(each.elements)}) for each in shown).replace("•", "")
    spoken = plain_of(read_pieces(text))
    assert [
        word for word in spoken.split() if word != "-" and not word.rstrip(".").isdigit() and word not in words
    ] == []


def test_a_text_drawn_again_is_the_same_whatever_was_made_of_it_in_between():
    message = Message("**Your plan**\n\n1. One\n2. *Two* <b>\n\n> three")
    first, again = written(message), written(message)
    forget_texts()
    assert [first, first] == [again, written(message)]


def written(message: Message) -> bytes:
    return msgspec.json.encode([draw_answered(message, "Yes"), draw(message, Stamp(1, "", "run"))])


def test_texts_drawn_lately_can_be_dropped():
    draw_text("something of somebody's own")
    draw_card(Message("something of somebody's own"), Stamp(1))
    forget_texts()
    assert [0, 0, 0] == [held.cache_info().currsize for held in (texts_module._drawn, neutral, spoken)]
