"""What makes a serving process quick: its event loop, and nothing in the way of its threads."""

import asyncio
import gc
import sys
from collections.abc import Iterator

import pytest

from adapters.speed import new_event_loop, settle


@pytest.fixture
def settings() -> Iterator[None]:
    before, interval = gc.get_threshold(), sys.getswitchinterval()
    yield
    sys.setswitchinterval(interval)
    gc.set_threshold(*before)
    gc.unfreeze()


def test_what_was_loaded_is_not_looked_at_again_and_young_objects_seldom(settings):
    settle()
    assert gc.get_freeze_count() > 0
    assert gc.get_threshold()[0] == 20_000


def test_a_thread_that_waits_gets_its_turn_before_sixteen_notes_are_decided(settings):
    settle()
    assert sys.getswitchinterval() == pytest.approx(0.0002)


def test_the_event_loop_runs_what_it_is_given():
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        assert runner.run(asyncio.sleep(0, "done")) == "done"


def test_pythons_own_event_loop_takes_over_where_the_quick_one_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "uvloop", None)
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        assert runner.run(asyncio.sleep(0, "done")) == "done"
