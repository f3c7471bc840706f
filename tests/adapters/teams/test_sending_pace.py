"""A tenant gets so many requests a second and no more; a service that is down is left alone for a while."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.teams.reach import LONGEST, Reach
from adapters.teams.tenant_pace import TenantPace, TenantTurns, Urgency
from tests.waiting import AT_MOST

SICK, WELL = "https://sick.example/", "https://well.example/"


def test_the_first_twenty_go_at_once_and_the_next_a_second_later():
    pace = TenantPace(20.0)
    assert [0.0] * 20 == [pace.take("home", 100.0) for _ in range(20)]
    assert [1.0, 1.0, 0.5] == [pace.take("home", at) for at in (100.0, 100.0, 100.5)]
    assert [0.0] * 20 == [pace.take("home", 101.0) for _ in range(20)]


def test_one_tenant_does_not_wait_for_another():
    pace = TenantPace(1.0)
    assert [0.0, 1.0, 0.0] == [pace.take("home", 100.0), pace.take("home", 100.0), pace.take("other", 100.0)]


def test_less_than_one_a_second_is_one_in_so_many_seconds():
    pace = TenantPace(0.25)
    assert [0.0, 4.0, 1.0, 0.0] == [pace.take("home", at) for at in (100.0, 100.0, 103.0, 104.0)]


@given(st.integers(1, 30), st.lists(st.floats(0.0, 0.6), min_size=1, max_size=200))
def test_no_second_ever_holds_more_than_allowed(per_second: int, apart: list[float]):
    pace, now, gone = TenantPace(float(per_second)), 1_000.0, []
    for wait in apart:
        now += wait
        if not pace.take("home", now):
            gone.append(now)
    assert all(later - first >= 1.0 - 1e-9 for first, later in zip(gone, gone[per_second:], strict=False))


async def test_of_those_that_wait_the_most_urgent_go_first_and_of_these_the_first():
    turns, gone = TenantTurns(TenantPace(3.0)), []

    async def go(name: str, urgency: Urgency) -> None:
        await turns.turn("home", urgency)
        gone.append(name)

    wanted = {"n1": 2, "n2": 2, "n3": 2, "n4": 2, "c1": 1, "n5": 2, "r1": 0, "r2": 0}
    await asyncio.gather(*(go(name, Urgency(urgency)) for name, urgency in wanted.items()))
    assert gone == ["n1", "n2", "n3", "r1", "r2", "c1", "n4", "n5"]


async def test_who_gives_up_takes_nobodys_turn():
    turns = TenantTurns(TenantPace(1.0))
    await turns.turn("home", Urgency.REPLY)
    impatient = asyncio.create_task(turns.turn("home", Urgency.REPLY))
    patient = asyncio.create_task(turns.turn("home", Urgency.UNASKED))
    await asyncio.sleep(0)
    impatient.cancel()
    await asyncio.wait_for(patient, AT_MOST)
    assert impatient.cancelled()


def test_a_service_is_left_alone_after_three_failures_in_a_row():
    reach = Reach()
    for _ in range(3):
        assert not reach.is_down(SICK, 100.0)
        reach.failed(SICK, 100.0)
    assert [True, False] == [reach.is_down(SICK, 100.5), reach.is_down(WELL, 100.5)]


def test_an_answer_of_any_kind_makes_good_what_was_before():
    reach = Reach()
    for _ in range(2):
        reach.failed(SICK, 100.0)
    reach.answered(SICK)
    reach.failed(SICK, 100.0)
    assert not reach.is_down(SICK, 100.0)


def test_after_a_wait_one_is_let_through_to_see():
    reach = Reach()
    for _ in range(3):
        reach.failed(SICK, 100.0)
    assert [False, True, True] == [reach.is_down(SICK, 101.0) for _ in range(3)]
    reach.failed(SICK, 101.0)
    assert [True, False] == [reach.is_down(SICK, 102.9), reach.is_down(SICK, 103.0)]
    reach.answered(SICK)
    assert not reach.is_down(SICK, 103.0)


@pytest.mark.parametrize("failures", [10, 1000])
def test_no_service_is_left_alone_for_longer_than_half_a_minute(failures: int):
    reach = Reach()
    for _ in range(failures):
        reach.failed(SICK, 100.0)
    assert [True, False] == [reach.is_down(SICK, 100.0 + LONGEST - 0.1), reach.is_down(SICK, 100.0 + LONGEST)]


def test_only_so_many_services_and_tenants_are_remembered():
    reach, pace = Reach(), TenantPace(1.0)
    for number in range(2_000):
        pace.take(f"tenant {number}", 100.0)
        for _ in range(3):
            reach.failed(f"service {number}", 100.0)
    assert [False, True] == [reach.is_down("service 0", 100.0), reach.is_down("service 1999", 100.0)]
    assert [0.0, 1.0] == [pace.take("tenant 0", 100.0), pace.take("tenant 1999", 100.0)]
