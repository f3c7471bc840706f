"""The terminal itself: messages drawn with rich, answers by arrow keys, numbers or words."""

from __future__ import annotations

import textwrap
from collections import deque
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markdown import Markdown
from rich.padding import Padding
from rich.text import Text

from adapters.console.limits import WIDTH
from adapters.console.outgoing import buttons_of
from bot.events import Chose, Event, Said, Submitted
from bot.messages import Control, Message, Pick

if TYPE_CHECKING:
    from prompt_toolkit.application import Application
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

EARLIER = 20
"""How many messages are remembered, so that a button still in sight can be pressed by its label."""


class Choosing:
    """What the arrow keys point at, and what is ticked where several may be."""

    def __init__(self, control: Control | None, picks: tuple[Pick, ...], question: str | None = None) -> None:
        """Start with nothing pointed at, so that Enter on an empty line chooses nothing by accident."""
        self.control = control
        self.picks = picks
        self.question = question
        self.at = -1
        self.ticked: set[int] = set()
        self.hurried = False
        """Enter was pressed with nothing chosen and nothing typed."""

    @property
    def several(self) -> bool:
        """Say whether more than one may be picked."""
        return self.control is not None and self.control.kind == "multi"

    def move(self, by: int) -> None:
        """Point at the next or the previous option, round and round."""
        if self.picks:
            self.at = (self.at + by) % len(self.picks) if self.at >= 0 else (0 if by > 0 else len(self.picks) - 1)

    def tick(self) -> None:
        """Tick or untick the option pointed at."""
        if self.at >= 0:
            self.ticked ^= {self.at}

    def chosen(self) -> Event | None:
        """Return what Enter on an empty line means."""
        if self.several and self.ticked and self.control:
            return Submitted({self.control.id: tuple(self.picks[number].id for number in sorted(self.ticked))})
        if self.several and self.at >= 0 and self.control:
            return Submitted({self.control.id: (self.picks[self.at].id,)})
        return Chose(self.picks[self.at].id, self.question) if self.at >= 0 else None

    def draw(self, width: int = WIDTH) -> StyleAndTextTuples:
        """Return the options as they stand, wrapped to the width; a mark as well as a colour shows where we are."""
        drawn: StyleAndTextTuples = []
        for number, pick in enumerate(self.picks):
            here = number == self.at
            if pick.label == str(number + 1) and not here:
                continue
            box = ("[x] " if number in self.ticked else "[ ] ") if self.several else ""
            style = "bold ansicyan" if here else ""
            mark = f" {'>' if here else ' '} {number + 1}. {box}"
            lines = textwrap.wrap(pick.label, width - 1, initial_indent=mark, subsequent_indent=" " * len(mark))
            drawn.append((style, "\n".join(lines) + "\n"))
        return drawn


class Screen:
    """Draws messages and takes answers."""

    def __init__(self, console: Console | None = None) -> None:
        """Use the given console, or the terminal."""
        self.console = console or Console(width=None, highlight=False)
        self._earlier: deque[Message] = deque(maxlen=EARLIER)

    @property
    def width(self) -> int:
        """Return how many columns a text may fill."""
        return min(WIDTH, self.console.width)

    def show(self, messages: Iterable[Message]) -> None:
        """Draw messages in order, each with its buttons; options are drawn by `ask`, where they can be chosen."""
        for message in messages:
            self.console.print(Padding(Markdown(message.text, hyperlinks=False), (1, 1, 0, 1)), width=self.width)
            labels = [button.label for button in buttons_of(message)]
            if labels:
                lines = button_lines(labels, self.width - 2)
                self.console.print(Padding(Text("\n".join(lines), style="dim"), (1, 1, 0, 1)), width=self.width)
            self._earlier.append(message)

    async def ask(self, messages: tuple[Message, ...]) -> Event | None:
        """Return what the person says or chooses; None when they leave (Ctrl-C or Ctrl-D)."""
        from prompt_toolkit import PromptSession  # noqa: PLC0415 - slow to import, and only needed here
        from prompt_toolkit.application import get_app  # noqa: PLC0415

        choosing = _choosing(messages)
        session: PromptSession[str] = PromptSession(
            message=lambda: [("", "\n"), *choosing.draw(_columns(get_app())), ("bold", "> ")],
            key_bindings=_keys(choosing),
            bottom_toolbar=lambda: "\n".join(_hint(choosing, _columns(get_app()))),
        )
        try:
            typed = (await session.prompt_async()).strip()
        except (KeyboardInterrupt, EOFError):
            return None
        if typed:
            return self._named_button(messages, choosing, typed) or Said(typed)
        return choosing.chosen() or Said("")

    def _named_button(self, messages: tuple[Message, ...], choosing: Choosing, typed: str) -> Event | None:
        """Return the press of a button whose whole label was typed, wherever it stands, the newest first.

        Typed text that is wanted as an answer presses only the buttons that came with the question.
        """
        label = typed.casefold()
        if any(pick.label.casefold() == label for pick in choosing.picks):
            return None
        wants_text = any(control.kind in ("text", "date") for m in messages for control in m.controls)
        for message in (*reversed(messages), *(() if wants_text else reversed(self._earlier))):
            for button in buttons_of(message):
                if button.label.casefold() == label:
                    return Chose(button.id)
        return None

    def say_goodbye(self) -> None:
        """Say that the place is kept."""
        self.console.print(Text("\nPaused. Your place is kept; run this again to go on.", style="dim"))


def _choosing(messages: tuple[Message, ...]) -> Choosing:
    """Return the choice among the options of the last message that has any."""
    for message in reversed(messages):
        for control in message.controls:
            if control.options:
                return Choosing(control, control.options, message.question)
    return Choosing(None, ())


def button_lines(labels: Sequence[str], width: int) -> list[str]:
    """Return buttons as `[Label]`s side by side, so many to a line as the width in columns holds."""
    lines: list[str] = []
    for label in labels:
        button = f"[{label}]"
        if lines and len(lines[-1]) + 1 + len(button) <= width:
            lines[-1] += f" {button}"
        else:
            lines.append(button)
    return [part for line in lines for part in textwrap.wrap(line, width)]


def _columns(app: Application[str]) -> int:
    return min(WIDTH, app.output.get_size().columns)


def _hint(choosing: Choosing, width: int) -> list[str]:
    """Return what the keys do."""
    keys = "arrows and Enter, a number, or your own words" if choosing.picks else "type, then Enter"
    if choosing.several:
        keys = "arrows, Space to tick, Enter; or numbers such as 1, 3"
    if choosing.hurried:
        keys = f"Nothing is chosen yet: {keys}"
    return textwrap.wrap(keys, width - 1, initial_indent="  ", subsequent_indent="  ")


def _typed() -> str:
    from prompt_toolkit.application import get_app  # noqa: PLC0415

    return get_app().current_buffer.text


def _keys(choosing: Choosing) -> KeyBindings:
    from prompt_toolkit.filters import Condition  # noqa: PLC0415
    from prompt_toolkit.key_binding import KeyBindings as Bindings  # noqa: PLC0415

    keys = Bindings()

    def nothing_typed() -> bool:
        return not _typed() and bool(choosing.picks)

    empty = Condition(nothing_typed)
    nothing_to_send = Condition(lambda: not _typed().strip() and choosing.chosen() is None)

    @keys.add("enter", filter=nothing_to_send)
    def _enter(event: KeyPressEvent) -> None:
        choosing.hurried = True
        event.current_buffer.reset()

    @keys.add("up", filter=empty)
    def _up(_event: KeyPressEvent) -> None:
        choosing.move(-1)

    @keys.add("down", filter=empty)
    def _down(_event: KeyPressEvent) -> None:
        choosing.move(1)

    @keys.add(" ", filter=empty & Condition(lambda: choosing.several))
    def _space(_event: KeyPressEvent) -> None:
        choosing.tick()

    return keys
