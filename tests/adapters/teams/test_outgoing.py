"""Every message of real talks, and any message at all, is one Teams takes; nothing typed is obeyed or lost."""

from __future__ import annotations

import re
from copy import deepcopy

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from adapters.teams.outgoing import draw, draw_answered, draw_card, draw_note
from adapters.teams.posting import in_channel
from adapters.teams.stamps import OURS, Stamp, UnknownAction, read_action, read_stamp
from bot.events import Chose, Submitted
from bot.messages import Chart, Control, Figure, Message, Pick, escape, join
from tests.adapters.teams import card_words
from tests.adapters.teams.card_pressing import choices, filled, pressed
from tests.adapters.teams.card_talks import Noting, ask_for_everything, wander
from tests.adapters.teams.card_words import obeyed, seen, words_of
from tests.adapters.teams.cardschema import ABSENT, SCHEMA, actions, card_problems, inputs, nodes, problems
from tests.adapters.typed_words import any_message, ids, labels
from tests.conftest import MONDAY

STAMP = Stamp(7, run="r1")


@pytest.fixture(scope="module")
def said(guide, wording) -> list[Message]:
    """Every message of a whole talk and of some that go at random, single and as joined in a turn."""
    messages = ask_for_everything(Noting(guide, wording, MONDAY))
    for seed in range(3):
        messages += wander(Noting(guide, wording, MONDAY), seed, 80)
    return list(dict.fromkeys(messages))


def cards(message: Message) -> list[dict]:
    return [activity["attachments"][0]["content"] for activity in draw(message, STAMP)]


def card(message: Message) -> dict:
    (only,) = cards(message)
    return only


def choice(count: int, *, kind: str = "choice", width: int = 0, question: str | None = "q") -> Message:
    picks = tuple(Pick(f"option-{n}", f"Option {n}".ljust(width, "x")) for n in range(count))
    return Message("Which?", (Control(kind, "q", "", picks, count),), question=question)


def buttons(*names: str) -> tuple[Control, ...]:
    return tuple(Control("button", f"do:{name}", name.title()) for name in names)


def titles(content: dict) -> list[str]:
    return [action["title"] for action in actions(content)]


def kinds(content: dict) -> list[str]:
    return [each.get("style", each["type"]) for each in inputs(content)]


def test_the_talks_say_most_of_what_can_be_said(said: list[Message]):
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
    assert any(message.chart for message in said)


def test_every_message_of_the_talks_is_one_teams_takes(said: list[Message]):
    found = {(m.about, m.question): problems(activity) for m in said for activity in draw(m, STAMP)}
    assert {where: wrong for where, wrong in found.items() if wrong} == {}


@pytest.mark.skipif(not SCHEMA.exists(), reason=ABSENT)
def test_the_official_schema_is_asked():
    drawn = deepcopy(card(choice(3)))
    drawn["body"][0]["surprise"] = 1
    assert card_problems(drawn) != []


def test_every_message_of_the_talks_says_all_its_words_in_both_forms(said: list[Message]):
    for message in said:
        drawn = cards(message)
        shown = " ".join(map(words_of, drawn)).split()
        spoken = seen(" ".join(content["fallbackText"] for content in drawn)).split()
        words = [word for word in message.plain.split() if word != "-" and not word.rstrip(".").isdigit()]
        assert [word for word in words if word not in shown] == []
        assert [word for word in words if word not in spoken] == []


def test_every_option_of_the_talks_comes_back_as_the_press_it_is(said: list[Message]):
    for message in said:
        content = draw_card(message, STAMP)
        for control in message.controls:
            for pick in control.options if control.kind != "multi" else ():
                assert read_action(pressed(content, pick.id)) == Chose(pick.id, message.question, 7)
            if control.kind == "button":
                assert read_action(pressed(content, control.id)) == Chose(control.id, message.question, 7)
            if control.kind == "multi":
                ids = tuple(pick.id for pick in control.options[1:3])
                field = next(each["id"] for each in inputs(content) if each.get("isMultiSelect"))
                assert read_action(filled(content, field, ",".join(ids))) == Submitted({control.id: ids}, 7)
            for kind, value in (("text", "My *own* words"), ("date", "2026-12-07")):
                if control.kind == kind:
                    field = next(each["id"] for each in inputs(content) if each["type"] == f"Input.{kind.title()}")
                    assert read_action(filled(content, field, value)) == Submitted({control.id: value}, 7)


def test_every_answered_message_of_the_talks_is_one_teams_takes_and_has_no_controls(said: list[Message]):
    for message in said:
        answered = draw_answered(message, "Yes, often")
        content = answered["attachments"][0]["content"]
        assert (problems(answered), actions(content), inputs(content)) == ([], [], [])
        assert words_of(content).endswith("You chose: Yes, often")


def test_the_buttons_of_a_question_are_numbered_where_they_are_read_and_not_seen():
    assert card(choice(2))["speak"] == "Which?\n\n1. Option 0\n2. Option 1"


def test_an_action_carries_ids_run_and_revision_and_falls_back_to_the_same():
    (action, *_) = actions(card(choice(2)))
    assert action["data"] == {OURS: {"option": "option-0", "revision": 7, "question": "q", "run": "r1"}}
    assert action["fallback"] == {
        "type": "Action.Submit",
        "title": "Option 0",
        "data": action["data"],
        "associatedInputs": "none",
    }
    assert read_stamp(action["data"]) == Stamp(7, "q", "r1")


@pytest.mark.parametrize(
    ("count", "width", "question", "buttons_", "lists"),
    [
        (1, 0, "q", 1, []),
        (6, 40, "q", 6, []),
        (6, 41, "q", 1, ["expanded"]),
        (7, 0, "q", 1, ["expanded"]),
        (10, 0, "q", 1, ["expanded"]),
        (11, 0, "q", 1, ["compact"]),
        (6, 0, None, 6, []),
        (9, 0, None, 6, ["compact"]),
        (9, 41, None, 1, ["expanded"]),
    ],
)
def test_a_choice_is_drawn_by_how_much_there_is_to_choose(count, width, question, buttons_, lists):
    content = card(choice(count, width=width, question=question))
    assert (len(actions(content)), kinds(content)) == (buttons_, lists)


def test_options_stay_buttons_where_they_and_the_buttons_beside_them_are_six():
    message = choice(3)
    three = Message(message.text, (*message.controls, *buttons("back", "skip", "why")), question="q")
    assert titles(card(three)) == ["Option 0", "Option 1", "Option 2", "Back", "Skip", "Why"]
    four = choice(4)
    content = card(Message(four.text, (*four.controls, *buttons("back", "skip", "why")), question="q"))
    assert (titles(content), kinds(content)) == (["Send", "Back", "Skip", "Why"], ["expanded"])


@pytest.mark.parametrize("kind", ["choice", "multi"])
@pytest.mark.parametrize("width", [0, 40, 41, 60, 61, 120, 121, 400])
@pytest.mark.parametrize("count", [1, 6, 7, 10, 11, 101, 240])
def test_every_option_stays_reachable_and_its_label_readable(kind: str, width: int, count: int):
    message = choice(count, kind=kind, width=width)
    found: dict[str, str] = {}
    for activity in draw(message, STAMP):
        assert problems(activity) == []
        found |= choices(activity["attachments"][0]["content"])
    assert list(found) == [f"option-{n}" for n in range(count)]
    shown = set(" ".join(map(words_of, cards(message))).split())
    spoken = set(seen(" ".join(content["fallbackText"] for content in cards(message))).split())
    labels = [set(pick.label.split()) for pick in message.controls[0].options]
    assert [label for label in labels if not label <= shown] == []
    assert [label for label in labels if not label <= spoken] == []


def test_a_list_marked_but_empty_is_an_answer_where_several_may_be_and_none_where_one_must():
    several, one = card(choice(7, kind="multi")), card(choice(7))
    (field,) = inputs(several)
    assert read_action(filled(several, field["id"], "")) == Submitted({"q": ()}, 7)
    (field,) = inputs(one)
    assert (field["isRequired"], field["errorMessage"]) == (True, "Please choose one first.")
    assert read_action(filled(one, field["id"], "")) is None


def test_ids_with_commas_come_back_from_a_marked_list():
    picks = tuple(Pick(name, name) for name in ("a,b", "c%2Cd", "e%"))
    content = card(Message("Which?", (Control("multi", "q", "", picks, 3),), question="q"))
    (field,) = inputs(content)
    value = ",".join(choice_["value"] for choice_ in field["choices"])
    assert read_action(filled(content, field["id"], value)) == Submitted({"q": ("a,b", "c%2Cd", "e%")}, 7)


def test_a_text_question_offers_its_suggestions_and_a_field_with_its_label():
    picks = (Pick("keep", "Keep it"), Pick("small", "Make it smaller"))
    content = card(Message("Keep it?", (Control("text", "words.1", "Or type it", picks),), question="words.1"))
    assert titles(content) == ["Keep it", "Make it smaller", "Send"]
    (field,) = inputs(content)
    assert (field["label"], field["isMultiline"], field["isRequired"]) == ("Or type it", True, True)
    assert read_action(filled(content, field["id"], "  ")) is None


def test_suggestions_without_room_are_sent_with_the_words_which_come_first():
    picks = tuple(Pick(f"o{n}", f"Obstacle {n}") for n in range(5))
    controls = (Control("text", "obstacle", "Or type it", picks), *buttons("back", "skip", "why"))
    content = card(Message("What is in the way?", controls, question="obstacle"))
    assert titles(content) == ["Send", "Back", "Skip", "Why"]
    field, marked = sorted((each["id"] for each in inputs(content)), key=lambda name: name.endswith(".1"))
    data = filled(content, field, "My boss")
    assert read_action({**data, marked: "o3"}) == Submitted({"obstacle": "My boss"}, 7)
    assert read_action({**data, field: "", marked: "o3"}) == Chose("o3", "obstacle", 7)
    assert read_action({**data, field: ""}) is None


def test_a_date_question_has_a_calendar_with_a_label():
    content = card(Message("When?", (Control("date", "day.1", "Or say it", (Pick("+7d", "In a week"),)),)))
    (field,) = inputs(content)
    assert (field["type"], field["label"], field["errorMessage"]) == (
        "Input.Date",
        "Pick a day",
        "Please pick a day first.",
    )
    assert "Or say it" in words_of(content)


def test_buttons_beyond_six_are_a_list_that_opens():
    content = card(Message("Press one.", buttons(*(f"thing-{n}" for n in range(9)))))
    assert (len(actions(content)), kinds(content)) == (6, ["compact"])
    assert list(choices(content)) == [f"do:thing-{n}" for n in range(9)]


def plan(lines: int) -> Message:
    text = "**Your plan**\n\n" + "\n\n".join(f"{n}. I will do *this* {n}." for n in range(1, lines + 1))
    ticks = tuple(Control("button", f"do:done:#{n}", f"Done: {n}") for n in range(1, lines + 1))
    return Message(text, (*ticks, *buttons("add", "drop")), about="show_plan")


def test_a_step_of_the_plan_is_ticked_off_beside_it():
    content = card(plan(4))
    rows = [node for node in content["body"] if node["type"] == "ColumnSet"]
    assert [titles(row) for row in rows] == [["Done: 1"], ["Done: 2"], ["Done: 3"], ["Done: 4"]]
    assert [words_of({"body": [row]}).split()[:1] for row in rows] == [["1."], ["2."], ["3."], ["4."]]
    assert titles(content)[4:] == ["Add", "Drop"]


def test_a_longer_plan_is_ticked_off_in_one_list():
    content = card(plan(5))
    assert titles(content) == ["Send", "Add", "Drop"]
    assert list(choices(content))[-5:] == [f"do:done:#{n}" for n in range(1, 6)]
    assert read_action(pressed(content, "do:done:#5")) == Chose("do:done:#5", None, 7)


def test_buttons_of_steps_that_are_not_in_the_text_stand_below_it():
    tick = Control("button", "do:done:#1", "Done: 1")
    assert titles(card(Message("You set Monday for this.", (tick,)))) == ["Done: 1"]
    assert [node["type"] for node in card(Message("1. one\n2. two\n\nThen:\n\n1. other", (tick,)))["body"]][-1] == (
        "ActionSet"
    )


NOTES = Message(
    "Would you like notes?",
    (*choice(5, kind="multi").controls, *buttons("back", "skip", "why")),
    about="ask_question",
    question="q",
)


def shared(*messages: Message) -> dict:
    (joined,) = join(messages)
    return card(joined)


def where(content: dict, words: str) -> int:
    """Return which element of a card says these words."""
    return next(at for at, node in enumerate(content["body"]) if words in words_of({"body": [node]}).split("\n"))


def test_the_plans_buttons_stand_above_the_question_that_shares_its_card():
    content = shared(Message("Your plan.", buttons("done", "later")), NOTES)
    said = ("Your plan.", "Done", "Would you like notes?", "Option 0", "Send", "Back")
    assert [where(content, words) for words in said] == sorted(where(content, words) for words in said)
    assert where(content, "Later") < where(content, "Would you like notes?")
    assert [at for at, node in enumerate(content["body"]) if node.get("separator")] == [
        where(content, "Would you like notes?")
    ]


def test_on_a_shared_card_the_fewest_buttons_stay_in_sight_and_the_others_open_above_what_follows():
    content = shared(Message("Your plan.", buttons("asked", "done", "partly", "later")), NOTES)
    assert titles(content) == ["Asked", "Go", "Send", "Back", "Skip", "Why"]
    assert where(content, "Partly") < where(content, "Would you like notes?") < where(content, "Option 0")
    assert read_action(pressed(content, "do:later")) == Chose("do:later", "q", 7)
    assert [each.get("isRequired") for each in inputs(content)] == [None, None]


def test_three_on_a_card_each_have_a_way_in_sight():
    told = Message("Tell one person.", buttons("telling", "swapping"))
    content = shared(Message("Your plan.", buttons("asked", "done", "partly", "later")), told, NOTES)
    assert titles(content) == ["Go", "Telling", "Swapping", "Send", "Back", "Go"]
    assert [action.get("style") for action in actions(content)] == [None, None, None, "positive", None, None]
    assert [each["label"] for each in inputs(content)] == ["Choose one", "Choose what fits", "More choices"]
    assert {"do:asked", "do:done", "do:partly", "do:later", "do:skip", "do:why"} <= set(choices(content))


def test_a_notification_of_a_shared_card_reads_on_past_the_buttons():
    (joined,) = join((Message("Your plan.", buttons("done", "later")), NOTES))
    (activity,) = draw(joined, STAMP)
    assert activity["summary"].startswith("Your plan. Would you like notes?")
    assert draw(choice(2), STAMP)[0]["summary"] == "Which? 1. Option 0 2. Option 1"
    assert "[Done] [Later]" in activity["attachments"][0]["content"]["fallbackText"]


def test_in_a_channel_a_shared_card_says_all_its_words_and_keeps_only_what_opens_a_chat_of_ones_own():
    talk = Control("button", "talk:tip", "Talk about this")
    (joined,) = join((Message("Ask me.", buttons("done")), Message("There is a post.", (talk,))))
    content = card(in_channel(joined))
    assert words_of(content).split("\n") == ["Ask me.", "There is a post.", "Talk about this"]


def test_a_step_is_ticked_off_beside_it_on_a_shared_card_too():
    tick = Control("button", "do:done:#1", "Done: 1")
    content = shared(Message("1. one", (tick,)), Message("1. other\n\nWhich?", buttons("skip"), question="q"))
    (row,) = (node for node in content["body"] if node["type"] == "ColumnSet")
    assert (titles(row), words_of({"body": [row]}).split("\n")[:2]) == (["Done: 1"], ["1.", "one"])


def test_controls_of_the_talks_stand_beneath_their_own_words(said: list[Message]):
    shared_cards = [message for message in said if message.seams]
    assert len(shared_cards) > 20
    for message in shared_cards:
        (content,) = cards(message)
        held = [0]
        for node in content["body"]:
            held.append(held[-1] + len(choices({"body": [node]})))
            if node.get("separator"):
                assert held[-2] in {sum(map(count_of, message.controls[: seam.controls])) for seam in message.seams}


def count_of(control: Control) -> int:
    return 1 if control.kind == "button" else len(control.options)


def test_a_shortened_button_says_it_all_in_its_tooltip_and_above():
    content = card(Message("Read on?", (Control("button", "do:menu", "word " * 30),)))
    (action,) = actions(content)
    assert (action["title"], action["tooltip"]) == ("word " * 6 + "word…", ("word " * 30).strip())
    assert words_of(content).split().count("word") >= 30


FIGURES = (
    Figure("Shown, with an example", 3, "Shown, with an example: 3"),
    Figure("Still ahead of you", 1, "Still ahead of you: 1"),
)


def test_a_chart_is_drawn_in_bars_and_falls_back_to_the_same_in_words():
    content = card(Message("Your profile", chart=Chart("The skills below, at a glance", 4, FIGURES)))
    heading, chart, _ = content["body"]
    assert (heading["text"], heading["style"], chart["type"]) == (
        "The skills below, at a glance",
        "heading",
        "Chart.HorizontalBar",
    )
    assert [(bar["x"], bar["y"]) for bar in chart["data"]] == [("Shown, with an example", 3), ("Still ahead of you", 1)]
    assert words_of({"body": [chart["fallback"]]}).split("\n") == ["Shown, with an example: 3", "Still ahead of you: 1"]
    assert "Still ahead of you: 1" in content["speak"]


def test_a_chart_without_figures_is_left_to_the_text():
    assert len(card(Message("Your profile", chart=Chart("Skills", 4, ())))["body"]) == 1


def test_an_empty_message_is_not_sent():
    assert draw(Message(""), STAMP) == ()


def test_controls_alone_still_have_a_plain_form():
    (activity,) = draw(Message("", (Control("text", "q", ""),)), STAMP)
    assert (problems(activity), activity["summary"]) == ([], "Choose one")


def test_a_message_of_controls_alone_says_that_it_was_answered():
    assert draw_answered(Message("", (Control("text", "q", ""),)), "")["summary"] == "Answered."


def test_a_question_whose_options_are_gone_still_has_its_text():
    for kind in ("choice", "multi"):
        content = card(Message("Which?", (Control(kind, "q", ""),), question="q"))
        assert (card_problems(content), actions(content)) == ([], [])


def test_a_note_is_plain_words():
    assert draw_note("I wrote to <at>you</at>.") == {
        "type": "message",
        "text": "I wrote to <\u200bat>you<\u200b/at>.",
        "textFormat": "plain",
        "summary": "I wrote to <\u200bat>you<\u200b/at>.",
    }


def test_the_card_alone_is_the_last_one():
    message = Message("word " * 5_000, buttons("menu"))
    assert draw_card(message, STAMP) == cards(message)[-1]
    assert card_problems(draw_card(Message(""), STAMP)) == []


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"lateral": 1},
        {"lateral": {}},
        {"lateral": {"option": "x"}},
        {"lateral": {"option": "x", "revision": "7"}},
        {"lateral": {"option": "x", "revision": True}},
        {"lateral": {"option": 1, "revision": 7}},
        {"lateral": {"option": "", "revision": 7}},
        {"lateral": {"inputs": "x", "revision": 7}},
        {"lateral": {"inputs": [1], "revision": 7}},
        {"lateral": {"field": 1, "inputs": ["a"], "revision": 7}, "a": "b"},
        {"lateral": {"inputs": [], "instead": 1, "revision": 7}},
        {"lateral": {"option": "x", "revision": 7, "question": 1}},
        {"lateral": {"option": "x", "revision": 7, "run": 1}},
    ],
)
def test_data_that_we_do_not_draw_is_no_action(data: dict):
    with pytest.raises(UnknownAction):
        read_action(data)


@example("    0")  # a deep indent, which would begin a block of code
@given(card_words.words)
@settings(max_examples=80)
def test_typed_words_are_shown_and_never_obeyed_in_messages(words: str):
    controls = (
        Control("choice", "q", words, tuple(Pick(f"{n}", f"{n} {words}") for n in range(3))),
        Control("multi", "m", words, tuple(Pick(f"{n}", f"{n} {words}") for n in range(12)), 2),
        Control("text", "t", words, tuple(Pick(f"{n}", f"{n} {words}") for n in range(6))),
        Control("button", "do:menu", words),
    )
    figures = (Figure(words, 1, words), Figure("x", 2, words))
    text = (
        f"You said: “{escape(words)}”.\n\n- {escape(words)}\n- {escape(words)}\n\n1. {escape(words)}\n\n{escape(words)}"
    )
    activities = draw(Message(text, controls, question="q", chart=Chart(words, 3, figures)), STAMP)
    shown = "\n".join(words_of(each["attachments"][0]["content"]) for each in activities)
    assert f"You said: “{words}”." in shown
    assert f"You said: “{words}”." in seen(
        "\n".join(each["attachments"][0]["content"]["fallbackText"] for each in activities)
    )
    for activity in activities:
        assert (problems(activity), texts_obeyed(activity)) == ([], [])


def texts_obeyed(activity: dict) -> list[str]:
    """What was obeyed, apart from what the message itself has: lists, and hints in italic."""
    return [text for text in obeyed(activity) if any(map(obeyed_in_line, text.split("\r")))]


def obeyed_in_line(line: str) -> set[str]:
    hint = re.fullmatch(r"_([^_]+)_", line)
    item = re.fullmatch(r"(?:-|1\.) (.+)", line)
    return card_words.marks((hint or item)[1] if hint or item else line)


@given(card_words.words)
@settings(max_examples=60)
def test_typed_words_are_shown_and_never_obeyed_as_what_was_chosen(words: str):
    answered = draw_answered(choice(3), words)
    assert (problems(answered), obeyed(answered)) == ([], [])
    assert " ".join(words.split()) in words_of(answered["attachments"][0]["content"])


@given(card_words.words)
@settings(max_examples=60)
def test_typed_words_are_shown_and_never_obeyed_in_a_note(words: str):
    note = draw_note(words)
    assert obeyed(note) == []
    assert seen(note["text"]) == seen(words)


@given(any_message(card_words.words, ids("_.+-:#,%"), labels(), 9), st.integers(0, 10**9))
@settings(max_examples=80)
def test_whatever_is_drawn_is_one_teams_takes_and_reads_back(message: Message, revision: int):
    drawn = draw(message, Stamp(revision))
    assert [wrong for activity in drawn for wrong in problems(activity)] == []
    contents = [activity["attachments"][0]["content"] for activity in drawn]
    control = message.controls[0]
    for pick in control.options:
        holding = next(content for content in contents if pick.id in choices(content))
        event = read_action(pressed(holding, pick.id))
        several = Submitted({control.id: (pick.id,)}, revision)
        assert event == (several if control.kind == "multi" else Chose(pick.id, message.question, revision))


@given(st.lists(st.sampled_from(["word ", "<&> ", "**bold** ", "*a* ", "\n\n", "\n\n- item ", "a" * 500]), max_size=40))
@settings(max_examples=30)
def test_no_text_is_too_long_to_be_sent(parts: list[str]):
    message = Message("".join(parts * 12))
    drawn = draw(message, STAMP)
    assert [wrong for activity in drawn for wrong in problems(activity)] == []
    shown = "".join("".join(words_of(content).split()) for content in cards(message))
    spoken = seen(" ".join(content["fallbackText"] for content in cards(message))).split()
    assert shown.replace("•", "") == "".join(word for word in spoken if word != "-")


def test_no_card_has_anything_that_teams_does_not_render(said: list[Message]):
    found = {
        node["type"] for message in said for content in cards(message) for node in nodes(content) if "type" in node
    }
    assert found <= {
        "AdaptiveCard", "TextBlock", "RichTextBlock", "TextRun", "ColumnSet", "Column", "Container", "ActionSet",
        "Action.Execute", "Input.ChoiceSet", "Input.Text", "Input.Date", "Chart.HorizontalBar",
        "Action.OpenUrl",
    }  # fmt: skip
