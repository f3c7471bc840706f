"""`lateral serve` and `lateral slack manifest` as processes: what they say, and how they stop."""

from __future__ import annotations

import asyncio
import re
import signal
import sqlite3
import sys
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing
from pathlib import Path

import aiohttp
import pytest
import yaml

from tests.adapters.conftest import Lateral
from tests.adapters.slack.deliveries import Deliveries
from tests.adapters.slack.standin import SlackStandIn
from tests.adapters.slack.standin_faults import server_error
from tests.adapters.slack.standin_world import SIGNING_SECRET
from tests.conftest import ROOT
from tests.waiting import AT_MOST


@asynccontextmanager
async def started(environment: Mapping[str, str], *options: str) -> AsyncIterator[tuple[Process, list[str]]]:
    """Run `lateral serve` as a process; give it and what it says until it listens."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "adapters.cli", "serve", "--port", "0", *options),
        env=dict(environment),
        cwd=ROOT,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stderr is not None
    said: list[str] = []
    try:
        while not said or "Lateral listens" not in said[-1]:
            said.append((await process.stderr.readline()).decode())
            assert said[-1]
        yield process, said
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@asynccontextmanager
async def serving(environment: Mapping[str, str], *options: str) -> AsyncIterator[tuple[Process, str]]:
    """Run `lateral serve` as a process; give it and its address."""
    async with started(environment, *options) as (process, said):
        yield process, re.findall(r"http://[\d.:]+\d", said[-1])[0]


async def stopped(process: Process, number: signal.Signals = signal.SIGTERM) -> tuple[int | None, str]:
    process.send_signal(number)
    _, said = await asyncio.wait_for(process.communicate(), AT_MOST)
    return process.returncode, said.decode().splitlines()[-1]


def test_nothing_set_is_told_with_what_to_set(lateral: Lateral):
    ran = lateral("serve")
    assert (1, "") == (ran.returncode, ran.stdout)
    assert all(name in ran.stderr for name in ("SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"))


def test_everything_missing_is_told_at_once(lateral: Lateral):
    ran = lateral("serve", SLACK_CLIENT_ID="1.2")
    assert 1 == ran.returncode
    assert re.findall("SLACK_[A-Z_]+(?=:)", ran.stderr) == ["SLACK_SIGNING_SECRET", "SLACK_CLIENT_SECRET"]


def test_the_manifest_is_printed_for_an_address(lateral: Lateral):
    ran = lateral("slack", "manifest", "--url", "https://bot.example.org")
    made = yaml.safe_load(ran.stdout)
    assert "https://bot.example.org/slack/events" == made["settings"]["event_subscriptions"]["request_url"]


def test_the_manifest_for_socket_mode_has_no_address(lateral: Lateral):
    ran = lateral("slack", "manifest", "--url", "https://bot.example.org", "--socket-mode")
    assert (0, True) == (ran.returncode, "bot.example.org" not in ran.stdout)


def test_a_manifest_needs_a_proper_address(lateral: Lateral):
    ran = lateral("slack", "manifest", "--url", "http://bot.example.org")
    assert (1, "") == (ran.returncode, ran.stdout)
    assert "https://" in ran.stderr


async def test_whoever_serves_a_file_that_is_served_already_is_told(environment: dict[str, str], tmp_path: Path):
    async with SlackStandIn.running() as slack:
        settings = environment | {
            "SLACK_SIGNING_SECRET": SIGNING_SECRET,
            "SLACK_BOT_TOKEN": slack.token(),
            "SLACK_API_URL": slack.api_url,
        }
        another = {"LATERAL_DATABASE": str(tmp_path / "another.db")}
        async with started(settings) as (first, alone), started(settings | another) as (_, elsewhere):
            assert [1, 1] == [len(said) for said in (alone, elsewhere)]
            async with started(settings) as (second, told):
                assert f"Another `lateral serve` uses {environment['LATERAL_DATABASE']}, too." in told[0]
                await _killed(first)
                async with started(settings) as (_, told_too):
                    assert "Another `lateral serve` uses" in told_too[0]
                await _killed(second)
        async with started(settings) as (_, alone):
            assert 1 == len(alone), "what a killed process leaves behind says nothing"


async def _killed(process: Process) -> None:
    process.kill()
    await process.wait()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_stop_is_in_order_and_what_is_owed_stays_owed(environment: dict[str, str], number: signal.Signals):
    async with SlackStandIn.running() as slack:
        settings = {"SLACK_SIGNING_SECRET": SIGNING_SECRET, "SLACK_BOT_TOKEN": slack.token()}
        async with serving(environment | settings | {"SLACK_API_URL": slack.api_url}) as (process, url):
            slack.fail("chat.postMessage", server_error(503), times=None)
            request = Deliveries().said("hello").signed(SIGNING_SECRET, time.time())
            async with (
                aiohttp.ClientSession() as session,
                session.post(f"{url}/slack/events", data=request.body, headers=request.headers) as response,
            ):
                assert 200 == response.status
            await slack.calls_of("chat.postMessage")
            code, said = await stopped(process, number)

    assert (0, "Stopping: what was begun is finished first.") == (code, said)
    with closing(sqlite3.connect(environment["LATERAL_DATABASE"])) as other:
        [(people,)] = other.execute("select count(*) from people").fetchall()
        [(owed,)] = other.execute("select count(*) from outbox").fetchall()
    assert (1, True) == (people, owed > 0)
