"""Waiting in the tests ends, and names what did not come."""

from __future__ import annotations

import pytest

from tests.waiting import until


async def test_what_does_not_come_is_named():
    with pytest.raises(AssertionError, match="waited 0 seconds until the moon is blue"):
        await until(lambda: False, "the moon is blue", within=0)


async def test_it_is_looked_again_until_it_holds():
    looks = iter([False, False, True])

    async def look() -> bool:
        return next(looks)

    await until(look, "the third look")
    assert list(looks) == []
