"""Each test shows what it proves: a comparison, or an error that is waited for, stands in its own lines."""

from __future__ import annotations

import ast
from pathlib import Path

TESTS = Path(__file__).parent


def shows_what_it_proves(test: ast.AST) -> bool:
    """Tell whether something is compared in these lines, or an error expected; in a helper alone it is not seen."""
    return any(
        isinstance(node, ast.Assert) or (isinstance(node, ast.Attribute) and node.attr == "raises")
        for node in ast.walk(test)
    )


def test_every_test_shows_what_it_proves():
    silent = [
        f"{path.relative_to(TESTS)}:{test.lineno} {test.name}"
        for path in sorted(TESTS.rglob("*.py"))
        for test in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(test, ast.FunctionDef | ast.AsyncFunctionDef) and test.name.startswith("test_")
        if not shows_what_it_proves(test)
    ]
    assert silent == []
