"""The terminal itself: messages drawn with rich, answers by arrow keys, numbers or words."""

from __future__ import annotations

from collections.abc import Iterable
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
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent


class Choosing:
    """What the arrow keys point at, and what is ticked where several may be."""

    def __init__(self, control: Control | None, picks: tuple[Pick, ...], question: str | None = None) -> None:
        """Start with nothing pointed at, so that Enter on an empty line chooses nothing by accident."""
        self.control = control
        self.picks = picks
        self.question = question
        self.at = -1
        self.ticked: set[int] = set()

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

    def draw(self) -> StyleAndTextTuples:
        """Return the options as they stand, one a line; a mark as well as a colour shows where we are."""
        drawn: StyleAndTextTuples = []
        for number, pick in enumerate(self.picks):
            here = number == self.at
            if pick.label == str(number + 1) and not here:
                continue
            box = ("[x] " if number in self.ticked else "[ ] ") if self.several else ""
            style = "bold ansicyan" if here else ""
            drawn.append((style, f" {'>' if here else ' '} {number + 1}. {box}{pick.label}\n"))
        return drawn


class Screen:
    """Draws messages and takes answers."""

    def __init__(self, console: Console | None = None) -> None:
        """Use the given console, or the terminal."""
        self.console = console or Console(width=None, highlight=False)

    def show(self, messages: Iterable[Message]) -> None:
        """Draw messages in order. The options of the last one are drawn by `ask`, where they can be chosen."""
        for message in messages:
            self.console.print(
                Padding(Markdown(message.text, hyperlinks=False), (1, 1, 0, 1)),
                width=min(WIDTH, self.console.width),
            )

    async def ask(self, messages: tuple[Message, ...]) -> Event | None:
        """Return what the person says or chooses; None when they leave (Ctrl-C or Ctrl-D)."""
        from prompt_toolkit import PromptSession  # noqa: PLC0415 - slow to import, and only needed here

        choosing = _choosing(messages)
        session: PromptSession[str] = PromptSession(
            message=lambda: [("", "\n"), *choosing.draw(), ("bold", "> ")],
            key_bindings=_keys(choosing),
            bottom_toolbar=_hint(messages, choosing),
        )
        try:
            typed = (await session.prompt_async()).strip()
        except (KeyboardInterrupt, EOFError):
            return None
        if typed:
            return _named_button(messages, typed) or Said(typed)
        return choosing.chosen() or Said("")

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


def _named_button(messages: tuple[Message, ...], typed: str) -> Event | None:
    """Return the press of a button whose whole label was typed."""
    for message in reversed(messages):
        for button in buttons_of(message):
            if button.label.casefold() == typed.casefold():
                return Chose(button.id)
    return None


def _hint(messages: tuple[Message, ...], choosing: Choosing) -> str:
    buttons = [button.label for message in messages[-1:] for button in buttons_of(message)]
    keys = ["arrows and Enter, a number, or your own words"] if choosing.picks else ["type, then Enter"]
    if choosing.several:
        keys = ["arrows, Space to tick, Enter; or numbers such as 1, 3"]
    return "  " + "   ".join([*keys, *(f"[{label}]" for label in buttons)])


def _keys(choosing: Choosing) -> KeyBindings:
    from prompt_toolkit.filters import Condition  # noqa: PLC0415
    from prompt_toolkit.key_binding import KeyBindings as Bindings  # noqa: PLC0415

    keys = Bindings()

    def nothing_typed() -> bool:
        from prompt_toolkit.application import get_app  # noqa: PLC0415

        return not get_app().current_buffer.text and bool(choosing.picks)

    empty = Condition(nothing_typed)

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
