"""Every message of real talks, and any message at all, is one Slack takes; nothing typed is obeyed or lost."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.slack.mrkdwn import unescape
from adapters.slack.outgoing import draw, draw_answered
from adapters.slack.stamps import WantsToWrite, read_action, read_label
from bot.events import Chose, Submitted
from bot.messages import Control, Message, Pick, escape
from tests.adapters.slack import hostile
from tests.adapters.slack.blockkit import choices, elements, options, problems, words_of
from tests.adapters.slack.pressing import drawn, pressed, sent, with_deed
from tests.adapters.typed_words import any_message, ids, labels
from tests.talking import Conversing

SAID = (
    "tip",
    "help",
    "progress",
    "profile",
    "plan",
    "review",
    "export",
    "privacy",
    "cv",
    "practice",
    "documents",
    "menu",
    "what are the downsides?",
    "done",
    "tip about flying saucers",
    "pause until Monday",
    "hello",
    "qwertz",
    "delete everything about me",
    "no",
    "thanks",
    "stop",
    "start",
    "delete everything about me",
    "yes",
)


class Noting(Conversing):
    """A talk that notes every message that was said in it."""

    def __init__(self, *given: object) -> None:
        super().__init__(*given)
        self.said: list[Message] = []

    def take(self, event: object) -> str:
        heard = super().take(event)
        self.said += self.messages
        return heard


@pytest.fixture(scope="module")
def said(guide, wording) -> list[Message]:
    """Every message of a whole talk: the intake, six skills, a plan, and all that can be asked for."""
    from tests.conftest import MONDAY  # noqa: PLC0415

    talk = Noting(guide, wording, MONDAY)
    talk.through_quick_six()
    talk.through_plan()
    for words in SAID:
        talk.say(words)
    for document in guide.documents:
        talk.press(f"do:document:{document.id}")
    for section in guide.sections:
        talk.press(f"do:review:{section.id}")
        talk.press(f"open:{section.id}")
    return talk.said


def payloads(message: Message) -> list[dict]:
    return draw(message, 7)


def choice(count: int, *, kind: str = "choice", width: int = 0, question: str | None = "q") -> Message:
    picks = tuple(Pick(f"option-{n}", f"Option {n}".ljust(width, "x")) for n in range(count))
    return Message("Which?", (Control(kind, "q", "", picks, count),), question=question)


def test_the_talk_says_most_of_what_can_be_said(said: list[Message]):
    assert {"ask_question", "show_plan", "show_profile", "show_export", "give_tip", "review_part", "show_cv"} <= {
        message.about for message in said
    }
    assert {control.kind for message in said for control in message.controls} == {
        "choice",
        "multi",
        "text",
        "date",
        "button",
    }


def test_every_message_of_a_talk_is_one_slack_takes(said: list[Message]):
    found = {(m.about, m.question): problems(payload) for m in said for payload in payloads(m)}
    assert {where: wrong for where, wrong in found.items() if wrong} == {}


def test_every_message_of_a_talk_says_all_its_words_in_both_forms(said: list[Message]):
    for message in said:
        shown = " ".join(words_of(payload) for payload in payloads(message)).split()
        spoken = unescape(" ".join(payload["text"] for payload in payloads(message))).split()
        # List marks stand in the plain form and are drawn by Slack on the screen.
        words = [word for word in message.plain.split() if word != "-" and not word.rstrip(".").isdigit()]
        assert [word for word in words if word not in shown] == []
        assert [word for word in words if word not in spoken] == []


def test_every_option_of_a_talk_comes_back_as_the_press_it_is(said: list[Message]):
    for message in said:
        (payload,) = payloads(message)
        for control in message.controls:
            for pick in control.options if control.kind != "multi" else ():
                assert read_action(*pressed(payload, pick.id)) == Chose(pick.id, message.question, 7)
            if control.kind == "button":
                assert read_action(*pressed(payload, control.id)) == Chose(control.id, message.question, 7)
            if control.kind == "multi":
                ids = tuple(pick.id for pick in control.options[1:3])
                assert read_action(*sent(payload, ids)) == Submitted({control.id: ids}, 7)
            if control.kind == "text":
                assert read_action(with_deed(payload, "write")) == WantsToWrite(control.id, 7)
            if control.kind == "date":
                day = with_deed(payload, "day", selected_date="2026-12-07")
                assert read_action(day) == Submitted({control.id: "2026-12-07"}, 7)


def test_every_answered_message_of_a_talk_is_one_slack_takes_and_has_no_controls(said: list[Message]):
    for message in said:
        for payload in payloads(message):
            answered = draw_answered(payload["blocks"], "Yes, often")
            assert (problems(answered), elements(answered)) == ([], [])
            assert words_of(answered).endswith("You chose: Yes, often")


@pytest.mark.parametrize(
    ("count", "width", "question", "kinds"),
    [
        (1, 0, "q", ["button"]),
        (5, 75, "q", ["button"] * 5),
        (6, 0, "q", ["button"] * 6),
        (10, 30, "q", ["button"] * 10),
        (6, 31, "q", ["radio_buttons", "button"]),
        (10, 76, "q", ["radio_buttons", "button"]),
        (10, 31, None, ["button"] * 10),
        (11, 0, "q", ["static_select"]),
        (100, 0, "q", ["static_select"]),
        (101, 0, "q", ["static_select"] * 2),
        (240, 0, "q", ["static_select"] * 3),
    ],
)
def test_a_choice_is_drawn_by_how_much_there_is_to_choose(count: int, width: int, question: str | None, kinds: list):
    message = choice(count, width=width, question=question)
    assert [kind for payload in payloads(message) for kind in drawn(payload)] == kinds


@pytest.mark.parametrize("kind", ["choice", "multi"])
@pytest.mark.parametrize("width", [0, 30, 31, 75, 76, 150, 400])
@pytest.mark.parametrize("count", [1, 5, 6, 10, 11, 26, 100, 101, 240])
def test_every_option_stays_reachable_and_its_label_readable(kind: str, width: int, count: int):
    message = choice(count, kind=kind, width=width)
    found: dict[str, str] = {}
    for payload in payloads(message):
        assert problems(payload) == []
        found |= choices(payload)
    assert list(found) == [f"option-{n}" for n in range(count)]
    shown = " ".join(words_of(payload) for payload in payloads(message)).split()
    spoken = " ".join(payload["text"] for payload in payloads(message)).split()
    labels = [pick.label.split() for pick in message.controls[0].options]
    assert [label for label in labels if not set(label) <= set(shown)] == []
    assert [label for label in labels if not set(label) <= set(spoken)] == []


def test_a_long_list_of_several_comes_back_whole():
    *_, payload = payloads(choice(240, kind="multi"))
    ids = tuple(f"option-{n}" for n in (0, 99, 100, 239))
    assert read_action(*sent(payload, ids)) == Submitted({"q": ids}, 7)
    (menu,) = [element for element in elements(payload) if element["type"] == "multi_static_select"]
    assert [len(group["options"]) for group in menu["option_groups"]] == [100, 100, 40]


def test_options_with_ids_too_long_for_a_menu_are_buttons():
    picks = tuple(Pick(f"do:document:{n}" + "x" * 150, f"Document {n}") for n in range(30))
    (payload,) = payloads(Message("Which?", (Control("choice", "q", "", picks),)))
    assert (problems(payload), list(choices(payload))) == ([], [pick.id for pick in picks])


def test_a_list_at_most_takes_as_many_as_the_question_allows():
    message = Message("Which?", (Control("multi", "q", "", tuple(Pick(f"{n}", f"{n}") for n in range(12)), 3),))
    assert [e.get("max_selected_items") for e in elements(payloads(message)[0])] == [3, None]


def test_a_list_marked_but_empty_is_an_answer_where_several_may_be_and_none_where_one_must():
    (several,) = payloads(choice(6, kind="multi"))
    (one,) = payloads(choice(6, width=40))
    assert read_action(*sent(several, [])) == Submitted({"q": ()}, 7)
    assert read_action(*sent(one, [])) is None


def test_the_words_of_a_marked_list_can_be_shown():
    (payload,) = payloads(choice(6, kind="multi"))
    assert read_label(*sent(payload, ["option-1", "option-4"])) == "Option 1, Option 4"


def test_a_text_question_offers_its_suggestions_and_a_place_to_write():
    picks = (Pick("keep", "Keep it"), Pick("small", "Make it smaller"))
    (payload,) = payloads(Message("Keep it?", (Control("text", "words.1", "Or type it", picks),), question="words.1"))
    assert [element["text"]["text"] for element in elements(payload)] == ["Keep it", "Make it smaller", "Write it here"]
    assert payload["text"] == "Keep it?\n\n1. Keep it\n2. Make it smaller\n\nOr type it"


def test_a_date_question_offers_its_suggestions_and_a_calendar():
    (payload,) = payloads(Message("When?", (Control("date", "day.1", "", (Pick("+7d", "In a week"),)),)))
    assert drawn(payload) == ["button", "datepicker"]


def test_buttons_beyond_a_row_go_on_in_the_next():
    buttons = tuple(Control("button", f"do:done:#{n}", f"Done: {n}") for n in range(60))
    (payload,) = payloads(Message("Your plan", buttons))
    assert [len(block["elements"]) for block in payload["blocks"][1:]] == [25, 25, 10]
    assert payload["text"].endswith("[Done: 59]")


def test_a_shortened_button_is_read_out_in_full():
    (payload,) = payloads(choice(2, width=40))
    assert [(e["text"]["text"], e["accessibility_label"]) for e in elements(payload)] == [
        ("1. Option…", "1. " + "Option 0".ljust(40, "x")),
        ("2. Option…", "2. " + "Option 1".ljust(40, "x")),
    ]


def test_a_button_with_a_very_long_label_says_it_above():
    (payload,) = payloads(Message("Read on?", (Control("button", "do:menu", "word " * 30),)))
    assert problems(payload) == []
    assert words_of(payload).split().count("word") >= 30


def test_an_empty_message_is_not_sent():
    assert payloads(Message("")) == []


def test_controls_alone_still_have_a_plain_form():
    (payload,) = payloads(Message("", (Control("text", "q", ""),)))
    assert (problems(payload), payload["text"]) == ([], "Choose")


def test_what_was_chosen_takes_the_place_of_the_controls():
    (payload,) = payloads(choice(3))
    assert draw_answered(payload["blocks"], "Option 2") == {
        "text": "Which?\n\nYou chose: Option 2",
        "blocks": [
            {
                "type": "rich_text",
                "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "Which?"}]}],
            },
            {
                "type": "rich_text",
                "elements": [
                    {
                        "type": "rich_text_section",
                        "elements": [
                            {"type": "text", "text": "You chose: ", "style": {"italic": True}},
                            {"type": "text", "text": "Option 2"},
                        ],
                    }
                ],
            },
        ],
    }


def test_a_message_that_slack_sent_back_loses_its_controls_and_block_ids():
    (payload,) = payloads(choice(3))
    returned = [{**block, "block_id": f"b{n}"} for n, block in enumerate(payload["blocks"])]
    answered = draw_answered(returned, "")
    assert (answered["text"], [sorted(block) for block in answered["blocks"]]) == ("Which?", [["elements", "type"]])


def test_what_is_not_rich_text_keeps_its_place_and_its_words():
    words = {"type": "plain_text", "text": "words"}
    blocks = [
        {"type": "header", "text": words},
        {"type": "section", "text": words},
        {"type": "context", "elements": [words, words]},
        {"type": "image", "image_url": "https://a.example/x.png", "alt_text": "a chart"},
        {"type": "divider"},
    ]
    answered = draw_answered(blocks, "")
    assert answered == {"text": "words\n\nwords\n\nwords words\n\na chart", "blocks": blocks}


def test_a_question_whose_options_are_gone_still_has_its_text():
    for kind in ("choice", "multi"):
        (payload,) = payloads(Message("Which?", (Control(kind, "q", ""),), question="q"))
        assert (problems(payload), elements(payload)) == ([], [])


def test_a_message_of_controls_alone_says_that_it_was_answered():
    (payload,) = payloads(Message("", (Control("text", "q", ""),)))
    assert draw_answered(payload["blocks"], "")["text"] == "Answered."


def test_a_long_answer_below_a_long_question_is_shown_whole():
    message = Message("question " * 430, (Control("text", "q", ""),))
    answered = [draw_answered(payload["blocks"], "<&> " * 500) for payload in payloads(message)][-1]
    assert problems(answered) == []
    assert words_of(answered).split().count("<&>") == 500


@given(hostile.words)
@settings(max_examples=60)
def test_typed_words_are_shown_and_never_obeyed_in_messages(words: str):
    controls = (
        Control("choice", "q", words, tuple(Pick(f"{n}", f"{n} {words}") for n in range(3))),
        Control("multi", "m", words, tuple(Pick(f"{n}", f"{n} {words}") for n in range(12)), 2),
        Control("button", "do:menu", words),
    )
    drawn_ = payloads(Message(f"You said: “{escape(words)}”.", controls, question="q"))
    shown = "\n".join(words_of(payload) for payload in drawn_)
    assert f"You said: “{words}”." in shown
    assert f"You said: “{words}”." in unescape("\n".join(payload["text"] for payload in drawn_))
    for payload in drawn_:
        assert (problems(payload), hostile.obeyed(payload)) == ([], [])


@given(hostile.words)
@settings(max_examples=60)
def test_typed_words_are_shown_and_never_obeyed_as_what_was_chosen(words: str):
    answered = draw_answered(payloads(choice(3))[0]["blocks"], words)
    assert (problems(answered), hostile.obeyed(answered)) == ([], [])
    assert words.strip() in words_of(answered)
    assert words.strip() in unescape(answered["text"])


@given(any_message(hostile.words, ids("_.+-:#"), labels("Cs"), 3), st.integers(0, 10**9))
@settings(max_examples=80)
def test_whatever_is_drawn_is_one_slack_takes_and_reads_back(message: Message, revision: int):
    drawn_ = draw(message, revision)
    assert [wrong for payload in drawn_ for wrong in problems(payload)] == []
    control = message.controls[0]
    for pick in control.options:
        holding = next(payload for payload in drawn_ if pick.id in choices(payload))
        event = read_action(*pressed(holding, pick.id))
        several = Submitted({control.id: (pick.id,)}, revision)
        assert event == (several if control.kind == "multi" else Chose(pick.id, message.question, revision))


@given(st.lists(st.sampled_from(["word ", "<&> ", "**bold** ", "*a* ", "\n\n", "\n\n- item ", "a" * 500]), max_size=40))
@settings(max_examples=30)
def test_no_text_is_too_long_to_be_sent(parts: list[str]):
    message = Message("".join(parts * 12))
    drawn_ = payloads(message)
    assert [wrong for payload in drawn_ for wrong in problems(payload)] == []
    shown = [word for payload in drawn_ for word in words_of(payload).split()]
    spoken = [word for payload in drawn_ for word in unescape(payload["text"]).split()]
    assert "".join(shown) == "".join(word for word in spoken if word != "-")


def test_a_revision_and_a_question_are_all_a_button_knows():
    (payload,) = payloads(choice(1))
    assert json.loads(elements(payload)[0]["value"]) == {"o": "option-0", "q": "q", "r": 7}
    assert options(elements(payload)[0]) == []
