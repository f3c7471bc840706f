"""What a control carries, and what a press on it means: the data that is drawn, read back as events.

The data of every action holds one entry of ours, `lateral`, beside which Teams puts what was filled in. It says
which option, which question, which run and which revision of the talk a control was drawn for. None of it says who
pressed: that is read from the verified activity alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.events import Chose, Submitted

OURS = "lateral"
"""The entry of an action's data that is ours. The ids of inputs begin otherwise, so that none can take its place."""


class UnknownAction(ValueError):
    """The action comes from no control drawn here; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which revision, which question (empty where none is asked) and which run of the talk a card is drawn for."""

    revision: int
    question: str = ""
    run: str = ""


def action_data(stamp: Stamp, option_id: str) -> dict[str, Any]:
    """Return the data of an action that chooses an option, or of a button."""
    return {OURS: {"option": option_id, **_carried(stamp)}}


def sending_data(
    stamp: Stamp, field: str, inputs: tuple[str, ...], *, many: bool = False, instead: str = ""
) -> dict[str, Any]:
    """Return the data of an action that sends what stands in some inputs.

    Args:
        stamp: what the card is drawn for.
        field: the field the inputs fill.
        inputs: the ids of the inputs.
        many: whether several options may be marked in them.
        instead: the id of the input that offers options to choose where nothing was written.
    """
    ours = {"field": field, "inputs": list(inputs), "many": many, **_carried(stamp)}
    return {OURS: {**ours, "instead": instead} if instead else ours}


def choosing_data(stamp: Stamp, inputs: tuple[str, ...]) -> dict[str, Any]:
    """Return the data of an action that chooses the one option marked in some inputs."""
    return {OURS: {"inputs": list(inputs), **_carried(stamp)}}


def input_id(stamp: Stamp, number: int) -> str:
    """Return the id of the input with that number on its card; another revision has other ids.

    A card that is replaced in place would otherwise show what was filled in before.
    """
    return f"input.{stamp.revision}.{number}"


def option_value(option_id: str) -> str:
    """Return an option's id as the value of a choice: marked choices come back joined by commas."""
    return option_id.replace("%", "%25").replace(",", "%2C")


def read_stamp(data: Mapping[str, Any]) -> Stamp:
    """Return what the card was drawn for.

    Raises:
        UnknownAction: the data is not what we draw.
    """
    ours = _ours(data)
    revision, question, run = ours.get("revision"), ours.get("question", ""), ours.get("run", "")
    if type(revision) is not int or not isinstance(question, str) or not isinstance(run, str):
        raise UnknownAction("The data names no question, run and revision.")
    return Stamp(revision, question, run)


def read_action(data: Mapping[str, Any]) -> Chose | Submitted | None:
    """Return what someone did with a control, or None where nothing was filled in.

    Args:
        data: the data of an Action.Execute or Action.Submit, with the inputs' values beside ours.

    Raises:
        UnknownAction: the data is not what we draw.
    """
    stamp, ours = read_stamp(data), _ours(data)
    question = stamp.question or None
    if "option" in ours:
        return Chose(_text(ours, "option"), question, stamp.revision)
    filled = _filled(data, ours.get("inputs"))
    if filled and "field" in ours and not ours.get("many"):
        return Submitted({_text(ours, "field"): filled[0]}, stamp.revision)
    if ours.get("many"):
        marked = (value for values in filled for value in values.split(","))
        return Submitted({_text(ours, "field"): tuple(_option_id(value) for value in marked)}, stamp.revision)
    marked_one = filled or _filled(data, [ours.get("instead", "")])
    return Chose(_option_id(marked_one[0]), question, stamp.revision) if marked_one else None


def _carried(stamp: Stamp) -> dict[str, Any]:
    carried: dict[str, Any] = {"revision": stamp.revision}
    if stamp.question:
        carried["question"] = stamp.question
    if stamp.run:
        carried["run"] = stamp.run
    return carried


def _ours(data: Mapping[str, Any]) -> Mapping[str, Any]:
    ours = data.get(OURS) if isinstance(data, Mapping) else None
    if not isinstance(ours, Mapping):
        raise UnknownAction("The action was not drawn here.")
    return ours


def _filled(data: Mapping[str, Any], names: object) -> list[str]:
    """Return what stands in the inputs of those ids, without those left empty."""
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise UnknownAction("The data names no inputs.")
    values = [data.get(name) for name in names]
    return [value for value in values if isinstance(value, str) and value.strip()]


def _option_id(value: str) -> str:
    return value.replace("%2C", ",").replace("%25", "%")


def _text(source: Mapping[str, Any], name: str) -> str:
    said = source.get(name)
    if not isinstance(said, str) or not said:
        raise UnknownAction(f"The data has no {name}.")
    return said
