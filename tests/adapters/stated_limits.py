"""The limits that an adapter states: each a number in its `limits`, with its source below it."""

from __future__ import annotations

import ast
import re
from itertools import pairwise
from pathlib import Path
from types import ModuleType


def stated(limits: ModuleType) -> dict[str, int]:
    """Return the limits by their names."""
    return {name: value for name, value in vars(limits).items() if name.isupper() and isinstance(value, int)}


def sources(limits: ModuleType) -> dict[str, str]:
    """Return what stands below each name that is given a value."""
    return {
        node.targets[0].id: after.value.value
        for node, after in pairwise(ast.parse(Path(limits.__file__).read_text(encoding="utf-8")).body)
        if isinstance(node, ast.Assign) and isinstance(after, ast.Expr)
    }


def limits_in(text: str, known: set[int]) -> set[int]:
    """Return which of these numbers stand in the text of a module."""
    return {int(number) for number in re.findall(r"\b\d{2,}\b", text)} & known
