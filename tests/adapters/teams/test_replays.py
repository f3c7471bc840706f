"""Every sample of what Teams sends is taken in by the running app, once, and in whatever order it comes."""

from __future__ import annotations

import json
import random
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import get_args

import pytest

from adapters.teams import arrivals
from adapters.teams.incoming import read
from bot.events import Said
from bot.guide import Guide
from bot.wording import Wording
from tests.adapters.teams.activities import ANA, Json
from tests.adapters.teams.office import Office, office
from tests.adapters.teams.standin import TENANT
from tests.clock import Clock
from tests.conftest import MONDAY

FOLDER = Path(__file__).parents[2] / "payloads" / "teams"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))

READ_AS = {
    "message-": arrivals.Turned,
    "message-mention": arrivals.Mentioned,
    "message-to-somebody-else": arrivals.Ignored,
    "message-edited": arrivals.Ignored,
    "message-undeleted": arrivals.Ignored,
    "message-deleted": arrivals.Ignored,
    "reaction": arrivals.Ignored,
    "typing": arrivals.Ignored,
    "read-receipt": arrivals.Ignored,
    "installed": arrivals.Installed,
    "upgraded": arrivals.Installed,
    "bot-added": arrivals.Installed,
    "person-added": arrivals.Ignored,
    "event-": arrivals.Ignored,
    "event-channelDeleted": arrivals.Removed,
    "event-teamDeleted": arrivals.Removed,
    "removed": arrivals.Removed,
    "invoke-execute": arrivals.Turned,
    "invoke-execute-of-another-app": arrivals.Unserved,
    "submit": arrivals.Turned,
    "invoke-query": arrivals.Searched,
    "invoke-feedback": arrivals.Rated,
    "invoke-task": arrivals.Unserved,
    "invoke-link": arrivals.Unserved,
    "invoke-signin": arrivals.Unserved,
}
"""What each sample is, by the longest beginning of its name that stands here."""

ARRIVALS = get_args(arrivals.Arrival)
"""All that an activity can be read as."""

UNKNOWN = {"a form we do not know": 1, "signin/verifyState": 1, "task/fetch": 1, "composeExtension/queryLink": 1}
"""What of the samples is counted as not served."""


@pytest.fixture
async def place(tmp_path: Path, guide: Guide, wording: Wording) -> AsyncIterator[Office]:
    """Run beside the stand-in, after all the samples were sent."""
    async with office(tmp_path, guide, wording, now=Clock(MONDAY + timedelta(hours=1))) as place:
        yield place


def sample(name: str) -> Json:
    found: Json = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return found


def replayed(place: Office, name: str) -> Json:
    """Return a sample as the stand-in's service would send it."""
    return {**sample(name), "serviceUrl": place.made.service_url}


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_is_read_as_what_it_is(name: str):
    beginning = max((known for known in READ_AS if name.startswith(known)), key=len)
    assert type(read(sample(name), TENANT)) is READ_AS[beginning]


def test_what_was_typed_is_read_without_the_marks_teams_puts_in():
    said = read(sample("message-with-mark-up"), TENANT)
    assert isinstance(said, arrivals.Turned)
    assert said.event == Said("1 <b> & *two*")
    asked = read(sample("message-mention-in-channel"), TENANT)
    assert isinstance(asked, arrivals.Mentioned)
    assert asked.words == "what are the downsides?"


@pytest.mark.parametrize("name", NAMES)
async def test_a_sample_delivered_twice_does_no_more_than_once(place: Office, name: str):
    activity = replayed(place, name)
    first = await place.deliver(activity)
    turns, posted = place.turns, len(place.posted())
    second = await place.deliver(activity)

    assert first.status in ((501,) if name in ("invoke-signin", "invoke-execute-of-another-app") else (200,))
    assert (first.status, place.turns) == (second.status, turns)
    if name != "submit":
        assert posted == len(place.posted())


@pytest.mark.parametrize("seed", range(4))
async def test_all_samples_in_any_order_leave_a_talk_that_goes_on(place: Office, seed: int):
    names = list(NAMES)
    random.Random(seed).shuffle(names)
    for name in names:
        await place.deliver(replayed(place, name))

    assert {name: place.server.teams.dropped[name] for name in UNKNOWN} == UNKNOWN
    [answer] = await place.say("hello")
    assert answer["attachments"]
    assert [call.status for call in place.teams.calls if call.status >= 400] == []
    assert {row[0] for row in place.read("select person from people")} >= {ANA.id}


@pytest.mark.parametrize("name", NAMES)
def test_whatever_is_missing_from_a_sample_reading_it_does_not_raise(name: str):
    whole = sample(name)
    for field in whole:
        odd = [{**whole, field: value} for value in (None, 7, "", [], {}, [None], {"id": None})]
        without = {key: value for key, value in whole.items() if key != field}
        assert [each for each in (*odd, without) if not isinstance(read(each, TENANT), ARRIVALS)] == []
