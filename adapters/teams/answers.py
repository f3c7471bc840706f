"""Reads as much of an HTTP answer as is wanted, and no more."""

from __future__ import annotations

import aiohttp


async def read_some(answer: aiohttp.ClientResponse, largest: int) -> bytes:
    """Return the body, or its first `largest` bytes.

    Raises:
        aiohttp.ClientError, TimeoutError, OSError: the connection broke.
    """
    body = b""
    while len(body) < largest and (more := await answer.content.read(largest - len(body))):
        body += more
    return body
