"""App Home shows its sections with their controls, within Slack's limits, and obeys nothing in them."""

from __future__ import annotations

from hypothesis import given, settings

from adapters.slack import limits
from adapters.slack.home import Overview, draw_home
from adapters.slack.stamps import read_action
from bot.events import Chose
from bot.messages import Control, Message, escape
from tests.adapters.slack import hostile
from tests.adapters.slack.blockkit import elements, problems, words_of
from tests.adapters.slack.pressing import pressed
from tests.talking import Conversing

HEADINGS = {"progress": "Where you are", "profile": "Your profile", "plan": "Your plan", "tip": "A quick tip"}


def of_talk(talk: Conversing) -> Overview:
    talk.through_quick_six()
    talk.through_plan()
    sections = []
    for word, heading in {**HEADINGS, "privacy": "Privacy"}.items():
        talk.say(word)
        sections.append((heading, talk.messages[0]))
    return Overview("Lateral", tuple(sections))


def test_a_whole_talk_at_a_glance_is_one_slack_takes(talk: Conversing):
    overview = of_talk(talk)
    view = draw_home(overview, 9)
    assert problems(view) == []
    headers = [block["text"]["text"] for block in view["blocks"] if block["type"] == "header"]
    assert headers == ["Lateral", *HEADINGS.values(), "Privacy"]
    words = words_of(view).split()
    assert [
        word for _, m in overview.sections for word in m.plain.split() if word.isalpha() and word not in words
    ] == []


def test_a_plan_line_is_ticked_off_from_home(talk: Conversing):
    view = draw_home(of_talk(talk), 9)
    assert read_action(*pressed(view, "do:done:#1")) == Chose("do:done:#1", None, 9)


def test_ids_stand_once_though_sections_hold_the_same_controls():
    message = Message("Where next?", (Control("button", "do:plan", "My plan"), Control("text", "q", "")))
    view = draw_home(Overview("Lateral", (("One", message), ("Two", message))), 0)
    assert (problems(view), len(elements(view))) == ([], 4)


def test_a_heading_at_the_limit_is_a_header_and_one_over_is_bold_text():
    for length, kind in ((limits.HEADER, "header"), (limits.HEADER + 1, "rich_text")):
        view = draw_home(Overview("", (("h" * length, Message("words")),)), 0)
        assert (problems(view), view["blocks"][0]["type"]) == ([], kind)
        assert words_of(view) == "h" * length + "\nwords"


def test_a_page_at_the_limit_is_whole_and_one_over_says_where_the_rest_is():
    full, over = (
        draw_home(Overview("", (("", Message("\n\n".join(f"- {n}\n\nso {n}" for n in range(count)))),)), 0)
        for count in (49, 300)
    )
    assert (problems(full), "so 48" in words_of(full), "Messages" in words_of(full)) == ([], True, False)
    assert (problems(over), words_of(over).split("\n")[-1]) == (
        [],
        "There is more than fits on this page. Ask me for it in Messages.",
    )


@given(hostile.words)
@settings(max_examples=60)
def test_typed_words_are_shown_and_never_obeyed_in_home(words: str):
    message = Message(f"1. {escape('I will ' + words)}", (Control("button", "do:done:#1", words),))
    view = draw_home(Overview(words, ((words, message),)), 3)
    assert (problems(view), hostile.obeyed(view)) == ([], [])
    assert f"I will {words}".rstrip() in words_of(view)
    assert " ".join(words.split()) in words_of(view)


def test_the_way_to_the_menu_is_left_to_the_talk():
    message = Message(
        "No plan yet.", (Control("button", "open:plan", "A small plan"), Control("button", "do:menu", "Menu"))
    )
    view = draw_home(Overview("", (("Your plan", message),)), 0)
    assert [button["text"]["text"] for button in elements(view)] == ["A small plan"]


def test_a_heading_is_not_said_twice():
    overview = Overview("You", (("Your plan", Message("**Your plan**\n\n1. A step.")),))

    blocks = draw_home(overview, 1)["blocks"]

    assert ["header", "header", "rich_text"] == [block["type"] for block in blocks]
    assert "Your plan" not in str(blocks[2])
