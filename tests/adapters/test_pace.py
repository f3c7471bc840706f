"""Messages in one place are kept apart; those in different places are not."""

from __future__ import annotations

import pytest

from adapters import pace as paces
from adapters.pace import Pace


async def test_the_first_in_a_place_goes_at_once_and_each_one_after_it_waits_longer():
    pace = Pace(10.0)
    waits = [pace.take("here"), pace.take("there"), pace.take("here"), pace.take("here")]
    assert waits == pytest.approx([0.0, 0.0, 10.0, 20.0], abs=1.0)


async def test_the_next_waits_from_when_the_last_one_went():
    pace = Pace(10.0)
    pace.taken("here")
    assert pace.take("here") == pytest.approx(10.0, abs=1.0)


async def test_places_that_are_free_again_are_not_remembered(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(paces, "_KNOWN", 2)
    pace = Pace(0.0)
    for place in ("one", "two", "three"):
        pace.take(place)
    pace.taken("four")
    assert list(pace._free_at) == ["four"]
