"""A pytest plugin for `make test-times`: of each test with parameters only one, at another turn another one.

What a test is told to compare seldom has to do with the hour; so eight moments take eight of its parameters.
"""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --turn."""
    parser.addoption("--turn", type=int, default=0, help="which parameters of each test: the first at 0, and so on")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep one of each test."""
    kin: dict[str, list[pytest.Item]] = {}
    for item in items:
        kin.setdefault(item.nodeid.partition("[")[0], []).append(item)
    kept = {id(each[config.getoption("turn") % len(each)]) for each in kin.values()}
    config.hook.pytest_deselected(items=[item for item in items if id(item) not in kept])
    items[:] = [item for item in items if id(item) in kept]
