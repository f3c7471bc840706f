"""What a control carries, and what a press on it means: the ids and values that are drawn, read back as events.

An `action_id` is `lateral:<what it does>:<number>`. Buttons carry their meaning in `value`; menus, lists and
calendars, which have no room there, in the `block_id`. All of it says which question and which revision of the
talk a control was drawn for. None of it says who pressed: that is read from Slack's signed payload alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args

from adapters.json_text import read_json, write_json
from adapters.slack.mrkdwn import unescape
from bot.days import parse_day, show_day
from bot.events import Chose, Submitted
from bot.value import Value

PREFIX = "lateral:"
"""What the action_id of every control drawn here begins with."""

Deed = Literal["press", "menu", "mark", "send", "day", "write"]
"""What a control does: a button or a menu chooses, a list is marked and then sent, a calendar gives a day, and
`write` asks for the modal to write in."""

_DEEDS = frozenset(get_args(Deed))


class UnknownAction(ValueError):
    """The action comes from no control drawn here; nothing was changed."""


class WantsToWrite(Value, frozen=True):
    """Someone wants to write an answer at length. The answer is the field named `question`."""

    question: str
    revision: int


class Stamp(Value, frozen=True):
    """For which question (empty where none is asked) and which revision of the talk a control is drawn."""

    question: str
    revision: int

    def block_id(self, number: int) -> str:
        """Return the id of the block with that number in its message or view."""
        return f"lateral:{number}:{self.revision}:{self.question}"

    def value(self, option: str | None = None, *, many: bool | None = None) -> str:
        """Return what a button carries; `many` says what the list it sends holds."""
        carried = {"o": option, "q": self.question or None, "r": self.revision, "m": many}
        kept = {name: said for name, said in carried.items() if said is not None or name == "q"}
        return write_json(kept).decode()


def action_id(deed: Deed, number: int) -> str:
    """Return the id of the control with that number in its message or view."""
    return f"lateral:{deed}:{number}"


def read_action(
    action: Mapping[str, Any], state: Mapping[str, Any] | None = None
) -> Chose | Submitted | WantsToWrite | None:
    """Return what someone did with a control.

    Args:
        action: one entry of a `block_actions` payload's `actions`.
        state: that payload's `state.values`, in which marked lists stand.

    Returns:
        The event for the talk; `WantsToWrite` where a modal is to be opened; None where nothing is to be done
        yet: a list was marked but not sent, or sent with nothing chosen, or a day was taken out again.

    Raises:
        UnknownAction: it is not one of ours, or its form is not what we draw.
    """
    deed = _deed(_text(action, "action_id"))
    if deed == "mark":
        return None
    if deed in ("menu", "day"):
        return _chosen(action, _read_block_id(_text(action, "block_id")), deed)
    return _pressed(deed, _read_value(_text(action, "value")), state or {})


def read_label(action: Mapping[str, Any], state: Mapping[str, Any] | None = None) -> str:
    """Return the words on what was chosen with an action, for the message to show; empty where there are none.

    A label too long for its control comes shortened, with its number in the text above it.
    """
    deed = str(action.get("action_id", "")).split(":")[1:2]
    if deed == ["day"]:
        day = parse_day(str(action.get("selected_date")))
        return show_day(day) if day else ""
    if deed == ["send"]:
        value = _read_value(_text(action, "value"))
        marked = _marked(state or {}, Stamp(_text(value, "o"), int(value.get("r", 0))))
        return ", ".join(_words_on(option) for option in marked)
    if deed == ["menu"]:
        return _words_on(action.get("selected_option") or {})
    return unescape(str(action.get("accessibility_label") or _words_on(action))) if deed == ["press"] else ""


def _words_on(control: Mapping[str, Any]) -> str:
    return unescape(str((control.get("text") or {}).get("text", "")))


def _deed(name: str) -> str:
    prefix, _, rest = name.partition(":")
    deed = rest.partition(":")[0]
    if prefix != "lateral" or deed not in _DEEDS:
        raise UnknownAction("The action was not drawn here.")
    return deed


def _chosen(action: Mapping[str, Any], stamp: Stamp, deed: str) -> Chose | Submitted | None:
    if deed == "menu":
        option = action.get("selected_option")
        return Chose(_text(option, "value"), stamp.question or None, stamp.revision) if option else None
    if not action.get("selected_date"):
        return None
    return Submitted({stamp.question: _text(action, "selected_date")}, stamp.revision)


def _pressed(deed: str, value: Mapping[str, Any], state: Mapping[str, Any]) -> Chose | Submitted | WantsToWrite | None:
    question, revision = value.get("q"), value.get("r")
    if not (question is None or isinstance(question, str)) or type(revision) is not int:
        raise UnknownAction("A button's value names no question and revision.")
    if deed == "press":
        return Chose(_text(value, "o"), question, revision)
    if deed == "write":
        return WantsToWrite(_text(value, "q"), revision)
    field = _text(value, "o")
    marked = tuple(_text(option, "value") for option in _marked(state, Stamp(field, revision)))
    if value.get("m"):
        return Submitted({field: marked}, revision)
    return Chose(marked[0], question, revision) if marked else None


def _marked(state: Mapping[str, Any], stamp: Stamp) -> Iterator[Mapping[str, Any]]:
    """Yield the options marked in the lists drawn for a field, in the order of the lists."""
    for block_id, controls in state.items():
        if not block_id.startswith("lateral:") or _read_block_id(block_id) != stamp:
            continue
        for control in controls.values():
            if one := control.get("selected_option"):
                yield one
            yield from control.get("selected_options") or ()


def _read_block_id(name: str) -> Stamp:
    match = re.fullmatch(r"lateral:\d+:(\d+):(.*)", name, re.DOTALL)
    if match is None:
        raise UnknownAction("The block was not drawn here.")
    return Stamp(match[2], int(match[1]))


def _read_value(value: str) -> Mapping[str, Any]:
    try:
        carried = read_json(value)
    except (ValueError, RecursionError):
        carried = None
    if not isinstance(carried, dict):
        raise UnknownAction("A button's value is not what we draw.")
    return carried


def _text(source: Any, name: str) -> str:
    said = source.get(name) if isinstance(source, dict) else None
    if not isinstance(said, str) or not said:
        raise UnknownAction(f"The action has no {name}.")
    return said
