"""The start of a platform: one that cannot be reached is tried again, and says so; one that refuses is told at once."""

from __future__ import annotations

import asyncio
import logging

import pytest

from adapters import startup as startup_module
from adapters.startup import Startup
from bot.errors import OperatorError, PlatformError, StoreLocked
from tests.waiting import until

NO_ANSWER = PlatformError("It could not be reached.")
SLOW = PlatformError("It was too slow.")
REFUSED = OperatorError("It does not accept the token.")


class Platform:
    """A start that comes to what it is told to, try by try, and to nothing wrong in the end."""

    def __init__(self, *outcomes: Exception) -> None:
        self.tries = 0
        self._outcomes = list(outcomes)

    async def start(self) -> None:
        self.tries += 1
        if self._outcomes:
            raise self._outcomes.pop(0)


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(startup_module, "PAUSES", ())
    monkeypatch.setattr(startup_module, "LONGEST_PAUSE", 0)
    caplog.set_level(logging.INFO, "adapters.startup")


async def test_what_starts_at_once_is_served_and_nothing_is_said(caplog: pytest.LogCaptureFixture):
    startup = Startup("Chat", Platform().start)
    assert startup.waits_for

    await startup.begin()

    assert ("", "Chat is served", []) == (startup.waits_for, str(startup), caplog.messages)


async def test_what_refuses_is_told_at_once(caplog: pytest.LogCaptureFixture):
    platform = Platform(REFUSED)
    with pytest.raises(OperatorError, match="does not accept the token"):
        await Startup("Chat", platform.start).begin()
    assert (1, []) == (platform.tries, caplog.messages)


async def test_what_cannot_be_reached_is_tried_until_it_is_and_each_reason_is_said_once(
    caplog: pytest.LogCaptureFixture,
):
    platform = Platform(NO_ANSWER, NO_ANSWER, SLOW, SLOW)
    startup = Startup("Chat", platform.start)

    await startup.begin()
    assert "Chat is not served yet: Chat has not answered yet." == str(startup)
    await until(lambda: not startup.waits_for, "it is served")

    assert 5 == platform.tries
    assert [
        "Chat is not served yet, and is tried again until it is: It could not be reached.",
        "Chat is not served yet, and is tried again until it is: It was too slow.",
        "Chat could be reached now, and is served",
    ] == caplog.messages
    await startup.stop()


async def test_a_database_that_another_program_holds_is_waited_for(caplog: pytest.LogCaptureFixture):
    platform = Platform(StoreLocked(), StoreLocked())
    startup = Startup("Chat", platform.start)

    await startup.begin()
    await until(lambda: not startup.waits_for, "it is served")

    assert 3 == platform.tries
    assert [
        f"Chat is not served yet, and is tried again until it is: {StoreLocked()}",
        "Chat could be reached now, and is served",
    ] == caplog.messages
    await startup.stop()


async def test_while_it_waits_it_says_for_what_and_a_stop_ends_the_trying(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(startup_module, "PAUSES", (3600,))
    platform = Platform(NO_ANSWER)
    startup = Startup("Chat", platform.start)

    await startup.begin()
    await until(lambda: startup.waits_for == "It could not be reached.", "it says for what it waits")

    assert "Chat is not served yet: It could not be reached." == str(startup)
    await startup.stop()
    assert [] == [task for task in asyncio.all_tasks() if task.get_name() == "the start of Chat"]


@pytest.mark.parametrize(
    ("outcome", "told", "reason"),
    [
        (
            REFUSED,
            "Chat is not served: It does not accept the token. Then start Lateral again.",
            "It does not accept the token.",
        ),
        (ValueError("a bug"), "Chat is not served; start Lateral again", "ValueError at its start."),
    ],
)
async def test_what_refuses_once_it_is_reached_is_not_tried_again(
    caplog: pytest.LogCaptureFixture, outcome: Exception, told: str, reason: str
):
    platform = Platform(NO_ANSWER, outcome)
    startup = Startup("Chat", platform.start)

    await startup.begin()
    await until(lambda: len(caplog.messages) == 2, "it is told")

    assert (2, reason, told) == (platform.tries, startup.waits_for, caplog.messages[-1])
    await startup.stop()


async def test_a_first_try_that_takes_long_goes_on_beside_all_else(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(startup_module, "PATIENCE", 0)
    answers = asyncio.Event()

    async def start() -> None:
        await answers.wait()

    startup = Startup("Chat", start)
    await startup.begin()
    assert "Chat has not answered yet." == startup.waits_for

    answers.set()
    await until(lambda: not startup.waits_for, "it is served")
    await startup.stop()


async def test_a_stop_ends_a_try_that_never_ends_and_before_the_start_does_nothing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(startup_module, "PATIENCE", 0)
    ended = asyncio.Event()

    async def start() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    startup = Startup("Chat", start)
    await startup.stop()
    await startup.begin()
    await asyncio.sleep(0)
    await startup.stop()
    assert ended.is_set()
