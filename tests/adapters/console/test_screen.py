"""The terminal: real key strokes go in, an event comes out; and what is drawn can be read without colour."""

from __future__ import annotations

import asyncio
import io

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console

from adapters.console.screen import Choosing, Screen, button_lines
from bot.events import Chose, Event, Said, Submitted
from bot.messages import Control, Message, Pick

DOWN, UP, ENTER, CTRL_C, CTRL_D = "\x1b[B", "\x1b[A", "\r", "\x03", "\x04"
PICKS = (Pick("a", "Often"), Pick("b", "Rarely"), Pick("c", "Never"))
BACK = Control("button", "do:back", "Back")
CHOICE = (Message("How often?", (Control("choice", "q", "", PICKS), BACK), question="q"),)
SEVERAL = (Message("Which?", (Control("multi", "q", "", PICKS, 2), BACK), question="q"),)
FREE = (Message("Say more", (Control("text", "q", ""),), question="q"),)


async def keyed(messages: tuple[Message, ...], keys: str) -> Event | None:
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        pipe.send_text(keys)
        return await asyncio.wait_for(Screen(Console(file=io.StringIO())).ask(messages), 10)


@pytest.mark.parametrize(
    ("keys", "event"),
    [
        (DOWN + ENTER, Chose("a", "q")),
        (DOWN + DOWN + ENTER, Chose("b", "q")),
        (UP + ENTER, Chose("c", "q")),
        (DOWN + UP + ENTER, Chose("c", "q")),
        ("2" + ENTER, Said("2")),
        ("every week, really" + ENTER, Said("every week, really")),
        ("back" + ENTER, Chose("do:back")),
        (ENTER + "2" + ENTER, Said("2")),
        ("   " + ENTER + DOWN + ENTER, Chose("a", "q")),
        (CTRL_C, None),
        (CTRL_D, None),
    ],
)
async def test_keys_choose_and_words_are_said(keys: str, event: Event | None):
    assert await keyed(CHOICE, keys) == event


async def test_space_ticks_several_and_enter_sends_them():
    assert await keyed(SEVERAL, DOWN + " " + DOWN + DOWN + " " + ENTER) == Submitted({"q": ("a", "c")})


async def test_a_tick_can_be_taken_back():
    assert await keyed(SEVERAL, DOWN + " " + " " + DOWN + " " + ENTER) == Submitted({"q": ("b",)})


async def test_a_space_in_typed_words_stays_a_space():
    assert await keyed(SEVERAL, "the first two" + ENTER) == Said("the first two")


async def test_free_text_is_said_as_typed():
    assert await keyed(FREE, "We cut a *report*" + ENTER) == Said("We cut a *report*")


def test_where_the_arrow_points_shows_without_colour():
    choosing = Choosing(CHOICE[0].controls[0], PICKS, "q")
    choosing.move(1)
    choosing.move(1)
    drawn = "".join(text for _, text in choosing.draw())
    assert drawn.splitlines() == ["   1. Often", " > 2. Rarely", "   3. Never"]


def test_what_is_ticked_shows_without_colour():
    choosing = Choosing(SEVERAL[0].controls[0], PICKS)
    choosing.move(1)
    choosing.tick()
    drawn = "".join(text for _, text in choosing.draw())
    assert drawn.splitlines() == [" > 1. [x] Often", "   2. [ ] Rarely", "   3. [ ] Never"]


def test_messages_are_drawn_to_a_width_that_reads_well():
    out = io.StringIO()
    Screen(Console(file=out, width=200)).show([Message("word " * 60)])
    assert max(len(line.rstrip()) for line in out.getvalue().splitlines()) <= 88
    assert out.getvalue().split() == ["word"] * 60


def test_nothing_but_text_is_drawn_where_colour_is_not_wanted():
    out = io.StringIO()
    Screen(Console(file=out, width=80, no_color=True, force_terminal=False)).show([Message("**Bold** *soft*")])
    assert "\x1b" not in out.getvalue()


async def test_enter_with_nothing_chosen_or_typed_sends_nothing():
    assert await keyed(FREE, ENTER + ENTER + "Now I typed" + ENTER) == Said("Now I typed")
    assert await keyed(SEVERAL, ENTER + ENTER + CTRL_D) is None


PLAN = Message("Your plan", (Control("button", "do:done:#1", "Done: 1"),))
CARD = Message("Shadow the PMO leader", (Control("button", "do:document:note", "A note to copy"), BACK))


@pytest.mark.parametrize(
    ("typed", "event"),
    [
        ("done: 1", Chose("do:done:#1")),
        ("A note to copy", Chose("do:document:note")),
        ("often", Said("often")),
        ("a note", Said("a note")),
    ],
)
async def test_a_button_of_any_message_of_the_turn_is_pressed_by_its_label(typed: str, event: Event):
    assert await keyed((PLAN, CARD, *CHOICE), typed + ENTER) == event


async def test_of_two_buttons_with_one_label_the_newest_is_pressed():
    older = Message("Earlier", (Control("button", "do:older", "Back"),))
    assert await keyed((older, *CHOICE), "back" + ENTER) == Chose("do:back")


async def keyed_after(earlier: Message, messages: tuple[Message, ...], keys: str) -> Event | None:
    """Press keys at a screen on which an earlier turn's message still stands."""
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        pipe.send_text(keys)
        screen = Screen(Console(file=io.StringIO()))
        screen.show([earlier])
        screen.show(messages)
        return await asyncio.wait_for(screen.ask(messages), 10)


async def test_a_button_of_an_earlier_turn_is_pressed_by_its_label():
    assert await keyed_after(PLAN, CHOICE, "Done: 1" + ENTER) == Chose("do:done:#1")


async def test_an_answer_in_free_text_never_presses_an_earlier_turns_button():
    assert await keyed_after(PLAN, FREE, "Done: 1" + ENTER) == Said("Done: 1")


def shown(width: int, *messages: Message) -> list[str]:
    out = io.StringIO()
    Screen(Console(file=out, width=width)).show(messages)
    return [line.strip() for line in out.getvalue().splitlines() if line.strip()]


def test_each_messages_buttons_stand_under_it():
    assert shown(70, PLAN, CARD) == [
        "Your plan",
        "[Done: 1]",
        "Shadow the PMO leader",
        "[A note to copy] [Back]",
    ]


def test_a_label_in_square_brackets_is_text_and_no_style():
    assert shown(70, Message("Pick", (Control("button", "x", "[bold]"),))) == ["Pick", "[[bold]]"]


@pytest.mark.parametrize("width", [20, 70, 100])
def test_no_button_is_cut_or_split_where_it_fits(width: int):
    labels = ["Done: 1", "A note to your manager", "Back", "Skip", "Why this?", "word " * 30 + "end"]
    lines = button_lines(labels, width)
    assert max(map(len, lines)) <= width
    assert " ".join(lines) == " ".join(f"[{label}]" for label in labels) or width == 20
    assert " ".join(lines).split() == " ".join(f"[{label}]" for label in labels).split()


def test_a_long_option_is_wrapped_under_itself():
    choosing = Choosing(None, (Pick("a", "word " * 20 + "end"), Pick("b", "Short")))
    choosing.move(1)
    lines = "".join(text for _, text in choosing.draw(70)).splitlines()
    assert lines == [
        " > 1. " + " ".join(["word"] * 12),
        "      " + " ".join(["word"] * 8) + " end",
        "   2. Short",
    ]
