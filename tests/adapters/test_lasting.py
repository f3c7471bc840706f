"""A task that is to go on until a stop: one that ends by itself is told of."""

from __future__ import annotations

import asyncio
import logging

import pytest

from adapters.lasting import LastingTask


async def go_on() -> None:
    await asyncio.Event().wait()


async def fail() -> None:
    raise ValueError("a bug")


async def end() -> None:
    """End at once."""


async def test_a_task_that_goes_on_has_not_ended_and_a_stop_is_no_end_by_itself(caplog: pytest.LogCaptureFixture):
    task = LastingTask("the watch")
    assert not task.has_ended
    task.start(go_on())
    await asyncio.sleep(0)
    assert not task.has_ended
    await task.stop()
    assert (task.has_ended, caplog.records) == (False, [])


@pytest.mark.parametrize("work", [fail, end])
async def test_one_that_ends_by_itself_is_told_of(work, caplog: pytest.LogCaptureFixture):
    task = LastingTask("the watch")
    with caplog.at_level(logging.ERROR):
        task.start(work())
        await asyncio.gather(
            *(each for each in asyncio.all_tasks() if each.get_name() == "the watch"), return_exceptions=True
        )
        await asyncio.sleep(0)
    assert task.has_ended
    assert [line.getMessage() for line in caplog.records] == ["the watch has ended by itself; start Lateral again"]
    await task.stop()


async def test_a_stop_before_the_start_does_nothing():
    task = LastingTask("the watch")
    await task.stop()
    assert not task.has_ended
