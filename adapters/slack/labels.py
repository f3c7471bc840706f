"""The few words this adapter adds to the guide's own: on its buttons, menus and modals."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Labels:
    """Fixed words. `{first}`, `{last}` and `{most}` are numbers; titles and modal buttons hold 24 characters."""

    send: str = "Send"
    write: str = "Write it here"
    choose: str = "Choose"
    range: str = "{first} to {last}"
    pick_day: str = "Pick a day"
    chosen: str = "You chose:"
    answered: str = "Answered."
    answer: str = "Your answer"
    answer_title: str = "Your answer"
    evidence: str = "What to keep"
    evidence_title: str = "Save as evidence"
    evidence_hint: str = "Leave out names and client secrets."
    evidence_cut: str = "The message is longer than a line of evidence. This is its beginning, up to {most} characters."
    save: str = "Save"
    cancel: str = "Cancel"
    home_cut: str = "There is more than fits on this page. Ask me for it in Messages."


ENGLISH = Labels()
"""The words in English."""
