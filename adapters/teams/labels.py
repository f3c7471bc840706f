"""The few words this adapter adds to the guide's own: on its buttons, inputs and errors."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Labels:
    """Fixed words, and the language they and the guide are in, in two letters. `{first}` and `{last}` are numbers."""

    language: str = "en"
    send: str = "Send"
    choose: str = "Choose one"
    choose_several: str = "Choose what fits"
    choose_or_write: str = "Choose one, or answer below"
    more: str = "More choices"
    go: str = "Go"
    range: str = "{first} to {last}"
    pick_day: str = "Pick a day"
    answer: str = "Your answer"
    nothing_chosen: str = "Please choose one first."
    nothing_written: str = "Please write a few words first."
    no_day: str = "Please pick a day first."
    chosen: str = "You chose:"
    answered: str = "Answered."


ENGLISH = Labels()
"""The words in English."""
