"""Calls Slack's Web API over HTTP, as the modules without an SDK want it called: credentials in the form."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from adapters.slack.rotation import Api
from tests.adapters.slack.standin import SlackStandIn
from tests.waiting import AT_MOST


@asynccontextmanager
async def calling(slack: SlackStandIn) -> AsyncIterator[Api]:
    """A way to call the stand-in, for as long as the block lasts."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(AT_MOST)) as session:

        async def api(method: str, token: str, **arguments: str) -> dict[str, Any]:
            headers = {"Authorization": f"Bearer {token}"} if token else {}
            async with session.post(slack.api_url + method, data=arguments, headers=headers) as response:
                answer: dict[str, Any] = await response.json()
                return answer

        yield api
