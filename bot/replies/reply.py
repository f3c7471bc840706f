"""What every reply is, and the name of the template that words it."""

from __future__ import annotations

from bot.value import Value


class Reply(Value, frozen=True):
    """Something to be said."""


def name_of(cls: type[Reply]) -> str:
    """Return the name of a reply's template: `AskQuestion` is worded by `ask_question`."""
    name = cls.__name__
    return "".join("_" + letter.lower() if letter.isupper() else letter for letter in name).lstrip("_")
