"""The terminal: real key strokes go in, an event comes out; and what is drawn can be read without colour."""

from __future__ import annotations

import asyncio
import io

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console

from adapters.console.screen import Choosing, Screen
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
        (ENTER, Said("")),
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
