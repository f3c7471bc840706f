"""Says where a file stops being YAML, in plain words, and what to do: YAML's own words help no author. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

_INDENT = "Indent the line like its neighbours, with spaces."
_QUOTE = "Put the text in double quotation marks"
_PLAIN_KEY = re.compile(r"\s*(?:- +)?[\w.+-]+\s*")
_LOOSE_DASH = re.compile(r"\s*(?:-[^\s-]|[\u2013\u2014\u2022])")
_FALSE_SPACE = re.compile("[ -]*\u00a0|[ -]*[\\w.-]+:\u00a0")


@dataclass(frozen=True, slots=True)
class Objection:
    """What is wrong in a file: the line (from 1) where it begins, what it is, and the mend."""

    line: int
    message: str
    mend: str


def explain(text: str, error: yaml.YAMLError) -> Objection:
    """Return what an error of YAML means to whoever wrote the text."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Objection(1, f"This is not YAML: {error}.", "Check this file.")
    slip = _slip(text.splitlines(), error)
    for near in range(max(slip.row - 1, 0), min(slip.row + 1, len(slip.lines))):
        if _FALSE_SPACE.match(slip.lines[near]):
            message = "This line has a space that only looks like one, as web pages and word processors set it."
            return Objection(near + 1, message, "Type the spaces of this line again.")
    return _meaning(slip)


@dataclass(frozen=True, slots=True)
class _Slip:
    """Where YAML gave up: its words, the row (from 0), the row where what it was reading began, what precedes there."""

    problem: str
    context: str
    row: int
    began: int
    before: str
    lines: list[str]


def _slip(lines: list[str], error: yaml.MarkedYAMLError) -> _Slip:
    mark, began = error.problem_mark, error.context_mark or error.problem_mark
    assert mark is not None and began is not None  # noqa: S101, PT018 - the caller has looked
    line = lines[mark.line] if mark.line < len(lines) else ""
    return _Slip(str(error.problem), str(error.context), mark.line, began.line, line[: mark.column], lines)


def _meaning(slip: _Slip) -> Objection:
    problem, context, before = slip.problem, slip.context, slip.before
    here, there = slip.row + 1, slip.began + 1
    if "tab character" in problem or "\t" in before[: len(before) - len(before.lstrip())]:
        return Objection(here, "A Tab stands in the indent of this line.", "Use two spaces in place of the Tab key.")
    if "quoted scalar" in context:
        return Objection(there, "The quotation mark on this line is never closed.", "Close it.")
    if "flow" in context:
        message = "A `{` or `[` on this line is not closed, or a comma is missing in it."
        return Objection(there, message, "Close each with `}` or `]`, and put a comma between two entries.")
    if "could not find expected ':'" in problem:
        message = "This line has no colon with a space after it."
        return Objection(there, message, "Write it as `name: value`; if it goes on with a text, indent it.")
    if "mapping values" in problem:
        return _second_colon(here, before)
    if "cannot start any token" in problem and _is_tab(slip):
        return Objection(here, "A Tab stands where spaces belong.", "Use the space bar in place of the Tab key.")
    if "cannot start any token" in problem:
        return Objection(here, "A text cannot begin with this sign.", f"{_QUOTE}.")
    if "another document" in problem:
        return Objection(here, "A second document begins here.", "Remove the `---`: a file holds one document.")
    if "alias" in problem:
        return Objection(here, "A text that begins with `*` or `&` is read as a sign.", f"{_QUOTE}.")
    return _out_of_line(slip)


def _is_tab(slip: _Slip) -> bool:
    """Tell whether what YAML stopped at is a Tab."""
    return "".join(slip.lines[slip.row : slip.row + 1])[len(slip.before) :].startswith("\t")


def _second_colon(line: int, before: str) -> Objection:
    """A colon where none can be: within a text, or after a name that stands too far in."""
    if _PLAIN_KEY.fullmatch(before):
        return Objection(line, "This line is indented as if it went on with the text above.", _INDENT)
    return Objection(line, "This text holds a colon with a space after it.", f"{_QUOTE}.")


def _out_of_line(slip: _Slip) -> Objection:
    """Something stands where a name or a dash should."""
    row, problem = slip.row, slip.problem
    if slip.before.strip():
        message = "Something follows on this line where nothing should, such as after a quotation mark."
        return Objection(row + 1, message, f"{_QUOTE}, or close a quotation mark left open above it.")
    if _LOOSE_DASH.match("".join(slip.lines[row : row + 1])):
        message = "This line begins with a dash, but not with `-` and a space."
        return Objection(row + 1, message, "Write a plain `-`, then a space.")
    if any(word in problem for word in ("block", "indicator", "expected key")):
        message = "This line is not indented like those it belongs to."
        return Objection(row + 1, message, f"{_INDENT[:-1]}, or close a quotation mark left open above it.")
    return Objection(row + 1, f"This is not YAML: {problem}.", "Check this line and the one above.")
