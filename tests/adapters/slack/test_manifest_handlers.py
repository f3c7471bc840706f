"""What the manifest asks Slack for, Lateral takes in, and nothing else, over HTTP and over Socket Mode."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import yaml

from adapters.slack import commands
from adapters.slack.app import EVENTS
from adapters.slack.incoming import ENDS_CHANNEL, EVIDENCE
from bot.guide import Guide
from bot.wording import Wording
from tests.adapters.slack.manifest_matching import Surfaces, asked_for, differences, specimens, strangers
from tests.adapters.slack.workplace import Workplace, workplace
from tests.conftest import ROOT

ASKED = asked_for(yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8")))
ONLY_DIRECT = {"message": "message.im"}
"""Events whose name in the manifest says more than their `type` does."""
STRANGERS = ("/unheard-of", "reaction_added", "unheard_of", "message.channels")


@pytest.fixture(params=["http", "socket"])
async def place(
    tmp_path: Path, guide: Guide, wording: Wording, request: pytest.FixtureRequest
) -> AsyncIterator[Workplace]:
    async with workplace(tmp_path, guide, wording, socket=request.param == "socket") as place:
        if request.param == "socket":
            await place.slack.socket.connected()
        yield place


def test_what_is_asked_for_is_handled_and_the_other_way_round():
    handled = Surfaces(
        commands=frozenset(commands.NAMES),
        events=frozenset(ONLY_DIRECT.get(name, name) for name in EVENTS),
        shortcuts=frozenset((EVIDENCE,)),
    )
    assert [] == differences(ASKED, handled)


@pytest.mark.parametrize("name", sorted(specimens(ASKED)))
async def test_it_is_taken_in(place: Workplace, name: str):
    delivery = specimens(ASKED, place.made)[name]
    calls = len(place.slack.calls)

    await place.take(delivery)

    dropped = dict(place.server.slack.dropped)
    assert {} == dropped
    left = name in ("app_uninstalled", "tokens_revoked", *ENDS_CHANNEL)
    assert left or place.turns > 0 or len(place.slack.calls) > calls


@pytest.mark.parametrize("name", STRANGERS)
async def test_a_stranger_is_acknowledged_and_dropped(place: Workplace, name: str):
    assert set(STRANGERS) == set(strangers())
    calls = len(place.slack.calls)

    await place.take(strangers(place.made)[name])

    assert (0, calls) == (place.turns, len(place.slack.calls))
    # A message in a channel is of a kind we know: it is left alone, not counted as unknown.
    assert (0 if name == "message.channels" else 1) == place.server.slack.dropped.total()
