"""A Slack whose tokens expire, and a store: what the tests of installations share."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from adapters.slack.rotation import Api
from adapters.storage.sqlite import SqliteStore
from tests.adapters.slack.standin import SlackStandIn
from tests.adapters.slack.web_api import calling


@pytest.fixture
async def slack() -> AsyncIterator[SlackStandIn]:
    async with SlackStandIn.running(rotating=True) as running:
        yield running


@pytest.fixture
async def api(slack: SlackStandIn) -> AsyncIterator[Api]:
    async with calling(slack) as api:
        yield api


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    with closing(SqliteStore.open(path)) as store:
        yield store
