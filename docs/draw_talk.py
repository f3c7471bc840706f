"""Draws docs/pictures/talk.svg from a real talk: the engine decides, the console draws, nothing is made up."""  # noqa: INP001

from __future__ import annotations

import asyncio
import io
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from adapters import content_files, content_templates
from adapters.console.outgoing import picks_of
from adapters.console.screen import Choosing, Screen
from adapters.storage.memory import MemoryStore
from bot.conversation import Conversation, Delivery
from bot.events import Event, Said, Started
from bot.messages import Message
from bot.wording import Wording

PICTURE = Path(__file__).parent / "pictures" / "talk.svg"
NOON = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
COLUMNS = 82


@dataclass(frozen=True)
class Line:
    """One thing the person says, and how many of the messages that answer it are in the picture."""

    words: str
    shown: int = 0


TALK = (
    Line("why do you ask?", shown=1),
    Line("no, we have none", shown=1),
    Line("the second one"),
    Line("sideways"),
    Line("two hours"),
    Line("3"),
    Line("see how a pmo picks its projects"),
    Line("skip"),
    Line("a step of my own"),
    Line("ask the PMO leader for half a day of shadowing"),
    Line("i feel awkward asking"),
    Line("my weekly team meeting ends"),
    Line("in two weeks", shown=1),
    Line("yes, it fits", shown=1),
)

PAGE = """\
<svg class="talk" viewBox="0 0 {width} {height}" role="img" xmlns="http://www.w3.org/2000/svg">
<title>A talk with Lateral in a terminal</title>
<style>
.{unique_id}-matrix {{
  font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px;
}}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
"""The frame: fonts of the reader's own machine only, so that a picture fetches nothing."""

NIGHT, PAPER, SLATE = (22, 32, 44), (222, 229, 236), (125, 144, 164)
HUES = [(240, 113, 120), (145, 201, 130), (240, 196, 110), (110, 170, 240), (200, 150, 230), (110, 205, 215)]
THEME = TerminalTheme(NIGHT, PAPER, [NIGHT, *HUES, PAPER], [SLATE, *HUES, (255, 255, 255)])


def draw() -> str:
    """Return the picture as SVG text; the same talk gives the same picture."""
    console = Console(
        record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, highlight=False, legacy_windows=False
    )
    asyncio.run(_talk(console))
    drawn = console.export_svg(title="", theme=THEME, code_format=PAGE, unique_id="talk", font_aspect_ratio=0.61)
    return "\n".join(line.rstrip() for line in drawn.splitlines()) + "\n"


async def _talk(console: Console) -> None:
    guide = content_files.load(content_files.CONTENT / "pm-to-pmo")
    conversation = Conversation(guide, Wording(guide, content_templates.read(content_files.CONTENT)), MemoryStore())
    screen = Screen(console)
    messages = (await _take(conversation, Started()))[-1:]
    _show(console, screen, messages)
    before = 1
    for line in TALK:
        if line.shown:
            if not before:
                console.print(Text(" · · ·", style="bright_black"))
                _show(console, screen, messages[-1:])
            console.print(Text.assemble((" > ", "bold"), (line.words, "bold yellow")))
        messages = await _take(conversation, Said(line.words))
        before = line.shown
        if line.shown:
            _show(console, screen, messages[: line.shown], choosing=len(messages) == line.shown)


async def _take(conversation: Conversation, event: Event) -> tuple[Message, ...]:
    return (await conversation.take(Delivery("console:me", event), NOON)).messages


def _show(console: Console, screen: Screen, messages: tuple[Message, ...], *, choosing: bool = True) -> None:
    screen.show(messages)
    console.print()
    picks = picks_of(messages[-1])
    if picks and choosing:
        drawn = Choosing(messages[-1].controls[0], picks).draw()
        console.print(Text("".join(part[1] for part in drawn), style="cyan"))


if __name__ == "__main__":
    PICTURE.write_text(draw(), encoding="utf-8")
